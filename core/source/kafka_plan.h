#pragma once
#include "core/source/kafka.h"
#include "core/source/kafka_offsets.h"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace hindcast::source::kafka {

/// Where the reading of one partition begins and ends.
struct Plan {
    std::int64_t start = 0;
    std::optional<std::int64_t> end;  ///< empty: no end
    std::string reason;               ///< StreamFacts::startReason
};

/// Every partition of the topics that are to be read.
struct Partitions {
    std::vector<SourceStream> streams;       ///< ascending
    std::vector<SourceStream> onePerBroker;  ///< one that each broker leads
};
/// Looks in the list of all topics first: to ask a broker for a topic by name may make it. A topic that is not there is an error.
[[nodiscard]] Result<Partitions> findPartitions(Client& client, const KafkaOptions& options, std::stop_token stop);

/// Where each stream begins and ends by what the cluster holds now.
struct Placed {
    std::vector<Watermarks> marks;  ///< parallel to the streams, as is what follows
    std::vector<Plan> plans;
    std::vector<bool> remade;  ///< the log ends before the offset where reading had stopped: it is read from its beginning
    bool endPending = false;   ///< until a time that lies ahead
};
/// Asks the brokers. `resume`: the store's checkpoints.
[[nodiscard]] Result<Placed> place(Client& client, const KafkaOptions& options, std::span<const SourceStream> streams,
                                   const std::vector<Resume>& resume, std::stop_token stop);

/// How many of the newest records of each partition make `count` in all: as evenly as their sizes allow.
[[nodiscard]] std::vector<std::int64_t> spread(std::int64_t count, std::span<const std::int64_t> sizes);

/// What the plans are made from; the vectors are parallel to `streams`.
struct PlanFacts {
    std::span<const SourceStream> streams;
    std::span<const Watermarks> marks;
    std::span<const std::optional<std::int64_t>> startOffsets;  ///< of KafkaStart::Time
    std::span<const std::optional<std::int64_t>> endOffsets;    ///< of KafkaUntil::Time, where it has passed
    std::map<SourceStream, std::int64_t> resume;                ///< the store's checkpoints
    std::map<SourceStream, std::int64_t> positions;             ///< KafkaOptions::positions
    std::set<std::string> whole;  ///< topics all of whose partitions stand there: another one has been added since
};
[[nodiscard]] std::vector<Plan> plan(const KafkaStart& from, const KafkaUntil& until, const PlanFacts& facts);

}  // namespace hindcast::source::kafka
