#include "core/source/kafka_offsets.h"

#include <algorithm>
#include <thread>

namespace hindcast::source::kafka {
namespace {

using Clock = std::chrono::steady_clock;

/// `time` may be RD_KAFKA_OFFSET_BEGINNING or RD_KAFKA_OFFSET_END: librdkafka hands it to the brokers' ListOffsets as it is, where
/// -2 and -1 mean just that. So one question to each broker serves all partitions, where rd_kafka_query_watermark_offsets()
/// takes two round trips for each.
Result<std::vector<std::int64_t>> ask(Client& client, std::span<const SourceStream> streams, std::int64_t time,
                                      std::stop_token stop)
{
    std::vector<std::int64_t> offsets(streams.size(), RD_KAFKA_OFFSET_INVALID);
    std::vector<std::size_t> missing(streams.size());
    for (std::size_t i = 0; i < missing.size(); ++i) missing[i] = i;
    const auto deadline = Clock::now() + client.connection().timeout;
    for (;;) {
        if (missing.empty()) return offsets;
        if (stop.stop_requested()) return fail("asking for offsets", "cancelled", {}, Error::Kind::Cancelled);

        const PartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(missing.size())));
        for (const std::size_t i : missing) {
            rd_kafka_topic_partition_list_add(list.get(), streams[i].topic.c_str(), streams[i].partition.value)->offset = time;
        }
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
        const auto code =
            rd_kafka_offsets_for_times(client.handle(), list.get(), static_cast<int>(std::max<std::int64_t>(left.count(), 1)));
        std::vector<std::size_t> still;
        const SourceStream* stuckAt = nullptr;
        rd_kafka_resp_err_t stuck = code;
        for (std::size_t k = 0; k < missing.size(); ++k) {
            const auto& answer = list->elems[k];
            const auto error = code != RD_KAFKA_RESP_ERR_NO_ERROR && answer.err == RD_KAFKA_RESP_ERR_NO_ERROR ? code : answer.err;
            if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
                offsets[missing[k]] = answer.offset;
                continue;
            }
            if (!isPassing(error)) return std::unexpected(client.withoutSecrets(topicError(streams[missing[k]].topic, error)));
            still.push_back(missing[k]);
            stuck = error;
            stuckAt = &streams[missing[k]];
        }
        missing = std::move(still);
        if (missing.empty()) continue;
        if (Clock::now() >= deadline) {
            if (client.health().refusal() || stuck == RD_KAFKA_RESP_ERR__TRANSPORT)
                return std::unexpected(client.connectionError());
            auto error = topicError(stuckAt->topic, stuck);
            error.what += " partition " + std::to_string(stuckAt->partition.value);
            error.kind = Error::Kind::Retry;
            return std::unexpected(client.withoutSecrets(std::move(error)));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));  // a leader is being elected
    }
}

}  // namespace

Result<std::vector<Watermarks>> watermarks(Client& client, std::span<const SourceStream> streams, std::stop_token stop)
{
    auto low = ask(client, streams, RD_KAFKA_OFFSET_BEGINNING, stop);
    if (!low) return std::unexpected(low.error());
    auto high = ask(client, streams, RD_KAFKA_OFFSET_END, stop);
    if (!high) return std::unexpected(high.error());
    std::vector<Watermarks> marks(streams.size());
    for (std::size_t i = 0; i < streams.size(); ++i) {
        marks[i].low = std::max<std::int64_t>((*low)[i], 0);
        marks[i].high = std::max((*high)[i], marks[i].low);
    }
    return marks;
}

Result<std::vector<std::optional<std::int64_t>>> offsetsForTime(Client& client, std::span<const SourceStream> streams,
                                                                std::int64_t timeMs, std::stop_token stop)
{
    // Negative times have a meaning of their own to the broker; no record is older than 1970.
    auto offsets = ask(client, streams, std::max<std::int64_t>(timeMs, 0), stop);
    if (!offsets) return std::unexpected(offsets.error());
    std::vector<std::optional<std::int64_t>> found(streams.size());
    for (std::size_t i = 0; i < streams.size(); ++i) {
        if ((*offsets)[i] >= 0) found[i] = (*offsets)[i];
    }
    return found;
}

}  // namespace hindcast::source::kafka
