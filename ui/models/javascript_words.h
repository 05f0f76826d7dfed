#pragma once
#include <string_view>

namespace hindcast::ui {

// The words and characters of JavaScript, as javascript_tokens.h tells them apart. Pure.

[[nodiscard]] bool isKeyword(std::u16string_view word);
/// A keyword after which a value has ended; after the others one may begin.
[[nodiscard]] bool isValueWord(std::u16string_view word);
/// One that is no keyword and always means the same: true, null, NaN.
[[nodiscard]] bool isFixedWord(std::u16string_view word);

[[nodiscard]] inline bool isDigit(char16_t c) { return c >= u'0' && c <= u'9'; }

[[nodiscard]] inline bool isBlank(char16_t c)
{
    return c == u' ' || (c >= u'\t' && c <= u'\r') || c == 0xa0 || c == 0xfeff || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
           c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000 || c == 0x1680;
}

[[nodiscard]] inline bool beginsName(char16_t c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_' || c == u'$' || c == u'\\' ||
           (c >= 0x80 && !isBlank(c));
}

[[nodiscard]] inline bool isInName(char16_t c) { return beginsName(c) || isDigit(c); }

}  // namespace hindcast::ui
