#include "core/source/kafka_configs.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <vector>

namespace hindcast::source::kafka {
namespace {

std::string durationText(std::int64_t ms)
{
    struct Unit {
        std::int64_t ms;
        const char* name;
    };
    for (const auto [unit, name] : {Unit{86'400'000, " d"}, Unit{3'600'000, " h"}, Unit{60'000, " min"}, Unit{1000, " s"}}) {
        if (ms >= unit && (ms % unit == 0 || ms >= 10 * unit)) return std::to_string(ms / unit) + name;
    }
    return std::to_string(ms) + " ms";
}

TopicConfig configOf(const rd_kafka_ConfigResource_t* resource)
{
    TopicConfig config;
    std::size_t count = 0;
    const auto* const* entries = rd_kafka_ConfigResource_configs(resource, &count);
    for (std::size_t i = 0; i < count; ++i) {
        const char* name = rd_kafka_ConfigEntry_name(entries[i]);
        const char* value = rd_kafka_ConfigEntry_value(entries[i]);
        if (!name || !value) continue;
        if (std::strcmp(name, "cleanup.policy") == 0) {
            config.compacted = std::strstr(value, "compact") != nullptr;
            config.deletes = std::strstr(value, "delete") != nullptr;
        } else if (std::strcmp(name, "retention.ms") == 0) {
            std::int64_t ms = 0;
            if (std::from_chars(value, value + std::strlen(value), ms).ec == std::errc{}) config.retentionMs = ms;
        }
    }
    return config;
}

}  // namespace

std::string TopicConfig::text() const
{
    std::string text = compacted ? "compact" : "";
    if (deletes) {
        text += compacted ? ", delete" : "delete";
        if (retentionMs) text += *retentionMs < 0 ? " · never by age" : " · " + durationText(*retentionMs);
    }
    return text;
}

ConfigQuestion::ConfigQuestion(Client& client, std::span<const std::string> topics, std::chrono::milliseconds timeout)
    : queue_(rd_kafka_queue_new(client.handle()))
{
    if (topics.empty()) return;
    std::vector<ConfigResource> resources;
    std::vector<rd_kafka_ConfigResource_t*> bare;
    for (const std::string& topic : topics) {
        resources.emplace_back(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
        bare.push_back(resources.back().get());
    }
    const AdminOptions options(rd_kafka_AdminOptions_new(client.handle(), RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS));
    std::array<char, 256> ignored{};
    rd_kafka_AdminOptions_set_request_timeout(options.get(), static_cast<int>(timeout.count()), ignored.data(), ignored.size());
    rd_kafka_DescribeConfigs(client.handle(), bare.data(), bare.size(), options.get(), queue_.get());
    asked_ = true;
}

std::map<std::string, TopicConfig> ConfigQuestion::answer(std::chrono::milliseconds wait, std::stop_token stop)
{
    std::map<std::string, TopicConfig> configs;
    if (!asked_) return configs;
    Event event;
    for (auto left = wait; !event && left.count() > 0 && !stop.stop_requested(); left -= std::chrono::milliseconds(100)) {
        event.reset(rd_kafka_queue_poll(queue_.get(), static_cast<int>(std::min(left, std::chrono::milliseconds(100)).count())));
    }
    if (!event || rd_kafka_event_type(event.get()) != RD_KAFKA_EVENT_DESCRIBECONFIGS_RESULT) return configs;
    if (rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) return configs;
    std::size_t count = 0;
    const auto* result = rd_kafka_event_DescribeConfigs_result(event.get());
    const auto* const* resources = rd_kafka_DescribeConfigs_result_resources(result, &count);
    for (std::size_t i = 0; i < count; ++i) {
        if (rd_kafka_ConfigResource_error(resources[i]) != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
        configs[rd_kafka_ConfigResource_name(resources[i])] = configOf(resources[i]);
    }
    return configs;
}

}  // namespace hindcast::source::kafka
