// How a branch's edits make a history of another one.
#include "core/replay/branch_history.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace hindcast::replay {

namespace {

constexpr std::uint32_t kNone = UINT32_MAX;

std::string named(const EventRef& ref)
{
    if (ref.unknown)
        return "event " + ref.unknown->topic + "/" + std::to_string(ref.unknown->partition.value) + "@" +
               std::to_string(ref.unknown->offset.value);
    if (isAdded(ref.id)) return "the event that was added by edit " + std::to_string(ref.id.offset().value);
    return "the event at offset " + std::to_string(ref.id.offset().value);
}

/// What an event of that type does to a row's life; a type of the mapping's own does nothing to it.
EventKind kindOfType(std::string_view type, bool rows)
{
    if (!rows) return EventKind::Plain;
    for (std::size_t i = 0; i < kEventKinds; ++i)
        if (const auto kind = static_cast<EventKind>(i); nameOf(kind) == type && kind != EventKind::Tombstone) return kind;
    return EventKind::Plain;
}

}  // namespace

/// The events of a history as a chain in which edits take, put and leave out; then what comes of it.
class BranchBuilder {
public:
    BranchBuilder(std::shared_ptr<const History> real, BranchTypes& types) : types_(types)
    {
        made_->real_ = std::move(real);
        if (!made_->real_->events.empty()) lastTime_ = made_->real_->events.front().time;
        const std::size_t count = made_->real_->events.size();
        chain_.reserve(count + 1);
        chain_.resize(count + 1);  // 0 is the place before the first event, v the event of version v
        for (std::size_t i = 0; i <= count; ++i) {
            chain_[i].before = i == 0 ? kNone : static_cast<std::uint32_t>(i - 1);
            chain_[i].next = i == count ? kNone : static_cast<std::uint32_t>(i + 1);
        }
    }

    void take(const BranchEdit& edit)
    {
        std::string why;
        switch (edit.kind) {
            case BranchEdit::Kind::Skip: why = skip(edit); break;
            case BranchEdit::Kind::Edit: why = change(edit); break;
            case BranchEdit::Kind::Move: why = move(edit); break;
            case BranchEdit::Kind::Add: why = add(edit); break;
        }
        if (!why.empty()) made_->notApplied_.push_back({edit.number, std::move(why)});
    }

    std::shared_ptr<const BranchHistory> finish()
    {
        findMoved();
        auto history = std::make_shared<History>();
        const History& real = *made_->real_;
        history->entity = real.entity;
        history->key = real.key;
        history->rows = real.rows;
        history->rejects = real.rejects;
        history->links = real.links;
        history->completeness = real.completeness;
        history->events.reserve(chain_.size() + 1);
        made_->events_.reserve(chain_.size() + 1);
        std::uint32_t skipped = 0;
        std::uint64_t inPlace = 0;  // the version of the last event that stands where it stood
        Timestamp before = Timestamp::min();
        for (std::uint32_t at = chain_[0].next; at != kNone; at = chain_[at].next) {
            const Link& link = chain_[at];
            if (link.skipped) {
                ++skipped;
                continue;
            }
            HistoryEvent event = eventOf(at, before);
            const bool isReal = at <= real.events.size();
            const bool placed = isReal && !link.moved;
            if (placed) inPlace = at;
            // Between its neighbours in time: the next one that stands in its place keeps its own.
            const std::size_t next = nextInPlace_[inPlace];
            const Timestamp ceiling = next < real.events.size() ? real.events[next].effective : Timestamp::max();
            if (!placed || link.timed) event.effective = std::max(before, std::min(event.time, ceiling));
            before = event.effective;
            history->events.push_back(event);
            made_->events_.push_back({isReal ? real.events[at - 1].id : addedEvent(edits_[link.edits].added),
                                      Version{isReal ? at : 0}, isReal ? link.edits != kNone : edits_[link.edits].last != 0,
                                      link.moved, std::exchange(skipped, 0)});
            if (placed) anchor(at);
        }
        made_->skippedAtEnd_ = skipped;
        history->index = EventIndex(history->events);
        made_->history_ = std::move(history);
        return made_;
    }

private:
    struct Link {
        std::uint32_t before = kNone;
        std::uint32_t next = kNone;
        std::uint32_t edits = kNone;  // into edits_
        bool skipped = false;
        bool moved = false;
        bool timed = false;
    };
    struct Edits {
        std::uint64_t added = 0;  // number of the edit that added it; 0: a stored event
        std::uint64_t last = 0;   // number of the last edit that changed it
        std::optional<std::string> payload;
        std::optional<std::string> type;
        std::optional<Timestamp> time;
    };

    /// Its place in the chain; kNone where it is in none.
    std::uint32_t find(const EventRef& ref) const
    {
        if (ref.unknown) return kNone;
        if (isAdded(ref.id)) {
            const auto found = added_.find(ref.id.packed);
            return found == added_.end() ? kNone : found->second;
        }
        const History& real = *made_->real_;
        // A history that was put together by hand has no index.
        const Version version = real.index.isOf(real.events) ? real.index.find(real.events, ref.id)
                                                             : EventIndex(real.events).find(real.events, ref.id);
        return version.value == 0 ? kNone : static_cast<std::uint32_t>(version.value);
    }
    static std::string gone(const EventRef& ref) { return named(ref) + " is not in this history"; }

    std::string skip(const BranchEdit& edit)
    {
        const std::uint32_t at = find(edit.event);
        if (at == kNone) return gone(edit.event);
        if (std::exchange(chain_[at].skipped, true)) return named(edit.event) + " is skipped already";
        return {};
    }

