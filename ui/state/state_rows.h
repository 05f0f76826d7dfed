#pragma once
#include "ui/session/views.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace hindcast::ui {

/// What the event at the playhead did to a field.
enum class FieldMark : std::uint8_t {
    None,
    Inside,  ///< something below it
    Changed,
    Added,
};

/// One line of the state tree.
struct StateRow {
    const std::string* key = nullptr;  ///< null: an array item, or the document itself
    const Json* value = nullptr;
    std::uint32_t index = 0;   ///< of an array item
    std::int32_t parent = -1;  ///< the row of its container; -1: a top-level field
    std::uint16_t depth = 0;
    FieldMark mark = FieldMark::None;
    bool open = false;
    bool opens = false;  ///< it has something inside
    bool hit = false;    ///< its name or its value holds what is looked for
};

/// What is asked for: values and shared immutable data, so that it can be answered on any thread.
struct StateRowsTask {
    std::shared_ptr<const StateView> view;
    std::unordered_map<std::string, bool> opened;  ///< by pointer: what the user opened or closed
    std::unordered_set<std::string> stayOpen;      ///< by pointer: what has opened by itself, and may have grown since
    std::string filter;     ///< looked for: part of a field's name or of a value, ASCII case ignored; empty: nothing
    bool hitsOnly = false;  ///< only what holds `filter`, with its containers; else all stay and what holds a hit is open
    std::unordered_set<std::string> shut;  ///< by pointer: what the user closed though it holds hits
    bool changedOnly = false;
    std::string top;     ///< pointer of what is to be the first line in view; empty: the first of all
    std::string wanted;  ///< pointer of what is stood upon; empty: nothing
};

/// The visible lines of a state, top to bottom. Keeps the state alive that it points into.
struct StateRows {
    std::shared_ptr<const StateView> view;
    std::vector<StateRow> rows;
    const Json* document = nullptr;        ///< null: there is nothing to show
    std::vector<std::uint32_t> hits;       ///< rows that are hits, ascending
    bool isPast = false;                   ///< the document is what the entity was before it died
    bool cut = false;                      ///< more than kMost lines
    std::vector<std::string> selfOpened;   ///< pointers of what is open by itself: few, of the document's own fields
    std::optional<std::size_t> topRow;     ///< of the task's `top`, as find() has it
    std::optional<std::size_t> wantedRow;  ///< of the task's `wanted`: that field and none else

    static constexpr std::size_t kMost = 4'000'000;

    [[nodiscard]] std::string pointer(std::size_t row) const;
    /// The row of a pointer, or of its nearest container that has one. May walk all rows: not for a large state in the GUI thread.
    [[nodiscard]] std::optional<std::size_t> find(const std::string& pointer) const;
};

/// The document that is shown for a state: its own; or, right at the entity's death, the one that went.
[[nodiscard]] const Json* shownDocument(const StateView& view, bool* isPast = nullptr);

/// Walks the open part of the document (all of it where filtered). Empty where more than `budget` values would be visited, or
/// as much text searched: then ask again on another thread.
[[nodiscard]] std::optional<StateRows> makeStateRows(const StateRowsTask& task, std::size_t budget);

/// Whether a text, or any text, number or word in a value or name of a member in it, holds `lowered`; ASCII case ignored.
[[nodiscard]] bool holdsText(std::string_view text, const std::string& lowered);
[[nodiscard]] bool valueHolds(const Json& value, const std::string& lowered);

/// A small container in a small document is open until somebody closes it. What is open stays so while it grows (`isOpen`), but not to
/// any size: a fold that closed with one item more would be all one sees of a scrub.
[[nodiscard]] bool opensByItself(const Json& value, std::size_t depth, std::size_t siblings, bool isOpen = false);

}  // namespace hindcast::ui
