#pragma once
#include "core/model/editor.h"
#include "core/model/payload.h"
#include "core/model/reducer.h"

#include <memory>
#include <string_view>

namespace hindcast::model {

/// Whether an event of this kind ends the entity's life whatever the model: a deleted or truncated row, a tombstone that stands
/// for itself.
[[nodiscard]] constexpr bool endsLife(EventKind kind)
{
    return kind == EventKind::Delete || kind == EventKind::Truncate || kind == EventKind::Tombstone;
}

[[nodiscard]] std::unique_ptr<Reducer> mergeReducer();
[[nodiscard]] std::unique_ptr<Reducer> latestReducer();
[[nodiscard]] std::unique_ptr<Reducer> fieldsReducer();
[[nodiscard]] std::unique_ptr<Reducer> patchReducer();
[[nodiscard]] std::unique_ptr<Reducer> debeziumReducer();

}  // namespace hindcast::model
