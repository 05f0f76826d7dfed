#pragma once
#include "core/source/source.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

namespace hindcast::ingest {

/// A batch, and what its source knew of the streams by then (the same object as with the batch before, where nothing is new).
struct Delivery {
    RecordBatch batch;
    std::shared_ptr<const std::vector<source::StreamFacts>> streams;
};

/// Batches on their way from the source's thread to the store's, bounded by bytes: a full queue holds the source back.
class BatchQueue {
public:
    explicit BatchQueue(std::size_t limit) : limit_(limit) {}

    /// Waits while the queue is full; false where asked to stop.
    bool push(Delivery delivery, std::stop_token stop)
    {
        std::unique_lock lock(mutex_);
        const std::size_t bytes = weight(delivery.batch);
        // One batch is always let in, however large: a single 10 MB record must pass a small limit.
        if (!changed_.wait(lock, stop, [&] { return batches_.empty() || bytes_ + bytes <= limit_; })) return false;
        bytes_ += bytes;
        batches_.push_back(std::move(delivery));
        changed_.notify_all();
        return true;
    }
    /// The next batch; empty after `wait`, or when the queue is closed and done with.
    std::optional<Delivery> pop(std::chrono::milliseconds wait)
    {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, wait, [&] { return !batches_.empty() || closed_; });
        if (batches_.empty()) return std::nullopt;
        Delivery delivery = std::move(batches_.front());
        batches_.pop_front();
        bytes_ -= weight(delivery.batch);
        changed_.notify_all();
        return delivery;
    }
    /// No more will come.
    void close()
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        changed_.notify_all();
    }
    [[nodiscard]] bool drained() const
    {
        const std::lock_guard lock(mutex_);
        return closed_ && batches_.empty();
    }

private:
    static std::size_t weight(const RecordBatch& batch)
    {
        return batch.bytes + batch.records.size() * sizeof(RawRecord) + batch.headers.size() * sizeof(Header);
    }
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<Delivery> batches_;
    std::size_t bytes_ = 0;
    std::size_t limit_;
    bool closed_ = false;
};

}  // namespace hindcast::ingest
