#include "core/replay/failures.h"

#include "core/replay/replay_impl.h"

#include <utility>

namespace hindcast::replay {

namespace {

/// What the replay met on its way to `version`.
Result<const ReplayErrors*> metUpTo(EntityReplay& replay, Version version, const std::stop_token& stop)
{
    // A fold goes over every event before the version that is asked for, in this call or in one before it.
    if (auto there = replay.at(version, stop); !there) return std::unexpected(there.error());
    return &errorsOf(replay);
}

}  // namespace

Result<std::vector<ReplayError>> failures(EntityReplay& replay, Version version, const std::stop_token& stop)
{
    auto met = metUpTo(replay, version, stop);
    if (!met) return std::unexpected(met.error());
    return (*met)->upTo(version.value);
}

Result<std::optional<ReplayError>> firstFailure(EntityReplay& replay, Version version, const std::stop_token& stop)
{
    auto met = metUpTo(replay, version, stop);
    if (!met) return std::unexpected(met.error());
    return (*met)->firstUpTo(version.value);
}

Result<StateAt> atOrStopped(EntityReplay& replay, Version version, const std::stop_token& stop)
{
    auto at = replay.at(version, stop);
    if (!at || !at->error) return at;
    const auto first = errorsOf(replay).firstUpTo(version.value);
    if (!first) return at;
    auto before = replay.at(Version{first->version.value - std::uint64_t{1}}, stop);
    if (!before) return before;
    before->error = first;
    before->took += at->took;
    before->eventsReplayed += at->eventsReplayed;
    return before;
}

}  // namespace hindcast::replay
