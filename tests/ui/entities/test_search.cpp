#include "tests/ui/entities/entities_fixture.h"

#include <QLineEdit>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;
using test::firstIds;
using test::idAt;

class TestSearch final : public test::EntitiesFixture {
    Q_OBJECT
private slots:
    void initTestCase() { theme_.apply(); }
    void init() { prepare(); }

    void searchingStreamsAndSaysWhatWasNotFound()
    {
        show(1000);
        QSignalSpy wanted(browser_.get(), &EntityBrowser::searchWanted);
        QTest::keyClick(&browser_->list(), 'u');
        QVERIFY(browser_->searchField().hasFocus());
        QTest::keyClicks(&browser_->searchField(), QStringLiteral("ser"));
        QVERIFY(wanted.wait(1000));
        QCOMPARE(wanted.takeLast().at(0).toString(), QStringLiteral("user"));
        QCOMPARE(browser_->model().rowCount(), std::int64_t(0));
        QCOMPARE(browser_->list().emptyText(), QStringLiteral("Searching…"));
        browser_->model().addFound({EntityId{3}, EntityId{9}}, false);
        QCOMPARE(browser_->model().rowCount(), std::int64_t(2));
        QSignalSpy reordered(&browser_->model(), &EntitiesModel::reordered);
        browser_->model().addFound({EntityId{30}}, true);
        QVERIFY(reordered.wait(2000));
        QCOMPARE(idAt(browser_->model(), 0), EntityId{30});
        browser_->searchField().setText(QStringLiteral("zzz"));
        QVERIFY(wanted.wait(1000));
        browser_->model().addFound({}, true);
        QVERIFY(browser_->list().emptyText().contains(QStringLiteral("“zzz”")));
        test::picture(*browser_, QStringLiteral("entities-nothing"));
        QTest::keyClick(&browser_->searchField(), Qt::Key_Escape);
        QTRY_COMPARE(browser_->model().rowCount(), std::int64_t(1000));
    }

    void whatTheTextNamesAsAWholeComesFirstAndIsWhatEnterOpens()
    {
        show(1000);
        QSignalSpy wanted(browser_.get(), &EntityBrowser::searchWanted);
        QSignalSpy chosen(browser_.get(), &EntityBrowser::entityChosen);
        browser_->searchField().setFocus();
        QTest::keyClicks(&browser_->searchField(), QStringLiteral("user-3"));
        QTest::keyClick(&browser_->searchField(), Qt::Key_Return);  // before there is an answer
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(chosen.count(), 0);
        EntitiesModel& model = browser_->model();
        model.setNamed({EntityId{3}});
        QTRY_COMPARE(chosen.count(), 1);
        QCOMPARE(chosen.takeFirst().at(0).value<EntityId>(), EntityId{3});
        QSignalSpy reordered(&model, &EntitiesModel::reordered);
        model.addFound({EntityId{3}, EntityId{30}, EntityId{300}}, true);
        QVERIFY(reordered.wait(2000));
        QCOMPARE(firstIds(model, 3), (std::vector<EntityId>{EntityId{3}, EntityId{300}, EntityId{30}}));
        QTest::keyClick(&browser_->searchField(), Qt::Key_Return);
        QCOMPARE(chosen.takeLast().at(0).value<EntityId>(), EntityId{3});
    }

    void whereNothingIsFoundTheFocusStaysInTheField()
    {
        show(1000);
        EntitiesModel& model = browser_->model();
        QLineEdit& field = browser_->searchField();
        QSignalSpy chosen(browser_.get(), &EntityBrowser::entityChosen);
        QTest::keyClick(&browser_->list(), 'z');
        QVERIFY(field.hasFocus());
        QTest::keyClicks(&field, QStringLiteral("zzz"));
        QTest::keyClick(&field, Qt::Key_Return);
        QVERIFY(field.hasFocus());
        model.setNamed({});
        model.addFound({}, true);
        QVERIFY(field.hasFocus());
        QTest::keyClick(&field, Qt::Key_Return);
        QTest::keyClick(&field, Qt::Key_Down);
        QVERIFY(field.hasFocus());
        QCOMPARE(chosen.count(), 0);
        // Where something is, the list has it as soon as the answer is there.
        field.setText(QStringLiteral("user-3"));
        QTest::keyClick(&field, Qt::Key_Return);
        QVERIFY(field.hasFocus());
        model.setNamed({EntityId{3}});
        QTRY_COMPARE(chosen.count(), 1);
        QVERIFY(browser_->list().hasFocus());
    }

