#pragma once
#include "core/event/json.h"
#include "ui/session/type_filter.h"
#include "ui/session/watches.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QUndoStack>

#include <deque>
#include <functional>
#include <optional>
#include <utility>

class QSplitter;

namespace hindcast::ui {

class Session;

/// What can be taken back in the window: pins, watches, which types are shown, the layout, rules that were saved, and what it is told of.
/// It watches what changes and keeps what was before; nothing of the data is ever changed, so there is nothing else to undo. What
/// one drag of a pin does is one step. Emptied when another workspace is opened or its entities and types are made anew. GUI
/// thread only.
///
/// While a presentation is given the desk's layout is kept: no change of the layout is a step then, and steps that were concern the
/// layout that is kept.
class Undo final : public QObject {
    Q_OBJECT
public:
    /// `session` must outlive this object; the splitters are those whose handles the user drags.
    Undo(Session& session, const QList<QSplitter*>& splitters, QObject* parent = nullptr);

    ~Undo() override;

    [[nodiscard]] QUndoStack& stack() { return stack_; }
    /// Tells of a splitter whether its sizes are the user's, not found by themselves; goes with them when they are taken back.
    void setIsChosen(std::function<bool(const QSplitter&)> isChosen) { isChosen_ = std::move(isChosen); }
    void keepLayout();
    /// The layout as it was kept, or has become by steps; it is kept no longer.
    void bringLayoutBack();
    /// Of the desk: as kept, or as it is.
    [[nodiscard]] QByteArray stateOf(const QSplitter& splitter) const;
    /// A step that somebody else has done. Nothing where a step is being taken back or done again.
    void did(const QString& words, std::function<void()> undo, std::function<void()> redo);
    /// Changes the layout, so that it can be taken back.
    void changeLayout(const QString& words, const std::function<void()>& change);
    /// Gives a category other rules; the step is there once they are saved.
    void saveRules(const QString& category, const Json& rules);
    /// Gives a category the rules before its present ones, which are `present`: the last step where it was the one that made these,
    /// else a step of its own.
    void takeBackRules(const QString& category, const Json& present);

signals:
    void layoutRestored(QSplitter* splitter, bool chosen);  ///< by undoing or doing again

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Sizes {
        QByteArray state;
        bool chosen = false;
        bool operator==(const Sizes&) const = default;
    };
    using Layout = QList<Sizes>;  ///< as the splitters
    void begin();
    void pinsChanged();
    void watchesChanged();
    void typesChanged();
    void rulesChanged(const QString& category, bool undone);
    void askRules(const QString& category, const std::optional<Json>& rules, std::function<void()> done);
    /// `only`: of that splitter; -1: of all that differ.
    void pushLayout(const QString& words, const Layout& before, qsizetype only = -1);
    [[nodiscard]] Layout layout() const;
    /// Of what differs between the two.
    void setLayout(const Layout& layout, const Layout& from);
    void setSizes(qsizetype splitter, const Sizes& sizes);
    [[nodiscard]] QString watchWords(const Watches::All& before, const Watches::All& after) const;
    [[nodiscard]] QString pinWords(const QStringList& before, const QStringList& after) const;
    [[nodiscard]] QString typeWords(const TypeFilter::Choice& before, const TypeFilter::Choice& after) const;
    /// Pushes a command for something that has been done already. `id`: how its maker knows it again.
    void push(const QString& words, std::function<void()> undo, std::function<void()> redo, const QString& id = {});
    [[nodiscard]] std::function<void()> guarded(std::function<void()> run);
    /// The drag that a mouse button is held down for; 0: none is.
    int gestureNow();

    Session& session_;
    QList<QSplitter*> splitters_;
    QUndoStack stack_;
    QStringList pins_;
    Watches::All watches_;
    int gesture_ = 0;        ///< the last drag's number
    bool dragging_ = false;  ///< it goes on
    TypeFilter::Choice types_;
    struct Asked {
        QString category;
        bool undone = false;
        std::function<void()> done;
    };
    std::deque<Asked> asked_;  ///< changes of rules that are on their way to the workspace
    std::function<bool(const QSplitter&)> isChosen_;
    Layout dragged_;              ///< as it was when a handle was taken
    std::optional<Layout> kept_;  ///< the desk's, while a presentation is given
    bool running_ = false;        ///< a command is being undone or done again
};

}  // namespace hindcast::ui
