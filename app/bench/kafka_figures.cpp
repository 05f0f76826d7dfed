#include "app/bench/figures.h"

#include "core/ingest/ingest.h"
#include "core/platform/paths.h"
#include "core/source/kafka.h"

#include <fmt/core.h>
#include <librdkafka/rdkafka.h>
#include <chrono>
#include <memory>
#include <vector>

namespace hindcast::bench {

namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point began) { return std::chrono::duration<double>(Clock::now() - began).count(); }

struct Bare {
    double seconds = 0;
    std::uint64_t messages = 0;
};

/// The batch consumer of librdkafka with nothing behind it: what reading costs at the least. One queue over all partitions.
Bare bareConsume(const Setup& setup)
{
    char reason[512];
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    for (const auto& [name, value] : {std::pair{"bootstrap.servers", setup.brokers.c_str()},
                                      {"client.id", "hindcast"},
                                      {"enable.partition.eof", "true"},
                                      {"queued.min.messages", "1000000"},
                                      {"queued.max.messages.kbytes", "65536"}})
        if (rd_kafka_conf_set(conf, name, value, reason, sizeof reason) != RD_KAFKA_CONF_OK) stop(reason);
    const std::unique_ptr<rd_kafka_t, decltype(&rd_kafka_destroy)> client(
        rd_kafka_new(RD_KAFKA_CONSUMER, conf, reason, sizeof reason), rd_kafka_destroy);
    if (client == nullptr) stop(reason);
    const auto began = Clock::now();
    const std::unique_ptr<rd_kafka_topic_t, decltype(&rd_kafka_topic_destroy)> topic(
        rd_kafka_topic_new(client.get(), setup.topic.c_str(), nullptr), rd_kafka_topic_destroy);
    const rd_kafka_metadata_t* metadata = nullptr;
    if (rd_kafka_metadata(client.get(), 0, topic.get(), &metadata, 10'000) != RD_KAFKA_RESP_ERR_NO_ERROR)
        stop("no answer from " + setup.brokers);
    const int partitions = metadata->topics[0].partition_cnt;
    rd_kafka_metadata_destroy(metadata);
    const std::unique_ptr<rd_kafka_queue_t, decltype(&rd_kafka_queue_destroy)> queue(rd_kafka_queue_new(client.get()),
                                                                                     rd_kafka_queue_destroy);
    for (int p = 0; p < partitions; ++p) rd_kafka_consume_start_queue(topic.get(), p, RD_KAFKA_OFFSET_BEGINNING, queue.get());
    Bare bare;
    std::vector<rd_kafka_message_t*> batch(10'000);
    int ended = 0;
    while (ended < partitions) {
        const ssize_t got = rd_kafka_consume_batch_queue(queue.get(), 1000, batch.data(), batch.size());
        for (ssize_t i = 0; i < got; ++i) {
            if (batch[static_cast<std::size_t>(i)]->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) ++ended;
            if (batch[static_cast<std::size_t>(i)]->err == RD_KAFKA_RESP_ERR_NO_ERROR) ++bare.messages;
            rd_kafka_message_destroy(batch[static_cast<std::size_t>(i)]);
        }
    }
    bare.seconds = since(began);
    for (int p = 0; p < partitions; ++p) rd_kafka_consume_stop(topic.get(), p);
    return bare;
}

}  // namespace

void kafkaFigures(const Setup& setup, const Report& report)
{
    // In turn, and the better of two each: the broker's page cache is warm for both sides then.
    Bare bare = bareConsume(setup);
    double best = 1e9;
    std::uint64_t stored = 0;
    for (int round = 0; round < 2; ++round) {
        source::KafkaOptions kafka;
        kafka.connection.brokers = setup.brokers;
        kafka.topics = {setup.topic};
        auto source = source::makeKafkaSource(std::move(kafka));
        auto store =
            store::Store::open(setup.folder + "/kafka-" + std::to_string(round) + ".hindcast", store::Mode::CreateOrOpen);
        if (!store) stop(store.error().text());
        const auto began = Clock::now();
        auto summary = ingest::run(**store, *source, {}, {}, {});
        if (!summary) stop(summary.error().text());
        best = std::min(best, since(began));
        stored = summary->progress.stored;
        if (round == 0) {
            const Bare again = bareConsume(setup);
            if (again.seconds < bare.seconds) bare = again;
        }
    }
    if (stored != bare.messages) stop(fmt::format("{} messages in the topic, {} stored", bare.messages, stored));
    const double mine = static_cast<double>(stored) / best;
    const double theirs = static_cast<double>(bare.messages) / bare.seconds;
    report({"kafka-ingest-ratio", mine / theirs, "",
            fmt::format("{:.0f} events/s durable, {:.0f}/s by a bare batch consumer, {} events; peak memory {:.0f} MB", mine,
                        theirs, stored, static_cast<double>(platform::peakResidentBytes()) / 1e6)});
}

}  // namespace hindcast::bench
