#pragma once
#include "core/source/source.h"

namespace hindcast::source {

/// Plain JSON lines: a record a line, offset = line number from 0, value = the line, no key; `topic` defaults to the file's name
/// without its endings. Blank lines are passed over (they take a line number). Reads `*.gz` too.
struct JsonLinesOptions {
    std::string path;
    std::string topic;
};
[[nodiscard]] std::unique_ptr<Source> makeJsonLinesSource(JsonLinesOptions options);

/// Record dumps (contracts 4): one JSON object a line with topic, partition, offset, timestamp, key, value, headers; `kcat -J`
/// output reads as it is. Several topics and partitions in one file; a line that is no such object is a defect record of the
/// stream named after the file.
struct RecordsOptions {
    std::string path;
};
[[nodiscard]] std::unique_ptr<Source> makeRecordsSource(RecordsOptions options);

enum class FileFormat : std::uint8_t { JsonLines, Records, Csv, Sqlite, Ocel };
[[nodiscard]] std::optional<FileFormat> fileFormatFromName(std::string_view name);
/// Looks at the first bytes. Errors: no such file, a directory, unreadable, empty, or a format that is not there yet (named).
[[nodiscard]] Result<FileFormat> detectFormat(const std::string& path);
/// A source for a file; `format` empty means auto. The error for a later format says so by name.
[[nodiscard]] Result<std::unique_ptr<Source>> makeFileSource(const std::string& path, std::optional<FileFormat> format,
                                                             const std::string& topic);

}  // namespace hindcast::source
