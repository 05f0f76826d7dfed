#pragma once
#include "core/event/json.h"
#include "ui/session/type_filter.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QUndoStack>

#include <deque>
#include <functional>
#include <optional>

class QSplitter;

namespace hindcast::ui {

class Session;

/// What can be taken back in the window: pins, which types are shown, the layout, and rules that were saved. It watches what changes
/// and keeps what was before; nothing of the data is ever changed, so there is nothing else to undo. Emptied when another workspace is
/// opened or its entities and types are made anew. GUI thread only.
class Undo final : public QObject {
    Q_OBJECT
public:
    /// `session` must outlive this object; the splitters are those whose handles the user drags.
    Undo(Session& session, const QList<QSplitter*>& splitters, QObject* parent = nullptr);

    ~Undo() override;

    [[nodiscard]] QUndoStack& stack() { return stack_; }
    /// Changes the layout, so that it can be taken back.
    void changeLayout(const QString& words, const std::function<void()>& change);
    /// Gives a category other rules; the step is there once they are saved.
    void saveRules(const QString& category, const Json& rules);
    /// Gives a category the rules before its present ones, which are `present`: the last step where it was the one that made these,
    /// else a step of its own.
    void takeBackRules(const QString& category, const Json& present);

signals:
    void layoutRestored();  ///< by undoing or doing again: what is so now is what the user wants

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    using Layout = QList<QByteArray>;
    void begin();
    void pinsChanged();
    void typesChanged();
    void rulesChanged(const QString& category, bool undone);
    void askRules(const QString& category, const std::optional<Json>& rules, std::function<void()> done);
    void pushLayout(const QString& words, const Layout& before);
    [[nodiscard]] Layout layout() const;
    void setLayout(const Layout& layout);
    [[nodiscard]] QString pinWords(const QStringList& before, const QStringList& after) const;
    [[nodiscard]] QString typeWords(const TypeFilter::Choice& before, const TypeFilter::Choice& after) const;
    /// Pushes a command for something that has been done already. `id`: how its maker knows it again.
    void push(const QString& words, std::function<void()> undo, std::function<void()> redo, const QString& id = {});

    Session& session_;
    QList<QSplitter*> splitters_;
    QUndoStack stack_;
    QStringList pins_;
    TypeFilter::Choice types_;
    struct Asked {
        QString category;
        bool undone = false;
        std::function<void()> done;
    };
    std::deque<Asked> asked_;  ///< changes of rules that are on their way to the workspace
    Layout dragged_;           ///< as it was when a handle was taken
    bool running_ = false;     ///< a command is being undone or done again
};

}  // namespace hindcast::ui
