#pragma once
#include "core/expression/expression.h"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::expression {

struct Token {
    enum class Kind : std::uint8_t { End, Name, Number, Text, Symbol };
    Kind kind = Kind::End;
    std::size_t offset = 0;
    std::size_t length = 0;
    /// A name or a symbol as written, a text without quotes and escapes, a number as JSON writes it (0x1F is "31").
    std::string value;
};

/// CEL's tokens, without bytes; the last one is End. Comments run from // to the end of the line. Letters beyond ASCII may stand in
/// names, as they do in members of documents.
[[nodiscard]] std::expected<std::vector<Token>, SyntaxError> tokensOf(std::string_view text);

}  // namespace hindcast::expression
