#pragma once
#include "ui/look/theme.h"
#include "ui/session/views.h"
#include "ui/shell/live_controls.h"

#include <QAction>
#include <QWidget>

class QMenu;
class QToolButton;

namespace hindcast::ui {

class GoToBox;
class Playhead;
class TimeField;

/// The bar beneath the menus: where the events come from and how reading goes, the steps, the time.
class TopBar final : public QWidget {
    Q_OBJECT
public:
    struct Actions {
        QAction* first;
        QAction* previous;
        QAction* next;
        QAction* last;
        QAction* previousChange;  ///< of the field that is chosen in the state
        QAction* nextChange;
        QMenu* source;
        LiveControls::Actions live;
        QAction* presentation;
    };
    TopBar(const Theme& theme, Playhead& playhead, const Actions& actions, QWidget* parent = nullptr);

    void setSource(const QString& name, const ReadingView& reading);
    /// The field whose changes the two buttons step through; empty hides them.
    void setField(const QString& pointer);
    /// Shows the way out of a presentation, where there is no menu bar.
    void setPresentation(bool on);
    [[nodiscard]] LiveControls& live() { return *live_; }
    [[nodiscard]] TimeField& timeField() { return *time_; }
    [[nodiscard]] GoToBox& goTo() { return *goTo_; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QToolButton* button(QAction* action, bool text);
    void dress();

    const Theme& theme_;
    QToolButton* source_;
    LiveControls* live_;
    QToolButton* previousChange_;
    QToolButton* nextChange_;
    TimeField* time_;
    GoToBox* goTo_;
    QToolButton* leave_;
};

}  // namespace hindcast::ui
