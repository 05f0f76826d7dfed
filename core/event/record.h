#pragma once
#include "core/event/ids.h"
#include "core/event/time.h"

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace hindcast {

enum class TimestampKind : std::uint8_t { None, Create, LogAppend };

struct Header {
    std::string_view name;
    std::optional<std::string_view> value;  ///< empty: a null header
};

/// What a source delivers: bytes and coordinates, nothing interpreted. The views point into memory that the batch owns.
/// A null key or value (`std::nullopt`) differs from an empty one.
struct RawRecord {
    Offset offset;
    std::uint32_t stream = 0;  ///< index into RecordBatch::streams
    TimestampKind timestampKind = TimestampKind::None;
    Timestamp timestamp;  ///< the broker's; of no meaning where kind is None
    std::optional<std::string_view> key;
    std::optional<std::string_view> value;
    /// Into RecordBatch::headers.
    std::uint32_t firstHeader = 0;
    std::uint32_t headerCount = 0;
    /// Not empty: the source could not make a record of these bytes (a line that is no JSON in a record dump); `value` holds
    /// the bytes as they came. Becomes a Reject with this reason.
    std::string_view defect;
};

/// A topic partition as the source names it; records refer to it by index.
struct SourceStream {
    std::string topic;
    Partition partition;
    auto operator<=>(const SourceStream&) const = default;
};

/// Records in the order in which the source gave them. Movable, not shared between threads; frees its bytes when it dies.
struct RecordBatch {
    std::vector<RawRecord> records;
    std::vector<Header> headers;
    std::shared_ptr<const std::vector<SourceStream>> streams;  ///< grows between batches, never renumbers
    /// "Everything before `next` of this stream has been delivered": moves also over gaps (compaction, transaction markers).
    struct Progress {
        std::uint32_t stream = 0;
        Offset next;
    };
    std::vector<Progress> progress;
    /// A stream went on elsewhere than where it had come to (retention was faster): its source's streams() are to be asked for anew
    /// before the progress of this batch is kept.
    bool factsChanged = false;
    std::size_t bytes = 0;              ///< of keys, values and headers
    std::shared_ptr<const void> owner;  ///< keeps the bytes alive

    [[nodiscard]] bool empty() const { return records.empty() && progress.empty() && !factsChanged; }
};

}  // namespace hindcast
