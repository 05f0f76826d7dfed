#include "tests/ui/types/types_fixture.h"

#include <QEnterEvent>
#include <QSignalSpy>
#include <QTimer>

using namespace hindcast;
using namespace hindcast::ui;
using test::manyCounts;
using test::manyName;

class TestOrder final : public test::TypesFixture {
    Q_OBJECT
private slots:
    void initTestCase() { theme_.apply(); }
    void init() { prepare(); }

    void whateverArrivesNoRowInViewChangesItsPlaceUntilThatIsAskedFor()
    {
        show();
        TypesModel::Counts counts = userCounts();
        counts[TypeId{test::UserDeleted}] = 99;
        counts[TypeId{6}] = 500;  // a type that is met for the first time
        QSignalSpy reordered(&model(), &TypesModel::reordered);
        const auto before = model().listed();
        model().setEntityCounts(counts);
        QCOMPARE(reordered.count(), 0);
        auto now = model().listed();
        QCOMPARE(now.size(), before.size() + 1);
        now.pop_back();
        QVERIFY(now == before);
        QCOMPARE(model().count(model().rowOf(TypeId{test::UserDeleted})), std::uint64_t{99});
        QVERIFY(model().isStale());
        trigger(QStringLiteral("Most frequent first, by now"));
        QCOMPARE(reordered.count(), 1);
        QCOMPARE(model().idAt(0), TypeId{6});
        QCOMPARE(model().idAt(1), TypeId{test::UserDeleted});
    }

    void rowsThatNobodyLooksAtAreInTheirOrder()
    {
        names_ = manyName;
        model().setEntityCounts(manyCounts(300));
        panel_->grab();
        const auto [first, last] = list().visibleRows();
        QVERIFY(last < 100);
        const auto before = model().listed();
        // Beneath what is in view they change places; one that belongs into the view waits.
        auto counts = manyCounts(300);
        counts[before[250]] = counts[before[150]] + 1;
        model().setEntityCounts(counts);
        QVERIFY(model().rowOf(before[250]) <= 151);
        QVERIFY(!model().isStale());
        counts[before[280]] = 1'000'000;
        model().setEntityCounts(counts);
        QVERIFY(model().isStale());
        for (auto row = first; row <= last; ++row) QCOMPARE(model().idAt(row), before[static_cast<std::size_t>(row)]);
        // Folded away, nothing is in view.
        panel_->setFolded(true);
        QCOMPARE(model().idAt(0), before[280]);
        panel_->setFolded(false);
        QCOMPARE(model().idAt(0), before[280]);
    }

    void theTypesAreCalledWhatTheyAreCalledWhenTheirCountsCome()
    {
        model().setScope(TypesModel::Scope::All);
        model().setAllCounts({{TypeId{0}, 5}, {TypeId{1}, 3}});
        QCOMPARE(test::listedNames(model()), (QStringList{QStringLiteral("UserRegistered"), QStringLiteral("AddressAdded")}));
        // Another mapping is told of before its names are there.
        model().forgetNames();
        names_ = [](TypeId type) { return QStringLiteral("Something%1").arg(type.value); };
        model().setAllCounts({{TypeId{0}, 5}, {TypeId{1}, 3}});
        QCOMPARE(test::listedNames(model()), (QStringList{QStringLiteral("Something0"), QStringLiteral("Something1")}));
        // What a search left out may be called what is sought now.
        model().setSearch(QStringLiteral("placed"));
        QCOMPARE(model().rowCount(), std::int64_t(0));
        names_ = [](TypeId type) { return QStringLiteral("Placed%1").arg(type.value); };
        model().setAllCounts({{TypeId{0}, 5}, {TypeId{1}, 3}});
        QCOMPARE(test::listedNames(model()), (QStringList{QStringLiteral("Placed0"), QStringLiteral("Placed1")}));
    }

    void anotherEntityOfTheSameTypesIsPutInOrder()
    {
        show();
        auto counts = userCounts();
        counts[TypeId{test::UserDeleted}] = 99;
        model().setEntityCounts(counts, true);
        QCOMPARE(model().idAt(0), TypeId{test::UserDeleted});
    }

    void theRowThatOneStandsUponIsStillTheCurrentOne()
    {
        show();
        list().setFocus();
        QTest::keyClick(&list(), Qt::Key_Down);
        TypesModel::Counts counts = userCounts();
        counts[TypeId{test::UserDeleted}] = 99;
        model().setEntityCounts(counts);
        QCOMPARE(model().idAt(0), TypeId{test::OrderPlaced});
        // Another question of the user's puts them in order; the row that was stood upon is still the current one.
        trigger(QStringLiteral("By name"));
        QCOMPARE(model().idAt(list().currentRow()), TypeId{test::OrderPlaced});
    }

    void whereNeitherPointerNorKeyboardIsTheOrderFollowsTheFigures()
    {
        show();
        panel_->findChild<QTimer*>(QStringLiteral("order"))->setInterval(1);
        auto counts = userCounts();
        counts[TypeId{test::UserDeleted}] = 99;
        model().setEntityCounts(counts);
        QVERIFY(model().isStale());  // not with each figure
        QTRY_COMPARE(model().idAt(0), TypeId{test::UserDeleted});
        // Under the pointer rows stay, until it goes.
        const QPointF at = list().cellRect(1, 0).center();
        QEnterEvent enter(at, at, at);
        QCoreApplication::sendEvent(list().viewport(), &enter);
        QVERIFY(list().viewport()->underMouse());
        counts[TypeId{test::AddressAdded}] = 1000;
        model().setEntityCounts(counts);
        for (int i = 0; i < 5; ++i) QCoreApplication::processEvents();
        QCOMPARE(model().idAt(0), TypeId{test::UserDeleted});
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(list().viewport(), &leave);
        QTRY_COMPARE(model().idAt(0), TypeId{test::AddressAdded});
    }

    void anotherEntityIsPutInOrderAtOnce()
    {
        show();
        model().setEntityCounts({{TypeId{4}, 1}, {TypeId{5}, 2}});
        QCOMPARE(model().rowCount(), std::int64_t(2));
        QCOMPARE(model().idAt(0), TypeId{5});
    }
};

QTEST_MAIN(TestOrder)
#include "test_order.moc"
