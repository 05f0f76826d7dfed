#pragma once
#include "ui/look/theme.h"
#include "ui/shell/first_minute.h"

#include <QWidget>

#include <array>
#include <optional>

class QLabel;
class QToolButton;

namespace hindcast::ui {

/// The three things to try, in a line above the status line, each with a mark that becomes a tick. Hidden where there is nothing to try.
class FirstMinuteStrip final : public QWidget {
    Q_OBJECT
public:
    /// Both must outlive the widget.
    FirstMinuteStrip(const Theme& theme, FirstMinute& things, QWidget* parent = nullptr);

    [[nodiscard]] QString text() const;  ///< all of it in words, done or not

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void dress();

    const Theme& theme_;
    FirstMinute& things_;
    QLabel* title_;
    std::array<QLabel*, FirstMinute::kThings> marks_{};
    std::array<QLabel*, FirstMinute::kThings> words_{};
    QToolButton* close_;
};

/// "drag me", beside the playhead's head; goes when the playhead is dragged, or by its cross. A child of the timeline's view that lies
/// over it; where the head is, is asked for.
class PlayheadHint final : public QWidget {
    Q_OBJECT
public:
    /// Both must outlive the widget.
    PlayheadHint(const Theme& theme, FirstMinute& things, QWidget* parent);

    /// Beside this point of the parent; an empty optional hides it.
    void place(std::optional<QPoint> head);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] QString words() const;
    void placeClose();

    const Theme& theme_;
    FirstMinute& things_;
    QToolButton* close_;
    bool pointsLeft_ = true;  ///< the head is on its left
    int tip_ = 0;             ///< where along its height the head is
};

}  // namespace hindcast::ui
