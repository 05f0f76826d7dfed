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

/// How many of the newest records of each partition make `count` in all: as evenly as their sizes allow.
[[nodiscard]] std::vector<std::int64_t> spread(std::int64_t count, std::span<const std::int64_t> sizes);

/// What the plans are made from; the vectors are parallel to `streams`.
struct PlanFacts {
    std::span<const SourceStream> streams;
    std::span<const Watermarks> marks;
    std::span<const std::optional<std::int64_t>> startOffsets;  ///< of KafkaStart::Time
    std::span<const std::optional<std::int64_t>> endOffsets;    ///< of KafkaUntil::Time, where it has passed
    std::map<SourceStream, std::int64_t> resume;
    std::set<std::string> whole;  ///< topics all of whose partitions stand there: another one has been added since
};
[[nodiscard]] std::vector<Plan> plan(const KafkaStart& from, const KafkaUntil& until, const PlanFacts& facts);

}  // namespace hindcast::source::kafka
