#include "tests/ui/entities/entities_fixture.h"

#include <QMouseEvent>

#include <optional>

using namespace hindcast;
using namespace hindcast::ui;
using test::firstIds;
using test::idAt;

class TestPins final : public test::EntitiesFixture {
    Q_OBJECT
private slots:
    void initTestCase() { theme_.apply(); }
    void init() { prepare(); }

    void pinnedEntitiesComeFirstWhateverTheOrderAndAreNoHits()
    {
        show(999);
        EntitiesModel& model = browser_->model();
        model.setPins({{QStringLiteral("order/7"), EntityId{7}}, {QStringLiteral("user/user-3"), EntityId{3}}});
        QCOMPARE(firstIds(model, 3), (std::vector<EntityId>{EntityId{7}, EntityId{3}, EntityId{998}}));
        QCOMPARE(model.rowCount(), std::int64_t(999));
        QSignalSpy reordered(&model, &EntitiesModel::reordered);
        model.setOrder(EntityOrder::MostEvents);
        QVERIFY(reordered.wait(2000));
        QCOMPARE(firstIds(model, 2), (std::vector<EntityId>{EntityId{7}, EntityId{3}}));
        model.setCategory(CategoryId{2});
        QVERIFY(reordered.wait(2000));
        QCOMPARE(firstIds(model, 2), (std::vector<EntityId>{EntityId{7}, EntityId{3}}));
        QCOMPARE(model.matching(), std::size_t{333});
        model.setCategory({});
        QVERIFY(reordered.wait(2000));
        model.beginSearch(QStringLiteral("user-3"));
        model.setNamed({EntityId{3}});
        model.addFound({EntityId{3}, EntityId{30}, EntityId{300}}, true);
        QVERIFY(reordered.wait(2000));
        // What is listed was found: the pin that was not is left out, and one that was is told by its dot.
        QCOMPARE(model.rowCount(), std::int64_t(3));
        QCOMPARE(model.matching(), std::size_t{3});
        QCOMPARE(idAt(model, 0), EntityId{3});
        QCOMPARE(model.at(0).kind, EntityLine::Kind::Pin);
        QVERIFY(browser_->list().rowText(0).contains(QStringLiteral("pinned")));
        QCOMPARE(model.at(1).kind, EntityLine::Kind::Entity);
        QCOMPARE(model.firstHit(), std::optional<std::int64_t>(0));
        QSignalSpy unpin(browser_.get(), &EntityBrowser::unpinWanted);
        browser_->list().setFocus();
        browser_->list().setCurrentRow(0);
        QTest::keyClick(&browser_->list(), Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier);  // moves nothing among hits
        QTest::keyClick(&browser_->list(), Qt::Key_Space);
        QCOMPARE(unpin.takeFirst().at(0).toString(), QStringLiteral("user/user-3"));
        model.beginSearch(QStringLiteral("zzz"));
        model.setNamed({});
        model.addFound({}, true);
        QCOMPARE(model.rowCount(), std::int64_t(0));
        QVERIFY(!model.firstHit());
        QVERIFY(browser_->list().emptyText().contains(QStringLiteral("No entity")));
        model.beginSearch({});
        QVERIFY(reordered.wait(2000));
        QTRY_COMPARE(firstIds(model, 2), (std::vector<EntityId>{EntityId{7}, EntityId{3}}));
        QCOMPARE(model.rowCount(), std::int64_t(999));
    }

    void aPinIsTakenOutOfItsPlaceAndPutBackThere()
    {
        show(600);
        EntitiesModel& model = browser_->model();
        const auto before = firstIds(model, 600);
        model.setPins({{QStringLiteral("order/400"), EntityId{400}}});
        QCOMPARE(idAt(model, 0), EntityId{400});
        QCOMPARE(model.rowCount(), std::int64_t(600));
        model.setPins({});
        QVERIFY(firstIds(model, 600) == before);
        browser_->setGrouped(true);
        QSignalSpy reordered(&model, &EntitiesModel::reordered);
        QVERIFY(reordered.wait(2000));
        const auto grouped = firstIds(model, 603);
        model.setPins({{QStringLiteral("order/400"), EntityId{400}}});
        model.setPins({});
        QVERIFY(firstIds(model, 603) == grouped);
    }

