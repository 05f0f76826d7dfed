#pragma once
#include "core/event/record.h"
#include "core/source/kafka_client.h"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace hindcast::source::kafka {

/// Keeps librdkafka fetching for a reader that is slower than the broker. Where its queue is full a broker thread goes to sleep
/// for up to a second and does not notice that the queue empties meanwhile: a reader of 600,000 records/s got 120,000.
/// Anything sent to that broker wakes the thread, so a small question for an offset is asked once the queue has been
/// full and is half empty again. It is asked from a thread of its own, as it blocks for a round trip.
class FetchWaker {
public:
    struct Full {
        std::size_t messages = 0;
        std::uint64_t bytes = 0;
    };
    /// `full`: how much makes librdkafka stop fetching. `onePerBroker`: a partition that each broker leads.
    FetchWaker(std::shared_ptr<Client> client, Full full, std::vector<SourceStream> onePerBroker);
    ~FetchWaker();
    FetchWaker(const FetchWaker&) = delete;
    FetchWaker& operator=(const FetchWaker&) = delete;

    /// `taken` messages were taken and `left` are still there; their average size.
    void noticeTaken(std::size_t taken, std::size_t left, std::uint64_t bytesPerMessage);

private:
    void run(std::stop_token stop);

    std::shared_ptr<Client> client_;
    Full full_;
    std::vector<SourceStream> brokers_;
    bool wasFull_ = false;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool asked_ = false;
    std::jthread thread_;
};

}  // namespace hindcast::source::kafka
