#pragma once
#include "core/store/reader_impl.h"

#include <array>
#include <condition_variable>
#include <mutex>
#include <span>
#include <thread>
#include <unordered_map>
#include <vector>

namespace hindcast::store {

/// Where each part's records were last found. The records that a replay asks for ascend within a part, so a chunk that one part has
/// left is not entered again: which ids need another chunk follows from the list alone.
class ChunkTrail {
public:
    /// The chunk that holds the id's place; null where it is another one than the part's last.
    [[nodiscard]] const OpenChunk* find(EventId id) const
    {
        const auto at = last_.find(id.part().value);
        return at != last_.end() && at->second.holds(id) ? &at->second : nullptr;
    }
    void enter(EventId id, OpenChunk chunk)
    {
        if (last_.size() >= kParts) last_.clear();  // memory is bounded; both sides forget at the same id
        last_.insert_or_assign(id.part().value, std::move(chunk));
    }

private:
    static constexpr std::size_t kParts = 64;
    std::unordered_map<std::uint32_t, OpenChunk> last_;
};

/// Opens and decompresses the chunks that a long list of records will want, some ahead of the one who asks: most of a first replay's
/// time is decompression. Helpers fetch in the list's order and decompress side by side; who asks helps as well rather than wait.
class ReadAhead {
public:
    /// `seek` belongs to this object until it dies. `ids` must live as long.
    ReadAhead(ChunkSeek& seek, std::span<const EventId> ids);
    ~ReadAhead();
    ReadAhead(const ReadAhead&) = delete;
    ReadAhead& operator=(const ReadAhead&) = delete;

    /// The chunk of the next id that a ChunkTrail does not find; `chunk` null where nothing is stored there.
    [[nodiscard]] Result<OpenChunk> next();

private:
    static constexpr std::size_t kAhead = 48;
    static constexpr std::size_t kFindsPerTransaction = 256;
    struct Slot {
        Result<OpenChunk> chunk;
        bool ready = false;
    };

    void help(const std::stop_token& stop);
    /// Fetches and opens the next chunk. False: there is none left to fetch, or no room for it (`wait`: then room is waited for).
    bool work(std::string& stored, bool wait, const std::stop_token& stop);
    [[nodiscard]] bool hasRoom() const { return fetched_ - taken_ < kAhead; }

    std::mutex fetching_;  // seek_, inTransaction_, at_, trail_
    ChunkSeek& seek_;
    std::size_t inTransaction_ = 0;  // finds so far
    std::span<const EventId> ids_;
    std::size_t at_ = 0;
    ChunkTrail trail_;

    std::mutex mutex_;  // what follows; taken after fetching_ where both are
    std::condition_variable_any ready_, room_;
    std::array<Slot, kAhead> slots_;
    std::size_t fetched_ = 0;  // chunks that somebody opens or has opened
    std::size_t taken_ = 0;
    std::string stored_;  // of the one who asks

    std::vector<std::jthread> helpers_;  // last: they start when all else is there, and end first
};

}  // namespace hindcast::store
