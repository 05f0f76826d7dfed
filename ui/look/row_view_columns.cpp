// The columns of a RowView and their widths.
#include "ui/look/row_view.h"

#include <QScrollBar>

#include <algorithm>
#include <string>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kLeast = 32;  // px: a column that is dragged stays as wide as that

}  // namespace

void RowView::setColumns(std::vector<RowColumn> columns)
{
    columns_ = std::move(columns);
    columnsZoom_ = theme_.zoom();
    layoutAnew();
}

void RowView::setWidths(Widths widths)
{
    if (dragged_) widths[draggedKey_] = chosen_[draggedKey_];  // what is being dragged is newer than what is remembered
    if (widths == chosen_) return;
    chosen_ = std::move(widths);
    layoutAnew();
}

std::string RowView::keyOf(int column) const
{
    const std::string& key = columns_[static_cast<std::size_t>(column)].key;
    return key.empty() ? std::to_string(column) : key;
}

int RowView::chosenWidth(int column) const
{
    if (chosen_.empty()) return 0;
    const auto found = chosen_.find(keyOf(column));
    return found == chosen_.end() ? 0 : std::max(kLeast, theme_.px(found->second));
}

void RowView::dragTo(int x)
{
    int column = 0;
    while (column < static_cast<int>(columns_.size()) && keyOf(column) != draggedKey_) ++column;
    if (column == static_cast<int>(columns_.size())) return;  // it went while its edge was held
    chosen_[draggedKey_] = qRound(std::max(kLeast, x - columnLeft(column)) / theme_.zoom());
    dragged_ = true;
    layoutAnew();
}

void RowView::layoutAnew()
{
    layoutColumns();
    updateScrollBars();
    viewport()->update();
}

int RowView::columnAt(int viewportX) const
{
    const int x = viewportX + horizontalScrollBar()->value();
    for (std::size_t i = 0; i < columns_.size(); ++i)
        if (x >= lefts_[i] && x < lefts_[i + 1]) return static_cast<int>(i);
    return -1;
}

int RowView::columnLeft(int column) const { return lefts_[static_cast<std::size_t>(column)] - horizontalScrollBar()->value(); }

void RowView::layoutColumns()
{
    const int count = static_cast<int>(columns_.size());
    widths_.assign(columns_.size(), 0);
    lefts_.assign(columns_.size() + 1, 0);
    std::vector<int> chosen(columns_.size());
    int fixed = 0;
    int shares = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        chosen[i] = chosenWidth(static_cast<int>(i));
        widths_[i] = chosen[i] > 0 ? chosen[i] : columns_[i].width;
        fixed += widths_[i];
        if (chosen[i] == 0) shares += columns_[i].stretch;
    }
    shrinkColumns(fixed - viewport()->width());
    int left = std::max(0, viewport()->width() - fixed);
    for (std::size_t i = 0; i < columns_.size() && shares > 0; ++i) {
        if (chosen[i] > 0 || columns_[i].stretch == 0) continue;
        const int more = left * columns_[i].stretch / shares;
        widths_[i] += more;
        left -= more;
        shares -= columns_[i].stretch;
    }
    for (int i = 0; i < count; ++i)
        lefts_[static_cast<std::size_t>(i) + 1] = lefts_[static_cast<std::size_t>(i)] + widths_[static_cast<std::size_t>(i)];
}

/// Takes as much off the columns, from each its share of what it can spare; from those that the user gave a width last.
void RowView::shrinkColumns(int beyond)
{
    for (const bool chosen : {false, true}) {
        const auto spareOf = [&](std::size_t i) {
            const bool gives = columns_[i].least > 0 && (chosenWidth(static_cast<int>(i)) > 0) == chosen;
            return gives ? std::max(0, widths_[i] - columns_[i].least) : 0;
        };
        int spare = 0;
        for (std::size_t i = 0; i < columns_.size(); ++i) spare += spareOf(i);
        int taken = std::min(beyond, spare);
        beyond -= taken;
        for (std::size_t i = 0; i < columns_.size() && taken > 0; ++i) {
            const int own = spareOf(i);
            if (own == 0) continue;
            const int less = taken * own / spare;
            widths_[i] -= less;
            taken -= less;
            spare -= own;
        }
    }
}

}  // namespace hindcast::ui
