#include "core/decode/json_text.h"

namespace hindcast::decode {

namespace {

unsigned hexValue(char c)
{
    if (c <= '9') return static_cast<unsigned>(c - '0');
    return static_cast<unsigned>((c | 0x20) - 'a') + 10;
}

std::uint32_t unitAt(std::string_view text, std::size_t at)
{
    return hexValue(text[at]) << 12 | hexValue(text[at + 1]) << 8 | hexValue(text[at + 2]) << 4 | hexValue(text[at + 3]);
}

void appendUtf8(std::string& out, std::uint32_t code)
{
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xc0 | code >> 6);
        put(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        put(0xe0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3f));
        put(0x80 | (code & 0x3f));
    } else {
        put(0xf0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3f));
        put(0x80 | (code >> 6 & 0x3f));
        put(0x80 | (code & 0x3f));
    }
}

}  // namespace

void appendUnescaped(std::string& out, std::string_view inner)
{
    for (std::size_t i = 0; i < inner.size();) {
        const std::size_t run = inner.find('\\', i);
        out += inner.substr(i, run - i);
        if (run == std::string_view::npos) return;
        i = run + 2;
        switch (inner[run + 1]) {
            case 'b': out += '\b'; break;
            case 'f': out += '\f'; break;
            case 'n': out += '\n'; break;
            case 'r': out += '\r'; break;
            case 't': out += '\t'; break;
            case 'u': {
                std::uint32_t code = unitAt(inner, i);
                i += 4;
                if (code >= 0xd800 && code < 0xdc00 && inner.substr(i, 2) == "\\u") {
                    const std::uint32_t low = unitAt(inner, i + 2);
                    if (low >= 0xdc00 && low < 0xe000) {
                        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                        i += 6;
                    }
                }
                appendUtf8(out, code >= 0xd800 && code < 0xe000 ? 0xfffd : code);
                break;
            }
            default: out += inner[run + 1];
        }
    }
}

void appendQuoted(std::string& out, std::string_view text)
{
    static constexpr char kHex[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    out += "\\u00";
                    out += kHex[c >> 4];
                    out += kHex[c & 15];
                } else {
                    out += c;
                }
        }
    }
    out += '"';
}

std::string_view textOf(const JsonValue& value, TextArena& arena)
{
    switch (value.kind) {
        case JsonKind::Missing:
        case JsonKind::Null: return {};
        case JsonKind::String: {
            if (!value.escaped) return value.inner();
            std::string text;
            appendUnescaped(text, value.inner());
            return arena.store(text);
        }
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
    std::string text;
    appendUnescaped(text, name_);
    return text;
}

}  // namespace hindcast::decode
