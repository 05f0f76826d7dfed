#pragma once
#include "ui/look/change_summary.h"
#include "ui/look/row_view.h"

namespace hindcast::ui {

/// A table of events with a column that says what each changed.
class ChangesView : public RowView {
    Q_OBJECT
public:
    using RowView::RowView;

protected:
    /// As much of them as has room; "nothing" where there are none.
    void paintChanges(QPainter& painter, const QRect& rect, const Changes& changes, const ToldBeside& told,
                      const QColor& color) const;
};

}  // namespace hindcast::ui
