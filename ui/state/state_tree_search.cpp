// What is searched for in a StateTree: its hits, and the way from one to the next.
#include "ui/state/state_tree.h"

#include <algorithm>

namespace hindcast::ui {

void StateTree::setFilter(const QString& text)
{
    if (text.toStdString() == task_.filter) return;
    task_.filter = text.toStdString();
    task_.shut.clear();
    bringHit_ = !task_.filter.empty();
    // What was found stays in sight when the search is over.
    if (task_.filter.empty() && !current_.empty()) return reveal(currentPointer());
    rebuild();
}

void StateTree::setHitsOnly(bool on)
{
    if (on == task_.hitsOnly) return;
    task_.hitsOnly = on;
    rebuild();
}

bool StateTree::toHit(int direction)
{
    if (rows_.hits.empty()) return false;
    const auto& hits = rows_.hits;
    // From the first line in view where one stands upon none.
    const Row from = currentRow() != kNone ? currentRow() : direction > 0 ? topRow() - 1 : topRow();
    auto at = hits.begin();
    if (direction > 0) {
        at = std::upper_bound(hits.begin(), hits.end(), from, [](Row row, std::uint32_t hit) { return row < Row{hit}; });
        if (at == hits.end()) at = hits.begin();
    } else {
        at = std::lower_bound(hits.begin(), hits.end(), from, [](std::uint32_t hit, Row row) { return Row{hit} < row; });
        at = at == hits.begin() ? hits.end() - 1 : at - 1;
    }
    setCurrentRow(*at);
    emit currentChanged(*at);
    return true;
}

std::size_t StateTree::hitNumber() const
{
    const auto& hits = rows_.hits;
    const Row row = currentRow();
    const auto at = std::lower_bound(hits.begin(), hits.end(), row, [](std::uint32_t hit, Row one) { return Row{hit} < one; });
    return row != kNone && at != hits.end() && Row{*at} == row ? static_cast<std::size_t>(at - hits.begin()) + 1 : 0;
}

void StateTree::bringHitIntoView()
{
    if (rows_.hits.empty()) return;
    const auto [first, last] = visibleRows();
    const auto next = std::ranges::lower_bound(rows_.hits, static_cast<std::uint32_t>(std::max<Row>(0, first)));
    if (next != rows_.hits.end() && Row{*next} <= last) return;
    ensureVisible(Row{next != rows_.hits.end() ? *next : rows_.hits.front()});
}

}  // namespace hindcast::ui
