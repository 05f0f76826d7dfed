#include "core/store/reader_impl.h"

namespace hindcast::store {

Result<ChunkSeek> ChunkSeek::create(Connection& connection)
{
    ChunkSeek seek;
    seek.connection_ = &connection;
    auto statement = connection.prepare("SELECT id, last, data FROM chunks WHERE id <= ?1 ORDER BY id DESC LIMIT 1");
    if (!statement) return std::unexpected(statement.error());
    seek.seek_ = std::move(*statement);
    return seek;
}

Result<OpenChunk> ChunkSeek::find(EventId id, std::string& stored)
{
    stored.clear();
    auto row = seek_.bind(1, static_cast<std::int64_t>(id.packed)).step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return OpenChunk{};
    OpenChunk found{EventId(static_cast<std::uint64_t>(seek_.integer(0))), Offset{seek_.integer(1)}, nullptr};
    if (found.holds(id)) stored = seek_.blob(2);
    seek_.reset();
    return found;
}

Result<OpenChunk> ChunkSeek::open(OpenChunk found, std::string_view stored) const
{
    found.chunk = Chunk::decode(found.first.offset(), stored);
    if (found.chunk == nullptr) return std::unexpected(damaged(found.first));
    return found;
}

void ChunkSeek::holdTransaction(bool hold)
{
    if (hold == held_) return;
    // Where that fails each find has a transaction of its own.
    held_ = connection_->execute(hold ? "BEGIN" : "COMMIT").has_value() && hold;
}

Error ChunkSeek::damaged(EventId first) const
{
    return {"cannot read all of " + connection_->path(),
            "the chunk of records from offset " + std::to_string(first.offset().value) + " on is damaged",
            "read the source again into a new workspace", Error::Kind::BadInput};
}

Result<ChunkCache> ChunkCache::create(Connection& connection)
{
    ChunkCache cache;
    auto seek = ChunkSeek::create(connection);
    if (!seek) return std::unexpected(seek.error());
    auto next = connection.prepare("SELECT id, data FROM chunks WHERE id >= ?1 ORDER BY id LIMIT 1");
    if (!next) return std::unexpected(next.error());
    cache.seek_ = std::move(*seek);
    cache.next_ = std::move(*next);
    return cache;
}

Result<OpenChunk> ChunkCache::chunkOf(EventId id)
{
    for (auto it = recent_.begin(); it != recent_.end(); ++it) {
        if (!it->holds(id)) continue;
        if (it != recent_.begin()) recent_.splice(recent_.begin(), recent_, it);
        return recent_.front();
    }
    auto found = seek_.find(id, stored_);
    if (!found) return std::unexpected(found.error());
    if (stored_.empty()) return OpenChunk{};
    auto opened = seek_.open(*found, stored_);
    if (!opened) return std::unexpected(opened.error());
    recent_.push_front(*opened);
    bytes_ += opened->chunk->bytes();
    while (recent_.size() > 1 && (recent_.size() > kChunks || bytes_ > kBytes)) {
        bytes_ -= recent_.back().chunk->bytes();
        recent_.pop_back();
    }
    return opened;
}

Result<std::shared_ptr<const Chunk>> ChunkCache::nextFrom(EventId& id)
{
    auto row = next_.bind(1, static_cast<std::int64_t>(id.packed)).step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return nullptr;
    id = EventId(static_cast<std::uint64_t>(next_.integer(0)));
    auto chunk = Chunk::decode(id.offset(), next_.blob(1));
    next_.reset();
    if (chunk == nullptr) return std::unexpected(seek_.damaged(id));
    return chunk;
}

}  // namespace hindcast::store
