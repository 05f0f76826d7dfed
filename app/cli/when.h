#pragma once
#include "core/replay/reduce.h"
#include "core/store/reader.h"

#include <string>

namespace hindcast::cli {

/// Makes an expression over the state (contracts 4) the symptom. `reader` must outlive it. The error says where the text is wrong.
[[nodiscard]] Result<void> readWhen(store::Reader& reader, const std::string& text, replay::Symptom& symptom);

}  // namespace hindcast::cli
