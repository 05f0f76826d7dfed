#pragma once
#include "core/event/json.h"

#include <QString>

#include <string_view>
#include <vector>

namespace hindcast::ui {

/// A value on one line, as JSON with its numbers as they came; at most about `limit` characters, then "…". Costs what is shown,
/// however large the value is.
[[nodiscard]] QString valueText(const Json& value, int limit = 300);

/// The same for running text: a string without its quotes, unless it is empty or has blanks at an end; an object by its id
/// (`id`, `…_id`, `…Id`) where it has one, else "{3 fields}"; an array of up to three by its items.
[[nodiscard]] QString plainText(const Json& value, int limit = 48);

/// A closed container in a few words: "3 items", "5 fields", "8838 · 20.00" for a small object of scalars, "{ }" and "[ ]".
[[nodiscard]] QString containerText(const Json& container);

/// Bytes of a record as text: invalid UTF-8 as U+FFFD, line ends as signs; at most `limit` characters, then "…".
[[nodiscard]] QString bytesAsText(std::string_view bytes, int limit);

enum class JsonPart : unsigned char { Mark, Name, Text, Number, Word };

/// JSON text set in lines, and what each piece of it is.
struct JsonLayout {
    struct Span {
        int from = 0;
        int length = 0;
        JsonPart part = JsonPart::Mark;
    };
    QString text;
    std::vector<Span> spans;
    bool cut = false;  ///< `limit` was reached
};

/// Breaks JSON text into lines, two blanks a level, without reading it into a document: every character but white space between
/// tokens stays as it came, duplicate keys and all. Stops at about `limit` characters. Text that is no JSON comes out readable.
[[nodiscard]] JsonLayout layoutJson(std::string_view json, int limit);

}  // namespace hindcast::ui
