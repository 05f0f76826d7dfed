#include "core/store/reader_impl.h"

namespace hindcast::store {

namespace {

Error damaged(const Connection& connection, EventId id)
{
    return {"cannot read all of " + connection.path(),
            "the chunk of records from offset " + std::to_string(id.offset().value) + " on is damaged",
            "read the source again into a new workspace", Error::Kind::BadInput};
}

}  // namespace

Result<ChunkCache> ChunkCache::create(Connection& connection)
{
    ChunkCache cache;
    cache.connection_ = &connection;
    auto seek = connection.prepare("SELECT id, last, data FROM chunks WHERE id <= ?1 ORDER BY id DESC LIMIT 1");
    if (!seek) return std::unexpected(seek.error());
    auto next = connection.prepare("SELECT id, data FROM chunks WHERE id >= ?1 ORDER BY id LIMIT 1");
    if (!next) return std::unexpected(next.error());
    cache.seek_ = std::move(*seek);
    cache.next_ = std::move(*next);
    return cache;
}

Result<std::shared_ptr<const Chunk>> ChunkCache::chunkOf(EventId id)
{
    for (auto it = recent_.begin(); it != recent_.end(); ++it) {
        if (id.packed < it->first || id.packed > it->last) continue;
        if (it != recent_.begin()) recent_.splice(recent_.begin(), recent_, it);
        return recent_.front().chunk;
    }
    auto row = seek_.bind(1, static_cast<std::int64_t>(id.packed)).step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return nullptr;
    const EventId first(static_cast<std::uint64_t>(seek_.integer(0)));
    const Offset last{seek_.integer(1)};
    if (first.part() != id.part() || last < id.offset()) {
        seek_.reset();
        return nullptr;
    }
    auto chunk = Chunk::decode(first.offset(), seek_.blob(2));
    seek_.reset();
    if (chunk == nullptr) return std::unexpected(damaged(*connection_, first));
    const std::size_t bytes = chunk->bytes();
    recent_.push_front({first.packed, EventId(first.part(), last).packed, bytes, chunk});
    bytes_ += bytes;
    while (recent_.size() > 1 && (recent_.size() > kChunks || bytes_ > kBytes)) {
        bytes_ -= recent_.back().bytes;
        recent_.pop_back();
    }
    return chunk;
}

Result<std::shared_ptr<const Chunk>> ChunkCache::nextFrom(EventId& id)
{
    auto row = next_.bind(1, static_cast<std::int64_t>(id.packed)).step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return nullptr;
    id = EventId(static_cast<std::uint64_t>(next_.integer(0)));
    auto chunk = Chunk::decode(id.offset(), next_.blob(1));
    next_.reset();
    if (chunk == nullptr) return std::unexpected(damaged(*connection_, id));
    return chunk;
}

}  // namespace hindcast::store
