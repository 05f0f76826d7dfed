#pragma once
#include "core/event/change.h"
#include "core/replay/reduce.h"
#include "core/replay/sweep.h"
#include "ui/session/over_all_views.h"
#include "ui/session/script_document.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hindcast::ui {

/// What the fewest events are to show.
struct WantedSymptom {
    enum class Kind : std::uint8_t {
        Expression,  ///< `text` holds
        Invariant,   ///< the invariant `text` (empty: any) is broken
        ModelFails,  ///< with the message `text` (empty: any)
    };
    Kind kind = Kind::Expression;
    QString text;
    bool operator==(const WantedSymptom&) const = default;
};

/// An event of the smallest case.
struct SmallestRow {
    Version version;  ///< in the whole history
    EventId event;
    std::string type;
    Timestamp time;
    ValueText payload;
    std::string change;  ///< what it changes among these events, one line; empty: nothing
};

/// A smallest case with all that is needed to write it down elsewhere. Immutable.
struct SmallestCase {
    std::shared_ptr<const replay::EventsInMemory> events;
    replay::Symptom symptom;  ///< without `holds`
    replay::Reproducer made;
    std::string model;                  ///< in one line
    std::string dump;                   ///< of the records (contracts 4)
    std::optional<ScriptModel> script;  ///< the model, where it is one that a JavaScript test can import
    bool decides = false;               ///< it has commands, which would have made every step but those in made.refused
};

/// How the search for the smallest case goes, or has gone. Immutable once told.
struct SmallestView {
    static constexpr std::size_t kMostRows = 10'000;  ///< that are kept: the first ones and the last

    EntityId entity;
    EntityKey key;
    WantedSymptom wanted;
    bool running = false;
    bool cancelled = false;
    std::uint64_t folds = 0;  ///< tests that were run
    std::uint64_t kept = 0;   ///< events that are left, so far
    std::uint64_t of = 0;     ///< 0: not known yet
    std::chrono::nanoseconds took{};
    std::vector<SmallestRow> rows;
    std::shared_ptr<const SmallestCase> found;  ///< null: there is none (yet)
    QString shown;                              ///< the symptom as it came, in words
    QStringList remarks;                        ///< what must be said of the case: whole sentences
    QString absent;                             ///< the symptom is nowhere in the history: said, with what is nearest to it
    QString error;                              ///< why it could not be looked for
};

/// A model to compare.
struct ModelChoice {
    enum class Kind : std::uint8_t {
        InForce,   ///< the category's
        Before,    ///< the one that this took the place of
        Document,  ///< `document`, as the setting "models" holds one
        File,      ///< at `file`
    };
    Kind kind = Kind::InForce;
    Json document;
    QString file;
    QString name;  ///< as it is called where it is chosen
    bool operator==(const ModelChoice& other) const
    {
        return kind == other.kind && file == other.file && name == other.name && document == other.document;
    }
};

/// A field that two models give another value.
struct FieldDifference {
    std::string pointer;      ///< empty: the whole state, which lives by one of them alone
    ValueText first, second;  ///< empty: nothing stands there
};

/// The first event of an entity after which two models give other states.
struct ModelDiffRow {
    static constexpr std::size_t kMostFields = 50;

    EntityId entity;
    EntityKey key;
    Version version;
    Version of;  ///< length of the history
    EventId event;
    std::string type;
    Timestamp time;
    std::vector<FieldDifference> fields;
    std::uint64_t moreFields = 0;  ///< that are not among them
    std::string partial;           ///< not empty: the life is a partial one, because
};

/// How the comparison of two models goes, or has gone. Immutable once told; rows are shared from one to the next.
struct ModelDiffView {
    static constexpr std::uint64_t kMostRows = 100'000;  ///< that are kept; more are counted
    using Batch = std::shared_ptr<const std::vector<ModelDiffRow>>;
    using Counts = std::vector<std::pair<QString, std::uint64_t>>;  ///< the most frequent first

    QString category;
    QString first, second;       ///< the models
    std::vector<Batch> batches;  ///< as they were found: in no order
    std::uint64_t rows = 0;      ///< in the batches
    std::uint64_t differing = 0;
    Counts causes;  ///< types of those events
    Counts fields;  ///< members of the state: "/balance", how many entities differ there
    replay::SweepProgress looked;
    std::chrono::nanoseconds took{};
    bool running = false;
    bool cancelled = false;
    QStringList remarks;  ///< where a model failed: whole sentences
    QString error;        ///< why it did not come to its end
};

/// How the check for determinism goes, or has gone. Immutable once told.
struct DeterminismView {
    QString category;                      ///< empty: all
    std::vector<FindingGroupView> groups;  ///< the largest first
    std::uint64_t findings = 0;            ///< in the groups
    bool cut = false;                      ///< there are more
    replay::SweepProgress looked;
    std::chrono::nanoseconds took{};
    bool running = false;
    bool cancelled = false;
    QStringList remarks;  ///< models that cannot be used, and where one failed
    QString error;        ///< why it did not come to its end
};

}  // namespace hindcast::ui
