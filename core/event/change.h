#pragma once
#include "core/event/error.h"
#include "core/event/json.h"
#include "core/event/pointer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hindcast {

/// One field that an event, or the way from one version to another, set: an RFC 6902 operation with the value it replaced.
struct Change {
    enum class Op : std::uint8_t {
        Add,
        Replace,
        Remove,
        Same,  ///< written again with the same text: no change, but "who ever wrote it" lists it
    };
    Op op = Op::Replace;
    std::string pointer;  ///< RFC 6901 text
    Json before;          ///< null (discarded) for Add
    Json after;           ///< null (discarded) for Remove
};
using Changes = std::vector<Change>;

/// The shortest simple list of operations that turns `from` into `to`: members by key, array items by index (the tail is added or
/// removed; removals from the end, so that the list applies in order). Applied to `from` it gives a document with
/// sameText(result, to). An empty root state (discarded) turns the whole document into one Add or Remove of "".
[[nodiscard]] Changes difference(const Json& from, const Json& to);

/// Operations as RFC 6902 JSON, each with "old" beside the standard members where there was a value ("from" is never used).
/// A Same is a "replace" by what was there.
[[nodiscard]] Json toPatch(const Changes& changes);

/// Applies an RFC 6902 patch (add, remove, replace, move, copy, test). On error the document is left as it was, to the order of
/// its members; the error says which operation failed and why. Growth beyond kMaxJsonDepth is an error. To remove "" leaves a
/// discarded document. `test` compares by sameValue.
/// Where `changes` is given, what was written is appended to it: one entry for each value (a move is a Remove and an Add),
/// nothing on error.
[[nodiscard]] Result<void> applyPatch(Json& document, const Json& patch, Changes* changes = nullptr);

/// RFC 7386 merge patch. A discarded patch does nothing; a discarded document counts as an absent one.
void applyMergePatch(Json& document, const Json& patch);

}  // namespace hindcast
