#include "tests/ui/fixtures.h"
#include "tests/ui/shell/window_fixture.h"
#include "ui/findings/findings_panel.h"
#include "ui/findings/first_time_page.h"
#include "ui/shell/error_bar.h"
#include "ui/shell/go_to_box.h"
#include "ui/shell/time_field.h"
#include "ui/shell/top_bar.h"
#include "ui/shell/typed_moment.h"
#include "ui/timeline/timeline_view.h"

#include <QLabel>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

class TestGoToBox : public InWindow {
    Q_OBJECT

    GoToBox& box() { return at_->window->topBar().goTo(); }
    QString row(qint64 number) { return box().list()->rows().rowText(number).replace(QChar(0x2009), QLatin1Char('_')); }
    /// Types it and waits for the drop-down to say what it is.
    bool type(const QString& text)
    {
        QSignalSpy answer(at_->session.get(), &Session::lookedUp);
        box().setFocus(Qt::ShortcutFocusReason);
        box().selectAll();
        QTest::keyClicks(&box(), text);
        return QTest::qWaitFor([&] { return !answer.isEmpty() && answer.last().at(2).toBool(); }, kWaitMs) && box().list();
    }
    bool enter(const QString& text)
    {
        if (!type(text)) return false;
        QTest::keyClick(&box(), Qt::Key_Return);
        return settle(*at_->window);
    }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init()
    {
        at_ = std::make_unique<WindowFixture>();
        QVERIFY(at_->openShop());
    }
    void cleanup() { at_.reset(); }

    void anIdLeadsToItsEntity()
    {
        QVERIFY(type(QStringLiteral("user-2")));
        QVERIFY(box().list()->isVisible());
        QCOMPARE(row(0), QStringLiteral("entity user/user-2 · 12 events"));
        picture(*at_->window, QStringLiteral("go-to-entity"));
        QTest::keyClick(&box(), Qt::Key_Return);
        QVERIFY(!box().list()->isVisible());
        QTRY_VERIFY(at_->session->history());
        QCOMPARE(at_->session->history()->key.text(), std::string("user/user-2"));
        QVERIFY(at_->window->timeline().canvas().hasFocus());
    }

    void enterBeforeTheAnswerGoesThereWhenItIsThere()
    {
        box().setFocus();
        QTest::keyClicks(&box(), QStringLiteral("\"user/user-3\","));
        QTest::keyClick(&box(), Qt::Key_Return);
        QTRY_VERIFY(at_->session->history());
        QCOMPARE(at_->session->history()->key.text(), std::string("user/user-3"));
    }

    void aPlaceLeadsToItsRecordsEntityAndEvent()
    {
        QVERIFY(at_->select(QStringLiteral("user/user-0")));
        QVERIFY(type(QStringLiteral("0:9")));  // the third round, the second user
        QCOMPARE(row(0), QStringLiteral("record events 0 : 9 → user/user-1 · AddressChanged"));
        QTest::keyClick(&box(), Qt::Key_Return);
        QTRY_VERIFY(at_->session->history() && at_->session->history()->key.id == "user-1");
        QVERIFY(settle(*at_->window));
        QCOMPARE(at_->session->playhead()->version(), Version{3});
        // Of the same entity: only the playhead moves.
        QVERIFY(enter(QStringLiteral("events/0/17")));
        QCOMPARE(at_->session->playhead()->version(), Version{5});
        QVERIFY(enter(QStringLiteral("events [0] @ 21")));
        QCOMPARE(at_->session->playhead()->version(), Version{6});
    }

    void aTimeMovesThePlayheadOfTheSelectedEntity()
    {
        QVERIFY(at_->select(QStringLiteral("user/user-0")));
        QVERIFY(type(QStringLiteral("2025-11-04 00:04:30")));
        QCOMPARE(row(0), QStringLiteral("time 2025-11-04 00:04:30.000 UTC · user-0 as of #5"));
        picture(*at_->window, QStringLiteral("go-to-time"));
        QTest::keyClick(&box(), Qt::Key_Return);
        QCOMPARE(at_->session->playhead()->version(), Version{5});
        QVERIFY(enter(QStringLiteral("1762214520000")));  // 00:02
        QCOMPARE(at_->session->playhead()->version(), Version{3});
    }

