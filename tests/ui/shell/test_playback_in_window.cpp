// Playing in the window: its button, its keys, what it says, and what the marks A and B are to the other views.
#include "tests/ui/fixtures.h"
#include "tests/ui/shell/window_fixture.h"
#include "ui/entities/entity_browser.h"
#include "ui/entities/entity_list.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/shell/play_button.h"
#include "ui/shell/speed_dialog.h"
#include "ui/shell/speed_text.h"
#include "ui/shell/status_line.h"
#include "ui/shell/top_bar.h"
#include "ui/state/diff_page.h"
#include "ui/state/state_inspector.h"
#include "ui/timeline/timeline_view.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

using Unit = PlaybackSpeed::Unit;

class TestPlaybackInWindow : public InWindow {
    Q_OBJECT

    Playback& playback() { return *at_->session->playback(); }
    Playhead& playhead() { return *at_->session->playhead(); }
    TimelineCanvas& canvas() { return at_->window->timeline().canvas(); }
    PlayButton& button() { return at_->window->topBar().play(); }
    static void press(QWidget& widget, int key) { QTest::keyClick(&widget, static_cast<Qt::Key>(key)); }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init()
    {
        QVERIFY(beginInShop({1280, 800}));
        playhead().setVersion(Version{3});
        playback().setSpeed({Unit::EventsPerSecond, 0.01});  // as good as standing: what is looked at stays
        canvas().setFocus();
    }
    void cleanup() { at_.reset(); }

    void spaceOnTheTimelinePlaysAndPauses()
    {
        press(canvas(), Qt::Key_Space);
        QVERIFY(playback().isPlaying());
        QCOMPARE(button().text(), QStringLiteral("pause 0.01/s"));
        QVERIFY(at_->window->statusLine().text().contains(QStringLiteral("playing 0.01/s")));
        QCoreApplication::processEvents();
        const int width = button().width();
        press(canvas(), Qt::Key_Space);
        QVERIFY(!playback().isPlaying());
        QCOMPARE(button().text(), QStringLiteral("play 0.01/s"));
        QCoreApplication::processEvents();
        QCOMPARE(button().width(), width);
        QVERIFY(at_->window->statusLine().text().contains(QStringLiteral("paused")));
    }

