#include "ui/session/session_impl.h"
#include "ui/session/version_of.h"

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr qint64 kCatchingUpMs = 5'000;

/// A topic that is written all the time is never quite read: what comes within a second is not behind.
bool isNearHead(const ingest::Progress& progress)
{
    constexpr double kTailing = 50'000;  // a second; faster than this is catching up
    return progress.recordsPerSecond < kTailing && static_cast<double>(*progress.lag) <= progress.recordsPerSecond;
}

}  // namespace

// Reading and following the head are two things: what comes in is stored and announced; only where the user follows does anything move.

void Session::Impl::arrived()
{
    // What an empty workspace is filled with is no news, nor is what one sees as it comes, nor what is decoded anew: of that as many
    // are new as were.
    if (live.gathering && !live.following)
        live.seenEvents = counts.events - std::min(live.newKept, counts.events);
    else if (live.following || counts.events < live.seenEvents)
        live.seenEvents = counts.events;
    tellNew();
    if (live.following && !selected) leadToHead();
}

void Session::Impl::looked(std::uint64_t asked)
{
    if (asked >> kRunShift != live.run) return;  // of a reading before this one
    live.shownGeneration = std::max(live.shownGeneration, asked & ((std::uint64_t{1} << kRunShift) - 1));
    noteHead();
    tellNew();
}

void Session::Impl::tellNew()
{
    if (std::exchange(live.toldNew, newEvents()) != newEvents()) emit q->newEventsChanged();
}

std::uint64_t Session::Impl::newEvents() const { return counts.events - std::min(live.seenEvents, counts.events); }

/// Once what was there at the beginning is there to be looked at, whatever comes is new.
void Session::Impl::noteHead()
{
    const ingest::Progress& progress = reading.progress;
    if (!reading.reading || !reading.endless || reading.live || !progress.lag) return;
    const std::uint64_t settled = progress.stored + progress.duplicates;
    if (!live.headAtStart) {
        live.headAtStart = settled + *progress.lag;
        live.since.start();
    }
    // In a compacted topic there are fewer records than offsets: there it is enough to have come near.
    const bool there =
        *progress.lag == 0 || settled >= *live.headAtStart || (isNearHead(progress) && live.since.elapsed() > kCatchingUpMs);
    if (!there) return;
    // What was stored by then is to be shown first; on a busy topic something has come again by now.
    if (!live.nearGeneration) live.nearGeneration = reading.progress.generation;
    if (live.shownGeneration < *live.nearGeneration) return;
    reading.live = true;
    if (std::exchange(live.gathering, false)) live.seenEvents = counts.events;
}

void Session::Impl::acknowledge()
{
    live.firstNew.reset();
    live.newHere = 0;
    live.newKept = 0;
    live.seenEvents = counts.events;
    tellNew();
}

void Session::Impl::noteNewIn(const EntityWorker::Loaded& loaded)
{
    const replay::History& history = *loaded.history;
    const auto& before = playhead.history();
    if (!before || before->entity != history.entity) {
        live.firstNew.reset();
        live.newHere = 0;
        return;
    }
    if (live.following || live.gathering || history.events.size() <= before->events.size()) return;
    live.newHere += history.events.size() - before->events.size();
    if (live.firstNew) return;
    const replay::HistoryEvent& first = history.events[loaded.before == before ? loaded.same : before->events.size()];
    live.firstNew = first.id;
    live.firstNewTime = first.effective;
}

void Session::Impl::setFollowing(bool on)
{
    if (live.following == on || (on && !workspace)) return;
    live.following = on;
    if (on) {
        playback.pause();
        acknowledge();
        leadToHead();
    }
    emit q->followingChanged();
}

void Session::Impl::leadToHead()
{
    const bool leadingBefore = std::exchange(live.leading, true);
    if (const auto& history = playhead.history(); history && selected) {
        if (!history->events.empty()) {
            playhead.toLast();
            window.reveal(history->events.back().effective);
        }
    } else if (!selected && counts.lastTime) {
        playhead.setTime(*counts.lastTime);
        window.reveal(*counts.lastTime);
    }
    live.leading = leadingBefore;
}

/// The user went somewhere: from now on the head goes on alone.
void Session::Impl::playheadMovedByUser()
{
    if (live.following && !live.leading) setFollowing(false);
}

void Session::Impl::windowMovedByUser()
{
    if (!live.following || live.leading || settling) return;
    const auto& history = playhead.history();
    const std::optional<Timestamp> head = history && !history->events.empty() ? std::optional(history->events.back().effective)
                                          : !selected                         ? counts.lastTime
                                                                              : std::nullopt;
    if (head && (*head < window.from() || *head >= window.to())) setFollowing(false);
}

void Session::Impl::noteConnection(const ingest::Progress& news)
{
    if (!news.connected) {
        if (news.awaySince)
            reading.awaySince = news.awaySince;
        else if (reading.progress.connected)
            reading.awaySince = Timestamp::now();
        reading.backSince.reset();
    } else if (!reading.progress.connected && news.connected) {
        reading.awaySince.reset();
        if (live.wasConnected) reading.backSince = Timestamp::now();
        live.wasConnected = true;
    }
}

void Session::Impl::forgetLive()
{
    const bool followed = live.following;
    const bool any = live.toldNew > 0;
    const std::uint64_t run = live.run;
    live = Live{};
    live.run = run;
    if (followed) emit q->followingChanged();
    if (any) emit q->newEventsChanged();
}

bool Session::following() const { return impl_->live.following; }

void Session::setFollowing(bool on) { impl_->setFollowing(on); }

std::uint64_t Session::newEvents() const { return impl_->newEvents(); }

std::uint64_t Session::newEventsHere() const { return newEvents() > 0 ? impl_->live.newHere : 0; }

void Session::acknowledgeNew()
{
    impl_->acknowledge();
    emit newAcknowledged();
}

bool Session::goToFirstNew()
{
    const auto first = impl_->live.firstNew;
    const auto& history = impl_->playhead.history();
    acknowledgeNew();
    if (!first || !history) return false;
    Version at = versionOf(*history, *first, impl_->live.firstNewTime);
    if (at.value == 0) return false;
    // Who stands among them has seen those before: nobody is led back.
    const Version stands = impl_->playhead.version();
    const auto isNew = [&](EventId id) { return id.part() == first->part() && id >= *first; };
    if (stands >= at && stands <= history->last() && isNew(history->events[stands.value - 1].id)) at = Version{stands.value + 1};
    // Where the types that are shown have none, there is nothing to see.
    while (at <= history->last() && !impl_->typeFilter.shows(history->events[at.value - 1].type)) ++at.value;
    if (at > history->last()) return false;
    impl_->playhead.setVersion(at);
    impl_->window.reveal(impl_->playhead.time());
    return true;
}

void Session::pauseReading()
{
    if (!impl_->reading.reading || !impl_->live.kafka || !impl_->reading.resumable || !impl_->workspace) return;
    impl_->live.pausing = true;
    impl_->workspace->stopReading.request_stop();
}

}  // namespace hindcast::ui
