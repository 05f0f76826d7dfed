#include "core/store/reader_impl.h"
#include "core/store/writer_impl.h"

#include <algorithm>

namespace hindcast::store {

// Entities: the directory of all, keys and the search for them, and each one's postings and links.

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
    if (auto done = impl_->refreshNames(); !done) return std::unexpected(done.error());
    std::vector<EntityKey> keys;
    keys.reserve(ids.size());
    {
        ReadScope scope(*impl_->connection);  // one for all: to begin one takes longer than to look a key up
        if (!scope.begun()) return std::unexpected(scope.begun().error());
        for (const EntityId id : ids) {
            auto row = impl_->entityById.bind(1, id.value).step();
            if (!row) return std::unexpected(row.error());
            const auto category = static_cast<std::size_t>(*row ? impl_->entityById.integer(0) : -1);
            const bool known = *row && category < impl_->categories.size();
            if (known) keys.push_back({impl_->categories[category].text, std::string(impl_->entityById.text(1))});
            impl_->entityById.reset();
            if (!known) break;
        }
    }
    // What came since the names were read, and what is not there: one by one.
    while (keys.size() < ids.size()) {
        auto key = entityKey(ids[keys.size()]);
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

Result<std::vector<Postings>> Reader::postingsOf(std::span<const EntityId> entities)
{
    ReadScope scope(*impl_->connection);
    if (!scope.begun()) return std::unexpected(scope.begun().error());
    return impl_->postings->readMany(entities);
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

}  // namespace hindcast::store
