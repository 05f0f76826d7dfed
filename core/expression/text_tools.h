#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hindcast::expression {

/// "1h30m", "-1.5s", "250ms": units w, d, h, m, s, ms, us, ns, exact to the nanosecond. Empty where the text is no such thing or more
/// than 64 bits of nanoseconds.
[[nodiscard]] std::optional<std::int64_t> durationFromText(std::string_view text);
/// As CEL's string(): "5400s", "-1.5s".
[[nodiscard]] std::string durationText(std::int64_t ns);

/// Characters of UTF-8; a byte that belongs to none counts as one.
[[nodiscard]] std::size_t codePoints(std::string_view text);
void appendCodePoint(std::string& out, std::uint32_t code);
/// Lower case of the Latin, Greek, Cyrillic and Armenian letters, one for one; all else stays.
void appendLower(std::string& out, std::string_view text);

/// The candidate that a mistyped name was probably meant to be; empty where none is near.
[[nodiscard]] std::string_view nearest(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace hindcast::expression
