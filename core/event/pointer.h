#pragma once
#include "core/event/json.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast {

/// A JSON Pointer (RFC 6901), parsed. "" is the whole document.
class Pointer {
public:
    Pointer() = default;
    explicit Pointer(std::vector<std::string> tokens) : tokens_(std::move(tokens)) {}

    /// Empty where the text is not "" and does not start with "/", or holds a "~" that is followed by neither 0 nor 1.
    [[nodiscard]] static std::optional<Pointer> parse(std::string_view text);

    [[nodiscard]] const std::vector<std::string>& tokens() const { return tokens_; }
    [[nodiscard]] bool isRoot() const { return tokens_.empty(); }
    [[nodiscard]] std::string text() const;
    [[nodiscard]] Pointer child(std::string_view token) const;
    [[nodiscard]] Pointer parent() const;  ///< REQUIRES: !isRoot()

    auto operator<=>(const Pointer&) const = default;

private:
    std::vector<std::string> tokens_;
};

/// Appends "/token", escaped.
void appendToken(std::string& pointer, std::string_view token);

/// The value at a pointer, or null where there is none. Array indices without leading zeros; "-" names nothing.
[[nodiscard]] const Json* valueAt(const Json& document, const Pointer& pointer);
[[nodiscard]] Json* valueAt(Json& document, const Pointer& pointer);

/// An array index by RFC 6901's grammar; empty otherwise.
[[nodiscard]] std::optional<std::size_t> arrayIndex(std::string_view token);

}  // namespace hindcast