    void anotherMappingIsAnotherListThoughItIsAsLong()
    {
        show(100);
        EntitiesModel& model = browser_->model();
        QSignalSpy wanted(browser_.get(), &EntityBrowser::searchWanted);
        browser_->searchField().setText(QStringLiteral("user"));
        QVERIFY(wanted.wait(1000));
        model.addFound({EntityId{3}, EntityId{9}}, true);
        browser_->list().setTopRow(1);  // held: nothing moves by itself
        model.forgetNames();
        auto directory = std::make_shared<store::Directory>(*test::directoryOf(100));
        directory->last[7] = Timestamp{directory->last[99].ns + 1'000'000'000};
        model.setDirectory(directory);
        browser_->searchAgain();
        QCOMPARE(wanted.count(), 2);
        QCOMPARE(model.rowCount(), std::int64_t(0));
        browser_->searchField().clear();
        QTRY_COMPARE(model.rowCount(), std::int64_t(100));
        QCOMPARE(idAt(model, 0), EntityId{7});
    }

    void whatTheTextIsLikelierToMeanStandsBeforeTheOtherHits()
    {
        show(999);
        EntitiesModel& model = browser_->model();
        model.setPins({{QStringLiteral("order/order-88"), EntityId{88}}});
        QSignalSpy chosen(browser_.get(), &EntityBrowser::entityChosen);
        browser_->searchField().setFocus();
        browser_->searchField().setText(QStringLiteral("88"));
        QTest::keyClick(&browser_->searchField(), Qt::Key_Return);
        model.setNamed({});
        model.addFound({EntityId{88}, EntityId{188}}, false);
        QCOMPARE(chosen.count(), 0);  // a better one may come yet
        model.setNamed({EntityId{88}});
        model.setNamed({EntityId{881}, EntityId{882}});
        model.addFound({EntityId{288}, EntityId{881}, EntityId{882}}, true);
        QTRY_COMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().at(0).value<EntityId>(), EntityId{88});
        QCOMPARE(firstIds(model, 5),
                 (std::vector<EntityId>{EntityId{88}, EntityId{882}, EntityId{881}, EntityId{288}, EntityId{188}}));
        QCOMPARE(browser_->countText(), QStringLiteral("5 of 999"));
    }

    void downAndEnterChooseAHitThoughAnotherIsSelected()
    {
        show(999);
        EntitiesModel& model = browser_->model();
        browser_->setSelected(EntityId{300});
        QSignalSpy chosen(browser_.get(), &EntityBrowser::entityChosen);
        QSignalSpy reordered(&model, &EntitiesModel::reordered);
        browser_->searchField().setFocus();
        browser_->searchField().setText(QStringLiteral("user-3"));
        QTRY_VERIFY(model.isSearching());
        reordered.clear();
        model.setNamed({EntityId{3}});
        model.addFound({EntityId{3}, EntityId{30}, EntityId{300}}, true);
        QVERIFY(reordered.wait(2000));
        QCOMPARE(browser_->list().currentRow(), qint64(1));
        QTest::keyClick(&browser_->searchField(), Qt::Key_Down);
        QCOMPARE(browser_->list().currentRow(), qint64(0));
        QTest::keyClick(&browser_->list(), Qt::Key_Return);
        QVERIFY(chosen.count() > 0);
        for (const auto& one : chosen) QCOMPARE(one.at(0).value<EntityId>(), EntityId{3});
    }

    void aHitThatIsPinnedIsStillOneOfThoseFound()
    {
        show(999);
        EntitiesModel& model = browser_->model();
        QSignalSpy reordered(&model, &EntitiesModel::reordered);
        model.beginSearch(QStringLiteral("user-3"));
        reordered.clear();
        model.setNamed({EntityId{3}});
        model.addFound({EntityId{3}, EntityId{30}, EntityId{300}}, true);
        QVERIFY(reordered.wait(2000));
        QCOMPARE(model.matching(), std::size_t{3});
        model.setPins({{QStringLiteral("user/user-30"), EntityId{30}}, {QStringLiteral("order/7"), EntityId{7}}});
        QCOMPARE(model.matching(), std::size_t{3});  // the other pin is none
        model.setPins({});
        QCOMPARE(model.matching(), std::size_t{3});
        QCOMPARE(model.rowCount(), std::int64_t(3));
        QVERIFY(model.rowOf(EntityId{30}));
    }

