#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hindcast::decode {

/// A value or key that a schema registry's serializer wrote (formats 5): byte 0, four bytes of schema id, the datum.
struct SchemaWire {
    std::uint32_t schemaId = 0;
    std::string_view datum;
};
/// Empty where the bytes do not start so, or hold no datum.
[[nodiscard]] std::optional<SchemaWire> schemaWire(std::string_view bytes);

/// "gzip", "zstd", "lz4", "snappy" by the magic number; empty for other bytes.
[[nodiscard]] std::string_view compressionOf(std::string_view bytes);

/// Whether a person can read the bytes as text: UTF-8 without control characters other than tab and line ends.
[[nodiscard]] bool isReadable(std::string_view bytes);

/// Lower-case hexadecimal.
[[nodiscard]] std::string hexText(std::string_view bytes);
/// Readable stretches as they are, every other byte as \xNN, a backslash doubled: `\x00\x00\x00\x00\x0c\x0asig-1`.
[[nodiscard]] std::string escapedText(std::string_view bytes);

}  // namespace hindcast::decode
