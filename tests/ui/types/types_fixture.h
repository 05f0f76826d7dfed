#pragma once
#include "tests/ui/fixtures.h"
#include "ui/types/types_list.h"
#include "ui/types/types_panel.h"

#include <QAction>
#include <QMenu>
#include <QTest>

#include <functional>
#include <memory>
#include <vector>

namespace hindcast::ui::test {

inline QString manyName(TypeId type)
{
    static const char* const kEnds[] = {"Placed", "Cancelled", "AddressChanged", "RefundRequested", "Shipped"};
    return QStringLiteral("com.example.commerce.fulfilment.orders.v2.Order%1%2").arg(kEnds[type.value % 5]).arg(type.value);
}

inline TypesModel::Counts manyCounts(std::uint32_t count)
{
    TypesModel::Counts counts;
    for (std::uint32_t i = 0; i < count; ++i) counts[TypeId{i}] = 1 + (i * 7919ULL) % 10'007;
    return counts;
}

inline QStringList listedNames(const TypesModel& model)
{
    QStringList names;
    for (std::int64_t row = 0; row < model.rowCount(); ++row) names << model.name(row);
    return names;
}

/// A panel of types on a screen of its own, joined to a filter. The base of the tests of this room.
class TypesFixture : public QObject {
protected:
    void prepare()
    {
        filter_ = std::make_unique<TypeFilter>();
        panel_ = std::make_unique<TypesPanel>(theme_);
        panel_->resize(270, 260);
        panel_->setState(TypesPanel::State::Ready);
        names_ = test::typeName;
        model().setLookups({[this](TypeId type) { return names_(type); },
                            [](TypeId type) { return type.value < 7 ? static_cast<int>(type.value) : -1; }});
        connect(panel_.get(), &TypesPanel::shownWanted, filter_.get(), &TypeFilter::setShown);
        connect(panel_.get(), &TypesPanel::allWanted, filter_.get(), &TypeFilter::showAll);
        connect(panel_.get(), &TypesPanel::onlyWanted, filter_.get(),
                [this](const std::vector<TypeId>& types) { filter_->setChoice({true, {types.begin(), types.end()}}); });
        connect(filter_.get(), &TypeFilter::changed, panel_.get(), [this] { model().setChoice(filter_->choice()); });
        QTest::mouseMove(panel_.get(), QPoint(5, 5));
        panel_->show();
        QVERIFY(QTest::qWaitForWindowExposed(panel_.get()));
    }

    [[nodiscard]] TypesModel& model() { return panel_->model(); }
    [[nodiscard]] TypesList& list() { return panel_->list(); }
    static TypesModel::Counts userCounts()
    {
        return {{TypeId{test::UserRegistered}, 1}, {TypeId{test::AddressAdded}, 1},   {TypeId{test::OrderPlaced}, 8},
                {TypeId{test::AddressChanged}, 2}, {TypeId{test::OrderCancelled}, 1}, {TypeId{test::UserDeleted}, 1}};
    }
    void show()
    {
        model().setEntityCounts(userCounts());
        panel_->grab();
    }
    void click(const QPoint& position) { QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, position); }
    void trigger(const QString& text)
    {
        emit panel_->scopeMenu().aboutToShow();
        for (QAction* action : panel_->scopeMenu().actions())
            if (action->text() == text) return action->trigger();
        QFAIL(qPrintable(text));
    }
    QAction* menuAction(qint64 row, const QString& text)
    {
        for (auto* menu : panel_->findChildren<QMenu*>())
            if (menu != &panel_->scopeMenu()) delete menu;
        emit list().menuWanted(row, panel_ -> mapToGlobal(QPoint(20, 20)));
        for (auto* menu : panel_->findChildren<QMenu*>()) {
            if (menu == &panel_->scopeMenu()) continue;
            menu->hide();
            for (QAction* action : menu->actions())
                if (action->text().section(QLatin1Char('\t'), 0, 0) == text) return action;
        }
        qFatal("no such action: %s", qPrintable(text));
    }

    Theme theme_{Theme::Scheme::Light};
    std::unique_ptr<TypeFilter> filter_;
    std::unique_ptr<TypesPanel> panel_;
    std::function<QString(TypeId)> names_;
};

}  // namespace hindcast::ui::test
