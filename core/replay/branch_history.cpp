#include "core/replay/branch_history.h"

#include <algorithm>

namespace hindcast::replay {

namespace {

// New types of the workspace's may come while a branch is shown: they shall not meet those of the branch.
constexpr std::uint32_t kRoomForTypes = 4096;

}  // namespace

BranchTypes::BranchTypes(const std::vector<store::TypeCount>& known)
{
    std::uint32_t highest = 0;
    for (const store::TypeCount& type : known) {
        known_.emplace(type.name, type.id);
        highest = std::max(highest, type.id.value);
    }
    firstOwn_ = highest + kRoomForTypes;
}

TypeId BranchTypes::idOf(std::string_view name)
{
    if (const auto found = known_.find(name); found != known_.end()) return found->second;
    const TypeId id{firstOwn_ + static_cast<std::uint32_t>(own_.size())};
    own_.emplace_back(name);
    known_.emplace(name, id);
    return id;
}

std::optional<std::string> BranchTypes::ownName(TypeId id) const
{
    if (id.value < firstOwn_ || id.value - firstOwn_ >= own_.size()) return std::nullopt;
    return own_[id.value - firstOwn_];
}

Version BranchHistory::branchVersion(Version real) const
{
    if (real < shared_) return real;
    const auto next = std::ranges::upper_bound(anchors_, real.value, {}, &Anchor::real);
    return next == anchors_.end() ? history_->last() : Version{next->branch - 1};
}

Version BranchHistory::realVersion(Version branch) const
{
    if (branch < shared_) return branch;
    const auto next = std::ranges::upper_bound(anchors_, branch.value, {}, &Anchor::branch);
    return next == anchors_.end() ? real_->last() : Version{next->real - 1};
}

const BranchHistory::Substitute* BranchHistory::substitute(EventId id) const
{
    if (isStored(id)) return nullptr;
    const auto found = substitutes_.find(id);
    return found == substitutes_.end() ? nullptr : &found->second;
}

std::optional<std::string_view> BranchHistory::payload(EventId id) const
{
    const Substitute* found = substitute(id);
    if (found == nullptr || !found->payload) return std::nullopt;
    return std::string_view(*found->payload).substr(0, found->payload->size() - kPadding);
}

}  // namespace hindcast::replay
