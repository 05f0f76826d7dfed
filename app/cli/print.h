#pragma once
#include "core/event/event.h"
#include "core/event/json.h"
#include "core/replay/history.h"

#include <string>
#include <string_view>

namespace hindcast::cli {

/// JSON written member by member, so that payloads go out byte for byte as they came.
class JsonLine {
public:
    JsonLine& text(std::string_view name, std::string_view value);
    JsonLine& number(std::string_view name, std::int64_t value);
    JsonLine& boolean(std::string_view name, bool value);
    JsonLine& null(std::string_view name);
    JsonLine& time(std::string_view name, Timestamp time);  ///< ISO 8601, null where nobody gave one
    /// REQUIRES: `json` is JSON. Line ends between its tokens become spaces.
    JsonLine& raw(std::string_view name, std::string_view json);
    JsonLine& value(std::string_view name, const Json& json);
    [[nodiscard]] std::string done() const { return line_ + "}"; }

private:
    void name(std::string_view name);
    std::string line_ = "{";
};

void quoteInto(std::string& out, std::string_view text);
[[nodiscard]] std::string base64(std::string_view bytes);
[[nodiscard]] bool isUtf8(std::string_view text);

/// "orders/3@48112".
[[nodiscard]] std::string positionText(const Position& position);
[[nodiscard]] std::string positionJson(const Position& position);
/// One event as `events` and `export` print it. `version` 0: not told.
/// `lane`: the entity whose history `version` counts; null outside of one.
[[nodiscard]] std::string eventJson(const Event& event, const EntityKey* lane, Version version);
/// "complete": …, "because": ….
void addCompleteness(JsonLine& line, const replay::Completeness& completeness);
/// ISO 8601, or "(no time)".
[[nodiscard]] std::string timeText(Timestamp time);
/// Text for a terminal: control characters shown, nothing else changed.
[[nodiscard]] std::string oneLine(std::string_view text, std::size_t longest);

}  // namespace hindcast::cli
