#pragma once
#include "core/store/types.h"

#include <string>
#include <string_view>
#include <vector>

namespace hindcast::store {

[[nodiscard]] bool covers(const std::vector<Range>& ranges, Offset offset);
/// Adds [from, to) to disjoint ascending ranges, joining those that touch.
void addRange(std::vector<Range>& ranges, Range added);
[[nodiscard]] std::string encodeRanges(const std::vector<Range>& ranges);
[[nodiscard]] std::vector<Range> decodeRanges(std::string_view stored);

}  // namespace hindcast::store
