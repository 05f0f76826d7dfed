#pragma once
#include "core/source/kafka.h"

#include <QString>

#include <cstdint>
#include <map>
#include <optional>

namespace hindcast::ui {

/// What a sentence about the size of a read is made from.
struct EstimateFacts {
    source::KafkaEstimate found;
    std::map<QString, double> meanBytes;  ///< of a record, by topic, of those that were sampled
    bool live = false;                    ///< goes on with what comes
    bool resumes = false;                 ///< the workspace holds some of it: reading goes on where it stopped
    bool beingRead = false;               ///< into that very workspace, now
    bool intoEmpty = false;               ///< the workspace holds nothing yet
    std::optional<std::uint64_t> diskLimit;
};

/// Of the file of a workspace with one record: 23 pages of SQLite's, one or more for each table and index.
inline constexpr std::uint64_t kEmptyWorkspaceBytes = 23 * 4096ULL;

/// "≈ 2.1 M records, 400 MB read, 100 MB stored"; "≤" where a topic is compacted; says what is not known, and where it is more than the
/// disk limit allows. What is read takes about a quarter of its size on the disk, and an empty
/// workspace kEmptyWorkspaceBytes beside that.
[[nodiscard]] QString estimateText(const EstimateFacts& facts);

}  // namespace hindcast::ui
