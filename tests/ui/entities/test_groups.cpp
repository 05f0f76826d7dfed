#include "tests/ui/entities/entities_fixture.h"

#include <QFontMetrics>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QToolButton>

#include <optional>

using namespace hindcast;
using namespace hindcast::ui;
using test::firstIds;
using test::idAt;

class TestGroups final : public test::EntitiesFixture {
    Q_OBJECT

    /// Turns the groups on or off, and waits until the list is in that order.
    [[nodiscard]] bool regroups(bool grouped)
    {
        QSignalSpy reordered(&browser_->model(), &EntitiesModel::reordered);
        browser_->setGrouped(grouped);
        return reordered.wait(2000);
    }

private slots:
    void initTestCase() { theme_.apply(); }
    void init() { prepare(); }

    void groupsThatAreTurnedOnFarDownKeepTheSelectedRowInView()
    {
        show(999);
        EntityList& list = browser_->list();
        browser_->setSelected(EntityId{400});
        list.setTopRow(590);
        QSignalSpy reordered(&browser_->model(), &EntitiesModel::reordered);
        auto* button = browser_->findChild<QToolButton*>();
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(reordered.wait(2000));
        const auto [first, last] = list.visibleRows();
        QCOMPARE(idAt(browser_->model(), list.currentRow()), EntityId{400});
        QVERIFY(list.currentRow() >= first && list.currentRow() <= last);
        // Without a selected one the list begins with a heading.
        browser_->setSelected({});
        list.setTopRow(300);
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(reordered.wait(2000));
        QCOMPARE(list.topRow(), qint64(0));
    }

