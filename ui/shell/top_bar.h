#pragma once
#include "ui/look/theme.h"
#include "ui/session/views.h"
#include "ui/shell/live_controls.h"

#include <QAction>
#include <QWidget>

class QHBoxLayout;
class QMenu;
class QToolButton;

namespace hindcast::ui {

class GoToBox;
class PlayButton;
class Playhead;
class TimeField;

/// The bar beneath the menus: where the events come from and how reading goes, the steps, the time. Where it has too little room for
/// all of it, it shortens and then leaves out what keys and menus give as well; nothing lies over anything else.
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
        QAction* play;
        QMenu* playback;            ///< how it is played
        QAction* branch = nullptr;  ///< shows a what-if branch; null: the bar has no button for it
    };
    TopBar(const Theme& theme, Playhead& playhead, const Actions& actions, QWidget* parent = nullptr);

    void setSource(const QString& name, const ReadingView& reading);
    /// The field whose changes the two buttons step through; empty hides them.
    void setField(const QString& pointer);
    /// Shows the way out of a presentation, where there is no menu bar.
    void setPresentation(bool on);
    [[nodiscard]] LiveControls& live() { return *live_; }
    [[nodiscard]] PlayButton& play() { return *play_; }
    [[nodiscard]] TimeField& timeField() { return *time_; }
    [[nodiscard]] GoToBox& goTo() { return *goTo_; }

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QToolButton* button(QAction* action, bool text);
    void dress();
    void fit();
    void spare(int step);
    [[nodiscard]] QString wishes() const;

    const Theme& theme_;
    QHBoxLayout* row_;
    QToolButton* source_;
    LiveControls* live_;
    QToolButton* previousChange_;
    QToolButton* nextChange_;
    PlayButton* play_;
    TimeField* time_;
    GoToBox* goTo_;
    QToolButton* branch_ = nullptr;
    QToolButton* leave_;
    QToolButton* first_ = nullptr;
    QToolButton* last_ = nullptr;
    QString name_;     ///< of the source
    QString pointer_;  ///< of the field
    QString fitted_;   ///< the wishes() that it is fitted for
};

}  // namespace hindcast::ui
