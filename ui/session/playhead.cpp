#include "ui/session/playhead.h"

#include "ui/session/version_of.h"

#include <algorithm>

namespace hindcast::ui {

Playhead::Playhead(QObject* parent) : QObject(parent) {}

Version Playhead::last() const { return history_ ? history_->last() : Version{}; }

void Playhead::setTime(Timestamp time)
{
    const Version version = history_ ? history_->versionAt(time) : Version{};
    put(time, version);
}

void Playhead::setVersion(Version version)
{
    if (!history_ || history_->events.empty()) return;
    const Version to = std::min(version, last());
    // Version 0 is a place in time too: just before the first event, or where one stood before it already.
    const Timestamp first = history_->events.front().effective;
    // A millisecond's worth, so that it reads like the times beside it.
    constexpr std::int64_t kMilli = 1'000'000;
    const std::int64_t rest = ((first.ns % kMilli) + kMilli) % kMilli;
    const Timestamp beforeFirst{first.ns < Timestamp::min().ns + 2 * kMilli ? first.ns : first.ns - (rest == 0 ? kMilli : rest)};
    const Timestamp time = to.value == 0 ? std::min(time_, beforeFirst) : history_->events[to.value - 1].effective;
    put(time, to);
}

void Playhead::put(Timestamp time, Version version)
{
    if (time == time_ && version == version_) {
        emit chosenAgain();
        return;
    }
    time_ = time;
    version_ = version;
    emit moved();
}

void Playhead::step(int events)
{
    if (events < 0) {
        // From between two events, one step back leads to the event one has passed.
        const bool between = version_.value >= 1 && history_ && time_ > history_->events[version_.value - 1].effective;
        const auto back = static_cast<std::uint64_t>(-static_cast<std::int64_t>(events)) - (between ? 1 : 0);
        setVersion(Version{back >= version_.value ? 0 : version_.value - back});
    } else if (events > 0) {
        setVersion(Version{version_.value + static_cast<std::uint64_t>(events)});
    }
}

void Playhead::toFirst() { setVersion(Version{1}); }

void Playhead::toLast() { setVersion(last()); }

void Playhead::setHistory(std::shared_ptr<const replay::History> history)
{
    if (history == history_) return;
    const std::shared_ptr<const replay::History> before = std::exchange(history_, std::move(history));
    Version version;
    Timestamp time = time_;
    if (history_) {
        version = history_->versionAt(time_);
        // Stood upon an event, not between two: the event is what one looks at, wherever it stands now.
        const bool uponEvent = before && before->entity == history_->entity && version_.value >= 1 &&
                               version_ <= before->last() && before->events[version_.value - 1].effective == time_;
        if (uponEvent) {
            const replay::HistoryEvent& upon = before->events[version_.value - 1];
            const bool same = version_ <= history_->last() && history_->events[version_.value - 1].id == upon.id;
            if (const Version found = same ? version_ : versionOf(*history_, upon.id, upon.effective); found.value != 0) {
                version = found;
                time = history_->events[found.value - 1].effective;
            }
        }
    }
    const bool moves = version != version_ || time != time_;
    version_ = version;
    time_ = time;
    emit historyChanged();
    if (moves) emit moved();
}

}  // namespace hindcast::ui

#include "moc_playhead.cpp"
