#include "core/decode/json_text.h"

#include "core/event/json_walk.h"

namespace hindcast::decode {

namespace {

/// REQUIRES: the escapes have been found valid.
std::string unescaped(std::string_view inner)
{
    std::string text;
    (void)unescapeJson(inner, text);
    return text;
}

}  // namespace

std::string_view textOf(const JsonValue& value, KeptBytes& arena)
{
    switch (value.kind) {
        case JsonKind::Missing:
        case JsonKind::Null: return {};
        case JsonKind::String: return value.escaped ? arena.keep(unescaped(value.inner())) : value.inner();
        default: return value.raw;
    }
}

void Members::skipSpace()
{
    while (at_ < end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
}

/// Over a string; true where it held a backslash.
bool Members::skipString()
{
    bool escaped = false;
    for (++at_; *at_ != '"'; ++at_) {
        if (*at_ == '\\') {
            escaped = true;
            ++at_;
        }
    }
    ++at_;
    return escaped;
}

void Members::skipValue()
{
    const char* const start = at_;
    value_ = JsonValue{};
    switch (*at_) {
        case '"':
            value_.kind = JsonKind::String;
            value_.escaped = skipString();
            break;
        case '{':
        case '[': {
            value_.kind = *at_ == '{' ? JsonKind::Object : JsonKind::Array;
            std::size_t depth = 0;
            do {
                if (*at_ == '"') {
                    skipString();
                    continue;
                }
                if (*at_ == '{' || *at_ == '[') ++depth;
                if (*at_ == '}' || *at_ == ']') --depth;
                ++at_;
            } while (depth > 0);
            break;
        }
        default:
            value_.kind = *at_ == 't'   ? JsonKind::True
                          : *at_ == 'f' ? JsonKind::False
                          : *at_ == 'n' ? JsonKind::Null
                                        : JsonKind::Number;
            while (at_ < end_ && *at_ != ',' && *at_ != '}' && *at_ != ']' && *at_ != ' ' && *at_ != '\n' && *at_ != '\r' &&
                   *at_ != '\t')
                ++at_;
    }
    value_.raw = {start, static_cast<std::size_t>(at_ - start)};
}

bool Members::next()
{
    skipSpace();
    if (at_ < end_ && *at_ == ',') {
        ++at_;
        skipSpace();
    }
    if (at_ >= end_ || *at_ != '"') return false;
    const char* const start = at_ + 1;
    nameEscaped_ = skipString();
    name_ = {start, static_cast<std::size_t>(at_ - 1 - start)};
    skipSpace();
    ++at_;  // the colon
    skipSpace();
    skipValue();
    return true;
}

std::string Members::name() const
{
    if (!nameEscaped_) return std::string(name_);
    return unescaped(name_);
}

}  // namespace hindcast::decode
