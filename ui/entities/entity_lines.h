#pragma once
#include "core/event/ids.h"
#include "ui/session/pins.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace hindcast::ui {

/// What stands on one row of the entity list.
struct EntityLine {
    enum class Kind : std::uint8_t {
        None,
        Pin,         ///< a pinned entity
        MissingPin,  ///< a pin whose entity is not in this workspace
        Group,       ///< the head of a category's group
        Entity,
        Note  ///< that there is nothing beneath the pins, in words
    };
    Kind kind = Kind::None;
    EntityId id;            ///< of Pin and Entity
    std::size_t index = 0;  ///< of the pin, or of the group

    [[nodiscard]] bool isEntity() const { return kind == Kind::Pin || kind == Kind::Entity; }
};

/// The rows of the entity list as a value: pins, then the others, in groups or not. Finding what stands on a row costs a binary
/// search over the groups, however many entities there are. One thread.
class EntityLines {
public:
    using Row = std::int64_t;
    struct Group {
        std::optional<CategoryId> category;  ///< none: those that came since the order was made
        std::size_t begin = 0;               ///< into the ids
        std::size_t count = 0;
        bool open = true;
    };

    void setPins(std::vector<Pins::Pin> pins);
    [[nodiscard]] const std::vector<Pins::Pin>& pins() const { return pins_; }
    /// Whether they stand above the others, whatever these are. Where they do not, one that is among the others is told from them by
    /// its kind alone.
    void setPinsFirst(bool first) { pinsFirst_ = first; }
    [[nodiscard]] bool pinsFirst() const { return pinsFirst_; }
    [[nodiscard]] Row pinRows() const { return pinsFirst_ ? static_cast<Row>(pins_.size()) : 0; }
    [[nodiscard]] bool isPinned(EntityId id) const;
    [[nodiscard]] std::vector<EntityId> pinnedIds() const;

    /// `groups`: empty, or adjacent stretches that cover all ids.
    void setIds(std::vector<EntityId> ids, std::vector<Group> groups = {});
    void clear() { setIds({}); }
    /// At the end: no row moves. Where there are groups, into one of their own.
    void append(EntityId id);
    /// Takes one out, or puts one in at `at`, within the groups; `group` is where it belongs.
    void take(EntityId id);
    void put(EntityId id, std::size_t at, std::size_t group);
    [[nodiscard]] const std::vector<EntityId>& ids() const { return ids_; }
    [[nodiscard]] const std::vector<Group>& groups() const { return groups_; }
    void setOpen(std::size_t group, bool open);
    void setAllOpen(bool open);

    [[nodiscard]] Row rowCount() const;
    [[nodiscard]] EntityLine at(Row row) const;
    [[nodiscard]] std::optional<Row> rowOf(EntityId id) const;  ///< none: not listed, or in a closed group
    [[nodiscard]] Row rowOfGroup(std::size_t group) const;
    /// The head of a category's group, or (none) of those that came since.
    [[nodiscard]] std::optional<Row> rowOfGroup(std::optional<CategoryId> category) const;
    [[nodiscard]] std::optional<std::size_t> pinOf(const QString& entity) const;  ///< its place among the pins

private:
    void layOut();

    [[nodiscard]] EntityLine entity(EntityId id, std::size_t group) const;

    std::vector<Pins::Pin> pins_;
    bool pinsFirst_ = true;
    std::vector<EntityId> ids_;
    std::vector<Group> groups_;
    std::vector<Row> heads_;  ///< row of each group's head, counted from the first after the pins; then the number of rows there
};

}  // namespace hindcast::ui
