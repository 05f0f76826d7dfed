#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace hindcast::script {

/// A token of JavaScript: as much of it as is needed to find what stands on the outermost level of a file.
struct Token {
    enum class Kind : unsigned char {
        Word,      ///< identifier, keyword, private name
        Number,    ///<
        Text,      ///< "…" or '…'
        Template,  ///< a piece of a template: from ` or } to ` or ${
        Regex,     ///<
        Mark,      ///< a punctuator
        End,       ///< of the source; always the last
    };
    Kind kind = Kind::End;
    std::size_t begin = 0;  ///< bytes
    std::size_t end = 0;
    bool newLine = false;   ///< a line ends before it
    int depth = 0;          ///< brackets that are open around it; a bracket's own is not counted
    std::size_t match = 0;  ///< of a bracket: the index of its partner
};

/// A source as tokens.
struct Tokens {
    std::vector<Token> all;
    /// A bracket without its partner, or a text, comment or template without its end: where; npos: none. The tokens reach no further
    /// than is sure.
    std::size_t broken = std::string_view::npos;
    std::string_view why{};
};

/// Comments, texts, templates with their nesting, and regular expressions as against divisions are told apart as the language does,
/// save that a `/` after a `}` always begins a regular expression where the brace opened after `)`, `;`, `{`, `}` or a keyword.
[[nodiscard]] Tokens tokensOf(std::string_view source);

}  // namespace hindcast::script
