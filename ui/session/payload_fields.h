#pragma once
#include "core/event/json.h"
#include "core/event/payload_source.h"
#include "core/store/reader.h"

#include <cstddef>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace hindcast::ui {

/// A value within an event's payload, short enough for a cell of a table.
struct FieldValue {
    enum class Kind : unsigned char { Missing, Null, Boolean, Number, Text, Array, Object };
    static constexpr std::size_t kLongest = 400;  ///< bytes of `text`

    Kind kind = Kind::Missing;
    bool cut = false;         ///< `text` is a beginning only
    std::size_t members = 0;  ///< of an array or object
    std::string text;         ///< a number as it came; of a text its content; of an array or object its JSON
};
/// Of a value that may not be there (null). Cuts between characters.
[[nodiscard]] FieldValue fieldValue(const Json* value);

/// Values at some pointers of some events. Immutable once made.
struct FieldRows {
    std::vector<std::string> pointers;
    std::vector<std::pair<EventId, std::vector<FieldValue>>> rows;  ///< a value a pointer
};

/// What may be made a column: the pointers that occur in some payloads, objects taken apart, arrays not.
struct FieldNames {
    struct Name {
        std::string pointer;
        std::size_t events = 0;  ///< that have it
        FieldValue sample;       ///< the first one met
    };
    static constexpr std::size_t kMost = 500;
    std::size_t events = 0;  ///< that were looked at
    std::vector<Name> names;
};
/// Adds what stands in one payload.
void addFieldNames(const Json& payload, FieldNames& names);

/// Reads the payloads of `ids`; one that is no JSON, or is not stored, has no value. Not in the GUI thread.
[[nodiscard]] Result<FieldRows> readFields(store::Reader& reader, PayloadSource& payloads, const std::vector<EventId>& ids,
                                           const std::vector<std::string>& pointers, const std::stop_token& stop);
[[nodiscard]] Result<FieldNames> readFieldNames(store::Reader& reader, PayloadSource& payloads, const std::vector<EventId>& ids,
                                                const std::stop_token& stop);

}  // namespace hindcast::ui
