#pragma once
#include "core/event/error.h"
#include "core/event/ids.h"
#include "core/event/json.h"
#include "core/event/pointer.h"
#include "core/replay/watch_runs.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::replay {

class EntityReplay;

/// Where a watch looks: a JSON Pointer (RFC 6901) in which an item of an array can also be named by what it is, not only by where
/// it stands. In an object every token is a member's name, as ever; in an array a token is one of
///
///     3             the item at that index
///     -1  -2        the last item, the one before it
///     [sku=A-17]    the first object among the items whose member "sku" is that: a text by its characters, a number, true, false
///                   or null by its JSON text ("1" and 1 are both found by [n=1], 1.0 is not). The first "=" ends the name.
///
/// so that "/items/[sku=A-17]/qty" follows one item while others come, go and change places before it. "~1" and "~0" stand for "/"
/// and "~" everywhere. A value; immutable.
class WatchPointer {
public:
    /// Error::Kind::BadInput: it is no pointer.
    [[nodiscard]] static Result<WatchPointer> parse(std::string_view text);

    [[nodiscard]] const std::string& text() const { return text_; }
    /// The value there, or null where there is none. A discarded document holds none.
    [[nodiscard]] const Json* find(const Json& document) const;

private:
    struct Step {
        std::string token;
        std::optional<std::size_t> index;
        std::size_t fromEnd = 0;  ///< 1: the last; 0: not named so
        std::string member;       ///< of a selector; empty: it is none
        std::string value;
    };
    std::string text_;
    std::vector<Step> steps_;
};

/// The same place with every index replaced by a selector, where the item is an object that one of its members tells from all other
/// items of the array (id, key, sku, code, name, …_id, …Id). Empty where no index could be replaced.
[[nodiscard]] std::optional<std::string> byIdentity(const Json& document, const Pointer& pointer);

/// Gathers the values of one field while a life is walked through. Threads: one at a time.
class Watch {
public:
    explicit Watch(WatchPointer pointer) : pointer_(std::move(pointer)) {}

    [[nodiscard]] const WatchPointer& pointer() const { return pointer_; }
    [[nodiscard]] Version builtTo() const { return Version{builtTo_}; }
    /// REQUIRES: `version` is the one after builtTo(). `document` discarded: the entity does not live.
    void add(Version version, const Json& document);
    /// All that has been gathered; what is added later does not change it. Costs a copy where something was added since the last.
    [[nodiscard]] std::shared_ptr<const WatchRuns> share();

private:
    [[nodiscard]] bool isLast(const Json* value) const;
    [[nodiscard]] std::uint32_t idOf(const Json* value);
    void growTable();

    WatchPointer pointer_;
    std::uint64_t builtTo_ = 0;
    WatchRuns runs_;
    std::vector<std::uint64_t> hashes_;  // of the values, parallel to them
    std::vector<std::uint32_t> table_;   // open addressing: ids of values
    std::size_t textBytes_ = 0;
    std::shared_ptr<const WatchRuns> shared_;
};

/// Brings all watches to the end of the history, in one walk from the first version that one of them lacks; works for every model.
/// `progress` is told now and then how far the walk is. What was gathered stays where it is stopped or fails, and goes on from there:
/// Error::Kind::Cancelled where asked to stop. REQUIRES: what they hold is of this history, or of a shorter one that it goes on.
[[nodiscard]] Result<void> extend(EntityReplay& replay, std::span<Watch> watches, std::stop_token stop,
                                  const std::function<void(Version)>& progress = {});

}  // namespace hindcast::replay