    void thereAreNoGroupsWhileOneSearchesAndTheButtonSaysSo()
    {
        show(999);
        QToolButton* groups = nullptr;
        for (QToolButton* one : browser_->findChildren<QToolButton*>())
            if (one->accessibleName() == QStringLiteral("Group by category")) groups = one;
        QVERIFY(groups != nullptr && groups->isEnabled());
        browser_->searchField().setText(QStringLiteral("user"));
        QTRY_VERIFY(!groups->isEnabled());
        QVERIFY(groups->toolTip().contains(QStringLiteral("what is found stands in one list")));
        browser_->searchField().clear();
        QTRY_VERIFY(groups->isEnabled());
    }

    void displayNamesAreShownAndFound()
    {
        show(300);
        EntitiesModel& model = browser_->model();
        model.addDisplayNames({{EntityId{297}, QStringLiteral("Alice Smith"), 1}, {EntityId{296}, QStringLiteral("Robert"), 1}});
        QCOMPARE(model.displayName(EntityId{297}), QStringLiteral("Alice Smith"));
        QVERIFY2(browser_->list().rowText(2).startsWith(QStringLiteral("Alice Smith, user/user-297")),
                 qPrintable(browser_->list().rowText(2)));
        test::picture(*browser_, QStringLiteral("entities-names"));
        model.beginSearch(QStringLiteral("alice"));
        model.setNamed({});
        QCOMPARE(idAt(model, 0), EntityId{297});
        QSignalSpy reordered(&model, &EntitiesModel::reordered);
        model.addFound({EntityId{5}}, true);
        QVERIFY(reordered.wait(2000));
        QCOMPARE(model.rowCount(), std::int64_t(2));
        QCOMPARE(idAt(model, 0), EntityId{297});
    }

    void namesThatWereNeverInViewAreFoundAsOneAfterTheOtherIsLookedAt()
    {
        show(300);
        EntitiesModel& model = browser_->model();
        browser_->searchField().setText(QStringLiteral("alice"));
        QTRY_COMPARE(model.searchText(), QStringLiteral("alice"));
        model.setNamed({});
        model.addCalled({EntityId{7}}, 100, 300);  // before the ids have been looked through
        QCOMPARE(model.rowCount(), std::int64_t(1));
        model.addFound({EntityId{7}, EntityId{5}}, true);
        QVERIFY(model.isLookingAtNames());
        QCOMPARE(browser_->countText(), QStringLiteral("2 · names: 100 of 300 looked at"));
        model.addCalled({EntityId{5}, EntityId{200}}, 220, 300);
        QCOMPARE(model.rowCount(), std::int64_t(3));  // each of them once
        model.addCalled({EntityId{299}}, 300, 300);
        QVERIFY(!model.isLookingAtNames());
        QTRY_COMPARE(idAt(model, 0), EntityId{299});  // in order, once all are there
        QCOMPARE(model.rowCount(), std::int64_t(4));
        QCOMPARE(browser_->countText(), QStringLiteral("4 of 300"));

        browser_->searchField().setText(QStringLiteral("nobody"));
        QTRY_COMPARE(model.searchText(), QStringLiteral("nobody"));
        model.setNamed({});
        model.addFound({}, true);
        model.addCalled({}, 120, 300);
        QCOMPARE(browser_->list().emptyText(), QStringLiteral("No id holds “nobody”"));
        model.addCalled({}, 300, 300);
        QCOMPARE(browser_->list().emptyText(), QStringLiteral("No entity holds “nobody”"));
        // One that is over says nothing any more.
        browser_->searchField().clear();
        model.addCalled({EntityId{1}}, 1, 300);
        QTRY_COMPARE(browser_->countText(), QStringLiteral("300"));
        QTRY_COMPARE(model.rowCount(), std::int64_t(300));
    }

    void displayNamesAreAskedForOnceAndAgainWhenThereAreMoreEvents()
    {
        EntityNames names;
        const std::vector<EntityId> ids{EntityId{1}, EntityId{2}};
        QCOMPARE(names.displayWanted(ids, {5, 5}), ids);
        QVERIFY(names.displayWanted(ids, {5, 5}).empty());
        names.add({{EntityId{1}, QStringLiteral("A"), 5}, {EntityId{2}, {}, 5}}, ids);
        QVERIFY(names.displayWanted(ids, {5, 5}).empty());
        QCOMPARE(names.displayWanted(ids, {5, 6}), std::vector<EntityId>{EntityId{2}});
        QVERIFY(names.displayWanted(ids, {6, 6}).empty());  // not all the time
    }
};

QTEST_MAIN(TestSearch)
#include "test_search.moc"
