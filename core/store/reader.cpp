#include "core/store/reader.h"

#include "core/store/read_ahead.h"
#include "core/store/reader_impl.h"
#include "core/store/store.h"
#include "core/store/writer_impl.h"

#include <algorithm>

namespace hindcast::store {

namespace {

// Without memory mapping: a file that somebody cuts short under an open window must be an error, and no SIGBUS. Only the long reads
// of a first replay take that risk for their moment: mapped they are a fifth faster.
constexpr const char* kReaderPragmas = "PRAGMA cache_size = -4096";
constexpr const char* kAheadPragmas = "PRAGMA cache_size = -4096; PRAGMA mmap_size = 134217728";
constexpr std::size_t kWorthAThread = 2048;  // records: some hundred chunks, some milliseconds

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

}  // namespace

Reader::Reader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Reader::~Reader() = default;

Result<std::unique_ptr<Reader::Impl>> Reader::Impl::open(const std::string& path)
{
    auto connection = Connection::open(path, Connection::Access::Read);
    if (!connection) return std::unexpected(connection.error());
    auto impl = std::make_unique<Impl>();
    impl->connection = std::move(*connection);
    if (auto done = impl->connection->execute(kReaderPragmas); !done) return std::unexpected(done.error());
    auto postings = PostingReader::create(*impl->connection);
    if (!postings) return std::unexpected(postings.error());
    impl->postings = std::move(*postings);
    auto chunks = ChunkCache::create(*impl->connection);
    if (!chunks) return std::unexpected(chunks.error());
    impl->chunks = std::move(*chunks);
    for (auto [into, sql] : {std::pair{&impl->entityById, "SELECT category, key FROM entities WHERE id = ?1"},
                             std::pair{&impl->entityByHash, "SELECT id FROM entities WHERE low = ?1 AND high = ?2"},
                             std::pair{&impl->generation_, "SELECT value FROM meta WHERE name = 'generation'"}}) {
        auto statement = impl->connection->prepare(sql);
        if (!statement) return std::unexpected(statement.error());
        *into = std::move(*statement);
    }
    return impl;
}

Result<std::int64_t> Reader::Impl::generation()
{
    auto row = generation_.step();
    if (!row) return std::unexpected(row.error());
    const std::int64_t value = *row ? generation_.integer(0) : 0;
    generation_.reset();
    return value;
}

Result<void> Reader::Impl::refreshNames()
{
    auto now = generation();
    if (!now) return std::unexpected(now.error());
    if (*now == namesGeneration) return {};
    ReadScope scope(*connection);
    if (!scope.begun()) return scope.begun();
    sources.clear();
    parts.clear();
    partIndex.clear();
    categories.clear();
    types.clear();
    auto done = query(*connection, "SELECT id, kind, identity, name, detail FROM sources ORDER BY id", [&](const Statement& row) {
        sources.push_back({SourceId{static_cast<std::uint32_t>(row.integer(0))}, std::string(row.text(1)),
                           std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4))});
    });
    if (!done) return done;
    done = query(
        *connection,
        "SELECT id, source, topic, epoch, partition, log_start, compacted, start_reason, next, read, records, rejects FROM parts "
        "ORDER BY id",
        [&](const Statement& row) {
            parts.push_back(partFromRow(row));
            partIndex[parts.back().id.value] = parts.size() - 1;
        });
    if (!done) return done;
    done = query(*connection, "SELECT id, server, name, rows FROM categories ORDER BY id", [&](const Statement& row) {
        categories.push_back({CategoryId{static_cast<std::uint32_t>(row.integer(0))}, std::string(row.text(1)),
                              std::string(row.text(2)), std::string(row.text(2)), row.integer(3) != 0});
    });
    if (!done) return done;
    // Where two captures hold the same table, its name alone says nothing: the server's name comes before it.
    std::map<std::string_view, int> holders;
    for (const Category& category : categories) ++holders[category.name];
    for (Category& category : categories)
        if (holders[category.name] > 1 && !category.server.empty()) category.text = category.server + "." + category.name;
    done = query(*connection, "SELECT id, name, events FROM types ORDER BY id", [&](const Statement& row) {
        types.push_back({TypeId{static_cast<std::uint32_t>(row.integer(0))}, std::string(row.text(1)),
                         static_cast<std::uint64_t>(row.integer(2))});
    });
    if (!done) return done;
    namesGeneration = *now;
    return {};
}

