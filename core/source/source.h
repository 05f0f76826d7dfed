#pragma once
#include "core/event/error.h"
#include "core/event/record.h"

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace hindcast::source {

enum class Kind : std::uint8_t { Kafka, JsonLines, Records, Demo };
[[nodiscard]] std::string_view nameOf(Kind kind);

/// Which source this is, across sessions. Positions of two identities never mix.
struct Identity {
    Kind kind = Kind::JsonLines;
    std::string id;      ///< cluster id, canonical path, "demo:SEED"
    std::string name;    ///< to show: "localhost:9092", "orders.jsonl"
    std::string detail;  ///< no secrets: the brokers, the path
};

/// How far a stream had been read before, from the store's checkpoint.
struct Resume {
    SourceStream stream;
    Offset next;
};

/// What a source knows of a stream: what completeness is decided from.
struct StreamFacts {
    SourceStream stream;
    Offset logStart;                    ///< oldest record that the source still holds
    std::optional<Offset> capturedEnd;  ///< where this run ends; empty: never
    Offset startedAt;                   ///< where this run began to read, or last went on after a gap
    bool compacted = false;
    std::string startReason;  ///< "from the beginning", "began at time …", "began at offset …", "resumed"
};

/// Who keeps a source from being read, for those who say it in words of their own; since when: Status::awaySince.
struct Away {
    enum class Kind : std::uint8_t {
        Brokers,   ///< of those that are needed
        Cluster,   ///< nobody of it is there
        Silent,    ///< brokers that are there and do not answer
        NoLeader,  ///< partitions
        Unasked,   ///< nobody has answered since it is read: it is being connected to
    };
    Kind kind = Kind::Cluster;
    std::uint32_t count = 0;  ///< of brokers or partitions
    std::string who;          ///< "localhost:9092" where it is one broker; Unasked: all that were named

    bool operator==(const Away&) const = default;
};

/// Where the run stands. Cheap; callable from any thread.
struct Status {
    std::optional<std::uint64_t> recordsTotal;  ///< of this run, as far as known (≤ for a compacted topic)
    std::uint64_t recordsDelivered = 0;
    std::uint64_t bytesDelivered = 0;
    std::optional<std::uint64_t> bytesTotal;  ///< files
    std::optional<std::uint64_t> lag;         ///< records behind the head, while tailing; unknown while nobody answers
    bool connected = true;
    std::string notice;                  ///< "broker localhost:9092 is away since 09:14:22, trying again"; empty: all is well
    std::optional<Timestamp> awaySince;  ///< while not connected: nobody answers
    std::optional<Away> away;            ///< then
    std::string trouble;                 ///< what the last try to connect met, for who asks why; empty: nothing, or connected
};

/// A place that records come from. Life: construct, identity(), open(resume), next() until finished(). Delivers every record of
/// the range once, in offset order within a stream; writes nothing anywhere.
/// Threads: all but status() and cancel() from one thread at a time, not always the same; these two from any, at any time.
class Source {
public:
    Source() = default;
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;
    virtual ~Source() = default;

    /// May ask the source (a cluster for its id): bounded by the source's time-out, but for one that is to be waited for. That ends
    /// with cancel(), as open() does.
    [[nodiscard]] virtual Result<Identity> identity() = 0;
    /// Finds the streams, their ends and where to begin; `resume` wins over the chosen start, stream by stream.
    [[nodiscard]] virtual Result<void> open(const std::vector<Resume>& resume) = 0;
    /// Grows when a topic grows partitions; the same index names the same stream for ever.
    [[nodiscard]] virtual std::vector<StreamFacts> streams() const = 0;
    /// The next records, waiting at most `wait`; an empty batch means "nothing yet". A retriable trouble is no error: it shows in
    /// status() while the source goes on trying.
    [[nodiscard]] virtual Result<RecordBatch> next(std::chrono::milliseconds wait) = 0;
    [[nodiscard]] virtual bool finished() const = 0;
    [[nodiscard]] virtual Status status() const = 0;
    virtual void cancel() = 0;
};

}  // namespace hindcast::source
