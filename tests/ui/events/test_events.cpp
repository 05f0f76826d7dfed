#include "tests/ui/fixtures.h"
#include "ui/events/change_summary.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/session/event_json.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace hindcast;
using namespace hindcast::ui;
using Op = Change::Op;

namespace {

store::Posting reject(std::int64_t offset, const char* time, std::uint32_t part = 3)
{
    store::Posting posting;
    posting.id = EventId(PartId{part}, Offset{offset});
    posting.time = test::at(time);
    posting.reject = true;
    return posting;
}

std::vector<Changes> userChanges()
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

}  // namespace

class TestEvents final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { theme_.apply(); }

    void init()
    {
        part_.topic = "orders";
        part_.partition = Partition{3};
        view_ = std::make_unique<EventsView>(theme_);
        view_->resize(980, 320);
        view_->model().setLookups({test::typeName, [](TypeId type) { return static_cast<int>(type.value); },
                                   [this](PartId id) { return id.value == 3 ? &part_ : nullptr; }});
        connect(&view_->model(), &EventsModel::changesWanted, view_.get(), [this](Version first, Version last) {
            asked_.emplace_back(first, last);
            if (!answers_) return;
            const auto all = userChanges();
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

    void changesReadLikeASentence()
    {
        const auto all = userChanges();
        QCOMPARE(summaryText(all[7]), QStringLiteral("orders +8841 · spent 62.00 → 181.90"));
        QCOMPARE(summaryText(all[8]), QStringLiteral("address 123 Main St → 456 Oak Ave"));
        QCOMPARE(summaryText(all[1]), QString());
        QCOMPARE(summaryText(all[12]), QStringLiteral("phone −+49 30 1234 · settings/theme light → null"));
        QCOMPARE(summaryText(all[0]), QStringLiteral("id +user-123 · name +Alice Smith · address +123 Main St"));
        QCOMPARE(summaryText({test::change(Op::Add, "/a~1b", nullptr, "1")}), QStringLiteral("a/b +1"));
        QCOMPARE(summarise(all[12])[2].kind, SummaryPart::Kind::Struck);
    }

    void aHundredThousandChangesAreSummedUpShort()
    {
        Changes many;
        for (int i = 0; i < 100'000; ++i) many.push_back(test::change(Op::Add, "/x", nullptr, "1"));
        const QString text = summaryText(many);
        QVERIFY(text.size() < 400);
        QVERIFY(text.contains(QStringLiteral("more")));
        QVERIFY(changesInFull(many, 10).count(u'\n') == 10);
    }

    void rejectsStandWhereTheirOffsetPutsThem()
    {
        auto history = test::userHistory();
        history->rejects = {reject(48'150, "2025-11-04T09:20:00Z"), reject(48'000, "2025-11-04T09:20:00Z"),
                            reject(99'999, "2025-11-05T00:00:00Z"), reject(5, "2025-11-04T02:55:35Z", 9)};
        const EventRows rows(history);
        QCOMPARE(rows.count(), std::int64_t(18));
        QVERIFY(!rows.version(0));
        QCOMPARE(rows.reject(0).id.offset().value, std::int64_t(48'000));
        QCOMPARE(rows.version(1), std::optional(Version{1}));
        QVERIFY(!rows.version(4));
        QCOMPARE(rows.reject(4).id.part(), PartId{9});
        QVERIFY(!rows.version(11));
        QVERIFY(!rows.version(17));
        QCOMPARE(rows.rowOf(Version{9}), std::int64_t(10));
        QCOMPARE(rows.rowOf(Version{10}), std::int64_t(12));
        QCOMPARE(rows.rowOf(Version{0}), std::int64_t(-1));
        QCOMPARE(rows.versionAtOrAbove(11), Version{9});
        QCOMPARE(rows.rowOfReject(EventId(PartId{3}, Offset{48'150})), std::optional(std::int64_t(11)));
    }

    void rowsAndVersionsAgreeOnAnyHistory()
    {
        std::mt19937 random(8841);
        for (int round = 0; round < 50; ++round) {
            auto history = std::make_shared<replay::History>();
            const int events = static_cast<int>(random() % 40);
            std::int64_t offset = 0;
            for (int i = 0; i < events; ++i) {
                replay::HistoryEvent event;
                offset += 2 + 2 * static_cast<std::int64_t>(random() % 3);
                event.id = EventId(PartId{static_cast<std::uint32_t>(random() % 3)}, Offset{offset});
                event.time = event.effective = Timestamp{i * 1000};
                history->events.push_back(event);
            }
            for (unsigned i = random() % 10; i > 0; --i) {
                store::Posting posting;
                posting.id = EventId(PartId{static_cast<std::uint32_t>(random() % 4)},
                                     Offset{1 + 2 * static_cast<std::int64_t>(random() % 80)});
                posting.time = Timestamp{static_cast<std::int64_t>(random() % 40'000)};
                history->rejects.push_back(posting);
            }
            const EventRows rows(history);
            QCOMPARE(rows.count(), static_cast<std::int64_t>(history->events.size() + history->rejects.size()));
            std::uint64_t version = 0;
            std::size_t rejects = 0;
            for (std::int64_t row = 0; row < rows.count(); ++row) {
                if (const auto at = rows.version(row)) {
                    QCOMPARE(at->value, ++version);
                    QCOMPARE(rows.rowOf(*at), row);
                    for (std::int64_t below = row + 1; below < rows.count(); ++below)
                        if (!rows.version(below) && rows.reject(below).id.part() == rows.event(row).id.part())
                            QVERIFY(rows.reject(below).id > rows.event(row).id);
                } else {
                    ++rejects;
                }
            }
            QCOMPARE(version, history->events.size());
            QCOMPARE(rejects, history->rejects.size());
        }
    }

    void timesShowNoMoreDateThanIsNeeded()
    {
        auto history = test::userHistory();
        QCOMPARE(timeStyleOf(*history).text(history->events[8].time), QStringLiteral("04 09:14:22.118"));
        QCOMPARE(timeStyleOf(*history).context, QStringLiteral("Nov 2025"));
        history->events.erase(history->events.begin(), history->events.begin() + 2);
        QCOMPARE(timeStyleOf(*history).text(history->events[6].time), QStringLiteral("09:14:22.118"));
        history->events[0].time = test::at("2025-10-01T00:00:00.000001Z");
        QCOMPARE(timeStyleOf(*history).text(history->events[6].time), QStringLiteral("04 Nov 09:14:22.118000"));
        history->events[0].time = test::at("2024-10-01T00:00:00.000000001Z");
        QCOMPARE(timeStyleOf(*history).text(history->events[6].time), QStringLiteral("2025-11-04 09:14:22.118000000"));
    }

    void thePlayheadsRowIsMarkedAndLaterOnesAreDimmed()
    {
        show();
        QCOMPARE(view_->table().currentRow(), qint64(8));
        const QImage image = test::picture(*view_, QStringLiteral("events"));
        QVERIFY(test::countOf(image, theme_.color(Theme::Role::Selection)) > 5000);
        view_->model().setPlayhead(Version{0});
        QCOMPARE(view_->table().currentRow(), RowView::kNone);
    }

    void clickAndKeysMoveThePlayhead()
    {
        show();
        QSignalSpy chosen(view_.get(), &EventsView::versionChosen);
        EventTable& table = view_->table();
        table.setTopRow(0);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.cellRect(2, EventTable::Changed).center());
        QCOMPARE(chosen.takeLast().at(0).value<Version>(), Version{3});
        QTest::keyClick(&table, Qt::Key_Down);
        QCOMPARE(chosen.takeLast().at(0).value<Version>(), Version{4});
        QTest::keyClick(&table, Qt::Key_End);
        QCOMPARE(view_->model().playhead(), Version{14});
    }

    void changesAreAskedForTheRowsInViewOnly()
    {
        answers_ = false;
        auto history = std::make_shared<replay::History>();
        history->entity = EntityId{1};
        history->events.resize(1'000'000);
        for (std::size_t i = 0; i < history->events.size(); ++i) {
            history->events[i].id = EventId(PartId{3}, Offset{static_cast<std::int64_t>(i)});
            history->events[i].time = history->events[i].effective = Timestamp{static_cast<std::int64_t>(i) * 1'000'000'000};
        }
        QElapsedTimer clock;
        clock.start();
        view_->model().setPlayhead(Version{500'000});
        view_->model().setHistory(history);
        view_->grab();
        QVERIFY2(clock.elapsed() < 250, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(view_->table().currentRow(), qint64(499'999));
        const auto [first, last] = asked_.back();
        QVERIFY(first <= Version{500'000} && last >= Version{500'000});
        QVERIFY(last.value - first.value < 30);
    }

    void aLongerHistoryKeepsWhatIsKnownAndAnotherOneDoesNot()
    {
        show();
        QVERIFY(view_->model().changes(Version{9}) != nullptr);
        auto longer = std::make_shared<replay::History>(*test::userHistory());
        longer->events.push_back(longer->events.back());
        longer->events.back().id = EventId(PartId{3}, Offset{90'000});
        answers_ = false;
        view_->model().setHistory(longer);
        QVERIFY(view_->model().changes(Version{9}) != nullptr);
        auto shifted = std::make_shared<replay::History>(*test::userHistory());
        shifted->events.insert(shifted->events.begin(), shifted->events.front());
        shifted->events.front().id = EventId(PartId{3}, Offset{1});
        view_->model().setHistory(shifted);
        QVERIFY(view_->model().changes(Version{9}) == nullptr);
    }

    void aRejectSaysItsReasonAndLeavesThePlayheadAlone()
    {
        auto history = test::userHistory();
        history->rejects = {reject(48'150, "2025-11-04T09:20:00Z")};
        connect(&view_->model(), &EventsModel::rejectsWanted, view_.get(), [this](const std::vector<EventId>& ids) {
            store::Reject answer;
            answer.id = ids.front();
            answer.reason = "unexpected end at byte 211";
            view_->model().addRejects({answer});
        });
        view_->model().setPlayhead(Version{10});
        view_->model().setHistory(history);
        view_->grab();
        QSignalSpy chosen(view_.get(), &EventsView::rejectChosen);
        QSignalSpy versions(view_.get(), &EventsView::versionChosen);
        EventTable& table = view_->table();
        table.setTopRow(5);
        QVERIFY(table.rowText(9).contains(QStringLiteral("unexpected end at byte 211")));
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.cellRect(9, EventTable::Changed).center());
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(versions.count(), 0);
        QCOMPARE(view_->model().playhead(), Version{10});
        test::picture(*view_, QStringLiteral("events-reject"));
    }

    void copyingAsksForTheEventAndItsJsonKeepsThePayloadToTheLetter()
    {
        show();
        QSignalSpy copy(view_.get(), &EventsView::copyWanted);
        QTest::keyClick(&view_->table(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(copy.count(), 1);
        const QString text = eventJson(*test::userEvent());
        QVERIFY(text.contains(QStringLiteral("\"count\":12345678901234567890123,\"ok\":true")));
        QVERIFY(text.contains(QStringLiteral("\"score\":1.50")));
        const auto parsed = parseJson(text.toStdString());
        QVERIFY(parsed.has_value());
        QCOMPARE(parsed->at("version").get<int>(), 9);
    }

    void bytesGoToTheClipboardAsBase64()
    {
        auto event = std::make_shared<EventView>(*test::userEvent());
        event->event.payload.clear();
        event->event.value = std::string("\xff\x00\x01", 3);
        QVERIFY(eventJson(*event).contains(QStringLiteral("{\"b64\":\"/wAB\"}")));
        event->event.value.reset();
        QVERIFY(eventJson(*event).contains(QStringLiteral("\"value\":null")));
    }

    void emptyAndLoadingSayWhatTheyAre()
    {
        QCOMPARE(view_->table().emptyText(), QStringLiteral("Select an entity to see its events"));
        view_->setLoading(true);
        QCOMPARE(view_->table().emptyText(), QStringLiteral("Reading the history…"));
        test::picture(*view_, QStringLiteral("events-loading"));
    }

    void darkIsPaintedDark()
    {
        theme_.setScheme(Theme::Scheme::Dark);
        show();
        const QImage image = test::picture(*view_, QStringLiteral("events-dark"));
        QVERIFY(test::countOf(image, theme_.color(Theme::Role::Selection)) > 5000);
        theme_.setScheme(Theme::Scheme::Light);
    }

private:
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

QTEST_MAIN(TestEvents)
#include "test_events.moc"
