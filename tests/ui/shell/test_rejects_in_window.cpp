// The way from "2 rejects" at the foot of the window to each record, its reason and its bytes.
#include "tests/ui/shell/window_fixture.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/rejects/rejects_panel.h"
#include "ui/rejects/rejects_table.h"
#include "ui/shell/go_to_box.h"
#include "ui/shell/status_line.h"
#include "ui/shell/top_bar.h"
#include "ui/state/hex_view.h"
#include "ui/state/state_inspector.h"
#include "ui/timeline/timeline_view.h"

#include <QClipboard>
#include <QProcess>
#include <QPushButton>
#include <QToolButton>

#include <cmath>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

namespace {

/// Twelve records of two users, five minutes of them; the fourth cannot be decoded, and the seventh has not even a key.
void writeRecords(const QString& path, int from, int to)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)) qFatal("cannot write the test's records");
    for (int i = from; i < to; ++i) {
        const bool cut = i % 12 == 3 || i % 12 == 6;
        const QString key = i % 12 == 6 ? QString() : QStringLiteral("\"key\":\"user-%1\",").arg(i % 2);
        file.write(QStringLiteral("{\"topic\":\"orders\",\"partition\":0,\"offset\":%1,\"timestamp\":%2,%3\"value\":\"%4\"}\n")
                       .arg(i)
                       .arg(1'762'214'400'000LL + i * 60'000)
                       .arg(key, cut ? QStringLiteral("{cut %1").arg(i) : QStringLiteral("{\\\"event_type\\\":\\\"Seen\\\"}"))
                       .toUtf8());
    }
}

decode::Mapping byKey()
{
    decode::Mapping mapping = eventsMapping("orders");
    mapping.entities.front().id.front().from = decode::FieldSource::From::Key;
    mapping.entities.front().id.front().at = {};
    mapping.time.reset();
    return mapping;
}

}  // namespace

class TestRejectsInWindow : public InWindow {
    Q_OBJECT

    MainWindow& window() { return *at_->window; }
    RejectsPanel& panel() { return window().rejects(); }
    RejectsTable& table() { return panel().table(); }
    QPushButton& count() { return window().statusLine().rejectsButton(); }

    void import(const char* name, int from, int to)
    {
        writeRecords(at_->path(name), from, to);
        at_->session->importFile(at_->path(name), {}, {byKey()});
        QVERIFY(QTest::qWaitFor([&] { return !at_->session->reading().reading; }, kWaitMs) && settle(window()));
    }
    /// 0: the record with a key, 1: the one without.
    void open()
    {
        QTest::mouseClick(&count(), Qt::LeftButton);
        QTRY_COMPARE(table().rowCount(), qint64(2));
        QTRY_VERIFY(panel().model().row(1));
    }
    void goTo(const QString& text)
    {
        GoToBox& box = window().topBar().goTo();
        box.setFocus();
        QTest::keyClicks(&box, text);
        QTest::keyClick(&box, Qt::Key_Return);
    }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init()
    {
        at_ = std::make_unique<WindowFixture>();
        QVERIFY(at_->activate());
        QVERIFY(at_->open());
        import("orders.records", 0, 12);
        QCOMPARE(at_->session->counts().rejects, std::uint64_t{2});
        QVERIFY(at_->select(QStringLiteral("user/user-0")));
    }
    void cleanup() { at_.reset(); }

    void theCountAtTheFootOpensThePanelAndTheButtonClosesIt()
    {
        QVERIFY(!panel().isVisible());
        QCOMPARE(count().text(), QStringLiteral("2 rejects"));
        QVERIFY(window().statusLine().text().contains(QStringLiteral("2 rejects")));
        open();
        QVERIFY(panel().isVisible() && panel().height() > 100);
        QVERIFY(window().events().height() > 100);
        QVERIFY(window().actions().rejects.isChecked());
        QVERIFY(table().hasFocus());
        QTest::mouseClick(&panel().closeButton(), Qt::LeftButton);
        QVERIFY(!panel().isVisible());
        QVERIFY(!window().actions().rejects.isChecked());
    }

