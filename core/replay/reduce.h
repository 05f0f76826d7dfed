#pragma once
#include "core/event/kept_bytes.h"
#include "core/event/payload_source.h"
#include "core/model/run.h"
#include "core/replay/feed.h"
#include "core/replay/history.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::replay {

/// What a fold has to show at its last event for it to count as reproducing.
struct Symptom {
    enum class Kind : std::uint8_t {
        State,      ///< `holds`
        Invariant,  ///< the invariant `name` (empty: any) is broken by that event
        Error,      ///< the model fails at that event, with the message `name`; empty: as at the first such event, numbers aside
    };
    Kind kind = Kind::State;
    std::string name;
    /// The event, the state after it, and the one before it (null before the first event, and where `wantsPrevious` is not set).
    std::function<bool(const model::Input&, const model::GivenState&, const model::GivenState*)> holds;
    bool wantsPrevious = false;
    std::string text;  ///< to be shown: `state.balance < 0`
};

/// An entity's events with their payloads, read once: what is folded again and again. Immutable.
struct EventsInMemory {
    EntityKey key;
    struct Each {
        HistoryEvent event;
        std::string type;
        std::string_view payload;  ///< followed by 64 readable bytes; empty: none
        bool gone = false;         ///< its record is not in the workspace any more: folds pass over it
    };
    std::vector<Each> events;
    KeptBytes bytes{KeptBytes::kLarge, KeptBytes::kJsonPadding};  ///< of the payloads

    /// As the reducer sees it as the `version`th one of a fold.
    [[nodiscard]] model::Input input(std::size_t index, Version version) const;
};
/// The first `count` events. Error::Kind::Cancelled where asked to stop.
[[nodiscard]] Result<std::shared_ptr<const EventsInMemory>> readEvents(const History& history, std::size_t count,
                                                                       RecordFeed& feed, PayloadSource& payloads,
                                                                       const std::stop_token& stop);

/// The fewest events that show a symptom.
struct Reproducer {
    std::vector<Version> kept;  ///< versions in the whole history, ascending; the last is the event that shows it
    Version of;                 ///< the version of that event: how many events the search began with
    bool minimal = false;       ///< without any single one of them (but the first and the last) it is not shown
    std::string because;        ///< why it may not be minimal: "it was stopped", "10 000 folds were tried"
    std::uint64_t folds = 0;    ///< tried
    std::uint64_t known = 0;    ///< that had been tried before
    /// Events of the history itself that no command of the model's would make; they were not asked to be accepted.
    std::vector<Version> refused;

    std::vector<model::FoldState> states;  ///< after each of the kept events
    std::string shown;                     ///< in words: the model's message, the broken invariant's
    std::string handler;                   ///< of an error; with file and line where they are known
    std::string invariant;                 ///< that is broken
};

struct ReduceOptions {
    std::uint64_t mostFolds = 10'000;
    std::optional<Version> at;  ///< the event that shows it; empty: the first that does
    bool accepted = true;       ///< every step has to be one that the model's decide accepts, where it has one
    std::stop_token stop;
    /// Now and then: folds tried, events still kept of so many.
    std::function<void(std::uint64_t folds, std::size_t kept, std::size_t of)> progress;
};

/// Minimises by delta debugging: ddmin of A. Zeller and R. Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", IEEE
/// Transactions on Software Engineering 28 (2), 2002. The first event of that life and the one that shows the symptom stay; what lies
/// behind that one, and former lives where it shows without them, are cut off first. Where it is stopped or the folds are used up, the best so far is given.
/// Errors: the model cannot be run; the symptom is nowhere in the history (BadInput).
[[nodiscard]] Result<Reproducer> reduce(const EventsInMemory& events, const model::Reducer& reducer, const Symptom& symptom,
                                        const ReduceOptions& options);

}  // namespace hindcast::replay
