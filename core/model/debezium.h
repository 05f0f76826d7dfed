#pragma once
#include "core/event/json.h"
#include "core/model/payload.h"

namespace hindcast::model {

/// Whether a column's value is Debezium's mark for "did not change, and the database did not tell it" (a TOASTed column):
/// `__debezium_unavailable_value` as text, as bytes in base64 or hex, as the UUID made of it, within arrays (also as the
/// numbers of its bytes) and within maps. Source: io.debezium.connector.postgresql.UnchangedToastedPlaceholder.
[[nodiscard]] bool isUnavailable(ValueView value);

}  // namespace hindcast::model