    void itIsAllDoneByKeyboard()
    {
        count().setFocus(Qt::TabFocusReason);
        QVERIFY(count().hasFocus());
        QTest::keyClick(&count(), Qt::Key_Space);
        QTRY_VERIFY(panel().isVisible() && table().hasFocus());
        QTest::keyClick(&table(), Qt::Key_Escape);
        QVERIFY(!panel().isVisible());
        QVERIFY(window().timeline().canvas().hasFocus());
        QTest::keyClick(&window().timeline().canvas(), Qt::Key_R, Qt::ControlModifier);
        QTRY_VERIFY(panel().isVisible() && table().hasFocus());
        QTest::keyClick(&table(), Qt::Key_R, Qt::ControlModifier);
        QVERIFY(!panel().isVisible());
    }

    void enterGoesToTheRejectInItsEntitysLane()
    {
        open();
        QTest::keyClick(&table(), Qt::Key_Home);
        QTest::keyClick(&table(), Qt::Key_Return);
        QTRY_VERIFY(at_->session->history() && at_->session->history()->key.id == "user-1");
        QVERIFY(settle(window()));
        QVERIFY(at_->session->event() && at_->session->event()->event.id.offset() == Offset{3});
        QCOMPARE(window().events().table().rowText(window().events().table().currentRow()).left(6), QStringLiteral("reject"));
        QCOMPARE(table().currentRow(), qint64(0));
    }

