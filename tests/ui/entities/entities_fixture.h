#pragma once
#include "tests/ui/fixtures.h"
#include "ui/entities/entity_browser.h"
#include "ui/entities/entity_list.h"

#include <QPainter>
#include <QPixmap>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>
#include <vector>

namespace hindcast::ui::test {

inline std::vector<EntityRow> namesOf(const std::vector<EntityId>& ids)
{
    static const char* const kPrefixes[] = {"user-", "order-", ""};
    std::vector<EntityRow> rows;
    for (const EntityId id : ids) {
        EntityRow row;
        row.id = id;
        row.name = QString::fromLatin1(kPrefixes[id.value % 3]) + QString::number(id.value);
        if (id.value == 12) row.name = QStringLiteral("order-7f3a9c1e-44d2-4b7a-9a51-0f6f2f1f3a77");
        rows.push_back(row);
    }
    return rows;
}

inline EntityId idAt(const EntitiesModel& model, std::int64_t row) { return model.entityAt(row).value_or(EntityId{UINT32_MAX}); }

inline std::vector<EntityId> firstIds(const EntitiesModel& model, int count)
{
    std::vector<EntityId> ids;
    for (int i = 0; i < std::min<std::int64_t>(count, model.rowCount()); ++i) ids.push_back(idAt(model, i));
    return ids;
}

/// An entity list on a screen of its own, with names for whatever it asks for. The base of the tests of this room.
class EntitiesFixture : public QObject {
protected:
    void prepare()
    {
        browser_ = std::make_unique<EntityBrowser>(theme_);
        browser_->resize(270, 560);
        connect(&browser_->model(), &EntitiesModel::namesWanted, browser_.get(), [this](const std::vector<EntityId>& ids) {
            asked_ = ids;
            browser_->model().addNames(namesOf(ids));
        });
        browser_->model().setCategories(
            {test::category(0, "user"), test::category(1, "order"), test::category(2, "public.users", true)});
        QTest::mouseMove(browser_.get(), QPoint(5, 5));
        browser_->show();
        QVERIFY(QTest::qWaitForWindowExposed(browser_.get()));
    }

    void join(Pins& pins)
    {
        EntitiesModel& model = browser_->model();
        connect(&pins, &Pins::changed, &model, [&] { model.setPins(pins.all()); });
        connect(browser_.get(), &EntityBrowser::pinWanted, &pins, [&](const QString& name, EntityId id) { pins.add(name, id); });
        connect(browser_.get(), &EntityBrowser::unpinWanted, &pins, &Pins::remove);
        connect(browser_.get(), &EntityBrowser::pinOrderWanted, &pins, &Pins::setNames);
    }
    void show(std::uint32_t count)
    {
        QSignalSpy reordered(&browser_->model(), &EntitiesModel::reordered);
        browser_->model().setDirectory(test::directoryOf(count));
        QVERIFY(reordered.wait(5000));
        browser_->list().grab();
    }

    /// Where the name on that row begins, in the viewport.
    [[nodiscard]] int nameLeft(qint64 row) const { return browser_->list().pinRect(row).right() + 1; }
    /// Whether that text stands whole on that row, from `left` on.
    [[nodiscard]] bool isWritten(qint64 row, int left, const QString& text, const QFont& font, Theme::Role color,
                                 Theme::Role ground = Theme::Role::Panel) const
    {
        QWidget& viewport = *browser_->list().viewport();
        const QRect cell = browser_->list().cellRect(row, EntityList::Name);
        QPixmap expected(viewport.size());
        expected.fill(theme_.color(ground));
        QPainter painter(&expected);
        painter.setFont(font);
        painter.setPen(theme_.color(color));
        const QRect wide(left, cell.top(), viewport.width(), cell.height());
        painter.drawText(wide, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine, text);
        painter.end();
        const QRect place(left, cell.top(), QFontMetrics(font).horizontalAdvance(text), cell.height());
        const auto part = [&place](const QPixmap& of) { return of.copy(place).toImage().convertToFormat(QImage::Format_RGB32); };
        return !place.isEmpty() && part(viewport.grab()) == part(expected);
    }

    Theme theme_{Theme::Scheme::Light};
    std::unique_ptr<EntityBrowser> browser_;
    std::vector<EntityId> asked_;
};

}  // namespace hindcast::ui::test
