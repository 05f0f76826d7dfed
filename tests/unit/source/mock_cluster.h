#pragma once
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <array>
#include <string>
#include <string_view>

namespace hindcast::source {

constexpr std::int16_t kFetch = 1;  // Kafka's numbers of its requests
constexpr std::int16_t kListOffsets = 2;
constexpr std::int16_t kMetadata = 3;

/// librdkafka's make-believe cluster, and a producer to fill it with.
class MockCluster {
public:
    explicit MockCluster(int brokers = 1)
    {
        std::array<char, 256> text{};
        rd_kafka_conf_t* conf = rd_kafka_conf_new();
        rd_kafka_conf_set_log_cb(conf, [](const rd_kafka_t*, int, const char*, const char*) {});
        host_ = rd_kafka_new(RD_KAFKA_PRODUCER, conf, text.data(), text.size());
        cluster_ = rd_kafka_mock_cluster_new(host_, brokers);

        conf = rd_kafka_conf_new();
        rd_kafka_conf_set(conf, "bootstrap.servers", bootstrap().c_str(), text.data(), text.size());
        rd_kafka_conf_set(conf, "linger.ms", "1", text.data(), text.size());
        rd_kafka_conf_set_log_cb(conf, [](const rd_kafka_t*, int, const char*, const char*) {});
        producer_ = rd_kafka_new(RD_KAFKA_PRODUCER, conf, text.data(), text.size());
    }
    MockCluster(const MockCluster&) = delete;
    MockCluster& operator=(const MockCluster&) = delete;
    ~MockCluster()
    {
        rd_kafka_purge(producer_, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
        rd_kafka_destroy(producer_);
        rd_kafka_mock_cluster_destroy(cluster_);
        rd_kafka_destroy(host_);
    }

    [[nodiscard]] std::string bootstrap() const { return rd_kafka_mock_cluster_bootstraps(cluster_); }
    [[nodiscard]] rd_kafka_mock_cluster_t* get() const { return cluster_; }
    void createTopic(const char* name, int partitions) { rd_kafka_mock_topic_create(cluster_, name, partitions, 1); }

    bool produce(const char* topic, std::int32_t partition, std::string_view key, std::string_view value,
                 std::int64_t timeMs = 1'700'000'000'000)
    {
        const auto error = rd_kafka_producev(producer_, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_PARTITION(partition),
                                             RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key.data(), key.size()),
                                             RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()),
                                             RD_KAFKA_V_TIMESTAMP(timeMs), RD_KAFKA_V_HEADER("h", "x", 1), RD_KAFKA_V_END);
        return error == RD_KAFKA_RESP_ERR_NO_ERROR;
    }
    bool flush() { return rd_kafka_flush(producer_, 10'000) == RD_KAFKA_RESP_ERR_NO_ERROR; }
    /// `count` records in each partition: key "k", value "<partition>:<offset>".
    bool fill(const char* topic, int partitions, int count, int from = 0)
    {
        for (int i = from; i < from + count; ++i) {
            for (int p = 0; p < partitions; ++p)
                if (!produce(topic, p, "k", std::to_string(p) + ":" + std::to_string(i))) return false;
        }
        return flush();
    }

private:
    rd_kafka_t* host_ = nullptr;
    rd_kafka_mock_cluster_t* cluster_ = nullptr;
    rd_kafka_t* producer_ = nullptr;
};

}  // namespace hindcast::source
