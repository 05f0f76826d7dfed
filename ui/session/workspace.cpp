#include "ui/session/workspace.h"

#include "core/ingest/ingest.h"

#include <utility>

namespace hindcast::ui {

Result<std::shared_ptr<OpenedStore>> openStore(const std::string& path, bool createIfAbsent, std::stop_token stop,
                                               const store::RaiseProgress& progress)
{
    auto opened = std::make_shared<OpenedStore>();
    auto store =
        store::Store::open(path, createIfAbsent ? store::Mode::CreateOrOpen : store::Mode::ReadWrite, std::move(stop), progress);
    if (!store && (store.error().kind == Error::Kind::Retry || store.error().kind == Error::Kind::NoSpace ||
                   store.error().kind == Error::Kind::Denied)) {
        // Another program writes it, or nobody may: it can still be read.
        auto readable = store::Store::open(path, store::Mode::ReadOnly);
        if (readable) opened->readOnlyBecause = store.error().why;
        if (readable || store.error().kind == Error::Kind::Retry) store = std::move(readable);
    }
    if (!store) return std::unexpected(store.error());
    opened->store = std::move(*store);

    for (std::unique_ptr<store::Reader>* slot : {&opened->entityReader, &opened->backgroundReader, &opened->listReader,
                                                 &opened->searchReader, &opened->laneReader, &opened->nameReader}) {
        auto reader = opened->store->reader();
        if (!reader) return std::unexpected(reader.error());
        *slot = std::move(*reader);
    }
    auto overview = readOverview(*opened->listReader, nullptr);
    if (!overview) return std::unexpected(overview.error());
    opened->overview = std::move(*overview);
    auto pins = opened->listReader->setting("pins");
    if (!pins) return std::unexpected(pins.error());
    opened->pins = std::move(*pins);
    auto watches = opened->listReader->setting("watches");
    if (!watches) return std::unexpected(watches.error());
    opened->watches = std::move(*watches);
    auto kafka = ingest::savedReading(*opened->listReader);
    if (!kafka) return std::unexpected(kafka.error());
    opened->kafka = std::move(*kafka);
    const QString name = QString::fromStdString(path);
    opened->savedView = loadSavedView(name);
    if (opened->savedView && !opened->savedView->colors.empty()) {
        const auto& colors = opened->savedView->colors;
        for (const store::TypeCount& type : opened->overview->types)
            if (const auto color = colors.find(type.name); color != colors.end())
                opened->colors.emplace_back(type.id, color->second);
    }
    if (opened->store->readOnly()) {
        opened->ownPins = loadSavedPins(name);
        opened->ownWatches = loadSavedWatches(name);
    }
    return opened;
}

void RetiredWorkspaces::add(std::unique_ptr<Workspace> workspace)
{
    if (!workspace) return;
    workspace->stopReading.request_stop();
    const std::scoped_lock lock(mutex_);
    waiting_.push_back(std::move(workspace));
}

void RetiredWorkspaces::keep(std::shared_ptr<OpenedStore> opened)
{
    const std::scoped_lock lock(mutex_);
    std::swap(opened_, opened);
}

std::shared_ptr<OpenedStore> RetiredWorkspaces::take()
{
    const std::scoped_lock lock(mutex_);
    return std::exchange(opened_, nullptr);
}

void RetiredWorkspaces::destroyAll()
{
    std::vector<std::unique_ptr<Workspace>> now;
    const std::shared_ptr<OpenedStore> nobodys = take();
    {
        const std::scoped_lock lock(mutex_);
        now = std::exchange(waiting_, {});
    }
}

}  // namespace hindcast::ui
