#pragma once
#include "ui/look/theme.h"
#include "ui/session/views.h"

#include <QAction>
#include <QWidget>

class QToolButton;

namespace hindcast::ui {

class NewBadge;

/// Reading and following the head, side by side: two things. What came in while one did not follow is announced beside them and moves
/// nothing. Knows no session: whoever holds the actions does what they say.
class LiveControls final : public QWidget {
    Q_OBJECT
public:
    struct Actions {
        QAction* pause;     ///< pause or go on: its words follow what is read
        QAction* follow;    ///< checkable
        QAction* firstNew;  ///< to the first of the new events
        QAction* stop;      ///< of what cannot be paused
    };
    /// `theme` and the actions must outlive the widget.
    LiveControls(const Theme& theme, const Actions& actions, QWidget* parent = nullptr);

    /// `open`: whether a workspace is.
    void setReading(bool open, const ReadingView& reading);
    /// `here`: how many of them are the selected entity's.
    void setNew(std::uint64_t events, std::uint64_t here);
    [[nodiscard]] QToolButton& readingButton() { return *reading_; }
    [[nodiscard]] QToolButton& followButton() { return *follow_; }
    [[nodiscard]] QToolButton& badge();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showFollow();
    void showTip();
    void reserve();

    const Theme& theme_;
    Actions actions_;
    QToolButton* reading_;
    QToolButton* stop_;
    QToolButton* follow_;
    NewBadge* badge_;
    ReadingView shown_;
    bool live_ = false;
};

/// "reading", "paused", "broker away for 12 s, trying again": the state of a source in words, as of now.
[[nodiscard]] QString readingWords(const ReadingView& reading, Timestamp now);
/// Who is away: "broker localhost:9092 away for 12 s, trying again"; `time`: "for 12 s", "since …".
[[nodiscard]] QString awayWords(const source::Away& away, const QString& time);
/// What there is to be said of the source at greater length, times in the shown zone; empty: all is well.
[[nodiscard]] QString noticeWords(const ReadingView& reading);
/// "Go on reading orders and users from localhost:9092, from where it stopped 3 h ago", as of now.
[[nodiscard]] QString offerWords(const ReadingOffer& offer, Timestamp now);
/// "3 h ago", in one unit; empty where it is not known or lies ahead.
[[nodiscard]] QString agoText(const std::optional<Timestamp>& then, Timestamp now);

}  // namespace hindcast::ui
