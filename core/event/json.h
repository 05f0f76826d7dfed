#pragma once
#include "core/event/error.h"
#include "core/event/indexed_map.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast {

/// A JSON document in memory: a State, a changed value. Objects keep the order in which their members came.
///
/// Numbers keep their source text: an integer within 64 bits is an integer; another number is a double only where printing that
/// double gives the text back; anything else ("119.90", 1e400, 20 digits) is a *number text*, held in nlohmann's `binary` type,
/// which JSON has no other use for. So never call nlohmann's own dump, parse, merge_patch or comparison on a state: use what
/// stands here, which also is safe on deep nesting.
using Json = nlohmann::basic_json<IndexedMap, std::vector, std::string, bool, std::int64_t, std::uint64_t, double>;

/// Deepest nesting that is accepted from outside and that a state may grow to.
inline constexpr std::size_t kMaxJsonDepth = 256;

struct JsonError {
    std::string message;     ///< "unexpected end of the text"
    std::size_t offset = 0;  ///< byte at or near which it was found
};

/// Strict RFC 8259 with UTF-8 checked and at most kMaxJsonDepth levels. Of duplicate keys the last one wins (`duplicateKeys`
/// tells, where asked); it stands where the first one stood. `NaN`, trailing commas, comments, a BOM and text after the document
/// are errors. An escaped surrogate without its partner ("\ud800") becomes U+FFFD. To read without building a document:
/// json_walk.h.
[[nodiscard]] std::expected<Json, JsonError> parseJson(std::string_view text, bool* duplicateKeys = nullptr);

/// The text of a document, numbers as they came. `indent` < 0: one line without spaces. Invalid UTF-8 cannot occur in what
/// parseJson made; elsewhere it is replaced by U+FFFD.
[[nodiscard]] std::string toText(const Json& json, int indent = -1);
void appendText(std::string& out, const Json& json);
/// A string in quotes, escaped as far as RFC 8259 asks.
void appendJsonString(std::string& out, std::string_view text);

/// A number from its JSON text, exact as told above. REQUIRES: `text` matches JSON's number grammar.
[[nodiscard]] Json numberFromText(std::string_view text);
[[nodiscard]] bool isNumberText(const Json& json);
[[nodiscard]] bool isNumber(const Json& json);
/// The JSON text of a number of any kind. REQUIRES: isNumber(json).
[[nodiscard]] std::string numberText(const Json& json);

/// Deep equality as RFC 6902 "test" asks: numbers by exact value whatever their text (1 = 1.0 = 10e-1), objects without regard
/// to order.
[[nodiscard]] bool sameValue(const Json& a, const Json& b);
/// Equality to the letter: as sameValue, and numbers must have the same text. What "changed" means.
[[nodiscard]] bool sameText(const Json& a, const Json& b);

/// Levels of arrays and objects: 0 for a scalar, 1 for [], 2 for {"a":[]}.
[[nodiscard]] std::size_t depthOf(const Json& json);
/// Rough bytes that a document holds in memory.
[[nodiscard]] std::size_t memoryOf(const Json& json);

}  // namespace hindcast
