#pragma once
#include "core/event/entity.h"
#include "core/event/json.h"
#include "core/store/density.h"
#include "core/store/directory.h"
#include "core/store/reject_page.h"
#include "core/store/types.h"

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::store {

/// A reading connection. Every call is one short transaction of its own, so the log can be checkpointed beneath it; what several
/// calls see may differ by later commits, never by half of one.
/// Threads: one at a time. Get one each from Store::reader().
class Reader {
public:
    ~Reader();

    [[nodiscard]] Result<Counts> counts();
    [[nodiscard]] Result<std::vector<Source>> sources();
    [[nodiscard]] Result<std::vector<Part>> parts();
    [[nodiscard]] Result<std::vector<Category>> categories();
    [[nodiscard]] Result<std::vector<TypeCount>> types();
    [[nodiscard]] std::string typeName(TypeId id);

    /// How many events lie where in time; a walk over columns and a few pages, however many events there are.
    [[nodiscard]] Result<Density> density(const DensityQuery& query);

    /// Position of an event in the words of its source, and back. Empty: no such part here.
    [[nodiscard]] std::optional<Position> position(EventId id);
    [[nodiscard]] std::optional<EventId> find(const Position& position);

    /// The entities, their counts and times: an immutable snapshot that grows cheaply from the one before it, unless everything was
    /// decoded anew since: Directory::madeAnew is another one then, and so are all ids.
    [[nodiscard]] Result<std::shared_ptr<const Directory>> directory(std::shared_ptr<const Directory> previous = {});
    [[nodiscard]] Result<std::optional<EntityId>> findEntity(const EntityKey& key);
    /// Every entity with this bare id, in any category; at most `limit`.
    [[nodiscard]] Result<std::vector<EntityId>> findById(std::string_view id, std::size_t limit = 16);
    [[nodiscard]] Result<EntityKey> entityKey(EntityId id);
    [[nodiscard]] Result<std::vector<EntityKey>> entityKeys(std::span<const EntityId> ids);
    /// Ids whose text or category holds `text` (ASCII case ignored); in id order; reported in batches. Stops when asked.
    [[nodiscard]] Result<void> searchEntities(std::string_view text, std::stop_token stop,
                                              const std::function<void(std::span<const EntityId>)>& found);

    [[nodiscard]] Result<Postings> postings(EntityId entity);
    /// Of many entities at once, parallel to them: one pass over the index, where each alone would open its blocks again. REQUIRES:
    /// `entities` ascend, each once.
    [[nodiscard]] Result<std::vector<Postings>> postingsOf(std::span<const EntityId> entities);
    [[nodiscard]] Result<std::vector<Link>> linksOf(EntityId entity);

    /// One record; empty where none is stored at that id.
    [[nodiscard]] Result<std::optional<StoredRecord>> record(EventId id);
    /// Records in the order of `ids`, with one chunk cache across the call. The callback's record lives until it returns; it
    /// returns false to stop. The value is followed by at least 64 readable bytes.
    using Visit = std::function<bool(EventId, const RawRecord&, std::span<const Header>)>;
    [[nodiscard]] Result<void> records(std::span<const EventId> ids, const Visit& visit);
    /// Every record in EventId order (part by part), from `first` on.
    [[nodiscard]] Result<void> scan(EventId first, const Visit& visit);

    [[nodiscard]] Result<std::vector<Reject>> rejects(std::size_t limit = SIZE_MAX);
    [[nodiscard]] Result<std::optional<Reject>> rejectAt(EventId id);
    /// A stretch of them, with where it stands among all: costs what lies between it and the nearest known place (the page before,
    /// the ends of a part), a millisecond for some ten thousand, and not what all rejects would.
    [[nodiscard]] Result<RejectPage> rejectPage(const RejectQuery& query);

    [[nodiscard]] Result<std::vector<Notice>> notices();

    /// Settings are small JSON documents by name: "mappings", "models", "pins", "layout", "playhead".
    [[nodiscard]] Result<std::optional<Json>> setting(std::string_view name);

private:
    friend class Store;
    struct Impl;
    explicit Reader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::store
