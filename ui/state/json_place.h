#pragma once
#include "ui/look/json_text.h"

#include <string>
#include <utility>
#include <vector>

namespace hindcast::ui {

/// The pointer of what stands at a character of a text that layoutJson() has set; "" for the whole.
[[nodiscard]] std::string pointerAt(const JsonLayout& layout, int character);

/// The leaves of a payload by their pointers, with their values on one line; at most `limit` of them, in order. For choosing one.
[[nodiscard]] std::vector<std::pair<std::string, QString>> leavesOf(std::string_view json, std::size_t limit);

}  // namespace hindcast::ui
