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
    QObject::connect(replayPolicy, &ReplayPolicy::rebuildWanted, q, [this] {
        if (!workspace) return;
        workspace->entity->setStopsAtError(replayPolicy->stopsAtError());
        workspace->entity->reopen();
    });
}

/// What the worker of the selected entity tells the facets, not the session.
void Session::Impl::answerFacets(EntityWorker::Answers& entity)
{
    entity.failures = [this](std::shared_ptr<const FailuresView> view) { replayPolicy->take(std::move(view)); };
    entity.result = [this](std::shared_ptr<const StateView> view) { replayPolicy->takeResult(std::move(view)); };
    entity.stateFailed = [this](const Error& error) {
        if (state) {
            // What was shown is of another version, or model.
            state.reset();
            emit q->stateChanged();
        }
        replayPolicy->takeTrouble(error);
        // A program that is not allowed is asked about where its states would be; all else is also said as errors are.
        if (error.kind != Error::Kind::Denied) report(error);
    };
}

void Session::Impl::openFacets()
{
    const SessionFacet::Opened opened{workspace->store, runtime, poster(serial), &workspace->facetWorkers};
    for (const auto& facet : facets) facet->open(opened);
    workspace->entity->setStopsAtError(replayPolicy->stopsAtError());
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
