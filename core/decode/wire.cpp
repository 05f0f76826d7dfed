#include "core/decode/wire.h"

#include "core/decode/json_scan.h"

#include <algorithm>

namespace hindcast::decode {

using namespace std::string_view_literals;

std::optional<SchemaWire> schemaWire(std::string_view bytes)
{
    constexpr std::size_t kHead = 5;
    if (bytes.size() < kHead || bytes.front() != '\0') return std::nullopt;
    SchemaWire wire;
    for (std::size_t i = 1; i < kHead; ++i) wire.schemaId = wire.schemaId << 8 | static_cast<unsigned char>(bytes[i]);
    wire.datum = bytes.substr(kHead);  // may be empty: a record without fields takes no bytes
    return wire;
}

std::string_view compressionOf(std::string_view bytes)
{
    if (bytes.starts_with("\x1f\x8b"sv)) return "gzip";
    if (bytes.starts_with("\x28\xb5\x2f\xfd"sv)) return "zstd";
    if (bytes.starts_with("\x04\x22\x4d\x18"sv)) return "lz4";
    if (bytes.starts_with("\xff\x06\x00\x00sNaPpY"sv)) return "snappy";
    if (bytes.starts_with("\x82SNAPPY\0"sv)) return "snappy";  // the framing of Java's xerial library
    return {};
}

namespace {

bool isControl(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7f;
}

constexpr char kHex[] = "0123456789abcdef";

}  // namespace

bool isReadable(std::string_view bytes) { return std::ranges::none_of(bytes, isControl) && isUtf8(bytes); }

std::string hexText(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        text += kHex[static_cast<unsigned char>(c) >> 4];
        text += kHex[static_cast<unsigned char>(c) & 15];
    }
    return text;
}

std::string escapedText(std::string_view bytes)
{
    std::string text;
    for (std::size_t i = 0; i < bytes.size();) {
        const char c = bytes[i];
        if (c == '\\') {
            text += "\\\\";
            ++i;
            continue;
        }
        // The longest well-formed sequence that starts here; UTF-8 needs four bytes at most.
        std::size_t length = 0;
        if (static_cast<unsigned char>(c) < 0x80) {
            length = c >= 0x20 && c != 0x7f ? 1 : 0;
        } else {
            for (std::size_t n = 2; n <= 4 && i + n <= bytes.size() && length == 0; ++n)
                if (isUtf8(bytes.substr(i, n))) length = n;
        }
        if (length == 0) {
            text += "\\x";
            text += kHex[static_cast<unsigned char>(c) >> 4];
            text += kHex[static_cast<unsigned char>(c) & 15];
            length = 1;
        } else {
            text += bytes.substr(i, length);
        }
        i += length;
    }
    return text;
}

}  // namespace hindcast::decode
