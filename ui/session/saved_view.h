#pragma once
#include "core/event/ids.h"
#include "core/event/time.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace hindcast::ui {

/// Where one stood in a workspace when it was last open. Kept in the user's settings and not in the workspace, which may be
/// read-only, or open elsewhere.
struct SavedView {
    QString entity;                ///< "category/id", empty: none selected
    std::optional<EventId> event;  ///< the event stood upon: it keeps its id while versions move
    Timestamp time;
    Timestamp from;  ///< the window of the timeline
    Timestamp to;
};

[[nodiscard]] std::optional<SavedView> loadSavedView(const QString& workspacePath);
void saveView(const QString& workspacePath, const SavedView& view);

/// Pins of a workspace that cannot be written; one that can holds them itself.
[[nodiscard]] std::optional<QStringList> loadSavedPins(const QString& workspacePath);
void savePins(const QString& workspacePath, const QStringList& names);

}  // namespace hindcast::ui