Result<Counts> Reader::counts()
{
    auto known = loadTotals(*impl_->connection);
    if (!known) return std::unexpected(known.error());
    const Totals& totals = *known;
    Counts counts;
    counts.records = static_cast<std::uint64_t>(totals.records);
    counts.events = static_cast<std::uint64_t>(totals.events);
    counts.entities = static_cast<std::uint64_t>(totals.entities);
    counts.rejects = static_cast<std::uint64_t>(totals.rejects);
    counts.withoutEntity = static_cast<std::uint64_t>(totals.withoutEntity);
    counts.payloadBytes = static_cast<std::uint64_t>(totals.payloadBytes);
    counts.generation = static_cast<std::uint64_t>(totals.generation);
    auto bytes = impl_->connection->databaseBytes();
    if (!bytes) return std::unexpected(bytes.error());
    counts.fileBytes = *bytes;
    if (totals.firstTime != 0) {
        counts.firstTime = Timestamp{totals.firstTime};
        counts.lastTime = Timestamp{totals.lastTime};
    }
    return counts;
}

Result<std::vector<Source>> Reader::sources()
{
    if (auto done = impl_->refreshNames(); !done) return std::unexpected(done.error());
    return impl_->sources;
}

Result<std::vector<Part>> Reader::parts()
{
    if (auto done = impl_->refreshNames(); !done) return std::unexpected(done.error());
    return impl_->parts;
}

Result<std::vector<Category>> Reader::categories()
{
    if (auto done = impl_->refreshNames(); !done) return std::unexpected(done.error());
    return impl_->categories;
}

Result<std::vector<TypeCount>> Reader::types()
{
    if (auto done = impl_->refreshNames(); !done) return std::unexpected(done.error());
    return impl_->types;
}

std::string Reader::typeName(TypeId id)
{
    if (id.value >= impl_->types.size() && !impl_->refreshNames()) return {};
    return id.value < impl_->types.size() ? impl_->types[id.value].name : std::string();
}

std::optional<Position> Reader::position(EventId id)
{
    if (!impl_->refreshNames()) return std::nullopt;
    const auto at = impl_->partIndex.find(id.part().value);
    if (at == impl_->partIndex.end()) return std::nullopt;
    const Part& part = impl_->parts[at->second];
    Position position{{}, part.topic, part.epoch, part.partition, id.offset()};
    for (const Source& source : impl_->sources)
        if (source.id == part.source) position.source = source.identity;
    return position;
}

std::optional<EventId> Reader::find(const Position& position)
{
    if (!impl_->refreshNames()) return std::nullopt;
    for (const Part& part : impl_->parts) {
        if (part.topic != position.topic || part.partition != position.partition || part.epoch != position.epoch) continue;
        for (const Source& source : impl_->sources)
            if (source.id == part.source && (source.identity == position.source || source.name == position.source))
                return EventId(part.id, position.offset);
    }
    return std::nullopt;
}

Result<std::shared_ptr<const Directory>> Reader::directory(std::shared_ptr<const Directory> previous)
{
    auto now = impl_->generation();
    if (!now) return std::unexpected(now.error());
    if (previous != nullptr && previous->generation == static_cast<std::uint64_t>(*now)) return previous;
    ReadScope scope(*impl_->connection);
    if (!scope.begun()) return std::unexpected(scope.begun().error());
    auto totals = loadTotals(*impl_->connection);
    if (!totals) return std::unexpected(totals.error());
    // Everything has other numbers since: nothing of it holds any more.
    if (previous != nullptr && previous->madeAnew != static_cast<std::uint64_t>(totals->madeAnew)) previous.reset();
    // Stats add up, so it is enough to add the runs since `previous`, unless a merge joined older and newer ones since.
    const auto have = static_cast<std::int64_t>(previous == nullptr ? 0 : previous->generation);
    auto straddling = impl_->connection->integer(("SELECT count(*) FROM runs WHERE from_generation <= " + std::to_string(have) +
                                                  " AND to_generation > " + std::to_string(have))
                                                     .c_str());
    if (!straddling) return std::unexpected(straddling.error());
    const auto size = static_cast<std::size_t>(totals->entities);
    auto next = std::make_shared<Directory>();
    std::int64_t from = 0;
    if (previous != nullptr && *straddling == 0 && previous->size() <= size) {
        *next = *previous;
        from = have;
    }
    const std::size_t known = next->category.size();
    next->category.resize(size);
    next->counts.resize(size);
    next->first.resize(size, Timestamp::max());
    next->last.resize(size, Timestamp::min());
    if (size > known) {
        auto done = query(*impl_->connection, "SELECT id, category FROM entities WHERE id >= " + std::to_string(known),
                          [&](const Statement& row) {
                              const auto id = static_cast<std::size_t>(row.integer(0));
                              if (id < size) next->category[id] = CategoryId{static_cast<std::uint32_t>(row.integer(1))};
                          });
        if (!done) return std::unexpected(done.error());
    }
    std::vector<EntityStat> stats;
    bool whole = true;
    auto done =
        query(*impl_->connection,
              "SELECT data FROM stats WHERE run IN (SELECT id FROM runs WHERE from_generation > " + std::to_string(from) + ")",
              [&](const Statement& row) {
                  stats.clear();
                  whole = decodeStats(row.blob(0), stats) && whole;
                  for (const EntityStat& stat : stats) {
                      const std::size_t id = stat.entity.value;
                      if (id >= size) continue;
                      next->counts[id] += stat.count;
                      next->first[id] = std::min(next->first[id], stat.first);
                      next->last[id] = std::max(next->last[id], stat.last);
                  }
              });
    if (!done) return std::unexpected(done.error());
    if (!whole)
        return fail("cannot list the entities of " + impl_->connection->path(), "a block of its index is damaged",
                    "read the source into a new workspace", Error::Kind::BadInput);
    next->generation = static_cast<std::uint64_t>(totals->generation);
    next->madeAnew = static_cast<std::uint64_t>(totals->madeAnew);
    return next;
}

