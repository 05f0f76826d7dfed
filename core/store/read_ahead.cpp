#include "core/store/read_ahead.h"

#include <algorithm>

namespace hindcast::store {

namespace {

/// The one who asks works too; more than three helpers only wait for one another.
unsigned helpersThatFit() { return std::clamp(std::thread::hardware_concurrency(), 2U, 4U) - 1; }

}  // namespace

ReadAhead::ReadAhead(ChunkSeek& seek, std::span<const EventId> ids) : seek_(seek), ids_(ids)
{
    for (unsigned i = 0; i < helpersThatFit(); ++i) helpers_.emplace_back([this](const std::stop_token& stop) { help(stop); });
}

ReadAhead::~ReadAhead()
{
    for (std::jthread& helper : helpers_) helper.request_stop();
    helpers_.clear();
    seek_.holdTransaction(false);
}

void ReadAhead::help(const std::stop_token& stop)
{
    std::string stored;
    while (!stop.stop_requested() && work(stored, true, stop)) {
    }
}

bool ReadAhead::work(std::string& stored, bool wait, const std::stop_token& stop)
{
    std::unique_lock fetching(fetching_, std::defer_lock);
    if (wait)
        fetching.lock();
    else if (!fetching.try_lock())
        return false;
    std::size_t ordinal = 0;
    {
        std::unique_lock lock(mutex_);
        if (!wait && !hasRoom()) return false;
        if (!room_.wait(lock, stop, [&] { return hasRoom(); })) return false;
        ordinal = fetched_;
    }
    while (at_ < ids_.size() && trail_.find(ids_[at_]) != nullptr) ++at_;
    if (at_ == ids_.size()) return false;
    const EventId id = ids_[at_++];
    if (++inTransaction_ > kFindsPerTransaction) {
        seek_.holdTransaction(false);
        inTransaction_ = 1;
    }
    seek_.holdTransaction(true);
    auto found = seek_.find(id, stored);
    if (found && !stored.empty())
        trail_.enter(id, *found);
    else
        at_ = ids_.size();  // whoever asks ends there, too
    {
        const std::lock_guard lock(mutex_);
        ++fetched_;
    }
    fetching.unlock();

    Result<OpenChunk> opened = std::move(found);
    if (opened && !stored.empty()) opened = seek_.open(*opened, stored);
    const std::lock_guard lock(mutex_);
    slots_[ordinal % kAhead] = {std::move(opened), true};
    if (ordinal == taken_) ready_.notify_one();
    return true;
}

Result<OpenChunk> ReadAhead::next()
{
    std::unique_lock lock(mutex_);
    Slot& slot = slots_[taken_ % kAhead];
    while (!slot.ready) {
        lock.unlock();
        const bool worked = work(stored_, false, {});
        lock.lock();
        // What was asked for is being opened by somebody else.
        if (!worked) ready_.wait(lock, [&] { return slot.ready; });
    }
    slot.ready = false;
    Result<OpenChunk> chunk = std::move(slot.chunk);
    ++taken_;
    // Helpers that wait are woken when there is work for a while.
    if (fetched_ - taken_ == kAhead / 2) room_.notify_all();
    return chunk;
}

}  // namespace hindcast::store
