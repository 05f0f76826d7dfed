#pragma once
#include <algorithm>
#include <cctype>
#include <string_view>

namespace hindcast::ui {

/// ASCII case ignored, as the search of entities does.
[[nodiscard]] inline bool sameLetters(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

/// "8841" is what "order-8841" ends with, as a word of its own.
[[nodiscard]] inline bool isLastWord(std::string_view text, std::string_view id)
{
    if (text.empty() || id.size() <= text.size() || !sameLetters(id.substr(id.size() - text.size()), text)) return false;
    const auto before = static_cast<unsigned char>(id[id.size() - text.size() - 1]);
    return before < 0x80 && std::isalnum(before) == 0;
}

[[nodiscard]] inline bool beginsWith(std::string_view text, std::string_view id)
{
    return !text.empty() && id.size() > text.size() && sameLetters(id.substr(0, text.size()), text);
}

}  // namespace hindcast::ui
