// Playing, and the marks A and B: what the actions do, and how the window tells how it goes.
#include "ui/look/format.h"
#include "ui/shell/main_window.h"
#include "ui/shell/play_button.h"
#include "ui/shell/speed_dialog.h"
#include "ui/shell/speed_text.h"
#include "ui/shell/status_line.h"
#include "ui/shell/top_bar.h"
#include "ui/timeline/timeline_view.h"

#include <QActionGroup>
#include <QKeyEvent>
#include <QSettings>

namespace hindcast::ui {

namespace {

const auto kSpeed = QStringLiteral("playback/speed");
const auto kSkipsQuiet = QStringLiteral("playback/skipQuiet");

/// As it is read back, whatever the language.
QString savedText(PlaybackSpeed speed)
{
    return QString::number(speed.rate, 'g', 17) +
           (speed.unit == PlaybackSpeed::Unit::EventsPerSecond ? QStringLiteral("/s") : QString());
}

QString obstacleWords(Playback::Obstacle obstacle)
{
    switch (obstacle) {
        case Playback::Obstacle::NoEntity: return MainWindow::tr("Select an entity to play event by event");
        case Playback::Obstacle::NoTimes: return MainWindow::tr("No event here has a known time: play so many events a second");
        case Playback::Obstacle::Nothing: return MainWindow::tr("There is nothing to play");
        case Playback::Obstacle::None: break;
    }
    return {};
}

/// "playing ×1000 · skipped 2 h 3 min of quiet"; empty where nothing is played.
QString playbackWords(const Playback& playback)
{
    const QString speed = speedText(playback.speed());
    switch (playback.state()) {
        case Playback::State::Stopped: return {};
        case Playback::State::Paused:
            return playback.isAtEnd() ? MainWindow::tr("played to the end") : MainWindow::tr("paused · %1").arg(speed);
        case Playback::State::Playing: break;
    }
    const QString words =
        playback.loops() ? MainWindow::tr("playing %1 in a loop").arg(speed) : MainWindow::tr("playing %1").arg(speed);
    const auto& skipped = playback.skipped();
    if (!skipped) return words;
    const std::chrono::nanoseconds quiet(skipped->from.until(skipped->to));
    return MainWindow::tr("%1 · skipped %2 of quiet").arg(words, durationText(quiet));
}

}  // namespace

void MainWindow::connectPlayback()
{
    Playback* playback = session_.playback();
    const auto saved = speedFromText(QSettings().value(kSpeed).toString());
    if (saved) playback->setSpeed(*saved);
    const auto on = [this](QAction& action, auto run) { connect(&action, &QAction::triggered, this, run); };
    on(actions_.play, [playback] { playback->toggle(); });
    on(actions_.faster, [this] { chooseSpeed(fasterThan(session_.playback()->speed())); });
    on(actions_.slower, [this] { chooseSpeed(slowerThan(session_.playback()->speed())); });
    on(actions_.loop, [playback](bool loops) { playback->setLoops(loops); });
    on(actions_.skipQuiet, [playback](bool skips) {
        QSettings().setValue(kSkipsQuiet, skips);
        playback->setSkipsQuiet(skips);
    });
    // Who folds quiet periods does not want to sit through them; until one has chosen.
    const auto asFolded = [this, playback] {
        const AxisChoice& axis = timeline_->canvas().axis();
        const QVariant chosen = QSettings().value(kSkipsQuiet);
        playback->setSkipsQuiet(chosen.isValid() ? chosen.toBool() : axis.fold);
    };
    connect(&timeline_->canvas(), &TimelineCanvas::axisChanged, this, asFolded);
    asFolded();
    const auto mark = [this](Marks::Which which) { session_.marks()->set(which, markAt(*session_.playhead())); };
    on(actions_.markA, [mark] { mark(Marks::A); });
    on(actions_.markB, [mark] { mark(Marks::B); });
    on(actions_.clearMarks, [this] { session_.marks()->clear(); });
    fillSpeeds();
    connect(playback, &Playback::changed, this, &MainWindow::showPlayback);
    connect(playback, &Playback::quietSkipped, this, [this, playback] { status_->setPlayback(playbackWords(*playback)); });
    connect(playback, &Playback::obstacleChanged, this, &MainWindow::showPlayback);
    connect(session_.marks(), &Marks::changed, this, &MainWindow::showPlayback);
    connect(&theme_, &Theme::changed, this, &MainWindow::showPlayback);
    showPlayback();
}

/// The offered speeds, and one of one's own.
void MainWindow::fillSpeeds()
{
    auto* group = new QActionGroup(this);
    QAction* before = &actions_.otherSpeed;
    for (const auto unit : {PlaybackSpeed::Unit::Times, PlaybackSpeed::Unit::EventsPerSecond}) {
        for (const double rate : offeredRates(unit)) {
            const PlaybackSpeed speed{unit, rate};
            const bool times = unit == PlaybackSpeed::Unit::Times;
            auto* action =
                new QAction(times ? QStringLiteral("%1\t%2").arg(speedText(speed), speedWords(speed)) : speedWords(speed), group);
            action->setCheckable(true);
            connect(action, &QAction::triggered, this, [this, action, speed] {
                chooseSpeed(speed);
                action->setChecked(true);  // also where it was the one already
            });
            connect(session_.playback(), &Playback::changed, action,
                    [this, action, speed] { action->setChecked(session_.playback()->speed() == speed); });
            action->setChecked(session_.playback()->speed() == speed);
            actions_.playback.insertAction(before, action);
        }
        actions_.playback.insertSeparator(before);
    }
    group->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);
    connect(&actions_.otherSpeed, &QAction::triggered, this, [this] {
        auto* dialog = new SpeedDialog(session_.playback()->speed(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &SpeedDialog::chosen, this, &MainWindow::chooseSpeed);
        dialog->open();
    });
}

void MainWindow::chooseSpeed(PlaybackSpeed speed)
{
    QSettings().setValue(kSpeed, savedText(speed));
    session_.playback()->setSpeed(speed);
}

void MainWindow::showPlayback()
{
    const Playback& playback = *session_.playback();
    const Playback::Obstacle obstacle = playback.obstacle();
    const bool none = obstacle == Playback::Obstacle::None;
    const QString key = actions_.play.shortcut().toString(QKeySequence::NativeText);
    QString tip = playback.isPlaying()
                      ? tr("Pause (%1)").arg(key)
                      : tr("Play %1: %2 (%3)").arg(speedText(playback.speed()), speedWords(playback.speed()), key);
    if (!none) tip = obstacleWords(obstacle);
    tip += QLatin1Char('\n') + tr("The arrow: other speeds, A and B, loop");
    actions_.play.setText(playback.isPlaying() ? tr("&Pause") : tr("&Play"));
    actions_.play.setEnabled(none);
    actions_.play.setToolTip(asTip(tip));
    actions_.loop.setChecked(playback.loops());
    actions_.skipQuiet.setChecked(playback.skipsQuiet());
    actions_.skipQuiet.setEnabled(playback.speed().unit == PlaybackSpeed::Unit::Times);
    const bool anywhere = session_.isOpen() && obstacle != Playback::Obstacle::Nothing;
    actions_.markA.setEnabled(anywhere);
    actions_.markB.setEnabled(anywhere);
    actions_.clearMarks.setEnabled(session_.marks()->any());
    top_->play().setSpeed(playback.speed());
    top_->play().setPlaying(playback.isPlaying());
    status_->setPlayback(playbackWords(playback));
}

/// Space is pressed where whatever has the focus has no use of its own for it: a field, a button, a list that pins or opens by it.
bool MainWindow::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        // It came up to here, so nobody has taken it yet; the press itself is to go the same way before it is ours.
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier) {
            event->accept();
            return true;
        }
    }
    return QMainWindow::event(event);
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Space || event->modifiers() != Qt::NoModifier) return QMainWindow::keyPressEvent(event);
    if (!event->isAutoRepeat()) actions_.play.trigger();
}

}  // namespace hindcast::ui
