#pragma once
#include "ui/session/trial_views.h"

#include <QString>
#include <QWidget>

#include <memory>

class QMenu;
class QToolButton;

namespace hindcast::ui {

class ElidedLabel;

/// What one can do over the findings: check that the models are deterministic, and see how that goes; look for the smallest case of
/// the finding that one stands on. GUI thread only.
class FindingsBar final : public QWidget {
    Q_OBJECT
public:
    explicit FindingsBar(QWidget* parent = nullptr);

    /// `category` is the selected entity's; empty: none is.
    void setAsked(bool open, const QString& category);
    void setView(std::shared_ptr<const DeterminismView> view);  ///< null: it was not checked
    void setReducible(bool on);                                 ///< there is a smallest case to look for
    /// Of the category of the selected entity, or where none is selected of all.
    void check();
    [[nodiscard]] bool isRunning() const { return view_ && view_->running; }
    [[nodiscard]] QToolButton& checkButton() { return *check_; }
    [[nodiscard]] QToolButton& smallestButton() { return *smallest_; }
    [[nodiscard]] QString status() const;

signals:
    void checkWanted(const QString& category);  ///< empty: all
    void cancelWanted();
    void smallestWanted();

private:
    void updateWords();
    [[nodiscard]] QString statusText() const;

    std::shared_ptr<const DeterminismView> view_;
    bool open_ = false;
    QString category_;
    QToolButton* check_;
    QMenu* scopes_;
    QAction* ofCategory_;
    ElidedLabel* status_;
    QToolButton* smallest_;
};

}  // namespace hindcast::ui
