#pragma once
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

namespace hindcast::source {

/// Spaces deliveries so that on average no more than so many bytes a second pass. Time is given in, so that tests need no clock.
class RateLimit {
public:
    using Clock = std::chrono::steady_clock;
    explicit RateLimit(std::optional<std::uint64_t> bytesPerSecond) : bytesPerSecond_(bytesPerSecond) {}

    [[nodiscard]] Clock::duration waitAt(Clock::time_point now) const
    {
        return std::max(allowedAt_ - now, Clock::duration::zero());
    }
    void passed(std::uint64_t bytes, Clock::time_point now)
    {
        if (!bytesPerSecond_ || *bytesPerSecond_ == 0) return;
        const auto cost = std::chrono::duration<double>(static_cast<double>(bytes) / static_cast<double>(*bytesPerSecond_));
        allowedAt_ = std::max(allowedAt_, now) + std::chrono::duration_cast<Clock::duration>(cost);
    }
    /// Bytes to ask for at once, so that a delivery does not stand for more than a tenth of a second.
    [[nodiscard]] std::uint64_t portion(std::uint64_t whole) const
    {
        return bytesPerSecond_ ? std::min(whole, std::max<std::uint64_t>(*bytesPerSecond_ / 10, 1)) : whole;
    }

private:
    std::optional<std::uint64_t> bytesPerSecond_;
    Clock::time_point allowedAt_{};
};

}  // namespace hindcast::source
