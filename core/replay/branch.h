#pragma once
#include "core/event/entity.h"
#include "core/event/error.h"
#include "core/event/ids.h"
#include "core/event/json.h"
#include "core/event/time.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::replay {

// Events that are in no store: those that a branch added, and what it made of those that it edited. Their parts lie beyond every
// part of a workspace (EventId::kMaxPart), so they collide with no record, and their offsets are the numbers of the edits.
[[nodiscard]] constexpr EventId addedEvent(std::uint64_t edit)
{
    return {PartId{EventId::kMaxPart + 1}, Offset{static_cast<std::int64_t>(edit)}};
}
[[nodiscard]] constexpr EventId editedEvent(std::uint64_t edit)
{
    return {PartId{EventId::kMaxPart + 2}, Offset{static_cast<std::int64_t>(edit)}};
}
[[nodiscard]] constexpr bool isAdded(EventId id) { return id.part().value == EventId::kMaxPart + 1; }
[[nodiscard]] constexpr bool isStored(EventId id) { return id.part().value <= EventId::kMaxPart; }

/// An event as a branch names it: a stored one, or one that the branch added (addedEvent()).
struct EventRef {
    EventId id;
    /// Set where this workspace has no such part: then `id` means nothing, and the reference is kept as it was saved.
    std::optional<Position> unknown{};

    EventRef() = default;
    EventRef(EventId event) : id(event) {}  // NOLINT(google-explicit-constructor): it is the same thing
    explicit EventRef(Position position) : unknown(std::move(position)) {}
    bool operator==(const EventRef&) const = default;
};

/// One edit of a branch.
struct BranchEdit {
    enum class Kind : std::uint8_t {
        Skip,  ///< event
        Edit,  ///< event; payload, type and time where they are given
        Move,  ///< event, after
        Add,   ///< after, payload, type, time; the new event is addedEvent(number)
    };
    Kind kind = Kind::Skip;
    std::uint64_t number = 0;  ///< within its branch, never given twice
    EventRef event{};
    std::optional<EventRef> after;       ///< empty: to the beginning of the history
    std::optional<std::string> payload;  ///< JSON text in one line
    std::optional<std::string> type;
    std::optional<Timestamp> time;  ///< of an Add without one: that of the event before it
    bool operator==(const BranchEdit&) const = default;
};

/// A what-if history of one entity as the user made it: a name and a list of edits with undo and redo. It names events and holds
/// none; apply it to a history by BranchHistory. A value: copy freely. Never touches the store.
class Branch {
public:
    Branch() = default;
    Branch(std::string name, EntityKey entity) : name_(std::move(name)), entity_(std::move(entity)) {}

    [[nodiscard]] const std::string& name() const { return name_; }
    void rename(std::string name) { name_ = std::move(name); }
    [[nodiscard]] const EntityKey& entity() const { return entity_; }
    /// Those in force: without what was undone.
    [[nodiscard]] std::span<const BranchEdit> edits() const { return std::span(edits_).first(done_); }

    /// Each drops what was undone. `payload` has to be JSON: Error::Kind::BadInput says where it is none.
    void skip(EventRef event);
    [[nodiscard]] Result<void> edit(EventRef event, std::optional<std::string> payload, std::optional<std::string> type,
                                    std::optional<Timestamp> time = {});
    void move(EventRef event, std::optional<EventRef> after);
    /// Gives the new event's id, by which later edits may name it.
    [[nodiscard]] Result<EventId> add(std::optional<EventRef> after, std::string type, std::string payload,
                                      std::optional<Timestamp> time = {});

    [[nodiscard]] bool canUndo() const { return done_ > 0; }
    [[nodiscard]] bool canRedo() const { return done_ < edits_.size(); }
    void undo();  ///< REQUIRES: canUndo()
    void redo();  ///< REQUIRES: canRedo()
    /// Those in force that `which` names are gone, wherever they stand; what was undone as well. False: it names none.
    bool takeBack(const std::function<bool(const BranchEdit&)>& which);
    /// Numbers that `other` gave are not given again: for an earlier or later state of the same branch.
    void countOn(const Branch& other);

    using PositionOf = std::function<std::optional<Position>(EventId)>;   ///< store::Reader::position
    using Find = std::function<std::optional<EventId>(const Position&)>;  ///< store::Reader::find
    /// With what was undone. Stored events go by their positions.
    [[nodiscard]] Json toJson(const PositionOf& positionOf) const;
    /// The error says which edit cannot be read.
    [[nodiscard]] static Result<Branch> fromJson(const Json& json, const Find& find);

    bool operator==(const Branch&) const = default;

private:
    BranchEdit& push(BranchEdit::Kind kind);

    std::string name_;
    EntityKey entity_;
    std::vector<BranchEdit> edits_;
    std::size_t done_ = 0;
    std::uint64_t next_ = 1;
};

/// A workspace's setting "branches": an array of them.
[[nodiscard]] Json branchesToJson(std::span<const Branch> branches, const Branch::PositionOf& positionOf);
/// Reads what can be read; of the others `unreadable`, where given, tells.
[[nodiscard]] std::vector<Branch> branchesFromJson(const Json& json, const Branch::Find& find,
                                                   std::vector<Error>* unreadable = nullptr);

}  // namespace hindcast::replay
