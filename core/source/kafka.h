#pragma once
#include "core/source/source.h"

#include <functional>
#include <map>
#include <variant>

namespace hindcast::source {

/// A Kafka cluster and how to reach it. Properties are librdkafka's own ("security.protocol", "sasl.password"); secrets stay in
/// memory. Java client.properties names that librdkafka spells otherwise are translated where that is safe.
struct KafkaConnection {
    std::string brokers;
    std::map<std::string, std::string> properties;
    std::chrono::milliseconds timeout{10'000};  ///< for each question to the cluster
};

/// `K=V`; the error names what is wrong. Properties that would make this client write, join a group or commit are refused.
[[nodiscard]] Result<void> addProperty(KafkaConnection& connection, std::string_view assignment);
[[nodiscard]] Result<void> addPropertiesFile(KafkaConnection& connection, const std::string& path);
/// Whether what a property says may be written down: it is known to hold no secret. One that nobody thought of here may hold one.
[[nodiscard]] bool mayBeKept(std::string_view property);

struct KafkaStart {
    enum class Kind : std::uint8_t { Earliest, Latest, Offset, Time, LastRecords };
    Kind kind = Kind::Earliest;
    std::int64_t offset = 0;  ///< Offset: of each partition; LastRecords: how many in all
    Timestamp time;
};
struct KafkaUntil {
    enum class Kind : std::uint8_t { CapturedEnd, Time, Never };
    Kind kind = Kind::CapturedEnd;
    Timestamp time;
};

/// "earliest", "latest", an offset, or a time as a user writes it.
[[nodiscard]] Result<KafkaStart> kafkaStartFromText(const std::string& text);
/// "end", "never", or a time.
[[nodiscard]] Result<KafkaUntil> kafkaUntilFromText(const std::string& text);

struct KafkaOptions {
    KafkaConnection connection;
    std::vector<std::string> topics;
    KafkaStart from;
    KafkaUntil until;
    /// Where an earlier run of the same reading had begun or come to: holds for its partitions instead of `from`. A checkpoint of the
    /// store holds before both.
    std::vector<Resume> positions;
    /// They name every partition there was then: others have been added since and are read from their beginning.
    bool positionsAreAll = false;
    std::size_t memoryLimit = 64u << 20;          ///< bytes that librdkafka may hold ready
    std::optional<std::uint64_t> bytesPerSecond;  ///< read no faster than this
    bool readUncommitted = false;
    /// A reading that goes on: where nobody of the cluster is there, it is waited for, as one that goes away while it is read is.
    /// What will not pass by itself (a login that is refused, a topic that is not there) ends it all the same.
    bool waitForCluster = false;
};

/// Explicit assignment, no group, no commit, client.id "hindcast". Ends by position against the end offsets captured at open.
[[nodiscard]] std::unique_ptr<Source> makeKafkaSource(KafkaOptions options);

/// For the connect dialog and the CLI's messages.
struct TopicInfo {
    std::string name;
    int partitions = 0;
    std::optional<std::uint64_t> records;  ///< end minus start over all partitions; an upper bound where compacted
    bool compacted = false;
    std::optional<std::string> retention;  ///< "delete · 7 d", "compact"; empty where the broker would not say
    bool internal = false;
};
struct ClusterInfo {
    std::string clusterId;
    std::string version;               ///< "3.9", "2.3 – 2.6": as far as the brokers let one see it; may be empty
    std::vector<std::string> brokers;  ///< host:port
    std::vector<TopicInfo> topics;
};
/// A step on the way to a cluster. TLS and login are told only where the properties ask for them.
struct ConnectStep {
    enum class Kind : std::uint8_t { Names, Tcp, Tls, Login, Cluster };
    Kind kind = Kind::Names;
    bool passed = false;
    std::string note;  ///< "2 of 3" where only some of the brokers' names are known
};
/// Tells each step as it is done, in the calling thread; the one that fails is told before the error is returned.
[[nodiscard]] Result<ClusterInfo> describeCluster(const KafkaConnection& connection, std::stop_token stop,
                                                  const std::function<void(const ConnectStep&)>& onStep = {});
/// How many records a read would find by now: offsets, so that a compacted topic holds at most that many. Fails where the read itself
/// would: where a topic is not there, for one.
struct KafkaEstimate {
    struct Topic {
        std::string name;
        std::uint64_t records = 0;
        bool compacted = false;
    };
    std::vector<Topic> topics;
};
/// Waits for the cluster, for each question up to the connection's time-out: not on the GUI thread. Stopped: Kind::Cancelled, at once
/// or after the question that is on its way.
[[nodiscard]] Result<KafkaEstimate> estimateRead(const KafkaOptions& options, std::stop_token stop);
/// Up to `count` of the newest records of a topic, spread over its partitions.
[[nodiscard]] Result<RecordBatch> sampleTopic(const KafkaConnection& connection, const std::string& topic, std::size_t count,
                                              std::stop_token stop);

}  // namespace hindcast::source
