#pragma once
#include "core/event/entity.h"
#include "core/event/ids.h"
#include "ui/look/row_view.h"

#include <string>

namespace hindcast::ui {

/// A table of what was found: its columns go with the theme and the zone, and entities look alike in all of them.
class FoundTable : public RowView {
    Q_OBJECT
protected:
    using RowView::RowView;

    virtual void updateColumns() = 0;
    /// For the constructor: updates the columns now, and after other themes, zooms and zones.
    void keepColumns();
    /// The last one, as wide as a time is. `title`: with "%1" in place of the zone.
    [[nodiscard]] RowColumn timeColumn(const QString& title) const;
    /// There are other rows; what one stood on now stands in `current`.
    void takeRows(Row current);

    // An entity whose life may be a `partial` one, because of that; empty: it is whole.
    [[nodiscard]] static QString entityTip(const EntityKey& key, const std::string& partial);
    [[nodiscard]] static QString partialText(const std::string& partial);  ///< for rowText()
    void paintEntity(QPainter& painter, const QRect& rect, const QString& name, const std::string& partial) const;
    [[nodiscard]] static QString versionTip(Version version, Version of);
};

}  // namespace hindcast::ui
