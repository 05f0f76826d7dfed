#pragma once
#include "core/store/reader_impl.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <span>
#include <thread>

namespace hindcast::store {

/// Opens and decompresses the chunks that a long list of records will want, on a thread of its own and some chunks ahead of the
/// one who asks: most of a first replay's time is decompression. A chunk is handed out each time the list passes from one into
/// another, so asker and helper keep step by looking at the same list.
class ReadAhead {
public:
    /// `cache` belongs to the helper until this object dies. `ids` must live as long.
    ReadAhead(ChunkCache& cache, std::span<const EventId> ids);
    ~ReadAhead();
    ReadAhead(const ReadAhead&) = delete;
    ReadAhead& operator=(const ReadAhead&) = delete;

    /// The chunk of the next id that does not lie in the chunk handed out last; null where nothing is stored there.
    [[nodiscard]] Result<std::shared_ptr<const Chunk>> next();

    /// Does the chunk hold the id's place? What both sides go by.
    [[nodiscard]] static bool covers(const Chunk* chunk, PartId part, EventId id)
    {
        return chunk != nullptr && chunk->size() > 0 && part == id.part() && chunk->offset(0) <= id.offset() &&
               id.offset() <= chunk->offset(chunk->size() - 1);
    }

private:
    void run(const std::stop_token& stop);
    static constexpr std::size_t kAhead = 48;

    ChunkCache& cache_;
    std::span<const EventId> ids_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<Result<std::shared_ptr<const Chunk>>> ready_;
    std::jthread helper_;  // last: it starts when all else is there, and ends first
};

}  // namespace hindcast::store
