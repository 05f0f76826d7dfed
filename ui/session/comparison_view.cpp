#include "ui/session/comparison_view.h"

#include <algorithm>
#include <unordered_map>

namespace hindcast::ui {

namespace {

std::pair<Version, Version> inOrder(Version a, Version b) { return a <= b ? std::pair(a, b) : std::pair(b, a); }

std::uint64_t lengthOf(const std::pair<Version, Version>& span) { return span.second.value - span.first.value; }

}  // namespace

Between::Between(const Histories& histories, const std::array<Version, 2>& versions, const std::array<Timestamp, 2>& times)
    : one_(histories[0]->entity == histories[1]->entity)
{
    if (one_) {
        spans_[0] = inOrder(versions[0], versions[1]);
        from_ = spans_[0].first;
        count_ = lengthOf(spans_[0]);
    } else {
        spans_ = {std::pair(versions[0], versions[0]), std::pair(versions[1], versions[1])};
        // Of either life from its own place to the moment of the other.
        if (times[0] != times[1])
            spans_ = {inOrder(versions[0], histories[0]->versionAt(times[1])),
                      inOrder(histories[1]->versionAt(times[0]), versions[1])};
        count_ = lengthOf(spans_[0]) + lengthOf(spans_[1]);
        merge(histories);
    }
    countTypes(histories);
}

void Between::merge(const Histories& histories)
{
    const std::uint64_t listed = std::min<std::uint64_t>(count_, kMostListed);
    rows_.reserve(listed);
    std::array<std::uint64_t, 2> next{spans_[0].first.value, spans_[1].first.value};
    const auto has = [&](std::size_t side) { return next[side] < spans_[side].second.value; };
    const auto when = [&](std::size_t side) { return histories[side]->events[next[side]].effective; };
    while (rows_.size() < listed) {
        const std::size_t side = !has(0) || (has(1) && when(1) < when(0)) ? 1 : 0;
        rows_.push_back(++next[side] * 2 + side);
    }
}

void Between::countTypes(const Histories& histories)
{
    std::unordered_map<TypeId, std::uint64_t> counts;
    for (std::size_t side = 0; side < 2; ++side)
        for (std::uint64_t i = spans_[side].first.value; i < spans_[side].second.value; ++i)
            ++counts[histories[side]->events[i].type];
    types_.assign(counts.begin(), counts.end());
    std::ranges::sort(types_, [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : a.first.value < b.first.value;
    });
}

Between::Row Between::at(std::size_t row) const
{
    if (one_) return {0, Version{from_.value + row + 1}};
    return {static_cast<std::uint8_t>(rows_[row] & 1), Version{rows_[row] >> 1}};
}

bool ComparisonView::isOf(const ComparedSides& wanted) const
{
    for (std::size_t i = 0; i < 2; ++i)
        if (sides[i].history != wanted[i].history || sides[i].state.version != wanted[i].version || times[i] != wanted[i].time)
            return false;
    return true;
}

}  // namespace hindcast::ui
