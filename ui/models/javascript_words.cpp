#include "ui/models/javascript_words.h"

#include <algorithm>
#include <array>

namespace hindcast::ui {

namespace {

// Sorted.
constexpr std::array<std::u16string_view, 2> kValues{u"super", u"this"};
constexpr std::array<std::u16string_view, 6> kWords{u"Infinity", u"NaN", u"false", u"null", u"true", u"undefined"};
constexpr std::array<std::u16string_view, 39> kKeywords{
    u"async",  u"await", u"break",      u"case",   u"catch",  u"class",   u"const",   u"continue", u"debugger", u"default",
    u"delete", u"do",    u"else",       u"enum",   u"export", u"extends", u"finally", u"for",      u"function", u"if",
    u"import", u"in",    u"instanceof", u"let",    u"new",    u"of",      u"return",  u"static",   u"super",    u"switch",
    u"this",   u"throw", u"try",        u"typeof", u"var",    u"void",    u"while",   u"with",     u"yield"};
static_assert(std::is_sorted(kValues.begin(), kValues.end()) && std::is_sorted(kWords.begin(), kWords.end()) &&
              std::is_sorted(kKeywords.begin(), kKeywords.end()));

template <std::size_t N>
bool isOneOf(const std::array<std::u16string_view, N>& sorted, std::u16string_view word)
{
    return std::binary_search(sorted.begin(), sorted.end(), word);
}

}  // namespace

bool isKeyword(std::u16string_view word) { return isOneOf(kKeywords, word); }

bool isValueWord(std::u16string_view word) { return isOneOf(kValues, word); }

bool isFixedWord(std::u16string_view word) { return isOneOf(kWords, word); }

}  // namespace hindcast::ui
