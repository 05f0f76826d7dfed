#pragma once
#include "core/event/change.h"
#include "core/replay/branch_history.h"
#include "core/replay/watch_runs.h"
#include "ui/session/views.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace hindcast::ui {

/// A branch as it is applied to the history that is shown: one immutable answer.
struct BranchView {
    std::uint64_t branch = 0;  ///< Branches::Item::id
    EntityId entity;
    std::shared_ptr<const replay::BranchHistory> made;
    std::unordered_map<TypeId, QString> ownTypes;  ///< names of types that only branches know
    QString does;                                  ///< "skip 5 · edit 6 · add 8+", by versions of the real history
    QStringList idle;                              ///< why edits do nothing
    std::size_t edits = 0;
};

/// Both states at the playhead.
struct BranchStateView {
    std::uint64_t branch = 0;
    EntityId entity;
    Version real;     ///< version of the real history
    Version version;  ///< of the branch
    bool realAlive = false;
    bool alive = false;
    Json document;       ///< the branch's; discarded where the entity does not live in it
    Changes difference;  ///< what turns the real state into the branch's
    /// Fields of both, the real values first; its changes mark what differs. Right where the real life ends and the branch has none
    /// either, what both were before that: shownDocument() has it as past.
    std::shared_ptr<const StateView> joint;
    Json past = Json(Json::value_t::discarded);  ///< what the branch's was then; discarded where it did not live
    QString trouble;                             ///< why there is no state of the branch, or where its model failed; empty: none
};

/// How the states go along, by versions of the real history.
struct BranchCourseView {
    std::uint64_t branch = 0;
    std::optional<Version> differs;  ///< the first at which they differ; empty: never
    std::optional<Version> meets;    ///< from here on they are the same again
};

/// The watched fields in the branch, in the order in which they were asked for.
struct BranchWatchesView {
    std::uint64_t branch = 0;
    std::shared_ptr<const replay::BranchHistory> made;
    std::vector<std::pair<QString, std::shared_ptr<const replay::WatchRuns>>> runs;
};

/// What a dialog on an event begins with.
struct BranchPayload {
    std::uint64_t ticket = 0;
    QString type;
    QString payload;  ///< JSON, indented; empty: there is none like it
    Timestamp time;
};

/// How an export of a branch goes or went.
struct BranchExport {
    QString path;
    std::uint64_t written = 0;
    std::uint64_t total = 0;
    bool ended = false;
    bool cancelled = false;
    bool reordered = false;  ///< a row's dump, whose order its database's positions decide
};

}  // namespace hindcast::ui
