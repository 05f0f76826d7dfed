// The watched fields: what the workspace remembers of them, and their values in the selected entity's life.
#include "ui/session/session_impl.h"

namespace hindcast::ui {

void Session::Impl::openWatches(const OpenedStore& opened)
{
    // A workspace that cannot be written keeps its user's own watches beside it.
    savedWatches = opened.ownWatches ? *opened.ownWatches : watchesFromJson(opened.watches);
    watches.setAll(savedWatches);
}

void Session::Impl::closeWatches()
{
    savedWatches.clear();
    watches.setAll({});
}

void Session::Impl::watchesChanged()
{
    if (!workspace) return;
    if (watches.all() != savedWatches) {
        savedWatches = watches.all();
        if (workspace->store->readOnly()) {
            toSave.watches(path, savedWatches);
            writeSoon();
        } else {
            workspace->lists->saveSetting("watches", watchesToJson(savedWatches));
        }
    }
    wantWatches();
}

/// Asks for the values over the history that is shown.
void Session::Impl::wantWatches()
{
    const auto& history = playhead.history();
    if (!workspace || !history || selected != history->entity) return;
    std::vector<std::string> pointers;
    for (const QString& pointer : watches.of(QString::fromStdString(history->key.category)))
        pointers.push_back(pointer.toStdString());
    // Also where there are none any more: what is on its way would bring them back.
    if (pointers.empty() && !watchesAsked) return;
    watchesAsked = !pointers.empty();
    workspace->entity->requestWatches(history, std::move(pointers));
}

void Session::Impl::forgetWatchViews()
{
    if (!watchViews) return;
    watchViews.reset();
    emit q->watchesChanged();
}

std::shared_ptr<const WatchesView> Session::watchViews() const { return impl_->watchViews; }

void Session::requestWrites(const QString& pointer, const VersionRuns& runs)
{
    if (impl_->workspace && impl_->selected) impl_->workspace->entity->requestWrites(pointer.toStdString(), runs);
}

}  // namespace hindcast::ui
