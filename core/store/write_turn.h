#pragma once
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace hindcast::store {

/// Who of this process may write now: the Writer, for one transaction, or a setting that is saved beside it. Without it a setting
/// would only poll for the moment between two transactions of a busy Writer. Settings go first.
/// Threads: any; a turn may be given back on another thread than it was taken on.
class WriteTurn : public std::enable_shared_from_this<WriteTurn> {
public:
    class Held {
    public:
        explicit Held(std::shared_ptr<WriteTurn> turn) : turn_(std::move(turn)) {}
        Held(Held&&) noexcept = default;
        Held& operator=(Held&&) = delete;
        ~Held()
        {
            if (turn_ != nullptr) turn_->giveBack();
        }

    private:
        std::shared_ptr<WriteTurn> turn_;
    };

    /// For the Writer: as soon as no setting is, or waits to be, saved.
    [[nodiscard]] Held take()
    {
        std::unique_lock lock(mutex_);
        free_.wait(lock, [this] { return !taken_ && waiting_ == 0; });
        taken_ = true;
        return Held(shared_from_this());
    }
    /// For a setting: after the transaction that runs now. Empty where that takes longer than `limit`.
    [[nodiscard]] std::optional<Held> takeNext(std::chrono::milliseconds limit)
    {
        std::unique_lock lock(mutex_);
        ++waiting_;
        const bool mine = free_.wait_for(lock, limit, [this] { return !taken_; });
        --waiting_;
        if (!mine) {
            free_.notify_all();
            return std::nullopt;
        }
        taken_ = true;
        return Held(shared_from_this());
    }

private:
    void giveBack()
    {
        const std::scoped_lock lock(mutex_);
        taken_ = false;
        free_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable free_;
    bool taken_ = false;
    int waiting_ = 0;
};

}  // namespace hindcast::store
