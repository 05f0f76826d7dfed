#include "core/source/kafka_waker.h"

namespace hindcast::source::kafka {

FetchWaker::FetchWaker(std::shared_ptr<Client> client, Full full, std::vector<SourceStream> onePerBroker)
    : client_(std::move(client)),
      full_(full),
      brokers_(std::move(onePerBroker)),
      thread_([this](std::stop_token stop) { run(stop); })
{
}

FetchWaker::~FetchWaker()
{
    thread_.request_stop();
    thread_.join();
}

void FetchWaker::noticeTaken(std::size_t taken, std::size_t left, std::uint64_t bytesPerMessage)
{
    // A little below the limit will do: to ask once too often costs next to nothing.
    const std::size_t before = taken + left;
    if (before >= full_.messages / 4 * 3 || before * bytesPerMessage >= full_.bytes / 4 * 3) wasFull_ = true;
    if (!wasFull_ || left >= full_.messages / 2 || left * bytesPerMessage >= full_.bytes / 2) return;
    wasFull_ = false;
    {
        const std::lock_guard lock(mutex_);
        asked_ = true;
    }
    wake_.notify_one();
}

void FetchWaker::run(std::stop_token stop)
{
    constexpr int kTimeoutMs = 1000;  // by then the broker thread is awake by itself
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            if (!wake_.wait(lock, stop, [this] { return asked_; })) return;
            asked_ = false;
        }
        const PartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(brokers_.size())));
        for (const SourceStream& each : brokers_)
            rd_kafka_topic_partition_list_add(list.get(), each.topic.c_str(), each.partition.value)->offset = RD_KAFKA_OFFSET_END;
        rd_kafka_offsets_for_times(client_->handle(), list.get(), kTimeoutMs);
    }
}

}  // namespace hindcast::source::kafka