    void itPlaysToTheEndAndAllViewsGoAlong()
    {
        playback().setSpeed({Unit::EventsPerSecond, 1'000});
        QTest::mouseClick(&button(), Qt::LeftButton, {}, QPoint(20, button().height() / 2));
        QTRY_COMPARE(playback().state(), Playback::State::Paused);
        QVERIFY(settle(*at_->window));
        QCOMPARE(playhead().version(), Version{12});
        QCOMPARE(at_->session->state()->state.version, Version{12});
        QCOMPARE(at_->session->event()->version, Version{12});
        QVERIFY(at_->window->statusLine().text().contains(QStringLiteral("played to the end")));
        QVERIFY(at_->window->statusLine().text().contains(QStringLiteral("event 12 / 12")));
    }

    void asTimeWentTheStateFollowsToo()
    {
        const auto& events = playhead().history()->events;
        const auto life = events.front().effective.until(events.back().effective);
        playback().setSkipsQuiet(false);
        playback().setSpeed({Unit::Times, std::min(1e9, static_cast<double>(life) / 1e8)});  // a tenth of a second for all of it
        playback().play();
        QTRY_VERIFY(playback().isAtEnd());
        QVERIFY(settle(*at_->window));
        QCOMPARE(at_->session->state()->state.version, Version{12});
        QCOMPARE(at_->session->event()->version, Version{12});
    }

    void aStepOfTheUsersPauses()
    {
        press(canvas(), Qt::Key_Space);
        press(canvas(), Qt::Key_Right);
        QVERIFY(!playback().isPlaying());
        QCOMPARE(playhead().version(), Version{4});
        press(canvas(), Qt::Key_Space);
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, QPoint(300, canvas().height() / 2));
        QVERIFY(!playback().isPlaying());
    }

    void spaceIsFirstOfAllWhatItIsWhereTheFocusIs()
    {
        QLineEdit& field = at_->window->entities().searchField();
        field.setFocus();
        press(field, Qt::Key_Space);
        QVERIFY(!playback().isPlaying());
        QCOMPARE(field.text(), QStringLiteral(" "));
        field.clear();
        EntityList& list = at_->window->entities().list();
        list.setFocus();
        list.setCurrentRow(2);
        press(list, Qt::Key_Space);
        QVERIFY(!playback().isPlaying());
        QCOMPARE(at_->session->pins()->names().size(), 1);
        // A list that does nothing by it leaves it to the window.
        EventTable& table = at_->window->events().table();
        table.setFocus();
        press(table, Qt::Key_Space);
        QVERIFY(playback().isPlaying());
        press(table, Qt::Key_Space);
        QVERIFY(!playback().isPlaying());
        // On the button itself it presses the button, once.
        button().setFocus();
        press(button(), Qt::Key_Space);
        QVERIFY(playback().isPlaying());
    }

    void playingAndFollowingTheHeadExcludeEachOther()
    {
        at_->session->setFollowing(true);
        QCOMPARE(playhead().version(), Version{12});
        playback().play();
        QVERIFY(playback().isPlaying());
        QVERIFY(!at_->session->following());
        at_->session->setFollowing(true);
        QVERIFY(!playback().isPlaying());
        QVERIFY(at_->session->following());
    }

    void bracketsSetAAndBWhichTheTimelineAndTheDifferencesShow()
    {
        StateInspector& state = at_->window->state();
        state.showTab(StateInspector::Diff);
        const QColor accent = at_->theme.color(Theme::Role::Accent);
        const int before = countOf(canvas().grab().toImage(), accent);
        playhead().setVersion(Version{2});
        press(canvas(), Qt::Key_BracketLeft);
        playhead().setVersion(Version{9});
        press(canvas(), Qt::Key_BracketRight);
        playhead().setVersion(Version{5});
        QVERIFY(settle(*at_->window));
        QCOMPARE(state.diffPage().a(), Version{2});
        QCOMPARE(state.diffPage().b(), Version{9});
        QVERIFY(countOf(picture(canvas(), QStringLiteral("marks")).scaled(canvas().size()), accent) > before + 200);
        picture(*at_->window, QStringLiteral("marks-window"));
        // What is chosen there is so on the timeline.
        state.diffPage().pickerA().setValue(4);
        QCOMPARE(versionAt(*playhead().history(), *at_->session->marks()->get(Marks::A)), Version{4});
        QVERIFY(at_->window->actions().clearMarks.isEnabled());
        at_->window->actions().clearMarks.trigger();
        QVERIFY(!at_->session->marks()->any());
        QCOMPARE(state.diffPage().a(), Version{4});  // the one before the playhead
        QCOMPARE(state.diffPage().b(), Version{5});
        QVERIFY(!at_->window->actions().clearMarks.isEnabled());
    }

    void marksAreInstantsInAnotherLifeAndGoWithTheWorkspace()
    {
        press(canvas(), Qt::Key_BracketLeft);
        const Timestamp time = playhead().time();
        QVERIFY(at_->select(QStringLiteral("user/user-2")));
        QCOMPARE(at_->session->marks()->get(Marks::A)->time, time);
        at_->session->close();
        QVERIFY(!at_->session->marks()->any());
    }

    void anotherEntityStopsIt()
    {
        press(canvas(), Qt::Key_Space);
        QVERIFY(at_->select(QStringLiteral("user/user-2")));
        QCOMPARE(playback().state(), Playback::State::Stopped);
        QVERIFY(!at_->window->statusLine().text().contains(QStringLiteral("playing")));
    }

    void theSpeedIsChosenFromTheMenuAndByKeysAndRemembered()
    {
        WindowActions& actions = at_->window->actions();
        QAction* hundred = nullptr;
        for (QAction* action : actions.playback.actions())
            if (action->text().startsWith(QStringLiteral("×100\t"))) hundred = action;
        QVERIFY(hundred != nullptr);
        hundred->trigger();
        QCOMPARE(playback().speed(), (PlaybackSpeed{Unit::Times, 100}));
        QVERIFY(hundred->isChecked());
        hundred->trigger();  // once more: it is still the one
        QVERIFY(hundred->isChecked());
        QTest::keyClick(&canvas(), Qt::Key_Greater);
        QCOMPARE(playback().speed(), (PlaybackSpeed{Unit::Times, 1'000}));
        QVERIFY(!hundred->isChecked());
        QTest::keyClick(&canvas(), Qt::Key_Less);
        QCOMPARE(playback().speed(), (PlaybackSpeed{Unit::Times, 100}));
        QCOMPARE(button().text(), QStringLiteral("play ×100"));
        at_->restart();
        QCOMPARE(playback().speed(), (PlaybackSpeed{Unit::Times, 100}));
        QCOMPARE(button().text(), QStringLiteral("play ×100"));
    }

    void aSpeedOfOnesOwnIsTypedAndExplained()
    {
        at_->window->actions().otherSpeed.trigger();
        auto* dialog = at_->window->findChild<SpeedDialog*>();
        QVERIFY(dialog != nullptr);
        dialog->field().setText(QStringLiteral("3 h / s"));
        QCOMPARE(dialog->words(), QStringLiteral("3 h each second"));
        picture(*dialog, QStringLiteral("speed-dialog"));
        dialog->field().setText(QStringLiteral("as fast as you can"));
        QVERIFY2(dialog->words().contains(QStringLiteral("write")), qPrintable(dialog->words()));
        picture(*dialog, QStringLiteral("speed-dialog-wrong"));
        dialog->field().setText(QStringLiteral("250"));
        QTest::keyClick(&dialog->field(), Qt::Key_Return);
        QTRY_VERIFY(at_->window->findChild<SpeedDialog*>() == nullptr);
        QCOMPARE(playback().speed(), (PlaybackSpeed{Unit::Times, 250}));
    }

    void quietIsSkippedWhereItIsFoldedUntilOneHasChosen()
    {
        playback().setSpeed({Unit::Times, 1});
        QVERIFY(playback().skipsQuiet());
        AxisChoice axis = canvas().axis();
        axis.fold = false;
        canvas().setAxis(axis);
        QVERIFY(!playback().skipsQuiet());
        at_->window->actions().skipQuiet.trigger();
        QVERIFY(playback().skipsQuiet());
        axis.fold = true;
        canvas().setAxis(axis);
        axis.fold = false;
        canvas().setAxis(axis);
        QVERIFY(playback().skipsQuiet());
    }

    void whatIsSkippedIsSaid()
    {
        playback().setSkipsQuiet(true);
        playback().setSpeed({Unit::Times, 0.01});  // slow enough that every gap is long to watch
        playback().play();
        QTRY_VERIFY2(at_->window->statusLine().text().contains(QStringLiteral("of quiet")),
                     qPrintable(at_->window->statusLine().text()));
        picture(*at_->window, QStringLiteral("skipped"));
    }

    void withoutAnythingToPlayTheButtonSaysWhy()
    {
        at_->session->close();
        QVERIFY(!button().isEnabled());
        QVERIFY(button().toolTip().contains(QStringLiteral("nothing to play")));
        press(*at_->window, Qt::Key_Space);
        QVERIFY(!playback().isPlaying());
    }

    void speedsAreReadAsTheyAreWritten_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("events");
        QTest::addColumn<double>("rate");
        QTest::newRow("as the button shows it") << QStringLiteral("×1000") << false << 1'000.0;
        QTest::newRow("with thin spaces") << speedText({Unit::Times, 1e6}) << false << 1e6;
        QTest::newRow("an x") << QStringLiteral("60x") << false << 60.0;
        QTest::newRow("a number") << QStringLiteral(" 2.5 ") << false << 2.5;
        QTest::newRow("a power") << QStringLiteral("10^5") << false << 1e5;
        QTest::newRow("scientific") << QStringLiteral("1e4") << false << 1e4;
        QTest::newRow("thousands") << QStringLiteral("×100k") << false << 1e5;
        QTest::newRow("a unit of time") << QStringLiteral("1h/s") << false << 3'600.0;
        QTest::newRow("in words") << QStringLiteral("2 days per second") << false << 172'800.0;
        QTest::newRow("one of it") << QStringLiteral("hour a second") << false << 3'600.0;
        QTest::newRow("events") << QStringLiteral("5/s") << true << 5.0;
        QTest::newRow("events in words") << QStringLiteral("20 events a second") << true << 20.0;
    }
    void speedsAreReadAsTheyAreWritten()
    {
        QFETCH(QString, text);
        QFETCH(bool, events);
        QFETCH(double, rate);
        const auto speed = speedFromText(text);
        QVERIFY2(speed.has_value(), qPrintable(text));
        QCOMPARE(*speed, (PlaybackSpeed{events ? Unit::EventsPerSecond : Unit::Times, rate}));
    }

    void whatIsNoSpeedIsSaidToBeNone()
    {
        for (const char* text : {"", "fast", "×", "-5", "0", "1e300", "5 apples/s", "10^10^10", "nan", "inf", "/s"}) {
            const auto speed = speedFromText(QString::fromUtf8(text));
            QVERIFY2(!speed, text);
            QVERIFY2(!speed.error().why.empty() && !speed.error().hint.empty(), text);
        }
    }

    void speedsAreToldInWords()
    {
        QCOMPARE(speedWords({Unit::Times, 1}), QStringLiteral("as fast as it happened"));
        QCOMPARE(speedWords({Unit::Times, 60}), QStringLiteral("1 min each second"));
        QCOMPARE(speedWords({Unit::Times, 1'000}), QStringLiteral("16 min 40 s each second"));
        QCOMPARE(speedWords({Unit::Times, 1e6}), QStringLiteral("11 d 14 h each second"));
        QCOMPARE(speedWords({Unit::EventsPerSecond, 1}), QStringLiteral("1 event a second"));
        QCOMPARE(shortSpeedText({Unit::Times, 1e6}), QStringLiteral("×10⁶"));
        QCOMPARE(shortSpeedText({Unit::Times, 1'000}), QStringLiteral("×1000"));
    }
};

QTEST_MAIN(TestPlaybackInWindow)
#include "test_playback_in_window.moc"
