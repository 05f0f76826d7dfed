// The workspace's setting "branches": read once, then replaced as the user goes on.
#include "ui/session/branch_worker_impl.h"

#include <utility>

namespace hindcast::ui {

namespace {

constexpr const char* kSetting = "branches";

}  // namespace

void BranchWorker::load()
{
    Impl* impl = impl_.get();
    impl->thread.post(Impl::kLoad, [impl](const std::stop_token&) { impl->load(); });
}

void BranchWorker::save(std::vector<replay::Branch> branches)
{
    Impl* impl = impl_.get();
    {
        const std::scoped_lock lock(impl->mutex);
        impl->unsaved = std::move(branches);
    }
    impl->thread.post(Impl::kSave, [impl](const std::stop_token&) {
        std::optional<std::vector<replay::Branch>> next;
        {
            const std::scoped_lock lock(impl->mutex);
            next = impl->unsaved;
        }
        if (!next) return;
        const auto saved = impl->saveNow(*next);
        {
            // What could not be saved is tried again with the next edit, or when the workspace is closed.
            const std::scoped_lock lock(impl->mutex);
            if (saved && impl->unsaved == next) impl->unsaved.reset();
        }
        impl->post([impl, told = saved ? std::nullopt : std::optional(saved.error())] { impl->answers.saved(told); });
    });
}

void BranchWorker::Impl::load()
{
    const auto tell = [this](std::shared_ptr<const Loaded> loaded) {
        post([this, loaded = std::move(loaded)] { answers.loaded(loaded); });
    };
    auto out = std::make_shared<Loaded>();
    const auto giveUp = [&](const Error& error) {
        out->unreadable.push_back(error);
        tell(out);
    };
    if (!desk.reader) {
        auto reader = store->reader();
        if (!reader) return giveUp(reader.error());
        desk.reader = std::move(*reader);
    }
    const auto setting = desk.reader->setting(kSetting);
    if (!setting) return giveUp(setting.error());
    if (!*setting || !(*setting)->is_array()) return tell(out);
    for (const Json& each : **setting) {
        auto branch = replay::Branch::fromJson(each, [this](const Position& at) { return desk.reader->find(at); });
        if (branch) {
            out->branches.push_back(std::move(*branch));
        } else {
            unreadable.push_back(each);
            out->unreadable.push_back(branch.error());
        }
    }
    tell(out);
}

Result<void> BranchWorker::Impl::saveNow(const std::vector<replay::Branch>& branches)
{
    if (!desk.reader) {
        auto reader = store->reader();
        if (!reader) return std::unexpected(reader.error());
        desk.reader = std::move(*reader);
    }
    Json all = replay::branchesToJson(branches, [this](EventId event) { return desk.reader->position(event); });
    for (const Json& each : unreadable) all.push_back(each);
    return store->saveSetting(kSetting, all);
}

}  // namespace hindcast::ui
