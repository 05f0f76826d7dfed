#pragma once
#include "core/store/reader.h"

#include <memory>
#include <span>
#include <string>

namespace hindcast::replay {

/// Where a replay gets its records from: the one thing that it needs of a store, so that it folds any log just the same.
/// Threads: one at a time.
class RecordFeed {
public:
    virtual ~RecordFeed() = default;
    /// As store::Reader::records: in the order of `ids`, passing over ids that hold no record; stops where the visit says so.
    [[nodiscard]] virtual Result<void> records(std::span<const EventId> ids, const store::Reader::Visit& visit) = 0;
    [[nodiscard]] virtual std::string typeName(TypeId id) = 0;
};

/// The records of a workspace. `reader` must outlive the feed.
[[nodiscard]] std::unique_ptr<RecordFeed> feedFrom(store::Reader& reader);

}  // namespace hindcast::replay
