#pragma once
#include "ui/session/type_filter.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QUndoStack>

#include <functional>

class QSplitter;

namespace hindcast::ui {

class Session;

/// What can be taken back in the window: pins, which types are shown, and the layout. It watches what changes and keeps what was
/// before; nothing of the data is ever changed, so there is nothing else to undo. Emptied when another workspace is opened or its
/// entities and types are made anew. GUI thread only.
class Undo final : public QObject {
    Q_OBJECT
public:
    /// `session` must outlive this object; the splitters are those whose handles the user drags.
    Undo(Session& session, const QList<QSplitter*>& splitters, QObject* parent = nullptr);

    ~Undo() override;

    [[nodiscard]] QUndoStack& stack() { return stack_; }
    /// Changes the layout, so that it can be taken back.
    void changeLayout(const QString& words, const std::function<void()>& change);

signals:
    void layoutRestored();  ///< by undoing or doing again: what is so now is what the user wants

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    using Layout = QList<QByteArray>;
    void begin();
    void pinsChanged();
    void typesChanged();
    void pushLayout(const QString& words, const Layout& before);
    [[nodiscard]] Layout layout() const;
    void setLayout(const Layout& layout);
    [[nodiscard]] QString pinWords(const QStringList& before, const QStringList& after) const;
    [[nodiscard]] QString typeWords(const TypeFilter::Choice& before, const TypeFilter::Choice& after) const;
    /// Pushes a command for something that has been done already.
    void push(const QString& words, std::function<void()> undo, std::function<void()> redo);

    Session& session_;
    QList<QSplitter*> splitters_;
    QUndoStack stack_;
    QStringList pins_;
    TypeFilter::Choice types_;
    Layout dragged_;        ///< as it was when a handle was taken
    bool running_ = false;  ///< a command is being undone or done again
};

}  // namespace hindcast::ui
