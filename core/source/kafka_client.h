#pragma once
#include "core/source/kafka.h"
#include "core/source/kafka_handles.h"
#include "core/source/kafka_health.h"

#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace hindcast::source::kafka {

/// How a client is to be set up beside what the user's properties say.
struct Tuning {
    bool readUncommitted = false;
    std::size_t memoryLimit = 64u << 20;
    std::optional<std::uint64_t> bytesPerSecond;
    bool askVersion = false;  ///< listen to what says of which release the brokers are: Health::kafkaVersion()
};

/// What librdkafka may hold ready by `tuning`, in messages and in their bytes; it stops fetching at either.
struct QueueLimits {
    std::uint64_t messages = 0;
    std::uint64_t bytes = 0;
};
[[nodiscard]] QueueLimits queueLimits(const Tuning& tuning);

/// One librdkafka consumer handle that can neither join a group, nor commit, nor write, nor make topics, and a place for
/// what it says about its connection. Questions are bounded by the connection's time-out and give up early when stopped.
/// Threads: handle() as librdkafka allows; the rest one at a time, but health().
class Client {
public:
    [[nodiscard]] static Result<std::shared_ptr<Client>> make(const KafkaConnection& connection, const Tuning& tuning);

    [[nodiscard]] rd_kafka_t* handle() const { return handle_.get(); }
    [[nodiscard]] const Health& health() const { return *health_; }
    /// A question of ours was answered: see Health::onAnswer().
    void noteAnswer() { health_->onAnswer(); }
    [[nodiscard]] const KafkaConnection& connection() const { return connection_; }

    /// All topics (`topic` empty) or one; never makes a topic. The first call finds out whether anybody is there.
    [[nodiscard]] Result<MetadataHandle> metadata(const std::string& topic, std::stop_token stop);
    [[nodiscard]] Result<std::string> clusterId(std::stop_token stop);  ///< empty where the broker is too old to tell
    /// Why nobody answers, in words.
    [[nodiscard]] Error connectionError() const;
    /// What that was made from; no code where nobody answered at all.
    [[nodiscard]] Trouble trouble() const;
    /// The same text without what must not be shown.
    [[nodiscard]] std::string withoutSecrets(std::string text) const;
    [[nodiscard]] Error withoutSecrets(Error error) const;

private:
    explicit Client(KafkaConnection connection);

    KafkaConnection connection_;
    std::unique_ptr<Health> health_;
    Handle handle_;
};

}  // namespace hindcast::source::kafka
