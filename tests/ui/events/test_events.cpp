#include "tests/ui/events/events_fixture.h"
#include "ui/events/bind_events.h"
#include "ui/session/session.h"

#include <QEvent>
#include <QSignalSpy>

using namespace hindcast;
using namespace hindcast::ui;
using test::reject;
using Op = Change::Op;

class TestEvents final : public test::EventsFixture {
    Q_OBJECT
private slots:
    void initTestCase() { theme_.apply(); }
    void init() { prepare(); }

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

    void aRejectIsDimmedUntilThePlayheadHasPassedIt()
    {
        auto history = std::make_shared<replay::History>(*test::userHistory());
        history->rejects = {reject(48'150, "2025-11-04T09:20:00Z")};
        show();
        EventsModel& model = view_->model();
        model.setHistory(history);
        const auto row = model.rows().rowOfReject(history->rejects.front().id);
        QVERIFY(row);
        const auto colored = [&] {
            const QRect cell = view_->table().cellRect(*row, EventTable::Type);
            const QImage image = view_->table().viewport()->grab(cell).toImage();
            return test::countOf(image, theme_.color(Theme::Role::Warning)) > 0;
        };
        const Version before = model.rows().versionAtOrAbove(*row);
        model.setPlayhead(before, history->events[before.value - 1].time);
        QVERIFY(!colored());
        model.setPlayhead(before, history->rejects.front().time);  // behind it, though the version is the same
        QVERIFY(colored());
        model.setPlayhead(Version{before.value + 1});
        QVERIFY(colored());
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
        const auto history = longHistory(1'000'000);
        view_->model().setPlayhead(Version{500'000});
        view_->model().setHistory(history);
        QVERIFY2(view_->model().isPreparing(), "the rows of a long history are made elsewhere");
        QCOMPARE(view_->model().rows().count(), std::int64_t(0));
        QTRY_COMPARE(view_->table().currentRow(), qint64(499'999));
        view_->grab();
        const auto [first, last] = asked_.back();
        QVERIFY(first <= Version{500'000} && last >= Version{500'000});
        QVERIFY(last.value - first.value < 30);
    }

    void whileAnotherLongHistoryIsPreparedNoRowOfTheOldOneIsShown()
    {
        show();
        EventsModel& model = view_->model();
        QSignalSpy rows(&model, &EventsModel::rowsChanged);
        view_->setLoading(true);
        model.setHistory(longHistory(50'000));
        QCOMPARE(view_->table().rowCount(), qint64(0));
        QCOMPARE(view_->table().emptyText(), QStringLiteral("Reading the history…"));
        QTRY_COMPARE(view_->table().rowCount(), qint64(50'000));
        // And where one has gone back meanwhile, what was being prepared is dropped.
        model.setHistory(longHistory(60'000));
        model.setHistory(test::userHistory());
        QCOMPARE(view_->table().rowCount(), qint64(14));
        QTRY_VERIFY(!model.isPreparing());
        QCOMPARE(view_->table().rowCount(), qint64(14));
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

    void whereAnotherQuestionWasAnsweredTheReasonsInViewAreAskedForAgain()
    {
        auto history = test::userHistory();
        history->rejects = {reject(48'150, "2025-11-04T09:20:00Z")};
        EventsModel& model = view_->model();
        QSignalSpy wanted(&model, &EventsModel::rejectsWanted);
        model.setPlayhead(Version{10});
        model.setHistory(history);
        view_->grab();
        view_->table().setTopRow(5);
        QVERIFY(!wanted.isEmpty());
        const auto asked = wanted.count();
        // A tip's, which may have overtaken that of the table.
        store::Reject other;
        other.id = EventId(PartId{3}, Offset{77});
        model.addRejects({other});
        QCOMPARE(wanted.count(), asked + 1);
        store::Reject own;
        own.id = history->rejects.front().id;
        own.reason = "unexpected end at byte 211";
        model.addRejects({own});
        model.addRejects({other});
        QCOMPARE(wanted.count(), asked + 1);
    }

    void theMarkOfARejectGoesWhenThePlayheadsEventIsShownAgain()
    {
        auto history = test::userHistory();
        const store::Posting posting = reject(48'150, "2025-11-04T09:20:00Z");
        history->rejects = {posting};
        view_->model().setPlayhead(Version{3});
        view_->model().setHistory(history);
        EventTable& table = view_->table();
        view_->markReject(posting.id);
        QVERIFY(!view_->model().rows().version(table.currentRow()));
        view_->unmarkReject();
        QCOMPARE(table.currentRow(), qint64(2));
        // More that arrives brings it not back.
        view_->markReject(posting.id);
        view_->unmarkReject();
        view_->model().setHistory(std::make_shared<replay::History>(*history));
        QCOMPARE(table.currentRow(), qint64(2));
    }

    void theCurrentRowIsToldInFullWhenWhatChangedArrives()
    {
        answers_ = false;
        show();
        view_->model().setPlayhead(Version{7});
        EventTable& table = view_->table();
        QVERIFY(!table.accessibleDescription().contains(QStringLiteral("8840")));
        view_->model().addChanges(Version{7}, {Changes{test::change(Op::Add, "/orders/1", nullptr, R"({"id":8840})")}});
        QVERIFY2(table.accessibleDescription().contains(QStringLiteral("8840")), qPrintable(table.accessibleDescription()));
        QVERIFY2(table.accessibleDescription().contains(QStringLiteral("2025-11-04 09:01:10.402 UTC")),
                 qPrintable(table.accessibleDescription()));
    }

    void otherLanesAreOtherColoursAndPaintTheRowsAnew()
    {
        struct Paints final : QObject {
            int count = 0;
            bool eventFilter(QObject*, QEvent* event) override
            {
                count += event->type() == QEvent::Paint;
                return false;
            }
        };
        Session session;
        EventsView view(theme_);
        bind(view, session);
        Paints paints;
        view.table().viewport()->installEventFilter(&paints);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QTRY_VERIFY(paints.count > 0);
        QCoreApplication::processEvents();
        const int before = paints.count;
        emit session.lanesChanged();
        QTRY_VERIFY(paints.count > before);
    }

    void emptyAndLoadingSayWhatTheyAre()
    {
        QCOMPARE(view_->table().emptyText(), QStringLiteral("Select an entity to see its events"));
        view_->setNoEntities(true);  // there is none to select
        QCOMPARE(view_->table().emptyText(), QStringLiteral("No entities yet"));
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
};

QTEST_MAIN(TestEvents)
#include "test_events.moc"
