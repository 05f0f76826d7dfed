#include "core/store/dictionary.h"

namespace hindcast::store {

namespace {

Error tooMany(const char* what)
{
    return {std::string("cannot store more ") + what, "the workspace is at its limit of 4 billion", "use a second workspace",
            Error::Kind::NoSpace};
}

}  // namespace

Result<Dictionary> Dictionary::load(Connection& connection)
{
    Dictionary names;
    const auto prepare = [&](Statement& into, const char* sql) -> Result<void> {
        auto statement = connection.prepare(sql);
        if (!statement) return std::unexpected(statement.error());
        into = std::move(*statement);
        return {};
    };
    for (auto [into, sql] :
         {std::pair{&names.insertEntity_, "INSERT INTO entities(id, category, low, high, key) VALUES(?1, ?2, ?3, ?4, ?5)"},
          std::pair{&names.insertType_, "INSERT INTO types(id, name, events) VALUES(?1, ?2, 0)"},
          std::pair{&names.insertCategory_, "INSERT INTO categories(id, server, name, rows) VALUES(?1, ?2, ?3, ?4)"},
          std::pair{&names.updateType_, "UPDATE types SET events = ?2 WHERE id = ?1"},
          std::pair{&names.updateCategory_, "UPDATE categories SET rows = ?2 WHERE id = ?1"}})
        if (auto done = prepare(*into, sql); !done) return std::unexpected(done.error());

    Statement select;
    if (auto done = prepare(select, "SELECT id, server, name, rows FROM categories ORDER BY id"); !done)
        return std::unexpected(done.error());
    while (true) {
        auto row = select.step();
        if (!row) return std::unexpected(row.error());
        if (!*row) break;
        const CategoryId id{static_cast<std::uint32_t>(select.integer(0))};
        names.categories_.emplace(std::pair(std::string(select.text(1)), std::string(select.text(2))), id);
        names.rowCategory_.resize(id.value + 1);
        names.rowCategory_[id.value] = select.integer(3) != 0;
    }
    names.savedRow_ = names.rowCategory_;
    if (auto done = prepare(select, "SELECT id, name, events FROM types ORDER BY id"); !done)
        return std::unexpected(done.error());
    while (true) {
        auto row = select.step();
        if (!row) return std::unexpected(row.error());
        if (!*row) break;
        const TypeId id{static_cast<std::uint32_t>(select.integer(0))};
        names.types_.emplace(std::string(select.text(1)), id);
        names.typeCounts_.resize(id.value + 1);
        names.typeCounts_[id.value] = static_cast<std::uint64_t>(select.integer(2));
    }
    names.savedCounts_ = names.typeCounts_;
    if (auto done = prepare(select, "SELECT id, category, low, high FROM entities ORDER BY id"); !done)
        return std::unexpected(done.error());
    while (true) {
        auto row = select.step();
        if (!row) return std::unexpected(row.error());
        if (!*row) break;
        names.index_.insert({static_cast<std::uint64_t>(select.integer(2)), static_cast<std::uint32_t>(select.integer(3))},
                            static_cast<std::uint32_t>(select.integer(0)));
        names.categoryOf_.emplace_back(static_cast<std::uint32_t>(select.integer(1)));
    }
    return names;
}

Result<CategoryId> Dictionary::category(std::string_view server, std::string_view name, bool row)
{
    if (lastCategoryId_.value == 0xffffffff || lastServer_ != server || lastCategory_ != name) {
        auto found = categories_.find(std::pair(std::string(server), std::string(name)));
        if (found == categories_.end()) {
            const CategoryId id{static_cast<std::uint32_t>(rowCategory_.size())};
            insertCategory_.bind(1, id.value).bind(2, server).bind(3, name).bind(4, row ? 1 : 0);
            if (auto done = insertCategory_.run(); !done) return std::unexpected(done.error());
            found = categories_.emplace(std::pair(std::string(server), std::string(name)), id).first;
            rowCategory_.push_back(row);
            savedRow_.push_back(row);
        }
        lastServer_ = server;
        lastCategory_ = name;
        lastCategoryId_ = found->second;
    }
    if (row) rowCategory_[lastCategoryId_.value] = true;
    return lastCategoryId_;
}

Result<EntityId> Dictionary::entity(const EntityRef& ref, bool row)
{
    auto id = category(ref.server, ref.category, row);
    if (!id) return std::unexpected(id.error());
    const NameHash hash = nameHash(ref.server, ref.category, ref.id);
    if (const auto found = index_.find(hash)) return EntityId{*found};
    if (categoryOf_.size() >= 0xfffffff0u) return std::unexpected(tooMany("entities"));
    const EntityId entity{static_cast<std::uint32_t>(categoryOf_.size())};
    insertEntity_.bind(1, entity.value)
        .bind(2, id->value)
        .bind(3, static_cast<std::int64_t>(hash.low))
        .bind(4, hash.high)
        .bind(5, ref.id);
    if (auto done = insertEntity_.run(); !done) return std::unexpected(done.error());
    index_.insert(hash, entity.value);
    categoryOf_.push_back(*id);
    return entity;
}

Result<TypeId> Dictionary::type(std::string_view name)
{
    if (const auto found = types_.find(name); found != types_.end()) return found->second;
    const TypeId id{static_cast<std::uint32_t>(typeCounts_.size())};
    if (auto done = insertType_.bind(1, id.value).bind(2, name).run(); !done) return std::unexpected(done.error());
    types_.emplace(std::string(name), id);
    typeCounts_.push_back(0);
    savedCounts_.push_back(0);
    return id;
}

Result<void> Dictionary::save()
{
    for (std::size_t i = 0; i < typeCounts_.size(); ++i) {
        if (typeCounts_[i] == savedCounts_[i]) continue;
        updateType_.bind(1, static_cast<std::int64_t>(i)).bind(2, static_cast<std::int64_t>(typeCounts_[i]));
        if (auto done = updateType_.run(); !done) return done;
        savedCounts_[i] = typeCounts_[i];
    }
    for (std::size_t i = 0; i < rowCategory_.size(); ++i) {
        if (rowCategory_[i] == savedRow_[i]) continue;
        if (auto done = updateCategory_.bind(1, static_cast<std::int64_t>(i)).bind(2, 1).run(); !done) return done;
        savedRow_[i] = rowCategory_[i];
    }
    return {};
}

}  // namespace hindcast::store
