#pragma once
#include "core/event/kept_bytes.h"
#include "core/replay/feed.h"

#include <memory>
#include <stop_token>
#include <vector>

namespace hindcast::replay {

/// The records of many entities, read once in the log's order and held in memory. To fold a table entity by entity straight from
/// the store would open the same chunks again for each of its rows; so each chunk is opened once for all of them.
class GatheredRecords {
public:
    /// `ids` in any order; `reader` must outlive this object and what feed() gave. Error::Kind::Cancelled where asked to stop.
    [[nodiscard]] static Result<std::shared_ptr<const GatheredRecords>> read(store::Reader& reader, std::vector<EventId> ids,
                                                                             const std::stop_token& stop);
    /// Serves those records; from any number of feeds, one thread at a time.
    [[nodiscard]] static std::unique_ptr<RecordFeed> feed(std::shared_ptr<const GatheredRecords> records);

private:
    friend class GatheredFeed;
    struct Held {
        EventId id;
        RawRecord record;  ///< views into bytes_; firstHeader into headers_
    };
    [[nodiscard]] const Held* find(EventId id) const;

    store::Reader* reader_ = nullptr;
    std::vector<Held> held_;  ///< by id
    std::vector<Header> headers_;
    KeptBytes bytes_{KeptBytes::kLarge, KeptBytes::kJsonPadding};  // as store::Reader::records promises
};

}  // namespace hindcast::replay
