// The facets of the session: parts that have a face of their own, and what they are told.
#include "ui/session/branches.h"
#include "ui/session/comparison.h"
#include "ui/session/replay_policy.h"
#include "ui/session/session_impl.h"
#include "ui/session/state_search.h"
#include "ui/session/trials.h"

#include <algorithm>

namespace hindcast::ui {

/// They ask the session: so not before that is there.
void Session::Impl::makeFacets()
{
    const auto keep = [this](auto facet, auto*& place) {
        place = facet.get();
        facets.push_back(std::move(facet));
    };
    keep(std::make_unique<ReplayPolicy>(*q), replayPolicy);
    keep(std::make_unique<Branches>(*q), branches);
    keep(std::make_unique<Comparison>(*q), comparison);
    keep(std::make_unique<StateSearch>(*q), stateSearch);
    keep(std::make_unique<Trials>(*q), trials);
}

void Session::Impl::openFacets()
{
    const SessionFacet::Opened opened{workspace->store, runtime, poster(serial), &workspace->facetWorkers};
    for (const auto& facet : facets) facet->open(opened);
}

void Session::Impl::closeFacets()
{
    for (const auto& facet : facets) facet->close();
}

bool Session::Impl::facetsBusy() const
{
    return std::ranges::any_of(facets, [](const auto& facet) { return facet->isBusy(); });
}

ReplayPolicy* Session::replayPolicy() { return impl_->replayPolicy; }

Branches* Session::branches() { return impl_->branches; }

Comparison* Session::comparison() { return impl_->comparison; }

StateSearch* Session::stateSearch() { return impl_->stateSearch; }

Trials* Session::trials() { return impl_->trials; }

}  // namespace hindcast::ui
