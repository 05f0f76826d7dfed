#include "ui/events/event_rows.h"

#include "ui/session/reject_order.h"

#include <algorithm>

namespace hindcast::ui {

EventRows::EventRows(std::shared_ptr<const replay::History> history, const TypeFilter::Choice& choice)
    : history_(std::move(history))
{
    if (!history_) return;
    for (RejectPlace& place : placeRejects(*history_)) rejects_.push_back({place.after, 0, std::move(place.posting)});
    leaveOut(choice);
}

void EventRows::leaveOut(const TypeFilter::Choice& choice)
{
    filtered_ = choice.only || !choice.named.empty();
    if (filtered_) {
        // Runs of one type are common: the set is asked where the type is another one than before.
        std::optional<TypeId> last;
        bool shows = true;
        for (std::size_t i = 0; i < history_->events.size(); ++i) {
            const TypeId type = history_->events[i].type;
            if (last != type) {
                shows = choice.named.contains(type) == choice.only;
                last = type;
            }
            if (shows) shown_.push_back(static_cast<std::uint32_t>(i));
        }
    }
    for (Place& place : rejects_) place.shown = shownBefore(place.after);
}

std::uint64_t EventRows::shownEvents() const { return filtered_ ? shown_.size() : history_->events.size(); }

std::uint64_t EventRows::shownBefore(std::uint64_t event) const
{
    if (!filtered_) return event;
    return static_cast<std::uint64_t>(std::lower_bound(shown_.begin(), shown_.end(), event) - shown_.begin());
}

std::int64_t EventRows::count() const { return history_ ? static_cast<std::int64_t>(shownEvents() + rejects_.size()) : 0; }

std::uint64_t EventRows::hidden() const { return history_ ? history_->events.size() - shownEvents() : 0; }

std::size_t EventRows::rejectsAbove(std::int64_t row) const
{
    std::size_t low = 0;
    std::size_t high = rejects_.size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (static_cast<std::int64_t>(rejects_[middle].shown + middle) < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

std::optional<Version> EventRows::version(std::int64_t row) const
{
    const std::size_t above = rejectsAbove(row);
    if (above < rejects_.size() && static_cast<std::int64_t>(rejects_[above].shown + above) == row) return std::nullopt;
    const std::size_t at = static_cast<std::size_t>(row) - above;
    return Version{(filtered_ ? shown_[at] : at) + 1};
}

const replay::HistoryEvent& EventRows::event(std::int64_t row) const
{
    return history_->events[version(row).value_or(Version{1}).value - 1];
}

const store::Posting& EventRows::reject(std::int64_t row) const { return rejects_[rejectsAbove(row)].posting; }

std::int64_t EventRows::rowOf(Version version) const
{
    if (version.value == 0 || !history_ || version > history_->last()) return -1;
    const std::uint64_t before = version.value - 1;
    const std::uint64_t at = shownBefore(before);
    if (filtered_ && (at == shown_.size() || shown_[at] != before)) return -1;
    const auto above = std::upper_bound(rejects_.begin(), rejects_.end(), before,
                                        [](std::uint64_t value, const Place& place) { return value < place.after; });
    return static_cast<std::int64_t>(at) + (above - rejects_.begin());
}

std::int64_t EventRows::rowAtOrBefore(Version version) const
{
    if (!history_) return -1;
    const std::uint64_t events = std::min(version, history_->last()).value;
    const auto above = std::upper_bound(rejects_.begin(), rejects_.end(), events,
                                        [](std::uint64_t value, const Place& place) { return value < place.after; });
    return static_cast<std::int64_t>(shownBefore(events)) + (above - rejects_.begin()) - 1;
}

std::optional<std::int64_t> EventRows::rowOfReject(EventId id) const
{
    for (std::size_t i = 0; i < rejects_.size(); ++i)
        if (rejects_[i].posting.id == id) return static_cast<std::int64_t>(rejects_[i].shown + i);
    return std::nullopt;
}

EventId EventRows::id(std::int64_t row) const { return version(row) ? event(row).id : reject(row).id; }

Version EventRows::versionAtOrAbove(std::int64_t row) const
{
    if (const auto own = version(row)) return *own;
    return Version{rejects_[rejectsAbove(row)].after};
}

}  // namespace hindcast::ui
