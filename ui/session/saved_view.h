#pragma once
#include "core/event/ids.h"
#include "core/event/time.h"
#include "ui/session/marks.h"
#include "ui/session/watches.h"

#include <QString>
#include <QStringList>

#include <array>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace hindcast::ui {

/// Where one stood in a workspace when it was last open. Kept in the user's settings and not in the workspace, which may be
/// read-only, or open elsewhere.
struct SavedView {
    QString entity;                ///< "category/id", empty: none selected
    std::optional<EventId> event;  ///< the event stood upon: it keeps its id while versions move
    Timestamp time;
    Timestamp from;  ///< the window of the timeline
    Timestamp to;
    /// By entity, the name of its branch that was shown; kMostBranches at most.
    std::map<std::string, std::string> branches;
    std::array<std::optional<Marks::Mark>, 2> marks;  ///< A and B
    std::map<std::string, int> colors;                ///< of types, by name: their numbers change when the log is decoded anew

    static constexpr std::size_t kMostBranches = 100;
};

/// These read a file: not in the GUI thread.
[[nodiscard]] std::optional<SavedView> loadSavedView(const QString& workspacePath);
/// Pins of a workspace that cannot be written; one that can holds them itself.
[[nodiscard]] std::optional<QStringList> loadSavedPins(const QString& workspacePath);
[[nodiscard]] std::optional<Watches::All> loadSavedWatches(const QString& workspacePath);  ///< the same

/// What is to be saved, until a thread that may wait for the disk writes it. From any thread.
class ToSave {
public:
    void view(const QString& workspacePath, const SavedView& view);
    void pins(const QString& workspacePath, const QStringList& names);
    void watches(const QString& workspacePath, const Watches::All& watches);
    void write();  ///< what has come since; not in the GUI thread

private:
    std::mutex mutex_;
    std::map<QString, SavedView> views_;
    std::map<QString, QStringList> pins_;
    std::map<QString, Watches::All> watches_;
};

}  // namespace hindcast::ui
