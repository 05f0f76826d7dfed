#pragma once
#include "core/event/json.h"
#include "core/event/time.h"
#include "core/source/kafka.h"
#include "core/store/reader.h"

#include <optional>
#include <string>
#include <vector>

namespace hindcast::ingest {

/// How a workspace was read from Kafka, kept in it so that the reading can be gone on with (settings "reading" and "reading stopped").
/// No secret is in it: of the properties it holds those that source::mayBeKept(), and of the others the names.
struct KafkaReading {
    source::KafkaOptions kafka;  ///< positions: where all its partitions began. A checkpoint of the store holds before them
    std::vector<std::string> withheld;           ///< properties that were set and are not kept: a password
    std::optional<std::uint64_t> diskLimit;      ///< in force
    std::optional<std::uint64_t> diskAllowance;  ///< by which it is raised by who goes on at it
    std::string cluster;                         ///< the identity of the source; empty: not known
    std::optional<Timestamp> stopped;            ///< when something was last stored, or the reading ended
    bool complete = false;                       ///< all up to its end was read
    bool diskFull = false;                       ///< the disk limit ended it
};

inline constexpr const char* kReadingSetting = "reading";
inline constexpr const char* kStoppedSetting = "reading stopped";

/// The setting "reading".
[[nodiscard]] Json readingToJson(const KafkaReading& reading);
/// The setting "reading stopped".
[[nodiscard]] Json stoppedToJson(Timestamp at, bool complete, bool diskFull);
/// Why a reading that came to its disk limit ended: "the disk limit of 12 MB is reached".
[[nodiscard]] std::string diskLimitReached(std::uint64_t limit);
/// What the workspace knows; empty where it was not read from Kafka, or where what stands there cannot be understood. Of the properties
/// that stand in the file those are taken that may be kept, and no others: it may come from anybody.
[[nodiscard]] Result<std::optional<KafkaReading>> savedReading(store::Reader& reader);

}  // namespace hindcast::ingest
