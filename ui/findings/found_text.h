#pragma once
#include "core/event/json.h"
#include "core/store/types.h"
#include "ui/session/text_export.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::ui {

// Rows of what was found as text to take along: JSON lines as the command line prints them, and tables by RFC 4180. Pure; any thread.

using PartOf = std::function<const store::Part*(PartId)>;

/// Appends a member; its value is JSON. The object is closed by the caller.
void addMember(std::string& json, std::string_view name, const std::string& raw);
[[nodiscard]] std::string inQuotes(std::string_view text);
[[nodiscard]] std::string timeJson(Timestamp time);  ///< null where nobody gave one
/// {"type": …, "position": …}
[[nodiscard]] std::string eventJson(std::string_view type, EventId event, const PartOf& part);

/// In quotes where it needs them; what a spreadsheet would take for a formula is made a text.
[[nodiscard]] std::string csvField(std::string text);
[[nodiscard]] std::string timeField(Timestamp time);
[[nodiscard]] std::string positionField(EventId event, const PartOf& part);  ///< "orders/3/48112"

/// The parts that rows stand in, to take along to another thread. On the GUI thread.
template <class Row>
[[nodiscard]] PartOf partsOf(const std::vector<const Row*>& rows, const PartOf& part)
{
    auto known = std::make_shared<std::map<PartId, store::Part>>();
    for (const Row* row : rows)
        if (!known->contains(row->event.part()))
            if (const store::Part* found = part ? part(row->event.part()) : nullptr) known->emplace(row->event.part(), *found);
    return [known](PartId id) -> const store::Part* {
        const auto found = known->find(id);
        return found == known->end() ? nullptr : &found->second;
    };
}

/// Lines for the clipboard, as many as it is to hold.
struct CopiedLines {
    QString text;
    std::uint64_t rows = 0;
};
template <class Row, class LineOf>
[[nodiscard]] CopiedLines copiedLines(std::string titles, const std::vector<const Row*>& rows, LineOf lineOf)
{
    CopiedLines copied;
    std::string text = std::move(titles);
    for (const Row* row : rows) {
        const std::string line = lineOf(*row);
        if (text.size() + line.size() > TextExport::kMost) break;
        text += line;
        ++copied.rows;
    }
    copied.text = QString::fromStdString(text);
    return copied;
}

}  // namespace hindcast::ui
