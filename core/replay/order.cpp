#include "core/replay/history.h"

#include <algorithm>
#include <unordered_map>

namespace hindcast::replay {

namespace {

using store::Posting;
using store::Postings;

/// A database row's event with all that its place depends on.
struct Placed {
    HistoryEvent event;
    SourceOrder order;
    bool endsFirst = false;  ///< a delete: before the create that has the same source position
};

/// Effective time, then topic and partition, then offset.
struct ByEffectiveTime {
    const std::vector<std::uint32_t>& rankOfPart;

    bool operator()(const HistoryEvent& a, const HistoryEvent& b) const
    {
        if (a.effective != b.effective) return a.effective < b.effective;
        if (a.id.part() == b.id.part()) return a.id < b.id;
        const std::uint32_t left = rank(a.id.part());
        const std::uint32_t right = rank(b.id.part());
        return left != right ? left < right : a.id < b.id;
    }
    [[nodiscard]] std::uint32_t rank(PartId part) const
    {
        return part.value < rankOfPart.size() ? rankOfPart[part.value] : UINT32_MAX;
    }
};

struct BySourceOrder {
    ByEffectiveTime otherwise;

    bool operator()(const Placed& a, const Placed& b) const
    {
        if (a.order != b.order) return a.order < b.order;
        if (a.endsFirst != b.endsFirst) return a.endsFirst;
        return otherwise(a.event, b.event);
    }
};

bool isRowChange(EventKind kind) { return kind != EventKind::Plain && kind != EventKind::Tombstone; }

/// What is known of the entity's events in one part, so far.
struct PartSoFar {
    Timestamp effective = Timestamp::min();
    SourceOrder order;
    EventKind kind = EventKind::Plain;
    bool any = false;
    bool row = false;
    bool endsFirst = false;
};

HistoryEvent eventOf(const Posting& posting, Timestamp effective)
{
    return {posting.id, posting.time, effective, posting.type, posting.kind, posting.primary};
}

/// One part and no database rows: offset order is the whole truth.
bool isPlainSinglePart(const std::vector<Posting>& items)
{
    if (items.empty() || items.front().id.part() != items.back().id.part()) return false;
    return std::none_of(items.begin(), items.end(), [](const Posting& item) { return isRowChange(item.kind); });
}

std::vector<HistoryEvent> inOffsetOrder(const std::vector<Posting>& items)
{
    std::vector<HistoryEvent> events;
    events.reserve(items.size());
    Timestamp effective = Timestamp::min();
    for (const Posting& item : items) {
        if (item.reject) continue;
        effective = std::max(effective, item.time);
        events.push_back(eventOf(item, effective));
    }
    return events;
}

class Sorting {
public:
    Sorting(const Postings& postings, const std::vector<std::uint32_t>& topicRankOfPart)
        : postings_(postings), byTime_{topicRankOfPart}
    {
    }

    std::vector<HistoryEvent> run()
    {
        place();
        const BySourceOrder bySource{byTime_};
        if (!std::is_sorted(rows_.begin(), rows_.end(), bySource)) std::sort(rows_.begin(), rows_.end(), bySource);
        mergeRuns();
        return joined();
    }

private:
    /// Effective times, and each event to its kind: rows to be sorted, the others as one sorted run a part.
    void place()
    {
        PartId part;
        PartSoFar before;
        for (std::size_t i = 0; i < postings_.items.size(); ++i) {
            const Posting& item = postings_.items[i];
            if (item.reject) continue;
            if (!before.any || item.id.part() != part) {
                part = item.id.part();
                before = {};
                before.any = true;
                runs_.push_back(plain_.size());
            }
            if (item.kind == EventKind::Tombstone && before.kind == EventKind::Delete) {
                before.kind = EventKind::Tombstone;  // belongs to that death
                continue;
            }
            Placed placed;
            placed.event = eventOf(item, std::max(before.effective, item.time));
            if (isRowChange(item.kind)) {
                if (!postings_.orders.empty()) placed.order = postings_.orders[i];
                const bool ends = item.kind == EventKind::Delete || item.kind == EventKind::Truncate;
                placed.endsFirst = ends && !placed.order.absent();
            } else if (item.kind == EventKind::Tombstone && before.row) {
                placed.order = before.order;  // has no source of its own: stays behind its predecessor
                placed.endsFirst = before.endsFirst;
            }
            const bool row = isRowChange(item.kind) || (item.kind == EventKind::Tombstone && before.row);
            // A truncate may be the table's: it is nobody's predecessor.
            if (item.kind != EventKind::Truncate) {
                before.kind = item.kind;
                before.effective = placed.event.effective;
                before.row = row;
                before.order = placed.order;
                before.endsFirst = placed.endsFirst;
            }
            if (row) {
                rows_.push_back(placed);
            } else {
                plain_.push_back(placed.event);
            }
        }
        runs_.push_back(plain_.size());
    }

    /// Neighbouring runs are merged until one is left: n log(parts).
    void mergeRuns()
    {
        std::vector<HistoryEvent> other(plain_.size());
        while (runs_.size() > 2) {
            std::vector<std::size_t> next{0};
            std::size_t run = 0;
            for (; run + 2 < runs_.size(); run += 2) {
                std::merge(at(runs_[run]), at(runs_[run + 1]), at(runs_[run + 1]), at(runs_[run + 2]),
                           other.begin() + static_cast<std::ptrdiff_t>(runs_[run]), byTime_);
                next.push_back(runs_[run + 2]);
            }
            if (run + 1 < runs_.size()) {
                std::copy(at(runs_[run]), plain_.end(), other.begin() + static_cast<std::ptrdiff_t>(runs_[run]));
                next.push_back(plain_.size());
            }
            plain_.swap(other);
            runs_.swap(next);
        }
    }
    std::vector<HistoryEvent>::iterator at(std::size_t index) { return plain_.begin() + static_cast<std::ptrdiff_t>(index); }

    /// Rows keep their order; what is no row stands among them by time.
    std::vector<HistoryEvent> joined()
    {
        if (rows_.empty()) return std::move(plain_);  // its effective times never fall
        Timestamp effective = Timestamp::min();
        for (Placed& row : rows_) effective = row.event.effective = std::max(effective, row.event.effective);
        std::vector<HistoryEvent> events;
        events.reserve(rows_.size() + plain_.size());
        effective = Timestamp::min();
        auto row = rows_.cbegin();
        auto plain = plain_.cbegin();
        while (row != rows_.cend() || plain != plain_.cend()) {
            const bool takeRow = plain == plain_.cend() || (row != rows_.cend() && byTime_(row->event, *plain));
            HistoryEvent event = takeRow ? (row++)->event : *plain++;
            effective = event.effective = std::max(effective, event.effective);
            events.push_back(event);
        }
        return events;
    }

    const Postings& postings_;
    ByEffectiveTime byTime_;
    std::vector<Placed> rows_;
    std::vector<HistoryEvent> plain_;
    std::vector<std::size_t> runs_;  // where each begins in plain_, and the end
};

}  // namespace

std::vector<HistoryEvent> orderHistory(const Postings& postings, const std::vector<std::uint32_t>& topicRankOfPart)
{
    if (isPlainSinglePart(postings.items)) return inOffsetOrder(postings.items);
    return Sorting(postings, topicRankOfPart).run();
}

}  // namespace hindcast::replay
