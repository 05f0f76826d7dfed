#pragma once
#include "core/event/json.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace hindcast::ui {

/// A line of two JSON documents that stand beside each other. Points into the documents.
struct AlignedLine {
    enum class Kind : std::uint8_t { Same, Changed, Added, Removed };
    enum class Part : std::uint8_t { Leaf, Open, Close };  ///< an empty object or list is a leaf
    static constexpr std::uint32_t kNone = UINT32_MAX;

    Kind kind = Kind::Same;  ///< of what opens and closes: whether it is there on both sides
    Part part = Part::Leaf;
    std::uint16_t depth = 0;
    std::uint32_t parent = kNone;       ///< the line that opens what holds it
    const std::string* name = nullptr;  ///< of a member; null: an item, or the whole
    std::uint32_t index = 0;            ///< of an item: its place in B, or in A where B has none
    const Json* a = nullptr;            ///< null: not on that side
    const Json* b = nullptr;
};

/// Two documents aligned line by line: members by their names in the order of A, items by their place, or by what they are. Pure.
struct AlignedJson {
    static constexpr std::size_t kMostLines = 500'000;

    std::vector<AlignedLine> lines;
    std::vector<std::uint32_t> differences;  ///< the first line of each stretch that differs
    bool cut = false;                        ///< there are more lines

    /// The JSON pointer of what stands in a line: where it is in B, or in A where B has it not. REQUIRES: line < lines.size().
    [[nodiscard]] std::string pointerOf(std::size_t line) const;
};

/// Null: there is nothing on that side. `itemKey`: items of lists that are objects with that member are the same where its value is
/// ("id"); empty: items are told by their place. The documents must outlive the answer. Costs what they hold.
[[nodiscard]] AlignedJson alignJson(const Json* a, const Json* b, const std::string& itemKey = {});

/// A line's own text on one of its sides, without the blanks before it: `"name": 1`, `}`; values at most about `limit` characters.
[[nodiscard]] std::string lineText(const AlignedLine& line, bool ofB, int limit);

}  // namespace hindcast::ui
