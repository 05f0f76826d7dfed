#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <vector>

namespace hindcast::ui {

/// What a piece of JavaScript is, as far as its colour goes.
enum class TokenKind : std::uint8_t {
    Keyword,
    Word,  ///< true, false, null, undefined, NaN, Infinity
    Name,
    Number,
    Text,  ///< of a string or a template, its quotes too
    Regex,
    Comment,
    Bracket,  ///< one of ()[]{}; that of `${` too, without the sign before it
    Mark,     ///< other punctuation
};

struct Token {
    std::size_t from = 0;
    std::size_t length = 0;
    TokenKind kind = TokenKind::Mark;
    bool operator==(const Token&) const = default;
};

/// What one line of a script leaves to the next.
struct LineState {
    enum class Inside : std::uint8_t { Code, Comment, Template, Single, Double };
    Inside inside = Inside::Code;
    bool afterValue = false;  ///< so that a slash divides
    /// For each `${` that is open, outermost first: how many braces are open within it. At most kMostNested.
    std::vector<std::uint16_t> open;
    bool operator==(const LineState&) const = default;
    bool operator<(const LineState& other) const
    {
        return std::tie(inside, afterValue, open) < std::tie(other.inside, other.afterValue, other.open);
    }
};

inline constexpr std::size_t kMostNested = 32;  ///< templates within templates; deeper ones are not told apart

/// The tokens of one line, without its line end, as JavaScript of today has them (ES2023); blanks are in none. Never fails: what is
/// no JavaScript comes out as something. Linear in the line. Pure.
///
/// Whether a slash divides or begins a regular expression is found by what stands before it, as editors do: after `if (…)`, `while
/// (…)`, `for (…)` and after a closing brace it begins one.
[[nodiscard]] LineState tokenize(std::u16string_view line, LineState from, std::vector<Token>& tokens);

}  // namespace hindcast::ui
