#pragma once
#include "core/event/change.h"
#include "core/event/event.h"
#include "core/ingest/ingest.h"
#include "core/replay/provenance.h"
#include "core/replay/replay.h"

#include <QString>

#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace hindcast::ui {

/// What the state view shows: one immutable answer for (entity, version).
struct StateView {
    EntityId entity;
    replay::StateAt state;
    Changes changes;                                       ///< by the event that made `state.version`; empty at version 0
    std::shared_ptr<const replay::Provenance> provenance;  ///< null until it is built: "set by" fills in later
    QString modelName;
    QString modelNote;  ///< "last seen values, no model", or empty
};

/// The whole story of one event, by position in the history and by itself.
struct EventView {
    EntityKey entity;  ///< in whose history
    Version version;   ///< 0 for a reject
    Event event;
};

/// What one event changed, for the tool tip on its mark.
struct TipView {
    EntityId entity;
    Version version;
    Changes changes;
};

/// A pinned entity's life, for its lane.
struct LaneView {
    QString entity;                                  ///< "category/id", as pinned
    std::optional<EntityId> id;                      ///< empty: not in this workspace (yet)
    std::shared_ptr<const replay::History> history;  ///< null where there is none
    std::vector<PartId> parts;                       ///< that its events come from, in order of first occurrence
    std::unordered_map<TypeId, std::uint32_t> types;
};
/// Versions that are asked for: stretches from first to last, both included, in order.
using VersionRuns = std::vector<std::pair<Version, Version>>;

/// One line of the entity list, fetched for the rows in view.
struct EntityRow {
    EntityId id;
    QString category;
    QString name;  ///< its id
    std::uint32_t events = 0;
    Timestamp last;
};

/// How people call an entity, where the mapping says where that stands; empty: it has no such name.
struct EntityName {
    EntityId id;
    QString name;
    std::uint32_t events = 0;  ///< it had when the name was looked up
};

/// What the window is connected to and how reading goes.
struct ReadingView {
    bool reading = false;
    QString source;  ///< "orders +2 · localhost:9092"
    ingest::Progress progress;
    QString ended;  ///< empty while reading; else "complete", "partial, because …", or the error's text
    bool failed = false;
};

}  // namespace hindcast::ui
