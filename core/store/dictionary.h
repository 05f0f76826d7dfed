#pragma once
#include "core/event/facts.h"
#include "core/store/name_index.h"
#include "core/store/sqlite.h"

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace hindcast::store {

/// The writer's names: categories, event types and entities with their dense ids. New ones are inserted as they appear, inside the
/// writer's transaction. 16 bytes an entity in memory; texts stay in the file.
class Dictionary {
public:
    [[nodiscard]] static Result<Dictionary> load(Connection& connection);

    [[nodiscard]] Result<EntityId> entity(const EntityRef& ref, bool row);
    [[nodiscard]] Result<TypeId> type(std::string_view name);
    void countType(TypeId type) { ++typeCounts_[type.value]; }
    [[nodiscard]] bool isRow(EntityId entity) const { return rowCategory_[categoryOf_[entity.value].value]; }
    [[nodiscard]] std::uint64_t entities() const { return categoryOf_.size(); }

    /// Writes what is kept as a count: types, and categories that turned out to be tables.
    [[nodiscard]] Result<void> save();

private:
    Dictionary() = default;
    [[nodiscard]] Result<CategoryId> category(std::string_view server, std::string_view name, bool row);

    Statement insertEntity_, insertType_, insertCategory_, updateType_, updateCategory_;
    std::map<std::pair<std::string, std::string>, CategoryId, std::less<>> categories_;
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, TypeId, Hash, std::equal_to<>> types_;
    std::vector<std::uint64_t> typeCounts_;  ///< by type
    std::vector<std::uint64_t> savedCounts_;
    std::vector<bool> rowCategory_;  ///< by category
    std::vector<bool> savedRow_;
    NameIndex index_;
    std::vector<CategoryId> categoryOf_;  ///< by entity
    // The category and type of the record before: almost always those of the next one too.
    std::string lastServer_, lastCategory_;
    CategoryId lastCategoryId_{0xffffffff};
};

}  // namespace hindcast::store
