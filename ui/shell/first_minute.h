#pragma once
#include "ui/session/session.h"

#include <QObject>

#include <array>

namespace hindcast::ui {

/// The demo's first minute: three things to try, each noticed when done, and the hint beside the playhead. Listens to session and
/// playhead; what a playhead cannot tell (a drag, a link, a step) it is told. What is done or dismissed stays so (QSettings) until it
/// is brought back. GUI thread only.
class FirstMinute final : public QObject {
    Q_OBJECT
public:
    enum Thing { Drag, SetBy, Step };
    static constexpr int kThings = 3;

    /// `session` must outlive it.
    explicit FirstMinute(Session& session, QObject* parent = nullptr);

    /// The demo is open and shows a life, and the three things have not been dismissed.
    [[nodiscard]] bool isShown() const;
    [[nodiscard]] bool isHintShown() const;
    [[nodiscard]] bool isDone(Thing thing) const { return done_[thing]; }
    [[nodiscard]] bool allDone() const;
    [[nodiscard]] bool isUntouched() const;  ///< shown, with its hint, and nothing done yet

    void dismiss();
    void dismissHint();
    void bringBack();  ///< both, with nothing done yet
    /// A mouse button is held upon the timeline: what moves the playhead meanwhile is a drag.
    void setHeld(bool held);
    /// A link to the event that set a field was followed.
    void followsSetBy();
    /// A key or a button that steps was pressed: to be told before the playhead moves. Whatever else leads to a neighbouring event
    /// (a go-to, a click) is no step.
    void followsStep();

signals:
    void changed();

private:
    void moved();
    void notice(Thing thing);

    Session& session_;
    std::array<bool, kThings> done_{};
    bool dismissed_ = false;
    bool hintDismissed_ = false;
    bool held_ = false;
    bool stepping_ = false;  ///< the move that follows is a step
    int movesHeld_ = 0;
};

}  // namespace hindcast::ui