Result<std::optional<EntityId>> Reader::findEntity(const EntityKey& key)
{
    if (auto done = impl_->refreshNames(); !done) return std::unexpected(done.error());
    for (const Category& category : impl_->categories) {
        if (category.text != key.category && category.server + "." + category.name != key.category) continue;
        const NameHash hash = nameHash(category.server, category.name, key.id);
        auto row = impl_->entityByHash.bind(1, static_cast<std::int64_t>(hash.low)).bind(2, hash.high).step();
        if (!row) return std::unexpected(row.error());
        if (!*row) continue;
        const EntityId id{static_cast<std::uint32_t>(impl_->entityByHash.integer(0))};
        impl_->entityByHash.reset();
        return id;
    }
    return std::optional<EntityId>{};
}

Result<std::vector<EntityId>> Reader::findById(std::string_view id, std::size_t limit)
{
    if (auto done = impl_->refreshNames(); !done) return std::unexpected(done.error());
    std::vector<EntityId> found;
    for (const Category& category : impl_->categories) {
        if (found.size() >= limit) break;
        const NameHash hash = nameHash(category.server, category.name, id);
        auto row = impl_->entityByHash.bind(1, static_cast<std::int64_t>(hash.low)).bind(2, hash.high).step();
        if (!row) return std::unexpected(row.error());
        if (!*row) continue;
        found.emplace_back(static_cast<std::uint32_t>(impl_->entityByHash.integer(0)));
        impl_->entityByHash.reset();
    }
    return found;
}

Result<EntityKey> Reader::entityKey(EntityId id)
{
    auto row = impl_->entityById.bind(1, id.value).step();
    if (!row) return std::unexpected(row.error());
    if (!*row)
        return fail("no such entity", "the workspace has none with number " + std::to_string(id.value), {},
                    Error::Kind::BadInput);
    const auto category = static_cast<std::size_t>(impl_->entityById.integer(0));
    EntityKey key{{}, std::string(impl_->entityById.text(1))};
    impl_->entityById.reset();
    if (auto done = impl_->refreshNames(); !done) return std::unexpected(done.error());
    if (category < impl_->categories.size()) key.category = impl_->categories[category].text;
    return key;
}

Result<std::vector<EntityKey>> Reader::entityKeys(std::span<const EntityId> ids)
{
    std::vector<EntityKey> keys;
    keys.reserve(ids.size());
    for (const EntityId id : ids) {
        auto key = entityKey(id);
        if (!key) return std::unexpected(key.error());
        keys.push_back(std::move(*key));
    }
    return keys;
}

