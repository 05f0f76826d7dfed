#include "core/store/read_ahead.h"
#include "core/store/reader_impl.h"

#include <memory>

namespace hindcast::store {

namespace {

// Mapped into memory these long reads are a fifth faster: for their moment they risk what reader.cpp does not.
constexpr const char* kAheadPragmas = "PRAGMA cache_size = -4096; PRAGMA mmap_size = 134217728";
constexpr std::size_t kWorthAThread = 2048;  // records: some hundred chunks, some milliseconds

}  // namespace

// The records as they came, one by one, in the order of ids and through the whole log.

Result<std::optional<StoredRecord>> Reader::record(EventId id)
{
    auto opened = impl_->chunks->chunkOf(id);
    if (!opened) return std::unexpected(opened.error());
    const std::shared_ptr<const Chunk>& chunk = opened->chunk;
    const auto at = chunk == nullptr ? std::nullopt : chunk->find(id.offset());
    if (!at) return std::optional<StoredRecord>{};
    StoredRecord stored;
    stored.id = id;
    stored.record = chunk->record(*at);
    const Header* headers = chunk->headers(stored.record);
    stored.headers.assign(headers, headers + stored.record.headerCount);
    stored.record.firstHeader = 0;
    stored.owner = chunk;
    return stored;
}

ChunkSeek* Reader::Impl::ahead()
{
    if (aheadSeek) return &*aheadSeek;
    auto opened = Connection::open(connection->path(), Connection::Access::Read);
    if (!opened || !(*opened)->execute(kAheadPragmas)) return nullptr;
    auto seek = ChunkSeek::create(**opened);
    if (!seek) return nullptr;
    aheadConnection = std::move(*opened);
    aheadSeek = std::move(*seek);
    return &*aheadSeek;
}

Result<void> Reader::records(std::span<const EventId> ids, const Visit& visit)
{
    std::unique_ptr<ReadAhead> ahead;
    if (ids.size() >= kWorthAThread)
        if (ChunkSeek* seek = impl_->ahead(); seek != nullptr) ahead = std::make_unique<ReadAhead>(*seek, ids);
    ChunkTrail trail;
    const auto openAt = [&](EventId id) -> Result<OpenChunk> {
        if (ahead == nullptr) return impl_->chunks->chunkOf(id);
        if (const OpenChunk* known = trail.find(id); known != nullptr) return *known;
        auto opened = ahead->next();
        if (opened) trail.enter(id, *opened);
        return opened;
    };
    OpenChunk current;
    for (const EventId id : ids) {
        if (current.chunk == nullptr || !current.holds(id)) {
            auto opened = openAt(id);
            if (!opened) return std::unexpected(opened.error());
            current = std::move(*opened);
        }
        const auto at = current.chunk == nullptr ? std::nullopt : current.chunk->find(id.offset());
        if (!at)
            return fail("cannot read all of " + impl_->connection->path(),
                        "the record at offset " + std::to_string(id.offset().value) + " is missing",
                        "read the source again into a new workspace", Error::Kind::BadInput);
        const RawRecord record = current.chunk->record(*at);
        if (!visit(id, record, std::span(current.chunk->headers(record), record.headerCount))) return {};
    }
    return {};
}

Result<void> Reader::scan(EventId first, const Visit& visit)
{
    // `first` may lie inside a chunk.
    EventId next = first;
    auto begin = impl_->chunks->chunkOf(first);
    if (!begin) return std::unexpected(begin.error());
    std::shared_ptr<const Chunk> chunk = begin->chunk;
    while (true) {
        if (chunk == nullptr) {
            auto following = impl_->chunks->nextFrom(next);
            if (!following) return std::unexpected(following.error());
            if (*following == nullptr) return {};
            chunk = *following;
        }
        for (std::size_t i = 0; i < chunk->size(); ++i) {
            const RawRecord record = chunk->record(i);
            const EventId id(next.part(), record.offset);
            if (id < first) continue;
            if (!visit(id, record, std::span(chunk->headers(record), record.headerCount))) return {};
        }
        if (chunk->size() > 0) next = EventId(EventId(next.part(), chunk->offset(chunk->size() - 1)).packed + 1);
        chunk = nullptr;
    }
}

}  // namespace hindcast::store
