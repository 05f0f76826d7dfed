#pragma once
// Private to core/store: what Writer holds, shared by writer.cpp and remap.cpp.
#include "core/store/density_levels.h"
#include "core/store/dictionary.h"
#include "core/store/part_log.h"
#include "core/store/ranges.h"
#include "core/store/runs.h"
#include "core/store/write_turn.h"
#include "core/store/writer.h"

#include <array>
#include <functional>
#include <map>

namespace hindcast::store {

/// One row of `parts` in the column order of its table (`next` is left out).
[[nodiscard]] Part partFromRow(const Statement& row);

struct PartState {
    Part info;
    std::optional<Offset> next;       ///< the checkpoint
    std::optional<Offset> startedAt;  ///< of the present run
    std::vector<Range> readBefore;    ///< by earlier runs
    std::unique_ptr<PartLog> log;
    bool unsaved = false;  ///< the log holds records that are not in the file
    bool dirty = false;    ///< the row in `parts` is behind
};

/// What `meta` keeps.
struct Totals {
    std::int64_t records = 0;
    std::int64_t events = 0;
    std::int64_t entities = 0;
    std::int64_t rejects = 0;
    std::int64_t withoutEntity = 0;
    std::int64_t payloadBytes = 0;
    std::int64_t firstTime = 0;
    std::int64_t lastTime = 0;
    std::int64_t generation = 0;
    std::int64_t madeAnew = 0;  ///< how often everything was decoded anew
    // Of the density levels: the finest one (0: the workspace has none), what all pages take, and what the finest one holds.
    std::int64_t densityFinest = 0;
    std::int64_t densityBytes = 0;
    std::int64_t densityPages = 0;
    std::int64_t densityCells = 0;
    std::int64_t unplaced = 0;  ///< events that stand in no level: without a known time (or see buildDensity())
    std::int64_t unplacedRejects = 0;
    std::int64_t firstReject = 0;  ///< of those with a known time; 0: there are none, or it was not noted then
    std::int64_t lastReject = 0;

    using Field = std::pair<std::string_view, std::int64_t Totals::*>;
    static constexpr std::array<Field, 18> fields()
    {
        return {{{"records", &Totals::records},
                 {"events", &Totals::events},
                 {"entities", &Totals::entities},
                 {"rejects", &Totals::rejects},
                 {"without_entity", &Totals::withoutEntity},
                 {"payload_bytes", &Totals::payloadBytes},
                 {"first_time", &Totals::firstTime},
                 {"last_time", &Totals::lastTime},
                 {"generation", &Totals::generation},
                 {"made_anew", &Totals::madeAnew},
                 {"density_finest", &Totals::densityFinest},
                 {"density_bytes", &Totals::densityBytes},
                 {"density_pages", &Totals::densityPages},
                 {"density_cells", &Totals::densityCells},
                 {"unplaced", &Totals::unplaced},
                 {"unplaced_rejects", &Totals::unplacedRejects},
                 {"first_reject", &Totals::firstReject},
                 {"last_reject", &Totals::lastReject}}};
    }
};

[[nodiscard]] Result<Totals> loadTotals(Connection& connection);
[[nodiscard]] Result<void> saveTotals(Connection& connection, const Totals& totals);
/// Widens the stretch of time from `first` to `last`, which are 0 while it is empty.
inline void widen(std::int64_t& first, std::int64_t& last, Timestamp time)
{
    const bool empty = first == 0;
    if (empty || time.ns < first) first = time.ns;
    if (empty || time.ns > last) last = time.ns;
}

struct Writer::Impl {
    static Result<std::unique_ptr<Impl>> open(const std::string& path, std::shared_ptr<WriteTurn> turn);
    ~Impl();

    Result<void> load();
    Result<void> begin();
    /// Rolls back and remembers the error: this writer is of no use any more, the file is as of the last commit.
    std::unexpected<Error> giveUp(Error error);
    Result<PartId> insertPart(const Part& like, std::uint32_t epoch);
    Result<void> openLog(PartState& state);
    /// Is the record stored, with the same bytes, in an epoch before?
    /// Same where any earlier epoch has that position with these bytes.
    Result<PartLog::Held> earlierEpochHolds(const Part& later, const RawRecord& record, const Header* headers);
    /// What is derived from a record: entities, postings, counts, rejects, links.
    Result<void> note(Part& part, const RawRecord& record, const EventFacts& facts);
    Result<void> reject(EventId id, const EventFacts& facts, std::optional<EntityId> entity);
    Result<void> link(EventId id, EntityId entity, const EntityRef& other, bool forwards);
    Result<void> save();
    Result<void> flushPostings();
    /// Counts the record in the density levels.
    void place(const EventFacts& facts, TypeId type, std::optional<EntityId> primary);

    /// Open from the first change to commit().
    struct Open {
        WriteTurn::Held turn;  ///< first: given back when the transaction has ended
        Transaction transaction;
    };

    std::unique_ptr<Connection> connection;
    std::shared_ptr<WriteTurn> turn;
    std::unique_ptr<Open> transaction;
    std::unique_ptr<Dictionary> dictionary;
    std::map<std::uint32_t, std::unique_ptr<PartState>> parts;
    std::vector<EntityPosting> pending;
    DensityLevels density;
    bool settles = false;  ///< at the next commit
    std::map<std::string, std::string> settings;
    Totals totals;
    bool changed = false;
    std::optional<Error> broken;
    std::function<void()> onClose;
};

}  // namespace hindcast::store