    void groupsHaveHeadsThatOpenAndClose()
    {
        show(999);
        EntitiesModel& model = browser_->model();
        EntityList& list = browser_->list();
        QSignalSpy reordered(&model, &EntitiesModel::reordered);
        auto* button = browser_->findChild<QToolButton*>();
        QCOMPARE(button->accessibleName(), QStringLiteral("Group by category"));
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(reordered.wait(2000));
        QCOMPARE(model.rowCount(), std::int64_t(1002));
        QCOMPARE(list.rowText(0), QStringLiteral("order, 333 entities, open"));  // by name
        QCOMPARE(idAt(model, 1), EntityId{997});
        test::picture(*browser_, QStringLiteral("entities-groups"));
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.cellRect(0, 0).center());
        QCOMPARE(model.rowCount(), std::int64_t(1002 - 333));
        QCOMPARE(list.rowText(1), QStringLiteral("public.users, 333 entities, open"));
        list.setFocus();
        list.setCurrentRow(1);
        QTest::keyClick(&list, Qt::Key_Left);
        QCOMPARE(model.rowCount(), std::int64_t(1002 - 666));
        QCOMPARE(list.currentRow(), qint64(1));
        QTest::keyClick(&list, Qt::Key_Right);
        QCOMPARE(model.rowCount(), std::int64_t(1002 - 333));
        QTest::keyClick(&list, Qt::Key_Down);
        QTest::keyClick(&list, Qt::Key_Left);  // from an entity to the head of its group
        QCOMPARE(list.currentRow(), qint64(1));
        QTest::keyClick(&list, Qt::Key_Space);
        QVERIFY(browser_->searchField().text().isEmpty());
        QCOMPARE(model.rowCount(), std::int64_t(1002 - 666));
        // What a search finds is one list.
        browser_->searchField().setText(QStringLiteral("u"));
        QTRY_VERIFY(model.isSearching());
        model.setNamed({});
        model.addFound({EntityId{3}, EntityId{9}, EntityId{4}}, true);
        QTRY_COMPARE(idAt(model, 0), EntityId{9});
        QVERIFY(model.lines().groups().empty());
        browser_->searchField().clear();
        QTRY_COMPARE(model.rowCount(), std::int64_t(1002 - 666));  // still closed
    }

    void theHeadOfTheGroupThatOneIsInStaysAtTheTopAndLeadsToItsBeginning()
    {
        show(999);
        EntitiesModel& model = browser_->model();
        EntityList& list = browser_->list();
        QVERIFY(regroups(true));
        const auto rowAtTop = [&list](int line) { return list.rowAt(list.cellRect(list.topRow() + line, 0).center()); };
        QSignalSpy chosen(browser_.get(), &EntityBrowser::entityChosen);
        list.setTopRow(100);
        QCOMPARE(rowAtTop(0), qint64(0));
        QCOMPARE(rowAtTop(1), qint64(101));
        const QPoint edge(2, list.cellRect(100, 0).center().y());
        QCOMPARE(list.viewport()->grab().toImage().pixelColor(edge), theme_.color(Theme::Role::Field));
        test::picture(*browser_, QStringLiteral("entities-sticky-head"));
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.cellRect(100, 0).center());
        QCOMPARE(list.topRow(), qint64(0));
        const QPoint head = list.cellRect(0, 0).center();
        QMouseEvent second(QEvent::MouseButtonDblClick, head, list.viewport()->mapToGlobal(head), Qt::LeftButton, Qt::LeftButton,
                           Qt::NoModifier);
        QCoreApplication::sendEvent(list.viewport(), &second);  // of a double click: closes nothing
        QCOMPARE(model.rowCount(), std::int64_t(1002));
        QCOMPARE(chosen.count(), 0);
        // A row that one goes to does not lie beneath it.
        list.setFocus();
        list.setTopRow(100);
        list.setCurrentRow(101);
        QTest::keyClick(&list, Qt::Key_Up);
        QCOMPARE(list.currentRow(), qint64(100));
        QCOMPARE(list.topRow(), qint64(99));
        list.ensureVisible(98);
        QCOMPARE(rowAtTop(1), qint64(98));
        // A head that stands there itself is one, and there is none over what is not in a group.
        list.setTopRow(334);
        QCOMPARE(model.at(334).kind, EntityLine::Kind::Group);
        QCOMPARE(rowAtTop(0), qint64(334));
        list.setTopRow(335);
        QCOMPARE(rowAtTop(0), qint64(334));
        browser_->setSelected({});
        QVERIFY(regroups(false));
        list.setTopRow(100);
        QCOMPARE(rowAtTop(0), qint64(100));
    }

    void theMenuOfTheHeadAtTheTopClosesItsGroupAndStaysAtIt()
    {
        show(999);
        EntitiesModel& model = browser_->model();
        EntityList& list = browser_->list();
        QVERIFY(regroups(true));
        list.setTopRow(500);
        emit list.menuWanted(list.rowAt(list.cellRect(500, 0).center()), list.mapToGlobal(QPoint(20, 20)));
        auto* menu = browser_->findChild<QMenu*>();
        QVERIFY(menu != nullptr);
        QCOMPARE(menu->actions().first()->text(), QStringLiteral("Close the group"));
        menu->actions().first()->trigger();
        QCOMPARE(model.rowCount(), std::int64_t(1002 - 333));
        QCOMPARE(list.topRow(), qint64(334));
        QCOMPARE(model.at(334).kind, EntityLine::Kind::Group);
        menu->actions().last()->trigger();
        QCOMPARE(model.rowCount(), std::int64_t(3));
        QCOMPARE(menu->actions().at(2)->text(), QStringLiteral("Open all groups"));
        menu->actions().at(2)->trigger();
        QCOMPARE(model.rowCount(), std::int64_t(1002));
        menu->close();
    }

    void theNameOfAGroupIsNotCutForItsNumber()
    {
        browser_->resize(250, 560);
        show(999);
        QCoreApplication::processEvents();  // so that the scroll bar has its place
        const int left = nameLeft(0) + 2;
        const int room = browser_->list().viewport()->width() - 8 - left;
        QString name = QStringLiteral("warehouse.");
        while (QFontMetrics(theme_.strong()).horizontalAdvance(name + QLatin1Char('n')) < room - 4) name += QLatin1Char('n');
        browser_->model().setCategories(
            {test::category(0, "user"), test::category(1, name.toLatin1().constData()), test::category(2, "zone", true)});
        QVERIFY(regroups(true));
        const qint64 row = browser_->model().lines().rowOfGroup(std::optional(CategoryId{1})).value_or(-1);
        QCOMPARE(row, qint64(334));
        browser_->list().setTopRow(row);
        QVERIFY(isWritten(row, left, name, theme_.strong(), Theme::Role::Text, Theme::Role::Field));
    }

    void newEntitiesMoveNoRowOfAGroupWhileOneLooks()
    {
        show(300);
        EntitiesModel& model = browser_->model();
        QVERIFY(regroups(true));
        browser_->list().setTopRow(50);
        model.setPins({{QStringLiteral("user/0"), EntityId{0}}});
        const auto before = firstIds(model, 303);
        QSignalSpy reordered(&model, &EntitiesModel::reordered);
        model.setDirectory(test::directoryOf(360));
        QTest::qWait(1300);
        QCOMPARE(reordered.count(), 0);
        QVERIFY(firstIds(model, 303) == before);
        QCOMPARE(model.rowCount(), std::int64_t(303 + 61));  // under a head of their own
        QVERIFY(browser_->list().rowText(303).startsWith(QStringLiteral("just arrived, 60")));
        browser_->list().setTopRow(0);
        QVERIFY(reordered.wait(3000));
        QCOMPARE(model.rowCount(), std::int64_t(363));
        QCOMPARE(idAt(model, 0), EntityId{0});
    }

    void previousAndNextGoAlongTheListAsItIsShown()
    {
        show(300);
        QSignalSpy chosen(browser_.get(), &EntityBrowser::entityChosen);
        browser_->chooseNext(1);
        QVERIFY(chosen.wait(1000));
        QCOMPARE(chosen.takeLast().at(0).value<EntityId>(), EntityId{299});
        for (int i = 0; i < 4; ++i) browser_->chooseNext(1);
        QVERIFY(chosen.wait(1000));
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.takeLast().at(0).value<EntityId>(), EntityId{295});
        QVERIFY(regroups(true));
        browser_->setSelected(EntityId{1});  // the last of the orders
        browser_->chooseNext(1);             // over the head of the next group
        QVERIFY(chosen.wait(1000));
        QCOMPARE(chosen.takeLast().at(0).value<EntityId>(), EntityId{299});
        browser_->chooseNext(-1);
        QVERIFY(chosen.wait(1000));
        QCOMPARE(chosen.takeLast().at(0).value<EntityId>(), EntityId{1});
    }
};

QTEST_MAIN(TestGroups)
#include "test_groups.moc"
