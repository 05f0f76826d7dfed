#pragma once
#include "core/event/error.h"
#include "core/event/json.h"

#include <string>

namespace hindcast {

/// A small file of ours (a mapping, a model) as JSON, whole in memory. The error names the file, and the byte where it is no JSON.
[[nodiscard]] Result<Json> readJsonFile(const std::string& path);

}  // namespace hindcast
