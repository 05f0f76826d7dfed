#pragma once
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
        RawRecord record;  ///< views into blocks_; firstHeader into headers_
    };
    [[nodiscard]] const Held* find(EventId id) const;
    [[nodiscard]] std::string_view keep(std::string_view bytes);

    store::Reader* reader_ = nullptr;
    std::vector<Held> held_;  ///< by id
    std::vector<Header> headers_;
    std::vector<std::unique_ptr<char[]>> blocks_;
    std::size_t blockSize_ = 0;
    std::size_t blockUsed_ = 0;
};

}  // namespace hindcast::replay
