#pragma once
#include <algorithm>
#include <chrono>
#include <cstddef>

namespace hindcast::model {

/// How many ops go to another process at once: as many as it answers in a moment. What was sent has to be waited for where somebody
/// wants to stop, or look at another entity; small packets cost time of their own.
class PacketSize {
public:
    PacketSize(std::size_t fewest, std::size_t first, std::size_t most) : fewest_(fewest), most_(most), ops_(first) {}

    [[nodiscard]] std::size_t ops() const { return ops_; }
    /// A packet of so many ops was answered. `large`: what came back was much; `small`: it was little.
    void answered(std::size_t ops, std::chrono::steady_clock::duration took, bool large = false, bool small = true)
    {
        if (took > kSlow || large)
            ops_ = std::max(fewest_, ops_ / 2);
        else if (took < kQuick && small && ops * 2 >= ops_)
            ops_ = std::min(most_, ops_ * 2);
    }
    /// The process ended at one of so many: perhaps they were too many for the time that is given.
    void died(std::size_t ops) { ops_ = std::max(fewest_, std::min(ops_, ops) / 8); }

private:
    static constexpr std::chrono::milliseconds kQuick{25};
    static constexpr std::chrono::milliseconds kSlow{150};
    std::size_t fewest_;
    std::size_t most_;
    std::size_t ops_;
};

}  // namespace hindcast::model