Result<void> Reader::searchEntities(std::string_view text, std::stop_token stop,
                                    const std::function<void(std::span<const EntityId>)>& found)
{
    if (auto done = impl_->refreshNames(); !done) return done;
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    pattern += '%';
    // "user/12" as a whole, too: then the category must end with what stands before the slash.
    std::string categories;
    auto select = impl_->connection->prepare("SELECT id FROM categories WHERE name LIKE ?1 ESCAPE '\\'");
    if (!select) return std::unexpected(select.error());
    select->bind(1, pattern);
    while (true) {
        auto row = select->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) break;
        categories += (categories.empty() ? "" : ",") + std::to_string(select->integer(0));
    }
    std::string sql =
        "SELECT id FROM entities WHERE id >= ?2 AND id < ?3 AND (key LIKE ?1 ESCAPE '\\' OR category IN (" + categories + ")";
    const auto slash = text.find('/');
    const EntityKey split = EntityKey::fromText(text);
    if (slash != std::string_view::npos)
        for (const Category& category : impl_->categories)
            if (category.text.ends_with(split.category))
                sql += " OR (category = " + std::to_string(category.id.value) + " AND key LIKE ?4 ESCAPE '\\')";
    sql += ") ORDER BY id";
    auto scan = impl_->connection->prepare(sql);
    if (!scan) return std::unexpected(scan.error());
    auto entities = impl_->connection->integer("SELECT value FROM meta WHERE name = 'entities'");
    if (!entities) return std::unexpected(entities.error());
    constexpr std::int64_t kStep = 50'000;  // a short transaction each
    std::vector<EntityId> batch;
    std::string idPattern;
    for (const char c : split.id) {
        if (c == '%' || c == '_' || c == '\\') idPattern += '\\';
        idPattern += c;
    }
    idPattern += '%';
    for (std::int64_t first = 0; first < *entities && !stop.stop_requested(); first += kStep) {
        scan->bind(1, pattern).bind(2, first).bind(3, first + kStep);
        if (slash != std::string_view::npos) scan->bind(4, idPattern);
        batch.clear();
        while (true) {
            auto row = scan->step();
            if (!row) return std::unexpected(row.error());
            if (!*row) break;
            batch.emplace_back(static_cast<std::uint32_t>(scan->integer(0)));
        }
        if (!batch.empty()) found(batch);
    }
    return {};
}

Result<Postings> Reader::postings(EntityId entity)
{
    ReadScope scope(*impl_->connection);
    if (!scope.begun()) return std::unexpected(scope.begun().error());
    return impl_->postings->read(entity);
}

Result<std::vector<Link>> Reader::linksOf(EntityId entity)
{
    auto select = impl_->connection->prepare(
        "SELECT event, from_entity, to_entity FROM links WHERE from_entity = ?1 UNION SELECT event, from_entity, to_entity FROM "
        "links WHERE "
        "to_entity = ?1");
    if (!select) return std::unexpected(select.error());
    select->bind(1, entity.value);
    std::vector<Link> links;
    while (true) {
        auto row = select->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) return links;
        links.push_back({EventId(static_cast<std::uint64_t>(select->integer(0))),
                         EntityId{static_cast<std::uint32_t>(select->integer(1))},
                         EntityId{static_cast<std::uint32_t>(select->integer(2))}});
    }
}

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

Result<std::vector<Reject>> Reader::rejects(std::size_t limit)
{
    std::vector<Reject> rejects;
    const auto most = static_cast<std::int64_t>(std::min<std::size_t>(limit, INT64_MAX));
    auto done =
        query(*impl_->connection, "SELECT id, time, entity, reason FROM rejects ORDER BY id LIMIT " + std::to_string(most),
              [&](const Statement& row) {
                  Reject reject{EventId(static_cast<std::uint64_t>(row.integer(0))), Timestamp{row.integer(1)},
                                std::string(row.text(3)), std::nullopt};
                  if (!row.isNull(2)) reject.entity = EntityId{static_cast<std::uint32_t>(row.integer(2))};
                  rejects.push_back(std::move(reject));
              });
    if (!done) return std::unexpected(done.error());
    return rejects;
}

Result<std::optional<Reject>> Reader::rejectAt(EventId id)
{
    std::optional<Reject> found;
    auto done = query(*impl_->connection, "SELECT id, time, entity, reason FROM rejects WHERE id = " + std::to_string(id.packed),
                      [&](const Statement& row) {
                          found = Reject{id, Timestamp{row.integer(1)}, std::string(row.text(3)), std::nullopt};
                          if (!row.isNull(2)) found->entity = EntityId{static_cast<std::uint32_t>(row.integer(2))};
                      });
    if (!done) return std::unexpected(done.error());
    return found;
}

Result<std::optional<Json>> Reader::setting(std::string_view name)
{
    auto select = impl_->connection->prepare("SELECT value FROM settings WHERE name = ?1");
    if (!select) return std::unexpected(select.error());
    auto row = select->bind(1, name).step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::optional<Json>{};
    auto json = parseJson(select->text(0));
    if (!json)
        return fail("cannot read the setting " + std::string(name) + " of " + impl_->connection->path(), json.error().message, {},
                    Error::Kind::BadInput);
    return std::move(*json);
}

Result<std::vector<Notice>> Reader::notices()
{
    std::vector<Notice> notices;
    auto done = query(*impl_->connection, "SELECT time, text FROM notices ORDER BY id",
                      [&](const Statement& row) { notices.push_back({Timestamp{row.integer(0)}, std::string(row.text(1))}); });
    if (!done) return std::unexpected(done.error());
    return notices;
}

}  // namespace hindcast::store
