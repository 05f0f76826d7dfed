#pragma once
#include "ui/branches/event_dialog.h"
#include "ui/look/theme.h"
#include "ui/session/branches.h"

#include <QAction>
#include <QMenu>
#include <QPointer>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

class QProgressDialog;

namespace hindcast::ui {

class Session;

/// What one does with what-if branches: the menus, the dialogs, and what they ask of the session. Knows no view: which event is meant
/// is told by `current`.
class BranchCommands final : public QObject {
    Q_OBJECT
public:
    /// An event as the lane of the branch shows it.
    struct Event {
        EventId origin;  ///< BranchEvent::origin
        bool skipped = false;
        bool changed = false;  ///< edited, moved or added: there is something to take back
        bool added = false;
    };
    using Current = std::function<std::optional<Event>()>;
    /// All must outlive it; `window` owns the dialogs.
    BranchCommands(Session& session, const Theme& theme, QWidget& window);

    void setCurrent(Current current) { current_ = std::move(current); }
    /// How times are read that are typed in its dialogs.
    void setTimeReader(TimeReader reader) { reader_ = std::move(reader); }
    /// Shows the latest branch of the entity, or a new one where there is none; or none any more.
    [[nodiscard]] QAction& toggleAction() { return toggle_; }
    /// "What-if branch": all there is to do, for the menu bar. Filled as it opens.
    [[nodiscard]] QMenu& menu() { return menu_; }
    void fillMenu(QMenu& menu);
    /// Of an event in the branch's lane; empty: beside its events.
    void fillEventMenu(QMenu& menu, const std::optional<Event>& event);
    /// Of a real event.
    void fillRealMenu(QMenu& menu, EventId event);

    void toggle(bool on);
    void toggleSkip(const Event& event);
    void edit(EventId origin);
    void add(std::optional<EventId> after);
    void askPlace(EventId origin);
    /// "What if this event had not come": in the shown branch, or a new one.
    void leaveOut(EventId event);
    void askRename();
    void askExport();
    /// Asks where branches would be lost with the workspace; false: it is to stay open.
    [[nodiscard]] bool mayLeave();

    [[nodiscard]] EventDialog* eventDialog() const;  ///< null: none is open

signals:
    void said(const QString& words);  ///< what was done, for a moment
    void failed(const QString& what, const QString& why, const QString& hint);

private:
    // branch_menus.cpp
    void update();
    void fillBranches(QMenu& menu);
    // branch_dialogs.cpp
    void openDialog(EventDialog* dialog);
    void takePayload(const std::shared_ptr<const BranchPayload>& payload);
    void openEdit(EventId origin, const BranchPayload& payload);
    void showExport(const std::shared_ptr<const BranchExport>& progress);
    [[nodiscard]] QStringList types() const;
    [[nodiscard]] QString name() const;  ///< of the shown branch
    [[nodiscard]] QString eventName(std::size_t index) const;
    [[nodiscard]] std::optional<std::size_t> indexOf(EventId origin) const;
    [[nodiscard]] std::optional<Timestamp> timeAfter(std::optional<std::size_t> index) const;
    void ensureShown();

    Session& session_;
    Branches& branches_;
    const Theme& theme_;
    QWidget& window_;
    QAction toggle_;
    QMenu menu_;
    Current current_;
    TimeReader reader_;
    QPointer<EventDialog> dialog_;
    std::uint64_t ticket_ = 0;        ///< what was asked for, for a dialog
    std::optional<EventId> editing_;  ///< its answer opens the dialog on that event
    QPointer<QProgressDialog> progress_;
};

}  // namespace hindcast::ui
