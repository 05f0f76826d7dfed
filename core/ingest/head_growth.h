#pragma once
#include <chrono>
#include <cstdint>
#include <deque>

namespace hindcast::ingest {

/// How fast the head of what is followed moves away, from where it stood over the last seconds: the broker tells of it by fits and
/// starts, so that two looks close to each other say little. One thread at a time.
class HeadGrowth {
public:
    using Clock = std::chrono::steady_clock;

    /// The head, in records from any fixed place on, as it is by `now`, which never falls.
    void note(Clock::time_point now, std::uint64_t head)
    {
        looks_.push_back({now, head});
        while (looks_.size() > 2 && now - looks_[1].when >= kOver) looks_.pop_front();
    }
    /// What was known no longer holds: nobody answered meanwhile.
    void forget() { looks_.clear(); }
    /// Records a second; 0 until a few seconds have been seen.
    [[nodiscard]] double perSecond() const
    {
        if (looks_.empty() || looks_.back().when - looks_.front().when < kLeast) return 0;
        const double seconds = std::chrono::duration<double>(looks_.back().when - looks_.front().when).count();
        return (static_cast<double>(looks_.back().head) - static_cast<double>(looks_.front().head)) / seconds;
    }

private:
    static constexpr std::chrono::seconds kOver{10};
    static constexpr std::chrono::seconds kLeast{2};
    struct Look {
        Clock::time_point when;
        std::uint64_t head = 0;
    };
    std::deque<Look> looks_;
};

}  // namespace hindcast::ingest
