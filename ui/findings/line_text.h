#pragma once
#include "core/event/ids.h"
#include "core/store/types.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace hindcast::ui {

// What the lines of JSON and CSV are made of that are copied from the tables.

using PartOf = std::function<const store::Part*(PartId)>;

/// The parts that rows (pointers to what has an `event`) stand in, to take along to another thread.
template <typename Rows>
[[nodiscard]] PartOf partsOf(const Rows& rows, const PartOf& part)
{
    auto known = std::make_shared<std::map<PartId, store::Part>>();
    for (const auto* row : rows)
        if (!known->contains(row->event.part()))
            if (const store::Part* found = part ? part(row->event.part()) : nullptr) known->emplace(row->event.part(), *found);
    return [known](PartId id) -> const store::Part* {
        const auto found = known->find(id);
        return found == known->end() ? nullptr : &found->second;
    };
}

/// Appends `"name":raw` to an object that is being written; opens it where `json` is empty. Closing it is the caller's.
void addMember(std::string& json, std::string_view name, const std::string& raw);
/// As a JSON string.
[[nodiscard]] std::string inQuotes(std::string_view text);
/// {"type", "position": {"topic", "partition", "offset"}}, as the command line prints an event; null for a place that is not known.
[[nodiscard]] std::string eventText(EventId event, std::string_view type, const PartOf& part);
/// "orders/3/48112"; empty where it is not known.
[[nodiscard]] std::string placeText(EventId event, const PartOf& part);
/// A field of a table (RFC 4180): in quotes where it needs them; what a spreadsheet would take for a formula is made a text.
[[nodiscard]] std::string csvField(std::string text);

}  // namespace hindcast::ui
