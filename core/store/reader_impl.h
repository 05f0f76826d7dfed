#pragma once
// Private to core/store.
#include "core/store/chunk.h"
#include "core/store/reader.h"
#include "core/store/runs.h"
#include "core/store/sqlite.h"

#include <list>
#include <map>
#include <unordered_map>

namespace hindcast::store {

/// The chunks that were looked at last, decompressed. One thread.
class ChunkCache {
public:
    [[nodiscard]] static Result<ChunkCache> create(Connection& connection);
    /// The chunk that holds the offset, or null where none does.
    [[nodiscard]] Result<std::shared_ptr<const Chunk>> chunkOf(EventId id);
    /// The chunk at or after `id`, with the EventId of its first record; null at the end. Not cached.
    [[nodiscard]] Result<std::shared_ptr<const Chunk>> nextFrom(EventId& id);
    void clear() { recent_.clear(); }

private:
    static constexpr std::size_t kChunks = 96;
    static constexpr std::size_t kBytes = 32u << 20;
    struct Entry {
        std::uint64_t first = 0;
        std::uint64_t last = 0;
        std::size_t bytes = 0;
        std::shared_ptr<const Chunk> chunk;
    };
    Connection* connection_ = nullptr;
    Statement seek_, next_;
    std::list<Entry> recent_;
    std::size_t bytes_ = 0;
};

struct Reader::Impl {
    static Result<std::unique_ptr<Impl>> open(const std::string& path);
    Result<void> refreshNames();
    /// A second connection for the helper thread; null where it cannot be had, which only costs speed.
    ChunkCache* ahead();
    Result<std::int64_t> generation();

    std::unique_ptr<Connection> connection;
    std::optional<PostingReader> postings;
    std::optional<ChunkCache> chunks;
    // For ReadAhead: opened when first needed.
    std::unique_ptr<Connection> aheadConnection;
    std::optional<ChunkCache> aheadChunks;
    Statement entityById, entityByHash, generation_;
    std::int64_t namesGeneration = -1;
    std::vector<Source> sources;
    std::vector<Part> parts;
    std::map<std::uint32_t, std::size_t> partIndex;
    std::vector<Category> categories;
    std::vector<TypeCount> types;
};

}  // namespace hindcast::store
