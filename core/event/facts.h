#pragma once
#include "core/event/event.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast {

/// Names an entity without owning the text. `server` is the Debezium server name, empty elsewhere: it is part of the identity,
/// but shown only where two captures hold the same table (contracts 3).
struct EntityRef {
    std::string_view server;
    std::string_view category;
    std::string_view id;
};

/// What decoding learns of one record: the bridge from core/decode to core/store. All views point into the record or into the
/// decoder and live until the decoder's next call.
struct EventFacts {
    std::vector<EntityRef> entities;  ///< the first is the primary one; empty: the record belongs to no entity, and is no reject
    std::string_view type;
    EventKind kind = EventKind::Plain;
    Timestamp time;
    bool timeIsBrokers = false;  ///< the mapping gave no time, so `time` is the record's own
    SourceOrder order;
    Wire wire = Wire::None;
    std::string_view payload;  ///< JSON text within the value; empty where there is none
    std::string_view domainVersion;
    std::string_view correlation;
    std::string_view causation;
    std::string_view transaction;
    std::optional<Timestamp> databaseTime;
    std::optional<EntityRef> linkedTo;    ///< key change: the new id, on the `d`
    std::optional<EntityRef> linkedFrom;  ///< key change: the old id, on the `c`
    std::string decodedAs;
    /// Not empty: a reject, and why. `entities` still names the lane it stands on where the key told.
    std::string reject;

    void clear();
};

}  // namespace hindcast
