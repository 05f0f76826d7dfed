#include "core/store/read_ahead.h"

namespace hindcast::store {

ReadAhead::ReadAhead(ChunkCache& cache, std::span<const EventId> ids)
    : cache_(cache), ids_(ids), helper_([this](const std::stop_token& stop) { run(stop); })
{
}

ReadAhead::~ReadAhead()
{
    helper_.request_stop();
    changed_.notify_all();
}

void ReadAhead::run(const std::stop_token& stop)
{
    std::shared_ptr<const Chunk> chunk;
    PartId part;
    for (const EventId id : ids_) {
        if (stop.stop_requested()) return;
        if (covers(chunk.get(), part, id)) continue;
        auto found = cache_.chunkOf(id);
        const bool failed = !found.has_value();
        chunk = failed ? nullptr : *found;
        part = id.part();
        std::unique_lock lock(mutex_);
        if (!changed_.wait(lock, stop, [&] { return ready_.size() < kAhead; })) return;
        ready_.push_back(std::move(found));
        changed_.notify_all();
        if (failed) return;
    }
}

Result<std::shared_ptr<const Chunk>> ReadAhead::next()
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !ready_.empty(); });
    auto chunk = std::move(ready_.front());
    ready_.pop_front();
    changed_.notify_all();
    return chunk;
}

}  // namespace hindcast::store
