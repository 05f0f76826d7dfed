#pragma once
#include "ui/look/row_view.h"

#include <algorithm>
#include <vector>

namespace hindcast::ui {

/// Columns for `view` that give way where it has no room for all of them: each down to its least width, in proportion to what it can
/// spare. `least` is as long as `columns`; their widths are pixels at the zoom of a desk, those returned at the theme's.
[[nodiscard]] inline std::vector<RowColumn> fittedColumns(std::vector<RowColumn> columns, const std::vector<int>& least,
                                                          const RowView& view, const Theme& theme)
{
    int wanted = 0;
    int spare = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        columns[i].width = theme.px(columns[i].width);
        wanted += columns[i].width;
        spare += columns[i].width - theme.px(least[i]);
    }
    const int over = std::min(wanted - view.viewport()->width(), spare);
    int seen = 0;
    int taken = 0;
    for (std::size_t i = 0; i < columns.size() && over > 0; ++i) {
        seen += columns[i].width - theme.px(least[i]);
        const int until = static_cast<int>(static_cast<long long>(over) * seen / spare);
        columns[i].width -= until - taken;
        taken = until;
    }
    return columns;
}

}  // namespace hindcast::ui