    std::string change(const BranchEdit& edit)
    {
        const std::uint32_t at = find(edit.event);
        if (at == kNone) return gone(edit.event);
        Link& link = chain_[at];
        if (link.edits == kNone) {
            link.edits = static_cast<std::uint32_t>(edits_.size());
            edits_.emplace_back();
        }
        Edits& edits = edits_[link.edits];
        edits.last = edit.number;
        if (edit.payload) edits.payload = edit.payload;
        if (edit.type) edits.type = edit.type;
        if (edit.time) edits.time = edit.time;
        link.timed = link.timed || edit.time;
        return {};
    }

    std::string move(const BranchEdit& edit)
    {
        const std::uint32_t at = find(edit.event);
        if (at == kNone) return gone(edit.event);
        const std::uint32_t after = edit.after ? find(*edit.after) : 0;
        if (after == kNone) return "its new place is gone: " + gone(*edit.after);
        if (after == at) return "an event cannot stand behind itself";
        Link& link = chain_[at];
        chain_[link.before].next = link.next;
        if (link.next != kNone) chain_[link.next].before = link.before;
        insert(at, after);
        link.moved = true;
        return {};
    }

    std::string add(const BranchEdit& edit)
    {
        const std::uint32_t after = edit.after ? find(*edit.after) : 0;
        if (after == kNone) return "its place is gone: " + gone(*edit.after);
        const auto at = static_cast<std::uint32_t>(chain_.size());
        chain_.emplace_back().edits = static_cast<std::uint32_t>(edits_.size());
        edits_.push_back({edit.number, 0, edit.payload, edit.type, edit.time});
        added_.emplace(addedEvent(edit.number).packed, at);
        insert(at, after);
        return {};
    }

    void insert(std::uint32_t at, std::uint32_t after)
    {
        const std::uint32_t next = chain_[after].next;
        chain_[at].before = after;
        chain_[at].next = next;
        chain_[after].next = at;
        if (next != kNone) chain_[next].before = at;
    }

    /// An event that was moved and stands between its old neighbours all the same was not moved. And for each event that stands in
    /// its place: the next one that does (as an index into the real events, one less than its version).
    void findMoved()
    {
        const std::size_t count = made_->real_->events.size();
        nextInPlace_.assign(count + 1, count);
        std::vector<std::uint32_t> order;
        order.reserve(count);
        for (std::uint32_t at = chain_[0].next; at != kNone; at = chain_[at].next)
            if (at <= count) order.push_back(at);
        // The least version among those to the right that were not moved.
        std::vector<std::uint32_t> leastBehind(order.size() + 1, kNone);
        for (std::size_t i = order.size(); i-- > 0;) {
            const Link& link = chain_[order[i]];
            leastBehind[i] = link.moved || link.skipped ? leastBehind[i + 1] : std::min(order[i], leastBehind[i + 1]);
        }
        std::uint32_t last = 0;
        for (std::size_t i = 0; i < order.size(); ++i) {
            Link& link = chain_[order[i]];
            if (link.moved && order[i] > last && order[i] < leastBehind[i + 1]) link.moved = false;
            if (link.moved || link.skipped) continue;
            nextInPlace_[last] = order[i] - 1;
            last = order[i];
        }
    }

    HistoryEvent eventOf(std::uint32_t at, Timestamp before)
    {
        const History& real = *made_->real_;
        const Link& link = chain_[at];
        const bool isReal = at <= real.events.size();
        HistoryEvent event = isReal ? real.events[at - 1] : HistoryEvent{};
        if (link.edits == kNone) {
            lastTime_ = event.time;
            return event;
        }
        const Edits& edits = edits_[link.edits];
        const EventId origin = isReal ? event.id : addedEvent(edits.added);
        event.id = edits.last > 0 ? editedEvent(edits.last) : origin;
        if (edits.type) {
            event.type = types_.idOf(*edits.type);
            event.kind = kindOfType(*edits.type, real.rows);
        } else if (edits.payload && event.kind == EventKind::Tombstone) {
            event.kind = EventKind::Plain;
        }
        if (edits.time)
            event.time = *edits.time;
        else if (!isReal)
            event.time = lastTime_;
        if (!isReal) event.effective = before;
        lastTime_ = event.time;
        BranchHistory::Substitute substitute{origin, edits.payload};
        if (substitute.payload) substitute.payload->append(BranchHistory::kPadding, '\0');
        made_->substitutes_.emplace(event.id, std::move(substitute));
        return event;
    }

    void anchor(std::uint32_t at)
    {
        const std::uint64_t branch = made_->events_.size();
        if (at == branch && made_->shared_.value + 1 == branch && made_->events_.back().same()) {
            made_->shared_ = Version{branch};
            return;
        }
        made_->anchors_.push_back({at, branch});
    }

    BranchTypes& types_;
    std::shared_ptr<BranchHistory> made_ = std::make_shared<BranchHistory>();
    std::vector<Link> chain_;
    std::vector<Edits> edits_;
    std::vector<std::size_t> nextInPlace_;
    std::unordered_map<std::uint64_t, std::uint32_t> added_;
    Timestamp lastTime_;  // what an added event without a time gets
};

std::shared_ptr<const BranchHistory> BranchHistory::apply(const Branch& branch, std::shared_ptr<const History> real,
                                                          BranchTypes& types)
{
    BranchBuilder builder(std::move(real), types);
    for (const BranchEdit& edit : branch.edits()) builder.take(edit);
    return builder.finish();
}

}  // namespace hindcast::replay
