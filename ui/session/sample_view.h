#pragma once
#include "core/decode/mapping.h"
#include "core/event/event.h"
#include "core/event/record.h"

#include <string>
#include <vector>

namespace hindcast::ui {

/// How many records of a topic are looked at before it is read, or decoded anew.
inline constexpr std::size_t kSampleRecords = 200;

/// One sample record as a preview shows it.
struct SampleView {
    Event event;  ///< as the mapping in force decodes it; `reject` tells why where it does not
    /// Whether the mapping's places were looked for in it: in rejects, in tombstones and in Debezium's records they are not.
    bool searched = false;
    std::vector<decode::FieldSource> absent =
        {};  ///< those of the mapping's places that it has nothing at, as the mapping has them
};

/// What the mapping makes of sample records of one topic.
[[nodiscard]] std::vector<SampleView> viewsOf(const RecordBatch& samples, const std::string& topic,
                                              const decode::Mapping& mapping);

}  // namespace hindcast::ui