    void aVersionIsOfTheSelectedEntity()
    {
        QVERIFY(at_->select(QStringLiteral("user/user-0")));
        QVERIFY(type(QStringLiteral("#4")));
        QCOMPARE(row(0), QStringLiteral("version #4 of user-0 · AddressChanged · 2025-11-04 00:03:00.000"));
        QTest::keyClick(&box(), Qt::Key_Return);
        QCOMPARE(at_->session->playhead()->version(), Version{4});
    }

    void beyondTheLastVersionItIsSaidWhichThatIsAndLedThere()
    {
        QVERIFY(type(QStringLiteral("v99")));
        QCOMPARE(row(0), QStringLiteral("version #99 · of which entity? select one first"));
        QVERIFY(at_->select(QStringLiteral("user/user-0")));
        at_->session->playhead()->setVersion(Version{3});
        QVERIFY(type(QStringLiteral("v99")));
        QCOMPARE(row(0), QStringLiteral("version user-0 has 12 versions; the last is #12 · AddressChanged · "
                                        "2025-11-04 00:11:00.000"));
        QTest::keyClick(&box(), Qt::Key_Return);
        QCOMPARE(at_->session->playhead()->version(), Version{12});
        QCOMPARE(at_->window->errorBar().text(), QStringLiteral("user-0 has 12 versions (shown is the last, #12)"));
        at_->session->playhead()->setVersion(Version{11});
        QVERIFY(at_->window->errorBar().isHidden());
    }

    void aTimeBeyondTheLogLeadsToItsNearestMomentAndThatIsSaid()
    {
        QVERIFY(at_->select(QStringLiteral("user/user-0")));
        const Timestamp last = *at_->session->counts().lastTime;
        QVERIFY(type(QStringLiteral("2031-01-01")));
        QVERIFY2(row(0).startsWith(QStringLiteral("time the log ends 2025-11-04 00:11:")) &&
                     row(0).endsWith(QStringLiteral("; its last moment · user-0 as of #12")),
                 qPrintable(row(0)));
        QTest::keyClick(&box(), Qt::Key_Return);
        QCOMPARE(at_->session->playhead()->time(), last);
        QVERIFY(last >= at_->session->timeWindow()->from() && last < at_->session->timeWindow()->to());
        QVERIFY2(at_->window->errorBar().text().startsWith(QStringLiteral("The log ends 2025-11-04 00:11:")) &&
                     at_->window->errorBar().text().endsWith(QStringLiteral("(shown is its last moment)")),
                 qPrintable(at_->window->errorBar().text()));
        // The same by the field that shows the playhead's time.
        QLineEdit& field = at_->window->topBar().timeField();
        field.setFocus();
        field.selectAll();
        QTest::keyClicks(&field, QStringLiteral("1999-12-31"));
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(at_->session->playhead()->time(), *at_->session->counts().firstTime);
        QVERIFY2(at_->window->errorBar().text().startsWith(QStringLiteral("The log begins 2025-11-04 00:00:")),
                 qPrintable(at_->window->errorBar().text()));
    }

