#include "core/model/program_pool.h"

#include <algorithm>
#include <utility>

namespace hindcast::model {

std::optional<ProgramPool::Idle> ProgramPool::take(const std::string& key)
{
    const std::scoped_lock lock(mutex_);
    const auto found = std::ranges::find(idle_, key, &std::pair<std::string, Idle>::first);
    if (found == idle_.end()) return std::nullopt;
    Idle idle = std::move(found->second);
    idle_.erase(found);
    return idle;
}

void ProgramPool::give(std::string key, Idle idle)
{
    std::optional<Idle> dropped;  // ends outside of the lock: that takes a moment
    const std::scoped_lock lock(mutex_);
    if (idle_.size() == kMost) {
        dropped = std::move(idle_.front().second);
        idle_.pop_front();
    }
    idle_.emplace_back(std::move(key), std::move(idle));
}

void ProgramPool::clear()
{
    std::deque<std::pair<std::string, Idle>> dropped;  // as above
    const std::scoped_lock lock(mutex_);
    dropped.swap(idle_);
}

}  // namespace hindcast::model
