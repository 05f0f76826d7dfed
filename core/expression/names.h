#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hindcast::expression {

/// What an expression can ask of an event.
enum class Name : std::uint8_t {
    Entity,
    Category,
    Id,
    Version,
    Type,
    Time,
    Topic,
    Partition,
    Offset,
    Key,
    Headers,
    Payload,
    State,
    Previous,
};

enum class Function : std::uint8_t {
    Size,
    Contains,
    StartsWith,
    EndsWith,
    Matches,
    Lower,
    Number,
    String,
    Timestamp,
    Duration,
};

/// What looks at each item of a list: a.exists(x, …).
enum class Macro : std::uint8_t { Exists, All, ExistsOne, Map, Filter };

[[nodiscard]] std::optional<Name> nameFromText(std::string_view text);
[[nodiscard]] std::string_view textOf(Name name);
[[nodiscard]] std::optional<Function> functionFromText(std::string_view text);
[[nodiscard]] std::string_view textOf(Function function);
/// 1, or 2 with the receiver or the first argument counted.
[[nodiscard]] std::size_t operandsOf(Function function);
[[nodiscard]] std::optional<Macro> macroFromText(std::string_view text);

/// "there is no name orderr; did you mean …?", with all the names where none is near.
[[nodiscard]] std::string unknownName(std::string_view text, std::span<const std::string> variables);
[[nodiscard]] std::string unknownFunction(std::string_view text);

}  // namespace hindcast::expression
