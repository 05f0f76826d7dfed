#include "core/replay/branch_compare.h"

#include <algorithm>
#include <vector>

namespace hindcast::replay {

namespace {

constexpr std::uint64_t kStatesAtOnce = 64;  // copied, to be looked at beside the others

bool sameState(const model::FoldState& a, const model::FoldState& b)
{
    return a.alive == b.alive && (!a.alive || sameText(a.document, b.document));
}

Result<BranchCompared> compare(EntityReplay& real, Version realVersion, EntityReplay& branch, Version branchVersion,
                               const std::stop_token& stop)
{
    auto mine = real.at(realVersion, stop);
    if (!mine) return std::unexpected(mine.error());
    auto theirs = branch.at(branchVersion, stop);
    if (!theirs) return std::unexpected(theirs.error());
    const Json none(Json::value_t::discarded);
    Changes changes = difference(mine->alive ? mine->document : none, theirs->alive ? theirs->document : none);
    return BranchCompared{std::move(*mine), std::move(*theirs), std::move(changes)};
}

}  // namespace

Result<BranchCompared> compareBranch(EntityReplay& real, EntityReplay& branch, const BranchHistory& made, Version realVersion,
                                     std::stop_token stop)
{
    return compare(real, realVersion, branch, made.branchVersion(realVersion), stop);
}

Result<BranchCompared> compareBranchAt(EntityReplay& real, EntityReplay& branch, Timestamp time, std::stop_token stop)
{
    return compare(real, real.history().versionAt(time), branch, branch.history().versionAt(time), stop);
}

Result<BranchCourse> courseOf(EntityReplay& real, EntityReplay& branch, const BranchHistory& made, std::stop_token stop)
{
    BranchCourse course;
    const std::uint64_t last = made.real()->last().value;
    course.looked = Version{last};
    if (!made.parts()) return course;
    std::vector<model::FoldState> states;
    for (std::uint64_t first = made.shared().value; first <= last; first += kStatesAtOnce) {
        const std::uint64_t end = std::min(last, first + kStatesAtOnce - 1);
        states.clear();
        auto walked = real.walk(Version{first}, Version{end}, stop, [&](Version, const model::FoldState& state) {
            states.push_back(state);
            return true;
        });
        if (!walked) return std::unexpected(walked.error());
        // Several versions of the real history may stand beside one of the branch, where events are skipped; and the other way round.
        std::uint64_t at = first;
        const auto look = [&](Version version, const model::FoldState& state) {
            for (; at <= end && made.branchVersion(Version{at}) <= version; ++at) {
                if (made.branchVersion(Version{at}) < version) continue;
                const bool same = sameState(states[at - first], state);
                if (!same && !course.differs) course.differs = Version{at};
                if (!same) course.meets.reset();
                if (same && course.differs && !course.meets) course.meets = Version{at};
            }
            return at <= end;
        };
        walked = branch.walk(made.branchVersion(Version{first}), made.branchVersion(Version{end}), stop, look);
        if (!walked) return std::unexpected(walked.error());
    }
    return course;
}

}  // namespace hindcast::replay