    void pinningByClickByKeyAndByTheDotAgain()
    {
        show(300);
        Pins pins;
        join(pins);
        EntityList& list = browser_->list();
        QSignalSpy chosen(browser_.get(), &EntityBrowser::entityChosen);
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.pinRect(4).center());
        QCOMPARE(pins.names(), QStringList{QStringLiteral("order/order-295")});
        QCOMPARE(chosen.count(), 0);  // a click on the dot chooses nothing
        QCOMPARE(idAt(browser_->model(), 0), EntityId{295});
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.cellRect(3, 0).center());
        QTest::keyClick(&list, Qt::Key_Space);
        QCOMPARE(pins.names(), (QStringList{QStringLiteral("order/order-295"), QStringLiteral("user/user-297")}));
        QCOMPARE(list.currentRow(), qint64(1));  // the row went with its entity
        test::picture(*browser_, QStringLiteral("entities-pinned"));
        QTest::keyClick(&list, Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(pins.names().first(), QStringLiteral("user/user-297"));
        QCOMPARE(list.currentRow(), qint64(0));
        QTest::keyClick(&list, Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);  // it is the first: nothing
        QCOMPARE(pins.names().first(), QStringLiteral("user/user-297"));
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.pinRect(0).center());
        QCOMPARE(pins.names(), QStringList{QStringLiteral("order/order-295")});
    }

    void aPinIsDraggedToAnotherPlaceAmongThePins()
    {
        show(30);
        Pins pins;
        join(pins);
        for (const char* name : {"a", "b", "c"})
            pins.add(QLatin1String(name), EntityId{static_cast<std::uint32_t>(name[0] - 'a')});
        EntityList& list = browser_->list();
        QTest::mousePress(list.viewport(), Qt::LeftButton, {}, list.cellRect(0, 0).center());
        QTest::mouseMove(list.viewport(), list.cellRect(1, 0).center());
        QMouseEvent move(QEvent::MouseMove, list.cellRect(2, 0).center(),
                         list.viewport()->mapToGlobal(list.cellRect(2, 0).center()), Qt::NoButton, Qt::LeftButton,
                         Qt::NoModifier);
        QCoreApplication::sendEvent(list.viewport(), &move);
        QTest::mouseRelease(list.viewport(), Qt::LeftButton, {}, list.cellRect(2, 0).center());
        QCOMPARE(pins.names(), (QStringList{QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("a")}));
        QCOMPARE(list.currentRow(), qint64(2));
    }

    void aPinThatIsNotInThisWorkspaceSaysSoAndChoosesNothing()
    {
        show(30);
        Pins pins;
        join(pins);
        pins.add(QStringLiteral("user/nobody"));
        EntityList& list = browser_->list();
        QCOMPARE(browser_->model().at(0).kind, EntityLine::Kind::MissingPin);
        QVERIFY(list.rowText(0).contains(QStringLiteral("not in this workspace yet")));
        QSignalSpy chosen(browser_.get(), &EntityBrowser::entityChosen);
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.cellRect(0, 0).center());
        QTest::keyClick(&list, Qt::Key_Return);
        QCOMPARE(chosen.count(), 0);
        test::picture(*browser_, QStringLiteral("entities-missing-pin"));
        QTest::keyClick(&list, Qt::Key_Space);
        QVERIFY(pins.names().isEmpty());
    }

    void aPartThatIsPaintedAloneLooksAsItDoesInTheWhole()
    {
        show(30);
        Pins pins;
        join(pins);
        pins.add(QStringLiteral("user/somebody-of-whom-nobody-has-heard"));
        EntityList& list = browser_->list();
        QCOMPARE(browser_->model().at(0).kind, EntityLine::Kind::MissingPin);
        const QImage whole = list.viewport()->grab().toImage();
        // What is said of the pin goes on over the columns behind its name.
        for (const int column : {EntityList::Events, EntityList::Last}) {
            QRect part = list.cellRect(0, column);
            part.setBottom(list.viewport()->height() - 1);
            QCOMPARE(list.viewport()->grab(part).toImage(), whole.copy(part));
        }
    }

    void pinningFarDownLeavesInPlaceWhatOneLooksAt()
    {
        show(1000);
        Pins pins;
        join(pins);
        EntityList& list = browser_->list();
        list.setTopRow(200);
        const EntityId top = idAt(browser_->model(), 200);
        pins.add(QStringLiteral("user/0"), EntityId{0});
        QCOMPARE(list.topRow(), qint64(201));
        QCOMPARE(idAt(browser_->model(), list.topRow()), top);
        pins.remove(QStringLiteral("user/0"));
        QCOMPARE(list.topRow(), qint64(200));
        QCOMPARE(idAt(browser_->model(), list.topRow()), top);
    }
};

QTEST_MAIN(TestPins)
#include "test_pins.moc"
