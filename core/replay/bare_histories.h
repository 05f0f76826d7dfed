#pragma once
#include "core/event/entity.h"
#include "core/replay/event_index.h"
#include "core/replay/history.h"
#include "core/store/reader.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace hindcast::replay {

/// Of a history what a fold over many entities needs; the same events in the same order as loadHistory() gives.
struct BareHistory {
    EntityId entity;
    EntityKey key;
    CategoryId category;
    bool rows = false;
    std::vector<HistoryEvent> events;
    std::uint64_t later = 0;                           ///< events behind these that nobody asked for
    std::shared_ptr<const Completeness> completeness;  ///< never null; shared by those that lack the same

    [[nodiscard]] Version last() const { return Version{events.size()}; }
    /// Leaves the events after an instant out; those at it stay.
    void cutAfter(Timestamp time);
};

/// Reads the histories of many entities at once: what they have in common is asked for once, and the index is walked in one pass.
/// Threads: one at a time.
class BareHistories {
public:
    /// `reader` must outlive this object.
    explicit BareHistories(store::Reader& reader) : reader_(reader) {}
    /// Parallel to `entities`. REQUIRES: they ascend, each once. `directory`: their categories.
    [[nodiscard]] Result<std::vector<BareHistory>> load(std::span<const EntityId> entities, const store::Directory& directory);

private:
    /// The postings of the table's own entity; null where it has none.
    [[nodiscard]] Result<const store::Postings*> tableOf(CategoryId category, const std::string& name);
    [[nodiscard]] std::shared_ptr<const Completeness> completenessOf(const store::Postings& postings);

    store::Reader& reader_;
    std::vector<store::Part> parts_;
    std::map<CategoryId, std::optional<store::Postings>> tables_;                         ///< of one load
    std::map<std::vector<PartId>, std::shared_ptr<const Completeness>> completeByParts_;  ///< of one load
    std::vector<PartId> touched_;
};

}  // namespace hindcast::replay
