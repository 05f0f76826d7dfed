#pragma once
#include "core/expression/expression.h"
#include "ui/session/over_all_views.h"

#include <optional>

namespace hindcast::ui {

/// How what is typed is meant.
enum class SoughtAs : std::uint8_t {
    Value,       ///< a number or a text that stands somewhere in a state
    Expression,  ///< contracts 4
};

/// What is looked for in states. Scope is Category or All.
struct StateQuestion {
    QString text;
    SoughtAs as = SoughtAs::Value;
    FirstTimeScope scope = FirstTimeScope::All;

    bool operator==(const StateQuestion&) const = default;
};
/// Where a question cannot be asked, and why; empty where it can.
[[nodiscard]] std::optional<expression::SyntaxError> troubleOf(const std::string& text, SoughtAs as);

/// An entity in whose state it was found.
struct StateRow {
    struct Found {
        std::string pointer;
        ValueText value;
    };
    EntityId entity;
    EntityKey key;
    Version version;  ///< as of the moment
    Version of;       ///< length of the history
    EventId event;    ///< that made this version
    std::string type;
    Timestamp time;
    std::vector<Found> found;    ///< some of the places
    std::uint64_t places = 0;    ///< all of them
    std::uint64_t failures = 0;  ///< events at which the model failed: the state lacks them
    std::string partial;         ///< not empty: the life is a partial one, because
};

/// How a search in states goes, or has gone. Immutable once told; the rows are shared from one to the next.
struct StatesView {
    static constexpr std::uint64_t kMostRows = 200'000;  ///< that are kept; more are counted
    using Batch = std::shared_ptr<const std::vector<StateRow>>;

    StateQuestion question;
    QString of;                       ///< the category; empty for all
    std::optional<Timestamp> moment;  ///< inclusive; empty: after all events
    bool readsState = true;           ///< else what was found depends on no model
    std::vector<Batch> batches;       ///< as they were found: in no order
    std::uint64_t rows = 0;           ///< in the batches
    std::uint64_t hits = 0;
    std::uint64_t asked = 0;  ///< entities that lived then; known at the end
    replay::SweepProgress looked;
    std::chrono::nanoseconds took{};
    bool running = false;
    bool cancelled = false;
    QStringList remarks;  ///< mismatches, types and paths that do not occur, where a model failed: whole sentences
    QString error;        ///< why it did not come to its end
};

}  // namespace hindcast::ui
