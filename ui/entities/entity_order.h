#pragma once
#include "core/store/directory.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace hindcast::ui {

enum class EntityOrder : std::uint8_t {
    Recent,  ///< newest event first
    MostEvents,
    FirstSeen,  ///< by id: the order in which the workspace met them
};

/// What an order is made from: values and shared immutable data only, so that it may be made on any thread.
struct OrderTask {
    std::shared_ptr<const store::Directory> directory;
    std::shared_ptr<const std::vector<EntityId>> among;  ///< null: all
    std::optional<CategoryId> category;
    EntityOrder order = EntityOrder::Recent;
    std::vector<EntityId> before{};    ///< come first, as they are here
    std::vector<EntityId> without{};   ///< are left out
    std::vector<CategoryId> groups{};  ///< not empty: by category, in this order; those of other categories stand after them
    /// After those of `before`, one set behind the other, each in the order: what a search is likelier to have meant than the rest.
    std::vector<std::vector<EntityId>> likely{};
};
/// A stretch of the ids that belong to one category.
struct OrderedGroup {
    CategoryId category;
    std::size_t begin = 0;
    std::size_t count = 0;
};
struct OrderResult {
    std::vector<EntityId> ids;
    std::vector<OrderedGroup> groups;  ///< those with an entity, one after another; empty where none were asked for
    std::vector<EntityId> without;     ///< as asked
    std::size_t covered = 0;           ///< entities of the directory that were looked at
    std::uint32_t mostEvents = 0;      ///< of one entity
    Timestamp newest = Timestamp::min();
};
/// Pure. A million entities: some 100 ms. Ties keep the order in which entities were first seen.
[[nodiscard]] OrderResult orderEntities(const OrderTask& task);

/// Whether `a` stands before `b` in that order. REQUIRES: both are in the directory.
[[nodiscard]] bool standsBefore(const store::Directory& directory, EntityOrder order, EntityId a, EntityId b);

}  // namespace hindcast::ui
