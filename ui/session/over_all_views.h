#pragma once
#include "core/audit/finding.h"
#include "core/event/json.h"
#include "core/event/pointer.h"
#include "core/replay/sweep.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace hindcast::ui {

/// Which entities are asked.
enum class FirstTimeScope : std::uint8_t {
    Entity,    ///< the selected one
    Category,  ///< those of its category
    All,
};

/// A value as JSON text, of which no more is kept than can be looked at.
struct ValueText {
    static constexpr std::size_t kMost = 1000;  ///< bytes
    std::string json;                           ///< empty: nothing stood there
    bool cut = false;                           ///< `json` is its beginning, then "…"
};

/// The first event of an entity's history after which the expression holds.
struct FirstTimeRow {
    EntityId entity;
    EntityKey key;
    Version version;
    Version of;  ///< length of the history
    EventId event;
    std::string type;
    Timestamp time;
    std::vector<ValueText> before, after;  ///< parallel to FirstTimeView::paths
    std::string partial;                   ///< not empty: the life is a partial one, because
};

/// How a search for the first time goes, or has gone. Immutable once told; the rows are shared from one to the next.
struct FirstTimeView {
    static constexpr std::uint64_t kMostRows = 200'000;  ///< that are kept; more are counted
    using Batch = std::shared_ptr<const std::vector<FirstTimeRow>>;

    QString text;  ///< the expression
    FirstTimeScope scope = FirstTimeScope::All;
    QString of;                  ///< the entity as "category/id", or the category; empty for all
    std::vector<Pointer> paths;  ///< into the state, at which the expression looks; {""}: all of it
    std::vector<Batch> batches;  ///< as they were found: in no order
    std::uint64_t rows = 0;      ///< in the batches
    std::uint64_t hits = 0;
    std::vector<std::pair<QString, std::uint64_t>> causes;  ///< types of those events with how many, the most frequent first
    replay::SweepProgress looked;
    std::chrono::nanoseconds took{};
    bool running = false;
    bool cancelled = false;
    QStringList remarks;  ///< mismatches, types and paths that do not occur, where a model failed: whole sentences
    QString error;        ///< why it did not come to its end
};

/// A finding of an audit, as the window shows it.
struct FindingRow {
    audit::Finding::Kind kind = audit::Finding::Kind::Invariant;
    EntityId entity;
    EntityKey key;
    EventId event;
    Version version;
    Timestamp time;
    std::string subject;  ///< the invariant's name, or the handler that failed
    std::string what;     ///< in words
    std::string cause;    ///< the event's type
    std::string change;   ///< what the event changed, one line; empty: not read
};

/// Findings with one cause: the same subject after events of the same type.
struct FindingGroupView {
    audit::Finding::Kind kind = audit::Finding::Kind::Invariant;
    QString subject;
    QString cause;
    std::uint64_t entities = 0;
    std::vector<std::shared_ptr<const FindingRow>> rows;  ///< by time
};

/// What the audit of the whole workspace has found. Immutable once told.
struct FindingsView {
    static constexpr std::uint64_t kMostFindings = 100'000;  ///< that are kept

    std::vector<FindingGroupView> groups;  ///< the largest first
    std::uint64_t findings = 0;            ///< in the groups
    bool cut = false;                      ///< there are more
    bool declared = false;                 ///< whether any model declares an invariant; else nothing was looked at
    bool running = false;
    replay::SweepProgress looked;  ///< of what is running, or ran last
    QStringList remarks;           ///< models that cannot be used, and where one failed
    QString error;                 ///< why it did not come to its end
};

}  // namespace hindcast::ui
