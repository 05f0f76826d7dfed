#include "ui/session/session_impl.h"
#include "ui/session/version_of.h"

#include <algorithm>

namespace hindcast::ui {

namespace {

/// Names are words: what is a place, a moment or a number is not looked for among them, for that may take a while.
bool mayBeAName(const GoToReadings& readings)
{
    constexpr qsizetype kLeast = 3;
    return readings.text.size() >= kLeast && !readings.time && !readings.version && readings.places.empty() &&
           !readings.text.contains(u'/') && std::ranges::any_of(readings.text, [](QChar c) { return c.isLetter(); });
}

bool isNamed(const GoToHit& hit) { return hit.kind == GoToHit::Kind::Entity && !hit.like; }

}  // namespace

void Session::lookUp(const GoToReadings& readings)
{
    Impl& impl = *impl_;
    if (!impl.workspace) return;
    const bool names = mayBeAName(readings);
    impl.lookUp = {};
    impl.lookUp.text = readings.text;
    impl.lookUp.calledAll = !names;
    impl.workspace->lists->lookUp(readings);
    impl.workspace->names->lookUp(names ? readings.text : QString(), directory());
}

void Session::Impl::fillIn(std::vector<GoToHit>& hits) const
{
    for (GoToHit& hit : hits)
        if (hit.entity && overview->directory && hit.entity->value < overview->directory->size())
            hit.events = overview->directory->counts[hit.entity->value];
}

void Session::Impl::takeListed(const QString& text, std::vector<GoToHit> hits, bool last)
{
    if (text != lookUp.text) return;
    fillIn(hits);
    lookUp.listed = std::move(hits);
    lookUp.listedAll = last;
    if (!lookUp.calledAll && std::ranges::any_of(lookUp.listed, isNamed)) {
        lookUp.calledAll = true;  // an id was meant
        if (workspace) workspace->names->lookUp({}, {});
    }
    tellLookedUp();
}

void Session::Impl::takeCalled(const QString& text, std::vector<GoToHit> hits, bool last)
{
    if (text != lookUp.text || lookUp.calledAll) return;
    const bool any = !hits.empty();
    fillIn(hits);
    lookUp.called = std::move(hits);
    lookUp.calledAll = last;
    if (any || (last && lookUp.listedAll)) tellLookedUp();
}

/// What was named first, then what is called so, then what is like it.
void Session::Impl::tellLookedUp()
{
    constexpr std::size_t kMost = 12;
    std::vector<GoToHit> hits;
    const auto take = [&hits](const std::vector<GoToHit>& from, bool like) {
        for (const GoToHit& hit : from)
            if (hit.like == like && std::ranges::none_of(hits, [&](const GoToHit& one) {
                    return hit.kind == GoToHit::Kind::Entity && one.kind == hit.kind && one.entity == hit.entity;
                }))
                hits.push_back(hit);
    };
    take(lookUp.listed, false);
    take(lookUp.called, false);
    take(lookUp.called, true);
    take(lookUp.listed, true);
    if (hits.size() > kMost) hits.resize(kMost);
    emit q->lookedUp(lookUp.text, hits, lookUp.listedAll && lookUp.calledAll);
}

Timestamp Session::nearestMoment(Timestamp time) const
{
    const auto& [first, last] = std::pair(impl_->counts.firstTime, impl_->counts.lastTime);
    if (!first || !last || !first->isKnown() || !last->isKnown() || *last < *first) return time;
    return std::clamp(time, *first, *last);
}

void Session::goTo(const GoToHit& hit)
{
    Impl& impl = *impl_;
    if (!impl.workspace || !hit.trouble.isEmpty()) return;
    switch (hit.kind) {
        case GoToHit::Kind::Version: impl.playhead.setVersion(hit.version); return impl.window.reveal(impl.playhead.time());
        case GoToHit::Kind::Time: impl.playhead.setTime(nearestMoment(hit.time)); return impl.window.reveal(impl.playhead.time());
        case GoToHit::Kind::Entity:
            if (hit.entity) impl.select(*hit.entity);
            return;
        case GoToHit::Kind::FirstTime: return;  // the window shows how that goes
        case GoToHit::Kind::Record: break;
    }
    if (!hit.entity) {
        if (hit.reject) showReject(hit.event);
        return;
    }
    const auto& history = impl.playhead.history();
    if (history && history->entity == *hit.entity && impl.selected == hit.entity) {
        const bool reject = impl.stand(*history, hit.event, versionOf(*history, hit.event, hit.time), hit.time);
        impl.window.reveal(impl.playhead.time());
        if (reject) requestEvent(hit.event);
        return;
    }
    impl.setFollowing(false);
    Impl::Placement wanted;
    wanted.id = *hit.entity;
    wanted.event = hit.event;
    wanted.time = hit.time;
    impl.placement = std::move(wanted);
    impl.select(*hit.entity);
}

}  // namespace hindcast::ui
