#pragma once
#include "core/event/error.h"
#include "core/event/event.h"
#include "core/event/json.h"
#include "core/event/pointer.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::expression {

/// What an expression's names mean at one event. Views live during the call.
struct Facts {
    std::string_view category;
    std::string_view id;
    Version version;
    std::string_view type;
    Timestamp time;
    std::string_view topic;
    Partition partition;
    Offset offset;
    std::optional<std::string_view> key;
    std::span<const Header> headers;
    std::string_view payload;  ///< JSON text, raw; empty: none. Looked into only where the expression does
    /// One for each of Expression::statePaths(), null: not there. Empty where there is no state at hand.
    std::span<const Json* const> state;
    std::span<const Json* const> previous;
};

/// What an expression came to. Absent is the value of a path that is not there, and of what is computed from one: no match.
enum class Verdict : std::uint8_t { False, True, Absent };

/// Where values had another type than the expression compares or computes with: no match, and told to the user.
struct Mismatch {
    std::string path;    ///< "payload.total"
    std::string found;   ///< "text"
    std::string wanted;  ///< "number"
    std::uint64_t count = 0;
    /// "412 events hold text at payload.total: use number(payload.total)". `one` and `many`: what was asked.
    [[nodiscard]] std::string text(std::string_view one = "event", std::string_view many = "events") const;
};

/// A place in the text of an expression where it is wrong.
struct SyntaxError {
    std::string message;     ///< "there is no function lenght(); did you mean size()?"
    std::size_t offset = 0;  ///< in bytes, of the first character that is wrong
    std::size_t length = 0;
};

/// An expression of contracts 4, read once, asked often. Immutable: share it between threads; what it needs while it is asked
/// stands in an Evaluator.
class Expression {
public:
    [[nodiscard]] static std::expected<std::shared_ptr<const Expression>, SyntaxError> parse(std::string_view text);

    [[nodiscard]] const std::string& text() const;
    /// Which parts of a state it looks at, as few and as deep as can be told without running it: `state.items.exists(i, i.qty > 2)
    /// && previous.total < 5` → /items, /total. {""}: all of it. Empty: it looks at no state.
    [[nodiscard]] const std::vector<Pointer>& statePaths() const;
    [[nodiscard]] bool usesState() const;
    [[nodiscard]] bool usesPrevious() const;
    [[nodiscard]] bool usesPayload() const;
    [[nodiscard]] bool usesRecord() const;  ///< key, headers
    /// Whether it asks for what one event has and the next one has not: its type, time, version, place, record or payload. Where it
    /// does not, what it comes to stays the same until a state changes.
    [[nodiscard]] bool usesEvent() const;
    /// Texts that `type` is compared with for equality (also by `in`): to say "no event has the type OrderPalced".
    [[nodiscard]] const std::vector<std::string>& typesNamed() const;
    /// Constant paths of the payload that it looks at, as pointers.
    [[nodiscard]] const std::vector<Pointer>& payloadPaths() const;

    // Within the room.
    struct Node;
    struct Impl;
    explicit Expression(std::unique_ptr<Impl> impl);
    ~Expression();
    [[nodiscard]] const Impl& impl() const { return *impl_; }

private:
    std::unique_ptr<Impl> impl_;
};

/// Asks an expression of one event after the other. Threads: one at a time; one each.
class Evaluator {
public:
    explicit Evaluator(std::shared_ptr<const Expression> expression);
    ~Evaluator();
    Evaluator(Evaluator&&) noexcept;
    Evaluator& operator=(Evaluator&&) noexcept;

    [[nodiscard]] Verdict operator()(const Facts& facts);
    /// The value itself; discarded where absent. For columns and tooltips.
    [[nodiscard]] Json value(const Facts& facts);
    /// What was met so far.
    [[nodiscard]] const std::vector<Mismatch>& mismatches() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::expression