    void oneWithoutAnEntityShowsItsBytesAndClosingBringsThePlayheadsEventBack()
    {
        const EventId before = at_->session->event()->event.id;
        QCOMPARE(window().state().tab(), StateInspector::State);
        open();
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().cellRect(1, 0).center());
        QTRY_VERIFY(at_->session->event() && at_->session->event()->event.id.offset() == Offset{6});
        QCOMPARE(window().state().tab(), StateInspector::Raw);
        QVERIFY2(window().state().bytes().rowText(0).contains(QStringLiteral("{cut 6")),
                 qPrintable(window().state().bytes().rowText(0)));
        QCOMPARE(window().state().where(), QStringLiteral("reject · orders 0 : 6"));
        // Nobody is gone to, and another life stays selected.
        QTest::keyClick(&table(), Qt::Key_Return);
        QVERIFY(settle(window()));
        QCOMPARE(at_->session->history()->key.id, std::string("user-0"));
        QTest::keyClick(&table(), Qt::Key_Escape);
        QTRY_COMPARE(at_->session->event()->event.id, before);
        QCOMPARE(window().state().tab(), StateInspector::State);
    }

    void aStepOfThePlayheadTakesTheRejectsPlace()
    {
        open();
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().cellRect(1, 0).center());
        QTRY_VERIFY(at_->session->event() && at_->session->event()->version.value == 0);
        QCOMPARE(window().state().tab(), StateInspector::Raw);
        window().actions().previous.trigger();
        QTRY_VERIFY(at_->session->event() && at_->session->event()->version == at_->session->playhead()->version());
        QVERIFY(at_->session->event()->version.value > 0);
        QCOMPARE(window().state().tab(), StateInspector::State);  // where events were looked at before
    }

    void aTabThatTheUserChoseAfterARejectIsKept()
    {
        StateInspector& state = window().state();
        open();
        const auto shownReject = [&](qint64 row) {
            QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().cellRect(row, 0).center());
            return QTest::qWaitFor([&] { return at_->session->event() && at_->session->event()->version.value == 0; }, kWaitMs);
        };
        const auto step = [&](QAction& action) {
            action.trigger();
            return QTest::qWaitFor([&] { return at_->session->event() && at_->session->event()->version.value > 0; }, kWaitMs) &&
                   settle(window());
        };
        QVERIFY(shownReject(1));
        QCOMPARE(state.tab(), StateInspector::Raw);
        // Away from the bytes and back to them: that is where one wants to be.
        state.showTab(StateInspector::State);
        state.showTab(StateInspector::Raw);
        QVERIFY(step(window().actions().previous));
        QCOMPARE(state.tab(), StateInspector::Raw);
        // Shown by a reject again, it is left again.
        state.showTab(StateInspector::State);
        QVERIFY(shownReject(0));
        QCOMPARE(state.tab(), StateInspector::Raw);
        QVERIFY(step(window().actions().next));
        QCOMPARE(state.tab(), StateInspector::State);
    }

    void aRejectsSquareOnALaneShowsItAsItsRowDoes()
    {
        QVERIFY(at_->select(QStringLiteral("user/user-1")));
        at_->session->playhead()->setVersion(Version{5});
        QVERIFY(settle(window()));
        TimelineCanvas& canvas = window().timeline().canvas();
        const auto marks = canvas.rejectMarks(0);
        QCOMPARE(marks.size(), std::size_t{1});
        QTest::mouseClick(&canvas, Qt::LeftButton, {}, marks[0].box.center().toPoint());
        QTRY_VERIFY(at_->session->event() && at_->session->event()->event.id.offset() == Offset{3});
        QCOMPARE(at_->session->playhead()->version(), Version{5});
        EventTable& events = window().events().table();
        QVERIFY2(events.rowText(events.currentRow()).startsWith(QStringLiteral("reject")),
                 qPrintable(events.rowText(events.currentRow())));
    }

    void theEventThatThePlayheadStandsOnLeadsBackFromAReject()
    {
        StateInspector& state = window().state();
        EventTable& events = window().events().table();
        const auto rowOf = [&](bool reject) {
            for (qint64 row = 0; row < events.rowCount(); ++row)
                if (events.rowText(row).startsWith(QStringLiteral("reject")) == reject) return row;
            return qint64(-1);
        };
        QVERIFY(at_->select(QStringLiteral("user/user-1")));
        QTRY_VERIFY(rowOf(true) >= 0);
        at_->session->playhead()->setVersion(Version{1});
        QTRY_VERIFY(at_->session->event() && at_->session->event()->version == Version{1});
        for (const auto tab : {StateInspector::State, StateInspector::Diff}) {
            state.showTab(tab);
            events.choose(rowOf(true));
            QTRY_VERIFY(at_->session->event() && at_->session->event()->version == Version{0});
            // A difference has no place for it.
            QCOMPARE(state.tab(), tab == StateInspector::Diff ? StateInspector::Raw : tab);
            events.choose(rowOf(false));
            QTRY_VERIFY(at_->session->event() && at_->session->event()->version == Version{1});
            QTRY_COMPARE(state.tab(), tab);
        }
    }

    void theMarkThatThePlayheadStandsOnLeadsBackFromARejectInItsLaneAndFromTheTable()
    {
        QVERIFY(at_->select(QStringLiteral("user/user-1")));
        at_->session->playhead()->setVersion(Version{2});
        QVERIFY(settle(window()));
        const EventId here = at_->session->event()->event.id;
        TimelineCanvas& canvas = window().timeline().canvas();
        QCOMPARE(canvas.rejectMarks(0).size(), std::size_t{1});
        const QPoint square = canvas.rejectMarks(0)[0].box.center().toPoint();
        const auto clickTheMark = [&] {
            const double x = canvas.scale().pixelFromTime(canvas.events(0)->at[1]);
            const QPoint mark(static_cast<int>(std::lround(x)), static_cast<int>(canvas.laneMiddle(0)));
            QTest::mouseClick(&canvas, Qt::LeftButton, {}, mark);
        };
        QSignalSpy moved(at_->session->playhead(), &Playhead::moved);
        const auto isReject = [&](std::int64_t offset) {
            const auto event = at_->session->event();
            return event && event->version == Version{0} && event->event.id.offset() == Offset{offset};
        };

        QTest::mouseClick(&canvas, Qt::LeftButton, {}, square);
        QTRY_VERIFY(isReject(3));
        clickTheMark();
        QTRY_COMPARE(at_->session->event()->event.id, here);

        open();
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().cellRect(1, 0).center());
        QTRY_VERIFY(isReject(6));
        QVERIFY(settle(window()));
        clickTheMark();
        QTRY_COMPARE(at_->session->event()->event.id, here);
        QCOMPARE(moved.count(), 0);
        QCOMPARE(at_->session->playhead()->version(), Version{2});
    }

    void aRejectThatIsGoneToWhereThePlayheadStandsAlreadyIsShownAndStays()
    {
        const auto isReject = [&] {
            const auto event = at_->session->event();
            return event && event->version == Version{0} && event->event.id.offset() == Offset{3};
        };
        goTo(QStringLiteral("orders/0/3"));
        QTRY_VERIFY(isReject());
        QVERIFY(settle(window()));
        QCOMPARE(at_->session->history()->key.id, std::string("user-1"));
        QSignalSpy moved(at_->session->playhead(), &Playhead::moved);
        int left = 0;
        const QObject here;
        connect(at_->session.get(), &Session::eventChanged, &here, [&] { left += isReject() ? 0 : 1; });
        at_->session->selectEvent(*at_->session->selected(), at_->session->event()->event.id);
        QVERIFY(settle(window()));
        QVERIFY(isReject());
        QCOMPARE(left, 0);
        QCOMPARE(moved.count(), 0);
    }

    void theGoToBoxOpensThePanelOnARejectWithoutAnEntity()
    {
        goTo(QStringLiteral("orders/0/6"));
        QTRY_VERIFY(panel().isVisible());
        QTRY_COMPARE(table().currentRow(), qint64(1));
        QTRY_VERIFY(at_->session->event() && at_->session->event()->event.id.offset() == Offset{6});
        QVERIFY(table().hasFocus());
        QCOMPARE(window().state().tab(), StateInspector::Raw);
    }

    void copyAsJsonIsWhatTheCommandLinePrints()
    {
        open();
        QTest::keyClick(&table(), Qt::Key_End);
        QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier);
        const auto copied = [] { return QApplication::clipboard()->text(); };
        QTRY_VERIFY2(copied().contains(QStringLiteral("{cut 6")), qPrintable(copied()));
        const Json json = *parseJson(copied().toStdString());
        QStringList members;
        for (const auto& [name, value] : json.items()) members << QString::fromStdString(name);
        QCOMPARE(members, (QStringList{QStringLiteral("reason"), QStringLiteral("time"), QStringLiteral("position"),
                                       QStringLiteral("value")}));
        QCOMPARE(json["position"]["offset"].get<int>(), 6);
        QCOMPARE(json["position"]["topic"].get<std::string>(), std::string("orders"));
        QVERIFY(!json["reason"].get<std::string>().empty());
        const QString withoutEntity = copied();
        // The same by the window's own command, and with entity and key where there are.
        QTest::keyClick(&table(), Qt::Key_Home);
        QTRY_VERIFY(at_->session->event()->event.id.offset() == Offset{3});
        window().actions().copyJson.trigger();
        QTRY_VERIFY2(copied().contains(QStringLiteral("{cut 3")), qPrintable(copied()));
        const Json other = *parseJson(copied().toStdString());
        QCOMPARE(other["entity"].get<std::string>(), std::string("user/user-1"));
        QCOMPARE(other["key"].get<std::string>(), std::string("user-1"));
        QProcess cli;
        cli.start(QStringLiteral(HINDCAST_CLI),
                  {QStringLiteral("rejects"), at_->path("shop.hindcast"), QStringLiteral("--json")});
        QVERIFY(cli.waitForFinished(kWaitMs));
        const QStringList printed = QString::fromUtf8(cli.readAllStandardOutput()).trimmed().split(QLatin1Char('\n'));
        QCOMPARE(printed, (QStringList{copied(), withoutEntity}));
    }

    void copyingARejectChangesNothingThatIsShownAndNoLaterClipboard()
    {
        open();
        const EventId shown = at_->session->event()->event.id;
        QSignalSpy changed(at_->session.get(), &Session::eventChanged);
        QSignalSpy read(at_->session.get(), &Session::rejectRead);
        const EventId first = panel().model().row(0)->reject.id;
        const EventId second = panel().model().row(1)->reject.id;
        emit panel().copyWanted(second);
        QTRY_VERIFY2(QApplication::clipboard()->text().contains(QStringLiteral("{cut 6")),
                     qPrintable(QApplication::clipboard()->text()));
        QCOMPARE(changed.count(), 0);
        QCOMPARE(at_->session->event()->event.id, shown);
        // What is copied while the bytes are on their way stays.
        emit panel().copyWanted(first);
        QApplication::clipboard()->setText(QStringLiteral("mine"));
        QTRY_COMPARE(read.count(), 2);
        QVERIFY(settle(window()));
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("mine"));
    }

    void theMarkInTheEventsGoesWithTheReject()
    {
        QVERIFY(at_->select(QStringLiteral("user/user-1")));
        at_->session->playhead()->setVersion(Version{3});
        QVERIFY(settle(window()));
        open();
        QTest::keyClick(&table(), Qt::Key_Home);
        QTest::keyClick(&table(), Qt::Key_Return);
        EventTable& events = window().events().table();
        QTRY_VERIFY(events.rowText(events.currentRow()).startsWith(QStringLiteral("reject")));
        const EventId third = at_->session->history()->events[2].id;
        at_->session->playhead()->setVersion(Version{3});
        at_->session->requestEvent(third);
        QTRY_COMPARE(at_->session->event()->event.id, third);
        QVERIFY2(events.rowText(events.currentRow()).startsWith(QStringLiteral("#3")),
                 qPrintable(events.rowText(events.currentRow())));
    }

    void resettingTheLayoutClosesThePanel()
    {
        open();
        window().actions().resetLayout.trigger();
        QVERIFY(!panel().isVisible());
        QVERIFY(!window().actions().rejects.isChecked());
    }

    void whatArrivesIsCountedAndLeavesTheOneThatIsStoodUpon()
    {
        open();
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().cellRect(1, 0).center());
        QTRY_VERIFY(at_->session->event() && at_->session->event()->event.id.offset() == Offset{6});
        import("more.records", 12, 48);
        QCOMPARE(count().text(), QStringLiteral("8 rejects"));
        QCOMPARE(panel().title(), QStringLiteral("Rejects 8"));
        QCOMPARE(table().rowCount(), qint64(8));
        QCOMPARE(table().currentRow(), qint64(1));
        QCOMPARE(at_->session->event()->event.id.offset(), Offset{6});
    }

    void itIsRememberedWithTheLayoutAndLeftOutOfAPresentation()
    {
        open();
        window().setPresentation(true, false);
        QVERIFY(!panel().isVisible());
        window().setPresentation(false, false);
        QVERIFY(panel().isVisible());
        window().close();
        Session session;
        MainWindow again(session, at_->theme);
        QVERIFY(!again.rejects().isHidden());
        QVERIFY(again.actions().rejects.isChecked());
    }

    void withoutRejectsThereIsNothingToClick()
    {
        window().actions().closeWorkspace.trigger();
        QVERIFY(!count().isVisible());
        QVERIFY(!window().actions().rejects.isEnabled());
        at_.reset();
        at_ = std::make_unique<WindowFixture>();
        QVERIFY(at_->openWithEvents(2, 4));
        QVERIFY(!count().isVisible());
        window().actions().rejects.trigger();
        QVERIFY(panel().isVisible());
        QCOMPARE(table().emptyText(), QStringLiteral("No rejects"));
    }
};

QTEST_MAIN(TestRejectsInWindow)
#include "test_rejects_in_window.moc"
