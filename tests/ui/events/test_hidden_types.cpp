#include "tests/ui/events/events_fixture.h"

#include <QSignalSpy>

using namespace hindcast;
using namespace hindcast::ui;
using test::reject;

class TestHiddenTypes final : public test::EventsFixture {
    Q_OBJECT
private slots:
    void initTestCase() { theme_.apply(); }
    void init() { prepare(); }

    void hidingTypesOfAMillionEventsHoldsNothingUp()
    {
        answers_ = false;
        EventsModel& model = view_->model();
        QSignalSpy rows(&model, &EventsModel::rowsChanged);
        model.setPlayhead(Version{500'001});
        model.setHistory(longHistory(1'000'000));
        QVERIFY(rows.wait(5000));
        asked_.clear();
        model.setFilter({true, {TypeId{9'999}}});  // one in ten thousand
        QVERIFY2(model.isPreparing(), "they are sought out elsewhere");
        QCOMPARE(model.rows().count(), std::int64_t(1'000'000));
        QVERIFY(rows.wait(5000));
        QCOMPARE(model.rows().count(), std::int64_t(100));
        QCOMPARE(model.rows().hidden(), std::uint64_t{999'900});
        view_->grab();
        QVERIFY(!asked_.empty());
        for (const auto& [first, last] : asked_) QCOMPARE(first, last);  // and nothing of what lies between
    }

    void hiddenTypesLeaveTheTableAndTheTitleSaysSo()
    {
        show();
        view_->model().setFilter({false, {TypeId{test::OrderPlaced}}});
        QCOMPARE(view_->table().rowCount(), qint64(6));
        QCOMPARE(titleText(), QStringLiteral("user-123 · 6 of 14 events · 8 hidden by type"));
        QCOMPARE(view_->table().currentRow(), qint64(2));  // #9
        QSignalSpy all(view_.get(), &EventsView::allTypesWanted);
        QTest::mouseClick(button(QStringLiteral("Show all")), Qt::LeftButton);
        QCOMPARE(all.count(), 1);
        view_->model().setFilter({});
        QVERIFY(!button(QStringLiteral("Show all"))->isVisible());
        QCOMPARE(titleText(), QStringLiteral("user-123 · 14 events"));
    }

    void anotherFilterLeavesThePlayheadsRowInView()
    {
        answers_ = false;
        EventsModel& model = view_->model();
        EventTable& table = view_->table();
        const auto inView = [&table](qint64 row) {
            return row >= table.visibleRows().first && row <= table.visibleRows().second;
        };
        auto history = longHistory(2000);
        for (std::size_t i = 0; i < history->events.size(); ++i)
            history->events[i].type = TypeId{static_cast<std::uint32_t>(i % 4)};
        model.setPlayhead(Version{575});
        model.setHistory(history);
        view_->grab();
        const qint64 place = table.currentRow() - table.topRow();
        model.setFilter({true, {TypeId{2}}});
        QCOMPARE(table.currentRow(), qint64(143));
        QCOMPARE(table.currentRow() - table.topRow(), place);
        model.setFilter({});
        QCOMPARE(table.currentRow(), qint64(574));
        QCOMPARE(table.currentRow() - table.topRow(), place);
        // Also where one had scrolled away from it, and where only what lies about it is shown.
        table.setTopRow(0);
        model.setFilter({true, {TypeId{2}}});
        QVERIFY(inView(143));
        model.setFilter({true, {TypeId{3}}});
        QCOMPARE(table.currentRow(), RowView::kNone);
        QVERIFY(inView(table.anchorRow()));
        model.setFilter({});
        QVERIFY(inView(574));
    }

    void whereThePlayheadsEventIsHiddenNoRowIsCurrentAndALineTellsItsPlace()
    {
        show();
        view_->model().setPlayhead(Version{8});
        view_->model().setFilter({false, {TypeId{test::OrderPlaced}}});
        EventTable& table = view_->table();
        QCOMPARE(table.currentRow(), RowView::kNone);
        QCOMPARE(table.anchorRow(), qint64(1));  // #2
        QVERIFY(titleText().endsWith(QStringLiteral("the playhead is on #8 OrderPlaced, hidden")));
        const QImage image = test::picture(*view_, QStringLiteral("events-hidden"));
        QVERIFY(test::countOf(image, theme_.color(Theme::Role::Playhead)) > 500);
        QCOMPARE(test::countOf(image, theme_.color(Theme::Role::Selection)), 0);
    }

    void upAndDownStepAmongTheShownRowsFromWhereThePlayheadIs()
    {
        show();
        EventsModel& model = view_->model();
        EventTable& table = view_->table();
        model.setFilter({false, {TypeId{test::OrderPlaced}}});
        model.setPlayhead(Version{8});
        QTest::keyClick(&table, Qt::Key_Down);
        QCOMPARE(model.playhead(), Version{9});
        model.setPlayhead(Version{8});
        QTest::keyClick(&table, Qt::Key_Up);
        QCOMPARE(model.playhead(), Version{2});
        QTest::keyClick(&table, Qt::Key_Down);
        QCOMPARE(model.playhead(), Version{9});
        QTest::keyClick(&table, Qt::Key_Down);
        QCOMPARE(model.playhead(), Version{11});
    }

    void aRejectStaysInItsPlaceUnderAFilter()
    {
        auto history = test::userHistory();
        history->rejects = {reject(48'150, "2025-11-04T09:20:00Z")};
        view_->model().setPlayhead(Version{9});
        view_->model().setHistory(history);
        view_->model().setFilter({true, {TypeId{test::UserDeleted}}});
        QCOMPARE(view_->table().rowCount(), qint64(2));
        QVERIFY(!view_->model().rows().version(0));
        QCOMPARE(titleText(),
                 QStringLiteral(
                     "user-123 · 1 of 14 events · 13 hidden by type · 1 reject · the playhead is on #9 AddressChanged, hidden"));
        QTest::keyClick(&view_->table(), Qt::Key_Down);  // from below the reject, which is not after #9
        QCOMPARE(view_->model().playhead(), Version{14});
    }

    void whereAllAreHiddenTheTableSaysHowToGetThemBack()
    {
        show();
        view_->model().setFilter({true, {}});
        QCOMPARE(view_->table().rowCount(), qint64(0));
        QVERIFY(view_->table().emptyText().contains(QStringLiteral("14 events")));
        test::picture(*view_, QStringLiteral("events-all-hidden"));
    }
};

QTEST_MAIN(TestHiddenTypes)
#include "test_hidden_types.moc"
