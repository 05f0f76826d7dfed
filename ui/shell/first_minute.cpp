#include "ui/shell/first_minute.h"

#include <QSettings>
#include <QVariant>

#include <algorithm>

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
    connect(session_.playhead(), &Playhead::historyChanged, this, &FirstMinute::settle);
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

void FirstMinute::followsSetBy()
{
    notice(SetBy);
    // The move that follows, if there is one, is no step.
    link_ = true;
    QMetaObject::invokeMethod(this, [this] { link_ = false; }, Qt::QueuedConnection);
}

void FirstMinute::settle()
{
    before_ = session_.playhead()->version();
    entity_ = session_.playhead()->history() ? session_.playhead()->history()->entity : EntityId{};
    emit changed();
}

void FirstMinute::moved()
{
    const Playhead& playhead = *session_.playhead();
    const Version now = playhead.version();
    const Version before = std::exchange(before_, now);
    if (!playhead.history() || playhead.history()->entity != entity_) return;
    if (held_) {
        if (++movesHeld_ >= kMovesOfADrag) notice(Drag);
    } else if (!link_ && now.value >= 1 && (now.value == before.value + 1 || now.value + 1 == before.value) &&
               playhead.time() == playhead.history()->events[now.value - 1].effective) {
        notice(Step);
    }
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
