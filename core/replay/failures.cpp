#include "core/replay/failures.h"

#include "core/replay/replay_impl.h"

#include <algorithm>
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

Result<void> walkTo(EntityReplay& replay, Version first, Version last, Version end, const std::stop_token& stop,
                    const std::function<bool(Version, const model::FoldState&)>& visit)
{
    if (last <= end) return replay.walk(first, last, stop, visit);
    bool goOn = true;
    if (first <= end) {
        auto walked = replay.walk(first, end, stop,
                                  [&](Version version, const model::FoldState& state) { return goOn = visit(version, state); });
        if (!walked || !goOn) return walked;
    }
    auto at = replay.at(end, stop);
    if (!at) return std::unexpected(at.error());
    const model::FoldState held{std::move(at->document), at->alive};
    for (std::uint64_t version = std::max(first.value, end.value + 1); goOn && version <= last.value; ++version) {
        if (stop.stop_requested()) return replayStopped();
        goOn = visit(Version{version}, held);
    }
    return {};
}

}  // namespace hindcast::replay
