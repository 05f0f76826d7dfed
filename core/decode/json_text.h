#pragma once
#include "core/decode/json_scan.h"
#include "core/event/kept_bytes.h"

#include <string>
#include <string_view>

namespace hindcast::decode {

/// A scalar as an id or a type is read from it: a string unquoted, numbers and booleans as they stand. Containers give their JSON
/// text. Null and missing give an empty view. The view points into the document or into the arena.
[[nodiscard]] std::string_view textOf(const JsonValue& value, KeptBytes& arena);

/// Walks the members of an object that has been found valid before, in their order, duplicates included.
class Members {
public:
    /// REQUIRES: `object` is the raw text of a valid object.
    explicit Members(std::string_view object) : at_(object.data() + 1), end_(object.data() + object.size()) {}
    /// False behind the last member.
    [[nodiscard]] bool next();
    [[nodiscard]] std::string_view rawName() const { return name_; }  ///< without quotes, still escaped
    [[nodiscard]] std::string name() const;
    [[nodiscard]] const JsonValue& value() const { return value_; }  ///< its count is not filled in

private:
    void skipSpace();
    bool skipString();
    void skipValue();

    const char* at_;
    const char* end_;
    std::string_view name_;
    bool nameEscaped_ = false;
    JsonValue value_;
};

}  // namespace hindcast::decode
