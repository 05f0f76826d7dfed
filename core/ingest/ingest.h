#pragma once
#include "core/decode/mapping.h"
#include "core/event/error.h"
#include "core/ingest/kafka_reading.h"
#include "core/source/source.h"
#include "core/store/store.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace hindcast::ingest {

struct Options {
    /// Given mappings win: what is stored of their topics is decoded anew first where they differ from those it was read with.
    std::vector<decode::Mapping> mappings;
    /// For topics that have none yet. One without either is guessed from its first records (and the guess saved in the workspace).
    std::vector<decode::Mapping> proposals;
    std::size_t memoryLimit = 128u << 20;  ///< bytes between source and store
    /// Bytes of the workspace file as it is when closed (store::Counts::fileBytes): the ingest stops politely there, beyond it by at
    /// most what one commit adds. The write-ahead log is not counted: it stands beside the file while it is written (some 20 MB,
    /// more where a reader keeps what it looks at), and goes away.
    std::optional<std::uint64_t> diskLimit;
    /// By how much whoever goes on at that limit raises it; only kept, for savedReading(). Empty: by as much as the limit is.
    std::optional<std::uint64_t> diskAllowance;
    std::chrono::milliseconds commitEvery{400};
    /// How the source reads, where that is Kafka: kept in the workspace without its secrets, for savedReading().
    std::optional<source::KafkaOptions> kafka;
    /// The identity that the source must have: a reading that goes on must not go on elsewhere. Empty: any.
    std::string onlyFrom;
};

struct Progress {
    std::uint64_t records = 0;  ///< delivered by the source in this run
    std::uint64_t stored = 0;   ///< durable
    std::uint64_t duplicates = 0;
    std::uint64_t rejects = 0;
    std::uint64_t bytes = 0;
    double recordsPerSecond = 0;
    std::optional<std::uint64_t> total;
    std::optional<std::chrono::seconds> timeLeft;
    /// Records a second by which the head of what is followed moves away while it is read: what is caught up is the rest of
    /// recordsPerSecond, and where it is none, the head is never reached. 0 where it is not known (yet); negative where there are
    /// offsets without records.
    double headPerSecond = 0;
    std::optional<std::uint64_t> lag;  ///< records behind the head, of a source that is followed: not read, or not durable yet
    bool connected = true;
    std::optional<Timestamp> awaySince;  ///< while not connected
    std::optional<source::Away> away;    ///< then: who
    bool remapped = false;               ///< what was stored has been decoded anew: entities and types have other numbers
    std::string notice;
    std::string trouble;           ///< why nobody answers, as the source's status has it
    std::uint64_t generation = 0;  ///< grows when something became durable: time to look again
};

struct Summary {
    Progress progress;
    bool complete = false;             ///< the whole range was read
    std::string because;               ///< where not: cancelled, the disk limit …
    bool diskFull = false;             ///< that limit was it
    std::vector<std::string> notices;  ///< new epochs, guesses
};

/// Source → decode → store, with back-pressure. `onProgress` is called from the calling thread, which is the store's: at most ten
/// times a second, while the source is being opened as well, and once at the end. The source has threads of its own. Returns when it
/// is finished, stopped or failed; what was delivered is durable then. Stopped before the source was open is no error either.
[[nodiscard]] Result<Summary> run(store::Store& store, source::Source& source, const Options& options, std::stop_token stop,
                                  const std::function<void(const Progress&)>& onProgress);

/// Decodes all stored records anew with other mappings (and saves them). Topics that `mappings` do not name keep those they have.
[[nodiscard]] Result<void> remap(store::Store& store, const std::vector<decode::Mapping>& mappings, std::stop_token stop,
                                 const std::function<void(std::uint64_t done, std::uint64_t total)>& onProgress);

/// The mappings that a workspace was read with.
[[nodiscard]] Result<std::vector<decode::Mapping>> savedMappings(store::Reader& reader);

}  // namespace hindcast::ingest
