#pragma once
#include "core/source/kafka_client.h"

#include <map>
#include <optional>
#include <span>
#include <string>

namespace hindcast::source::kafka {

struct TopicConfig {
    bool compacted = false;
    bool deletes = false;                     ///< old records are deleted after a time or by size
    std::optional<std::int64_t> retentionMs;  ///< -1: kept for ever
    [[nodiscard]] std::string text() const;   ///< "delete · 7 d", "compact", "compact, delete · 1 h"
};

/// Asks the cluster for the topics' configuration, which needs a right that a reader may not have: what is not told is simply
/// not known. The question is under way from construction on.
class ConfigQuestion {
public:
    ConfigQuestion(Client& client, std::span<const std::string> topics, std::chrono::milliseconds timeout);
    /// Waits at most `wait`.
    [[nodiscard]] std::map<std::string, TopicConfig> answer(std::chrono::milliseconds wait, std::stop_token stop);

private:
    Queue queue_;
    bool asked_ = false;
};

}  // namespace hindcast::source::kafka
