#include "ui/session/session_impl.h"
#include "ui/session/version_of.h"

#include <algorithm>

namespace hindcast::ui {

void Session::lookUp(const GoToReadings& readings)
{
    if (impl_->workspace) impl_->workspace->lists->lookUp(readings);
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
