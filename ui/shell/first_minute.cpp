#include "ui/shell/first_minute.h"

#include <QSettings>
#include <QVariant>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

const auto kDismissed = QStringLiteral("firstMinute/dismissed");
const auto kHintDismissed = QStringLiteral("firstMinute/hintDismissed");
const auto kDone = QStringLiteral("firstMinute/done");  // the numbers of the things that are
constexpr int kMovesOfADrag = 3;                        // fewer are a click with a shaking hand

}  // namespace

FirstMinute::FirstMinute(Session& session, QObject* parent)
    : QObject(parent),
      session_(session),
      dismissed_(QSettings().value(kDismissed).toBool()),
      hintDismissed_(QSettings().value(kHintDismissed).toBool())
{
    for (const QVariant& thing : QSettings().value(kDone).toList())
        if (const int number = thing.toInt(); number >= 0 && number < kThings) done_[static_cast<std::size_t>(number)] = true;
    connect(session_.playhead(), &Playhead::moved, this, &FirstMinute::moved);
    connect(session_.playhead(), &Playhead::historyChanged, this, &FirstMinute::changed);
    for (const auto signal : {&Session::opened, &Session::closed}) connect(&session_, signal, this, &FirstMinute::changed);
}

bool FirstMinute::isShown() const
{
    return !dismissed_ && session_.isOpen() && session_.isDemo() && session_.playhead()->history() != nullptr;
}

bool FirstMinute::isHintShown() const
{
    const auto& history = session_.playhead()->history();
    return !hintDismissed_ && session_.isOpen() && session_.isDemo() && history && history->events.size() > 1;
}

bool FirstMinute::allDone() const
{
    return std::ranges::all_of(done_, [](bool one) { return one; });
}

bool FirstMinute::isUntouched() const
{
    return isShown() && isHintShown() && std::ranges::none_of(done_, [](bool one) { return one; });
}

void FirstMinute::dismiss()
{
    dismissed_ = true;
    hintDismissed_ = true;
    QSettings().setValue(kDismissed, true);
    QSettings().setValue(kHintDismissed, true);
    emit changed();
}

void FirstMinute::dismissHint()
{
    if (hintDismissed_) return;
    hintDismissed_ = true;
    QSettings().setValue(kHintDismissed, true);
    emit changed();
}

void FirstMinute::bringBack()
{
    dismissed_ = hintDismissed_ = false;
    QSettings().remove(QStringLiteral("firstMinute"));
    done_ = {};
    emit changed();
}

void FirstMinute::setHeld(bool held)
{
    held_ = held;
    movesHeld_ = 0;
}

void FirstMinute::followsSetBy() { notice(SetBy); }

void FirstMinute::followsStep()
{
    stepping_ = true;
    // A step that leads nowhere is followed by no move: the next one is not its.
    QMetaObject::invokeMethod(this, [this] { stepping_ = false; }, Qt::QueuedConnection);
}

void FirstMinute::moved()
{
    if (!session_.playhead()->history()) return;
    if (std::exchange(stepping_, false))
        notice(Step);
    else if (held_ && ++movesHeld_ >= kMovesOfADrag)
        notice(Drag);
}

void FirstMinute::notice(Thing thing)
{
    if (done_[thing] || !isShown()) {
        if (thing == Drag) dismissHint();
        return;
    }
    done_[thing] = true;
    QVariantList done;
    for (int i = 0; i < kThings; ++i)
        if (done_[static_cast<std::size_t>(i)]) done << i;
    QSettings().setValue(kDone, done);
    if (thing == Drag) {
        hintDismissed_ = true;
        QSettings().setValue(kHintDismissed, true);
    }
    // Not asked for a second time once all has been tried; shown as done until it is closed.
    if (allDone()) QSettings().setValue(kDismissed, true);
    emit changed();
}

}  // namespace hindcast::ui
