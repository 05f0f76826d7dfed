#pragma once
#include "core/event/record.h"

#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::source {

/// Room for texts that had to be unescaped; views stay good as long as the arena lives. Never grows: made as large as the
/// escaped texts together.
class TextArena {
public:
    explicit TextArena(std::size_t bytes);

    /// Where the next text is written; LineReader::kPadding bytes more than its escaped form may be overwritten.
    [[nodiscard]] std::uint8_t* end() { return at_; }
    void moveTo(std::uint8_t* at) { at_ = at; }

private:
    std::unique_ptr<std::uint8_t[]> bytes_;
    std::uint8_t* at_;
};

/// One line of a record dump, as contracts 4 tells of them; `kcat -J` is one way to write it.
struct RecordLine {
    std::string_view topic;  ///< empty: not told
    std::int32_t partition = 0;
    std::optional<std::int64_t> offset;
    std::optional<std::int64_t> ordinal;  ///< `n`
    TimestampKind timestampKind = TimestampKind::None;
    Timestamp timestamp;
    std::optional<std::string_view> key;
    std::optional<std::string_view> value;
    std::string_view defect;  ///< not empty: what was no record when the dump was written, and why; `value` is its bytes
    /// The line is a whole JSON object that says where it stands (topic and offset): so much is known of it even where it is no
    /// record.
    bool placed = false;
};

/// Reads such lines. kcat writes the bytes of keys and values as they are, so that strings may hold bytes that are no UTF-8:
/// they come out as the bytes they were. An object, array, number or boolean as key or value comes out as its JSON text.
/// Threads: one at a time.
class RecordLineParser {
public:
    /// Empty: well; else why the line is no record (headers that were added are the caller's to drop). `line` is followed by
    /// LineReader::kPadding readable bytes. The views point into the line and the arena, which has room for the line.
    [[nodiscard]] std::string parse(std::string_view line, TextArena& arena, RecordLine& record, std::vector<Header>& headers);

private:
    simdjson::ondemand::parser parser_;
    std::string masked_;
    std::vector<std::uint8_t> scratch_;
};

}  // namespace hindcast::source
