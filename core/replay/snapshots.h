#pragma once
#include "core/model/reducer.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

namespace hindcast::replay {

/// Remembered states of one entity, within a memory budget. Where they stand goes by time, not by number of events: `cost` is
/// what replaying from birth to there took when it was measured, so that the time from one snapshot to the next is even, however
/// slow the model. When the budget is used up they are thinned evenly, and later near the place last asked for.
class SnapshotCache {
public:
    using Cost = std::chrono::nanoseconds;
    static constexpr Cost kLeastGap = std::chrono::microseconds(1000);

    struct Snapshot {
        model::FoldState state;
        Cost cost{0};
        std::size_t bytes = 0;
    };

    explicit SnapshotCache(std::size_t budget) : budget_(budget) {}

    /// The latest one at or before `version`; null where there is none.
    [[nodiscard]] const std::pair<const std::uint64_t, Snapshot>* atOrBefore(std::uint64_t version) const;
    /// The version of the first one after `version`.
    [[nodiscard]] std::optional<std::uint64_t> after(std::uint64_t version) const;

    /// How much replay shall lie between two snapshots: 1 ms, so that any version takes less than 2 on a slow machine too; more where copying a state
    /// takes long.
    [[nodiscard]] Cost gap() const { return gap_; }
    void add(std::uint64_t version, const model::FoldState& state, Cost cost);
    void dropAfter(std::uint64_t version);
    /// The place around which snapshots are kept longest.
    void setFocus(std::uint64_t version) { focus_ = version; }

    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    [[nodiscard]] std::size_t count() const { return snapshots_.size(); }

private:
    using Map = std::map<std::uint64_t, Snapshot>;
    void thin();

    Map snapshots_;
    std::size_t budget_;
    std::size_t bytes_ = 0;
    std::uint64_t focus_ = 0;
    Cost gap_ = kLeastGap;
    Cost lastCopy_{0};
};

}  // namespace hindcast::replay
