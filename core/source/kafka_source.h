#pragma once
#include "core/source/kafka.h"
#include "core/source/kafka_client.h"
#include "core/source/kafka_offsets.h"
#include "core/source/kafka_waker.h"
#include "core/source/rate_limit.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <type_traits>
#include <unordered_map>
#include <vector>

namespace hindcast::source::kafka {

/// Reads partitions through one shared queue with librdkafka's simple consumer (rd_kafka_consume_start_queue): it knows no
/// groups at all, where rd_kafka_assign() needs a group id and looks for the group's coordinator.
class KafkaSource final : public Source {
public:
    explicit KafkaSource(KafkaOptions options);
    ~KafkaSource() override;

    [[nodiscard]] Result<Identity> identity() override;
    [[nodiscard]] Result<void> open(const std::vector<Resume>& resume) override;
    [[nodiscard]] std::vector<StreamFacts> streams() const override;
    [[nodiscard]] Result<RecordBatch> next(std::chrono::milliseconds wait) override;
    [[nodiscard]] bool finished() const override;
    [[nodiscard]] Status status() const override;
    void cancel() override;

private:
    struct Part {
        StreamFacts facts;
        std::size_t topic = 0;  ///< into topics_
        std::int64_t next = 0;  ///< everything before it was delivered
        std::optional<std::int64_t> end;
        std::int64_t reported = 0;  ///< `next` as last told by a batch
        bool reading = false;       ///< librdkafka fetches it
        bool lost = false;          ///< its offset is out of range: to be placed anew
        bool touched = false;       ///< stands in touched_
    };
    struct TopicEntry {
        std::string name;
        Topic handle;
        std::vector<std::uint32_t> parts;  ///< by partition
    };

    // Opening
    [[nodiscard]] Result<void> connect();
    [[nodiscard]] Result<void> openOnce(const std::vector<Resume>& resume);
    template <typename Ask>
    [[nodiscard]] std::invoke_result_t<Ask> patiently(Ask ask);
    [[nodiscard]] bool willPass(const Error& error) const;
    [[nodiscard]] Tuning tuning() const;
    [[nodiscard]] Result<void> placeParts(const std::vector<SourceStream>& streams, const std::vector<Resume>& resume);
    void addPart(const SourceStream& stream, Watermarks marks, std::int64_t start, std::optional<std::int64_t> end,
                 std::string reason, bool compacted);
    [[nodiscard]] Result<void> startReading(Part& part);
    void stopReading(Part& part);

    // Reading
    [[nodiscard]] std::size_t consume(std::chrono::milliseconds wait);
    [[nodiscard]] RecordBatch batchOf(std::size_t count);
    void adaptBatchSize(std::uint64_t bytesPerRecord);
    void appendRecord(rd_kafka_message_t* message, std::uint32_t index, RecordBatch& batch);
    [[nodiscard]] Result<void> onPartitionError(const rd_kafka_message_t& message, std::uint32_t index);
    void advance(std::uint32_t index, std::int64_t next);
    [[nodiscard]] std::optional<std::uint32_t> partOf(const rd_kafka_message_t& message);
    [[nodiscard]] Result<void> placeLostParts();
    [[nodiscard]] Result<void> noticeNewPartitions();
    [[nodiscard]] Result<void> endWhenTheTimeHasCome();
    void finishProgress(RecordBatch& batch);
    void measureLag();
    void pause(std::chrono::steady_clock::duration time);
    void say(std::string notice);
    void hasAnswered();

    KafkaOptions options_;
    std::stop_source stop_;
    mutable std::mutex mutex_;  ///< client_ and queue_ (as status() and cancel() see them), notice_, trouble_
    std::condition_variable wake_;
    std::shared_ptr<Client> client_;
    Queue queue_;
    std::unique_ptr<FetchWaker> waker_;
    std::vector<SourceStream> onePerBroker_;  ///< a partition of ours that each broker leads
    std::string notice_;

    std::vector<TopicEntry> topics_;
    std::vector<Part> parts_;
    std::vector<std::uint32_t> touched_;
    std::size_t unfinished_ = 0;
    bool anyLost_ = false;
    bool anyMoved_ = false;              ///< a part goes on elsewhere than where it had come to: for the next batch to say
    std::optional<Error> pendingError_;  ///< for the next call: this one had records to deliver
    bool endPending_ = false;            ///< until a time that has not come yet
    std::shared_ptr<const std::vector<SourceStream>> published_;
    std::vector<rd_kafka_message_t*> incoming_;
    const rd_kafka_topic_t* lastTopic_ = nullptr;
    std::size_t lastTopicEntry_ = 0;
    std::size_t batchSize_ = 0;
    std::uint64_t bytesPerRecord_ = 0;  ///< of the last batch
    std::chrono::steady_clock::time_point nextLook_{};
    std::chrono::steady_clock::time_point nextLag_{};
    RateLimit rate_;

    std::atomic<std::uint64_t> delivered_ = 0;
    std::atomic<std::uint64_t> bytes_ = 0;
    std::atomic<std::int64_t> total_ = -1;  ///< -1: not known
    std::atomic<std::int64_t> lag_ = -1;
    std::string trouble_;                 ///< of the last question that nobody answered
    std::atomic<bool> answered_ = false;  ///< the cluster did, to the latest question of those that open this
    const Timestamp made_ = Timestamp::now();
};

}  // namespace hindcast::source::kafka
