#include "core/replay/watch_runs.h"

#include <algorithm>
#include <limits>

namespace hindcast::replay {

namespace {

constexpr double kNone = std::numeric_limits<double>::infinity();

}  // namespace

std::optional<std::size_t> WatchRuns::at(Version version) const
{
    if (version.value == 0 || version.value > to_) return std::nullopt;
    const auto after = std::upper_bound(from_.begin(), from_.end(), version.value);
    if (after == from_.begin()) return std::nullopt;
    return static_cast<std::size_t>(after - from_.begin()) - 1;
}

std::optional<std::pair<double, double>> WatchRuns::extremes(std::size_t first, std::size_t end) const
{
    double low = kNone;
    double high = -kNone;
    const auto runs = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            const WatchValue& one = value(i);
            if (one.kind != WatchValue::Kind::Number) continue;
            low = std::min(low, one.number);
            high = std::max(high, one.number);
        }
    };
    const auto blocks = [&](const std::vector<Extremes>& level, std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            low = std::min(low, level[i].low);
            high = std::max(high, level[i].high);
        }
    };
    // What does not fill a block at either end, level by level.
    for (std::size_t level = 0; first < end; ++level) {
        const auto part = [&](std::size_t from, std::size_t to) {
            if (level == 0)
                runs(from, to);
            else
                blocks(levels_[level - 1], from, to);
        };
        const std::size_t up = (first + kFan - 1) / kFan;
        const std::size_t down = end / kFan;
        if (level >= levels_.size() || up >= down) {
            part(first, end);
            break;
        }
        part(first, up * kFan);
        part(down * kFan, end);
        first = up;
        end = down;
    }
    if (low > high) return std::nullopt;
    return std::pair{low, high};
}

void WatchRuns::raise()
{
    levels_.clear();
    range_.reset();
    if (numbers_ == 0) return;
    for (std::size_t below = size(); below > kFan;) {
        const std::size_t level = levels_.size();
        std::vector<Extremes> blocks((below + kFan - 1) / kFan, Extremes{kNone, -kNone});
        for (std::size_t i = 0; i < below; ++i) {
            Extremes& block = blocks[i / kFan];
            if (level == 0) {
                const WatchValue& one = value(i);
                if (one.kind != WatchValue::Kind::Number) continue;
                block.low = std::min(block.low, one.number);
                block.high = std::max(block.high, one.number);
            } else {
                block.low = std::min(block.low, levels_[level - 1][i].low);
                block.high = std::max(block.high, levels_[level - 1][i].high);
            }
        }
        below = blocks.size();
        levels_.push_back(std::move(blocks));
    }
    range_ = extremes(0, size());
}

}  // namespace hindcast::replay
