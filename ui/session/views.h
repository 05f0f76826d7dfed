#pragma once
#include "core/event/change.h"
#include "core/event/event.h"
#include "core/ingest/ingest.h"
#include "core/replay/provenance.h"
#include "core/replay/replay.h"
#include "core/store/density.h"
#include "ui/session/model_diagnostic.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace hindcast::ui {

/// The model that rebuilds the states of a category, and what the workspace keeps of it.
struct ModelView {
    QString category;
    QString name;                          ///< "set rules: user"
    QString note;                          ///< "last seen values, no model", or empty
    QString describes;                     ///< one line
    std::shared_ptr<const Json> document;  ///< as the setting "models" holds it; null: nobody chose
    bool isRules = false;
    bool isScript = false;
    int version = 1;     ///< one more than the changes that can be undone
    QString whyNoRules;  ///< not empty: a rule cannot be added to it, because

    /// What one changes about it is rules: it has some, or nobody chose another.
    [[nodiscard]] bool isOfRules() const { return isRules || !document; }
};

/// What the state view shows: one immutable answer for (entity, version).
struct StateView {
    EntityId entity;
    replay::StateAt state;
    Changes changes;                                       ///< by the event that made `state.version`; empty at version 0
    std::shared_ptr<const replay::Provenance> provenance;  ///< null until it is built: "set by" fills in later
    Version provenanceTo{UINT64_MAX};                      ///< up to which it was built: while a life grows the state is ahead
    std::shared_ptr<const replay::Provenance> since;  ///< of the events after that, up to the state's; null: none or not known
    QString modelName;
    QString modelNote;  ///< "last seen values, no model", or empty
    std::shared_ptr<const ModelView> model;
};

/// A state as rules that are not (yet) in force would rebuild it.
struct ModelPreview {
    std::uint64_t ticket = 0;               ///< as it was asked with
    std::shared_ptr<const StateView> view;  ///< its changes are from the state as it is now; null: see `error`
    QString error;
    std::vector<ModelDiagnostic> diagnostics;  ///< of the model's text: what made it of no use, or where the state stopped
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

/// How many events lie where in time: one immutable answer to Session::requestDensity(). Raw values; `available` says whether the
/// workspace can tell.
using DensityView = store::Density;
/// How people call an entity, where the mapping says where that stands; empty: it has no such name.
struct EntityName {
    EntityId id;
    QString name;
    std::uint32_t events = 0;  ///< it had when the name was looked up
};

/// A reading from Kafka that the workspace tells of and that can be gone on with. Nothing is read until the user says so.
struct ReadingOffer {
    QStringList topics;
    QString brokers;
    std::optional<Timestamp> stopped;  ///< when something was last stored, or it ended
    QString because;       ///< of itself: "the disk limit of 12 MB is reached"; empty: it was stopped, or that is not known
    QStringList withheld;  ///< properties that the workspace does not hold and that may be needed: a password
};

/// What the window is connected to and how reading goes.
struct ReadingView {
    bool reading = false;
    QString source;  ///< "orders +2 · localhost:9092"
    ingest::Progress progress;
    bool endless = false;    ///< no end was chosen: the head is read as it grows
    bool live = false;       ///< the head was reached: what comes now is new
    bool resumable = false;  ///< can be paused, and gone on with where it stopped
    bool paused = false;     ///< by the user; not reading
    bool diskFull = false;   ///< ended by the limit that was set, also before the workspace was opened
    /// Bytes on disk: going on raises the limit that is reached to that.
    std::optional<std::uint64_t> raisedLimit;
    std::optional<Timestamp> awaySince;  ///< while not connected
    std::optional<Timestamp> backSince;  ///< when it was connected again
    QString ended;                       ///< empty while reading; else "complete", "partial, because …", or the error's text
    bool failed = false;
    std::optional<ReadingOffer> offer;  ///< while nothing is read, where resumable does not hold
};

}  // namespace hindcast::ui
