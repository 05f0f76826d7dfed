#include "tests/ui/types/types_fixture.h"

#include <QSignalSpy>

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
