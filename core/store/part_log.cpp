#include "core/store/part_log.h"

#include <algorithm>

namespace hindcast::store {

namespace {

bool sameRecord(const Chunk& chunk, const RawRecord& stored, const RawRecord& record, const Header* headers)
{
    if (stored.key != record.key || stored.value != record.value || stored.headerCount != record.headerCount) return false;
    const Header* mine = chunk.headers(stored);
    for (std::uint32_t i = 0; i < record.headerCount; ++i)
        if (mine[i].name != headers[i].name || mine[i].value != headers[i].value) return false;
    return true;
}

}  // namespace

Result<PartLog> PartLog::load(Connection& connection, PartId part)
{
    PartLog log;
    log.part_ = part;
    for (auto [into, sql] :
         {std::pair{&log.insert_, "INSERT OR REPLACE INTO chunks(id, last, count, data) VALUES(?1, ?2, ?3, ?4)"},
          std::pair{&log.before_,
                    "SELECT id, last, count, data FROM chunks WHERE id <= ?1 AND id >= ?2 ORDER BY id DESC LIMIT 1"},
          std::pair{&log.after_, "SELECT id FROM chunks WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT 1"}}) {
        auto statement = connection.prepare(sql);
        if (!statement) return std::unexpected(statement.error());
        *into = std::move(*statement);
    }
    log.before_.bind(1, log.key(Offset{EventId::kMaxOffset})).bind(2, log.key(Offset{0}));
    auto row = log.before_.step();
    if (!row) return std::unexpected(row.error());
    if (*row) {
        const EventId first(static_cast<std::uint64_t>(log.before_.integer(0)));
        log.highest_ = log.before_.integer(1);
        if (log.before_.integer(2) < static_cast<std::int64_t>(ChunkBuilder::kMaxRecords)) {
            // The last chunk goes on being filled, so that many short sessions do not leave many small chunks.
            auto chunk = log.decoded(connection, first.offset(), log.before_.blob(3));
            if (!chunk) return std::unexpected(chunk.error());
            for (std::size_t i = 0; i < (*chunk)->size(); ++i) {
                const RawRecord each = (*chunk)->record(i);
                log.builder_.add(each, (*chunk)->headers(each));
            }
        }
    }
    log.before_.reset();
    return log;
}

Result<PartLog::Placed> PartLog::add(Connection& connection, const RawRecord& record, const Header* headers)
{
    const std::int64_t offset = record.offset.value;
    const bool continues =
        builder_.empty() ? offset > highest_ && bound_ > EventId::kMaxOffset : offset > builder_.last().value && offset < bound_;
    if (!continues) return place(connection, record, headers);
    builder_.add(record, headers);
    dirty_ = true;
    highest_ = std::max(highest_, offset);
    if (builder_.full())
        if (auto sealed = seal(); !sealed) return std::unexpected(sealed.error());
    return Placed::Stored;
}

Result<void> PartLog::lookUp(Connection& connection, Offset offset)
{
    if (recent_ != nullptr && offset.value >= recentFirst_ && recent_->size() > 0 &&
        offset <= recent_->offset(recent_->size() - 1))
        return {};
    before_.bind(1, key(offset)).bind(2, key(Offset{0}));
    auto row = before_.step();
    if (!row) return std::unexpected(row.error());
    recent_ = nullptr;
    if (*row && before_.integer(1) >= offset.value) {
        const EventId first(static_cast<std::uint64_t>(before_.integer(0)));
        auto chunk = decoded(connection, first.offset(), before_.blob(3));
        if (!chunk) return std::unexpected(chunk.error());
        recent_ = *chunk;
        recentFirst_ = first.offset().value;
    }
    before_.reset();
    return {};
}

Result<PartLog::Held> PartLog::holds(Connection& connection, const RawRecord& record, const Header* headers)
{
    if (auto saved = save(); !saved) return std::unexpected(saved.error());
    if (auto found = lookUp(connection, record.offset); !found) return std::unexpected(found.error());
    if (recent_ == nullptr) return Held::Nothing;
    const auto at = recent_->find(record.offset);
    if (!at) return Held::Nothing;
    return sameRecord(*recent_, recent_->record(*at), record, headers) ? Held::Same : Held::OtherBytes;
}

Result<PartLog::Placed> PartLog::place(Connection& connection, const RawRecord& record, const Header* headers)
{
    // What is known already changes nothing: the chunk that is being filled stays so, and goes on when something new comes.
    if (auto saved = save(); !saved) return std::unexpected(saved.error());
    if (auto found = lookUp(connection, record.offset); !found) return std::unexpected(found.error());
    const std::int64_t offset = record.offset.value;
    if (recent_ != nullptr)
        if (const auto at = recent_->find(record.offset))
            return sameRecord(*recent_, recent_->record(*at), record, headers) ? Placed::Duplicate : Placed::OtherBytes;
    if (auto sealed = seal(); !sealed) return std::unexpected(sealed.error());
    if (recent_ == nullptr) {
        // Between chunks, or before them all: a chunk of its own, which may grow up to the next one.
        after_.bind(1, key(record.offset)).bind(2, key(Offset{EventId::kMaxOffset}));
        auto row = after_.step();
        if (!row) return std::unexpected(row.error());
        bound_ = *row ? EventId(static_cast<std::uint64_t>(after_.integer(0))).offset().value : EventId::kMaxOffset + 1;
        after_.reset();
        builder_.add(record, headers);
        dirty_ = true;
        highest_ = std::max(highest_, offset);
        return Placed::Stored;
    }
    // Inside a chunk, where there was a gap: the chunk is written anew with the record in its place.
    ChunkBuilder grown;
    bool added = false;
    for (std::size_t i = 0; i < recent_->size(); ++i) {
        const RawRecord each = recent_->record(i);
        if (!added && each.offset.value > offset) {
            grown.add(record, headers);
            added = true;
        }
        grown.add(each, recent_->headers(each));
    }
    recent_ = nullptr;
    if (auto written = write(grown); !written) return std::unexpected(written.error());
    return Placed::Stored;
}

Result<void> PartLog::seal()
{
    if (auto saved = save(); !saved) return saved;
    builder_.clear();
    bound_ = EventId::kMaxOffset + 1;
    return {};
}

Result<void> PartLog::save()
{
    if (!dirty_) return {};
    dirty_ = false;
    return write(builder_);
}

Result<void> PartLog::write(const ChunkBuilder& builder)
{
    if (recentFirst_ == builder.first().value) recent_ = nullptr;
    const std::string data = builder.encode();
    insert_.bind(1, key(builder.first()))
        .bind(2, builder.last().value)
        .bind(3, static_cast<std::int64_t>(builder.count()))
        .bindBlob(4, data);
    return insert_.run();
}

Result<std::shared_ptr<const Chunk>> PartLog::decoded(Connection& connection, Offset first, std::string_view data)
{
    auto chunk = Chunk::decode(first, data);
    if (chunk == nullptr)
        return fail("cannot write to " + connection.path(), "a chunk of its log is damaged",
                    "read the source into a new workspace", Error::Kind::BadInput);
    return chunk;
}

}  // namespace hindcast::store
