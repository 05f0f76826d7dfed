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

/// A chunk and the ids that it spans.
struct OpenChunk {
    EventId first;
    Offset last;
    std::shared_ptr<const Chunk> chunk;

    [[nodiscard]] bool holds(EventId id) const
    {
        return first.part() == id.part() && first.offset() <= id.offset() && id.offset() <= last;
    }
};

/// Finds chunks in the file.
class ChunkSeek {
public:
    [[nodiscard]] static Result<ChunkSeek> create(Connection& connection);
    /// The chunk that spans the id: its bytes as stored, to be opened; `stored` is empty where there is none. One thread at a time.
    [[nodiscard]] Result<OpenChunk> find(EventId id, std::string& stored);
    /// From any thread.
    [[nodiscard]] Result<OpenChunk> open(OpenChunk found, std::string_view stored) const;
    [[nodiscard]] Error damaged(EventId first) const;
    /// Many finds cost less in one transaction; left open it would keep the write-ahead log from being cut.
    void holdTransaction(bool hold);

private:
    Connection* connection_ = nullptr;
    Statement seek_;
    bool held_ = false;
};

/// The chunks that were looked at last, decompressed. One thread.
class ChunkCache {
public:
    [[nodiscard]] static Result<ChunkCache> create(Connection& connection);
    /// The chunk that spans the id; `chunk` null where none does.
    [[nodiscard]] Result<OpenChunk> chunkOf(EventId id);
    /// The chunk at or after `id`, with the EventId of its first record; null at the end. Not cached.
    [[nodiscard]] Result<std::shared_ptr<const Chunk>> nextFrom(EventId& id);
    void clear() { recent_.clear(); }

private:
    static constexpr std::size_t kChunks = 96;
    static constexpr std::size_t kBytes = 32u << 20;
    ChunkSeek seek_;
    Statement next_;
    std::list<OpenChunk> recent_;
    std::string stored_;
    std::size_t bytes_ = 0;
};

/// Several statements that see the same moment. Short by design: an open reader keeps the log from being emptied.
class ReadScope {
public:
    explicit ReadScope(Connection& connection) : connection_(connection), begun_(connection.execute("BEGIN")) {}
    ~ReadScope()
    {
        if (begun_) (void)connection_.execute("COMMIT");
    }
    ReadScope(const ReadScope&) = delete;
    ReadScope& operator=(const ReadScope&) = delete;
    [[nodiscard]] const Result<void>& begun() const { return begun_; }

private:
    Connection& connection_;
    Result<void> begun_;
};

/// Runs a query and hands each row to `each`.
template <class Each>
Result<void> query(Connection& connection, std::string_view sql, const Each& each)
{
    auto select = connection.prepare(sql);
    if (!select) return std::unexpected(select.error());
    while (true) {
        auto row = select->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) return {};
        each(*select);
    }
}

struct Reader::Impl {
    static Result<std::unique_ptr<Impl>> open(const std::string& path);
    Result<void> refreshNames();
    /// A second connection for the helper threads; null where it cannot be had, which only costs speed.
    ChunkSeek* ahead();
    Result<std::int64_t> generation();

    std::unique_ptr<Connection> connection;
    std::optional<PostingReader> postings;
    std::optional<ChunkCache> chunks;
    // For ReadAhead: opened when first needed.
    std::unique_ptr<Connection> aheadConnection;
    std::optional<ChunkSeek> aheadSeek;
    Statement entityById, entityByHash, generation_;
    std::int64_t namesGeneration = -1;
    struct RejectPlace {
        std::int64_t generation = -1;
        std::int64_t id = 0;
        std::int64_t row = 0;
    };
    RejectPlace lastReject;  ///< where the last page of rejects began
    std::vector<Source> sources;
    std::vector<Part> parts;
    std::map<std::uint32_t, std::size_t> partIndex;
    std::vector<Category> categories;
    std::vector<TypeCount> types;
};

}  // namespace hindcast::store
