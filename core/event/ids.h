#pragma once
#include "core/event/strong.h"

#include <cstdint>
#include <string>

namespace hindcast {

using Partition = Strong<struct PartitionTag, std::int32_t>;  ///< of a topic, 0-based
using Offset = Strong<struct OffsetTag, std::int64_t>;        ///< of a record within its partition, 0-based
/// 1-based ordinal of an event within its entity's history, as now known. 0 is the state before any event.
using Version = Strong<struct VersionTag, std::uint64_t>;

// Handles that mean something within one workspace file only.
using SourceId = Strong<struct SourceIdTag, std::uint32_t>;
using PartId = Strong<struct PartIdTag, std::uint32_t>;  ///< one partition of one epoch of one topic of one source
using EntityId = Strong<struct EntityIdTag, std::uint32_t>;
using CategoryId = Strong<struct CategoryIdTag, std::uint32_t>;
using TypeId = Strong<struct TypeIdTag, std::uint32_t>;

/// Where a record stands, in the words of its source. Unique; what is saved names events by it (contracts 3).
struct Position {
    std::string source;  ///< cluster id, file or store
    std::string topic;
    std::uint32_t epoch = 0;  ///< counts the times that the same positions came back with other bytes
    Partition partition;
    Offset offset;

    auto operator<=>(const Position&) const = default;
};

/// A Position packed for one workspace: 20 bits of PartId, 44 bits of offset. Orders by part, then offset.
struct EventId {
    static constexpr unsigned kOffsetBits = 44;
    static constexpr std::int64_t kMaxOffset = (std::int64_t{1} << kOffsetBits) - 1;
    static constexpr std::uint32_t kMaxPart = (std::uint32_t{1} << 19) - 1;  // the packed value stays positive in SQLite

    std::uint64_t packed = 0;

    constexpr EventId() = default;
    constexpr explicit EventId(std::uint64_t bits) : packed(bits) {}
    constexpr EventId(PartId part, Offset offset)
        : packed((std::uint64_t{part.value} << kOffsetBits) | static_cast<std::uint64_t>(offset.value))
    {
    }
    [[nodiscard]] constexpr PartId part() const { return PartId{static_cast<std::uint32_t>(packed >> kOffsetBits)}; }
    [[nodiscard]] constexpr Offset offset() const { return Offset{static_cast<std::int64_t>(packed & kMaxOffset)}; }
    constexpr auto operator<=>(const EventId&) const = default;
};

}  // namespace hindcast

template <>
struct std::hash<hindcast::EventId> {
    std::size_t operator()(const hindcast::EventId& id) const noexcept { return std::hash<std::uint64_t>{}(id.packed); }
};
