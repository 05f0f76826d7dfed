#pragma once
#include "core/event/pointer.h"
#include "tests/ui/fixtures.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/look/elided_label.h"

#include <QAction>
#include <QMenu>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <memory>
#include <vector>

namespace hindcast::ui::test {

using Op = Change::Op;

inline store::Posting reject(std::int64_t offset, const char* time, std::uint32_t part = 3)
{
    store::Posting posting;
    posting.id = EventId(PartId{part}, Offset{offset});
    posting.time = test::at(time);
    posting.reject = true;
    return posting;
}

inline std::vector<Changes> userChanges()
{
    std::vector<Changes> all(14);
    all[0] = {test::change(Op::Add, "", nullptr, R"({"id":"user-123","name":"Alice Smith","address":"123 Main St"})")};
    all[1] = {test::change(Op::Same, "/address", "\"123 Main St\"", "\"123 Main St\"")};
    for (std::size_t i = 2; i < 6; ++i) all[i] = {test::change(Op::Add, "/orders/0", nullptr, R"({"id":8835,"total":5.00})")};
    all[6] = {test::change(Op::Add, "/orders/1", nullptr, R"({"id":8840,"total":42.00})"),
              test::change(Op::Replace, "/spent", "20.00", "62.00")};
    all[7] = {test::change(Op::Add, "/orders/2", nullptr, R"({"id":8841,"total":119.90})"),
              test::change(Op::Replace, "/spent", "62.00", "181.90")};
    all[8] = {test::change(Op::Replace, "/address", "\"123 Main St\"", "\"456 Oak Ave\"")};
    all[9] = {test::change(Op::Add, "/orders/3", nullptr, R"({"id":8852,"total":310.00})"),
              test::change(Op::Replace, "/spent", "181.90", "491.90")};
    all[10] = {test::change(Op::Remove, "/orders/3", R"({"id":8852,"total":310.00})", nullptr),
               test::change(Op::Replace, "/spent", "491.90", "181.90"),
               test::change(Op::Replace, "/status", "\"customer\"", "\"churn-risk\"")};
    all[12] = {test::change(Op::Remove, "/phone", "\"+49 30 1234\"", nullptr),
               test::change(Op::Replace, "/settings/theme", "\"light\"", "null")};
    all[13] = {test::change(Op::Remove, "", R"({"id":"user-123"})", nullptr)};
    return all;
}

/// An event table on a screen of its own, told what each event of user-123 changed. The base of the tests of this room.
class EventsFixture : public QObject {
protected:
    void prepare()
    {
        part_.topic = "orders";
        part_.partition = Partition{3};
        view_ = std::make_unique<EventsView>(theme_);
        view_->resize(980, 320);
        view_->model().setLookups({test::typeName, [](TypeId type) { return static_cast<int>(type.value); },
                                   [this](PartId id) { return id.value == 3 ? &part_ : nullptr; }});
        connect(&view_->model(), &EventsModel::changesWanted, view_.get(), [this](const VersionRuns& runs) {
            asked_.insert(asked_.end(), runs.begin(), runs.end());
            if (!answers_) return;
            const auto all = userChanges();
            for (const auto& [first, last] : VersionRuns(runs))
                view_->model().addChanges(first, std::vector<Changes>(all.begin() + static_cast<std::ptrdiff_t>(first.value) - 1,
                                                                      all.begin() + static_cast<std::ptrdiff_t>(last.value)));
        });
        connect(view_.get(), &EventsView::versionChosen, view_.get(),
                [this](Version version) { view_->model().setPlayhead(version); });
        view_->show();
        QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
        asked_.clear();
        answers_ = true;
    }

    static std::shared_ptr<replay::History> longHistory(std::size_t count)
    {
        auto history = std::make_shared<replay::History>();
        history->entity = EntityId{static_cast<std::uint32_t>(count)};
        history->events.resize(count);
        for (std::size_t i = 0; i < count; ++i) {
            history->events[i].id = EventId(PartId{3}, Offset{static_cast<std::int64_t>(i)});
            history->events[i].time = history->events[i].effective = Timestamp{static_cast<std::int64_t>(i) * 1'000'000'000};
            history->events[i].type = TypeId{static_cast<std::uint32_t>(i % 10'000)};
        }
        return history;
    }

    [[nodiscard]] QString titleText() const
    {
        for (const auto* label : view_->findChildren<ElidedLabel*>())
            if (label->text().contains(QStringLiteral("user-123"))) return label->text();
        return {};
    }
    [[nodiscard]] QToolButton* button(const QString& text) const
    {
        for (auto* one : view_->findChildren<QToolButton*>())
            if (one->text() == text) return one;
        return nullptr;
    }
    QAction* menuAction(qint64 row, const QString& text)
    {
        for (auto* menu : view_->findChildren<QMenu*>()) delete menu;
        emit view_->table().menuWanted(row, view_->mapToGlobal(QPoint(50, 50)));
        auto* menu = view_->findChild<QMenu*>();
        menu->hide();
        for (QAction* action : menu->actions())
            if (action->text() == text) return action;
        qFatal("no such action: %s", qPrintable(text));
    }

    /// user-123 with these payload columns, answered.
    void showFields(std::vector<std::string> pointers)
    {
        static const char* const kPayloads[] = {R"({"user_id":"user-123"})", R"({"note":null})", R"({"total":5.00,"note":""})",
                                                R"({"total":5.00,"note":"null"})", R"({"total":5.00,"items":{"id":1}})"};
        connect(&view_->model(), &EventsModel::fieldsWanted, view_.get(),
                [this](const std::vector<EventId>& ids, const std::vector<std::string>& at) {
                    FieldRows rows;
                    rows.pointers = at;
                    for (const EventId id : ids) {
                        const auto& events = view_->model().history()->events;
                        const auto index = static_cast<std::size_t>(
                            std::find_if(events.begin(), events.end(), [&](const auto& one) { return one.id == id; }) -
                            events.begin());
                        Json payload = test::json(index < 5 ? kPayloads[index] : R"({"total":42.00,"note":"on the way"})");
                        if (index == 5) payload["items"] = Json(std::vector<Json>(1200, Json(1)));
                        std::vector<FieldValue> values;
                        for (const std::string& pointer : at)
                            values.push_back(fieldValue(valueAt(payload, *Pointer::parse(pointer))));
                        rows.rows.emplace_back(id, std::move(values));
                    }
                    view_->model().addFields(rows);
                });
        EventColumns columns;
        columns.pointers = std::move(pointers);
        view_->model().setColumns(columns);
        view_->resize(980, 420);
        show();
        QCoreApplication::processEvents();
    }

    void show()
    {
        view_->model().setPlayhead(Version{9});
        view_->model().setHistory(test::userHistory());
        view_->grab();
    }

    Theme theme_{Theme::Scheme::Light};
    store::Part part_;
    std::unique_ptr<EventsView> view_;
    std::vector<std::pair<Version, Version>> asked_;
    bool answers_ = true;
};

}  // namespace hindcast::ui::test