    void whatCountsFromNowCountsFromTheEndOfALogThatHadEndedBefore_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");  // empty: no such thing
        QTest::addColumn<bool>("counted");
        const auto row = [](const char* text, const char* expected, bool counted) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(expected) << counted;
        };
        row("last tuesday 14:00", "2025-11-04T14:00:00Z", true);
        row("yesterday", "2025-11-05T00:00:00Z", true);
        row("today 09:00", "2025-11-06T09:00:00Z", true);
        row("2 h ago", "2025-11-06T13:30:20Z", true);
        row("-2h", "2025-11-06T13:30:20Z", true);
        row("2 years", "", false);
        // What lies before its end, and what does not count from now, is what it is.
        row("-800d", "2024-09-17T10:00:00Z", false);
        row("2026-01-01", "2026-01-01T00:00:00Z", false);
        row("14:00", "2025-11-06T14:00:00Z", false);
        row("4 Nov 09:14", "2025-11-04T09:14:00Z", false);
        row("now", "2026-11-26T10:00:00Z", false);
        row("tomorrow", "2026-11-27T00:00:00Z", false);  // beyond the log however it is counted
    }
    void whatCountsFromNowCountsFromTheEndOfALogThatHadEndedBefore()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const Timestamp now = *timestampFromIso("2026-11-26T10:00:00Z");
        const Timestamp end = *timestampFromIso("2025-11-06T15:30:20.118Z");  // a Thursday
        const auto moment = typedMoment(text, now, end, end);
        QCOMPARE(moment ? QString::fromStdString(toIso(moment->time)) : QString(), expected);
        QTEST(moment && moment->countedFromEnd, "counted");
    }

    void thatItWasCountedFromTheLogsEndIsSaid()
    {
        QVERIFY(at_->select(QStringLiteral("user/user-0")));
        QVERIFY(type(QStringLiteral("today 0:05")));
        QCOMPARE(row(0), QStringLiteral("time Tuesday 4 Nov 2025 00:05 UTC · counted from the log's end · user-0 as of #6"));
        QTest::keyClick(&box(), Qt::Key_Return);
        QCOMPARE(at_->session->playhead()->version(), Version{6});
        QVERIFY(at_->window->errorBar().isHidden());
        QLineEdit& field = at_->window->topBar().timeField();
        field.setFocus();
        field.selectAll();
        QTest::keyClicks(&field, QStringLiteral("today 0:03"));
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(at_->session->playhead()->version(), Version{4});
        QCOMPARE(at_->window->errorBar().text(), QStringLiteral("Tuesday 4 Nov 2025 00:03 UTC · counted from the log's end"));
        at_->session->playhead()->setVersion(Version{2});
        QVERIFY(at_->window->errorBar().isHidden());
    }

    void itsTextIsShownFromItsBeginningOnceOneIsElsewhere()
    {
        QVERIFY(at_->select(QStringLiteral("user/user-0")));
        QVERIFY(enter(QStringLiteral("2025-11-04T00:04:30.000Z")));
        QVERIFY(!box().hasFocus());
        QCOMPARE(box().cursorPosition(), 0);
        QCOMPARE(box().text(), QStringLiteral("2025-11-04T00:04:30.000Z"));
    }

    void whoComesBackFromAnotherWindowWritesOnWhereHeWas()
    {
        QVERIFY(type(QStringLiteral("user-2")));
        for (const QEvent::Type type : {QEvent::FocusOut, QEvent::FocusIn}) {
            QFocusEvent focus(type, Qt::ActiveWindowFocusReason);
            QCoreApplication::sendEvent(&box(), &focus);
        }
        QCOMPARE(box().cursorPosition(), 6);
        QTest::keyClicks(&box(), QStringLiteral("1"));
        QCOMPARE(box().text(), QStringLiteral("user-21"));
    }

    void whereNothingFitsItSaysWhatItUnderstands()
    {
        QVERIFY(type(QStringLiteral("nobody-7")));
        QCOMPARE(box().list()->rows().rowCount(), qint64(0));
        QCOMPARE(box().list()->rows().emptyText(), QStringLiteral("Nothing here is called “nobody-7”"));
        picture(*at_->window, QStringLiteral("go-to-nothing"));
        QTest::keyClick(&box(), Qt::Key_Return);
        QVERIFY(box().list()->isVisible());
        QVERIFY(!QApplication::activeModalWidget());
        QTest::keyClick(&box(), Qt::Key_Escape);
        QVERIFY(!box().list()->isVisible());
        QCOMPARE(box().text(), QStringLiteral("nobody-7"));
        QTest::keyClick(&box(), Qt::Key_Escape);
        QVERIFY(box().text().isEmpty());
        QTest::keyClick(&box(), Qt::Key_Escape);
        QVERIFY(at_->window->timeline().canvas().hasFocus());
    }

    void aPlaceThatWasNotReadSaysWhatIsThere()
    {
        QVERIFY(type(QStringLiteral("events 0:48112")));
        QCOMPARE(row(0), QStringLiteral("record events 0 : 48_112 · not stored; of this partition there is 0 to 47"));
        QTest::keyClick(&box(), Qt::Key_Return);
        QVERIFY(box().list()->isVisible());
        QVERIFY(!at_->session->selected());
    }

    void allOfTheDropDownIsInSightWhicheverLineIsStoodUpon()
    {
        QVERIFY(type(QStringLiteral("ser-")));
        GoToRows& rows = box().list()->rows();
        QVERIFY(rows.rowCount() > 2);
        for (qint64 i = 0; i < rows.rowCount(); ++i) {
            QCOMPARE(rows.topRow(), qint64(0));
            QTest::keyClick(&box(), Qt::Key_Down);
        }
        QCOMPARE(rows.topRow(), qint64(0));
    }

    void arrowsGoAlongTheDropDownAndAClickChooses()
    {
        QVERIFY(at_->select(QStringLiteral("user/user-0")));
        QVERIFY(type(QStringLiteral("0:05")));  // a place, and a time of day
        QCOMPARE(box().list()->rows().rowCount(), qint64(2));
        QVERIFY(row(0).startsWith(QStringLiteral("record")));
        QVERIFY(row(1).startsWith(QStringLiteral("time")));
        QTest::keyClick(&box(), Qt::Key_Down);
        QCOMPARE(box().list()->rows().currentRow(), qint64(1));
        QTest::keyClick(&box(), Qt::Key_Down);
        QCOMPARE(box().list()->rows().currentRow(), qint64(0));
        QVERIFY(box().hasFocus());
        GoToRows& rows = box().list()->rows();
        QTest::mouseClick(rows.viewport(), Qt::LeftButton, {}, rows.cellRect(0, 1).center());
        QTRY_VERIFY(at_->session->history() && at_->session->history()->key.id == "user-1");
    }

    void aPartOfAnIdLeadsToThoseThatHoldItAndWhatThePlayheadsFlagShowsIsATime()
    {
        QVERIFY(type(QStringLiteral("ser-0")));
        QCOMPARE(row(0), QStringLiteral("entity user/user-0 · 12 events"));
        QTest::keyClick(&box(), Qt::Key_Return);
        QTRY_VERIFY(at_->session->history() && at_->session->history()->key.id == "user-0");
        QVERIFY(settle(*at_->window));
        // Day and month are of the log's year, whatever the year is by now.
        QVERIFY(enter(QStringLiteral("04 Nov 00:03:00.000")));
        QCOMPARE(at_->session->playhead()->version(), Version{4});
        QVERIFY(enter(QStringLiteral("2025-11-03 19:05 EST")));
        QCOMPARE(at_->session->playhead()->version(), Version{6});
        QVERIFY(enter(QStringLiteral("events/0@9")));
        QTRY_VERIFY(at_->session->history() && at_->session->history()->key.text() == "user/user-1");
    }

    void anExpressionIsLookedForInAllEntitiesOrInTheSelectedOne()
    {
        QVERIFY(type(QStringLiteral("version == 3")));
        QCOMPARE(row(0), QStringLiteral("find first time when version == 3 · of all entities"));
        QVERIFY(at_->select(QStringLiteral("user/user-1")));
        QVERIFY(type(QStringLiteral("first time when version == 3")));
        QCOMPARE(row(0), QStringLiteral("find first time when version == 3 · of all entities"));
        QVERIFY2(row(1).startsWith(QStringLiteral("find first time when version == 3 · of user-1")), qPrintable(row(1)));
        picture(*at_->window, QStringLiteral("go-to-first-time"));
        QTest::keyClick(&box(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(at_->session->firstTime() && !at_->session->firstTime()->running, kWaitMs);
        QVERIFY(at_->session->firstTime()->hits > 1);
        FindingsPanel& panel = at_->window->findings();
        QVERIFY(panel.isVisible());
        QCOMPARE(panel.firstTime().field().text(), QStringLiteral("version == 3"));
        QVERIFY(type(QStringLiteral("version == 4")));
        QTest::keyClick(&box(), Qt::Key_Down);
        QTest::keyClick(&box(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(
            at_->session->firstTime()->text == QStringLiteral("version == 4") && !at_->session->firstTime()->running, kWaitMs);
        QCOMPARE(at_->session->firstTime()->hits, std::uint64_t{1});
        QCOMPARE(at_->session->firstTime()->of, QStringLiteral("user/user-1"));
        // What is wrong in it is said where it is typed.
        QVERIFY(type(QStringLiteral("first time when version =")));
        QVERIFY2(row(0).startsWith(QStringLiteral("find first time when version = · ")), qPrintable(row(0)));
        QCOMPARE(box().list()->rows().currentRow(), RowView::kNone);
    }

    void whyOneCannotGoThereIsShownInFull()
    {
        at_->window->resize(1280, 720);
        const auto inFull = [this](const QString& why) {
            const QLabel& note = box().list()->note();
            QVERIFY2(note.isVisible() && note.text().contains(why), qPrintable(note.text()));
            QVERIFY(note.height() >= note.heightForWidth(note.width()));
            QVERIFY(box().list()->contentsRect().contains(note.geometry()));
            QCOMPARE(box().list()->rows().currentRow(), RowView::kNone);
        };
        QVERIFY(type(QStringLiteral("first time when state.balance <")));
        inFull(readGoTo(box().text(), Timestamp::now()).question->trouble);
        picture(*at_->window, QStringLiteral("go-to-wrong-expression"));
        QVERIFY(type(QStringLiteral("state.balance < 0 in account")));
        QCOMPARE(box().list()->rows().rowCount(), qint64(1));
        QVERIFY2(row(0).startsWith(QStringLiteral("find first time when state.balance < 0 in account · ")), qPrintable(row(0)));
        inFull(readGoTo(box().text(), Timestamp::now()).perhaps->trouble);
        QVERIFY(type(QStringLiteral("events 0:99999999")));
        inFull(QStringLiteral("of this partition there is 0 to 47"));
        picture(*at_->window, QStringLiteral("go-to-not-stored"));
        QVERIFY(type(QStringLiteral("user-2")));
        QVERIFY(!box().list()->note().isVisible());
    }

    void whatItUnderstandsIsShownInFull()
    {
        at_->window->resize(1280, 720);
        for (const QString& text : {QStringLiteral("nobody-7"), QStringLiteral("n").repeated(200)}) {
            QVERIFY(type(text));
            const GoToRows& rows = box().list()->rows();
            QCOMPARE(rows.rowCount(), qint64(0));
            QVERIFY(rows.height() >= rows.emptyHeight(rows.width()));
            picture(*at_->window, QStringLiteral("go-to-nothing-") + QString::number(text.size()));
        }
    }

    void theKeysOfTheWindowLeadIntoTheBox()
    {
        at_->window->timeline().canvas().setFocus();
        QTest::keyClick(at_->window.get(), Qt::Key_G, Qt::ControlModifier);
        QTRY_VERIFY(box().hasFocus());
        at_->window->timeline().canvas().setFocus();
        QTest::keyClick(at_->window.get(), Qt::Key_L, Qt::ControlModifier);
        QTRY_VERIFY(box().hasFocus());
    }

    void closingTheWorkspaceEmptiesTheBox()
    {
        QVERIFY(type(QStringLiteral("user-2")));
        at_->window->actions().closeWorkspace.trigger();
        QVERIFY(box().text().isEmpty());
        QVERIFY(!box().isEnabled());
        QVERIFY(!box().list()->isVisible());
    }

    void theBoxFitsASmallWindow()
    {
        at_->window->resize(1280, 720);
        QVERIFY(at_->select(QStringLiteral("user/user-0")));
        QVERIFY(type(QStringLiteral("user-2")));
        QVERIFY2(box().width() >= 110, qPrintable(QString::number(box().width())));
        QVERIFY(at_->window->rect().contains(box().list()->geometry()));
        picture(*at_->window, QStringLiteral("go-to-small"));
    }
};

QTEST_MAIN(TestGoToBox)
#include "test_go_to_box.moc"
