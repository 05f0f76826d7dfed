#pragma once
#include "ui/look/theme.h"
#include "ui/session/playback_speed.h"

#include <QToolButton>

class QAction;
class QMenu;

namespace hindcast::ui {

/// Plays and pauses, and says how fast; its arrow opens the other speeds. As wide while it plays as while it does not: what stands
/// beside it stays where it is.
class PlayButton final : public QToolButton {
    Q_OBJECT
public:
    enum class Words { All, Speed, ShortSpeed, None };
    /// All three must outlive it. `play` is what it triggers and takes its tip from.
    PlayButton(const Theme& theme, QAction& play, QMenu& menu, QWidget* parent = nullptr);

    void setSpeed(PlaybackSpeed speed);
    void setPlaying(bool playing);
    /// What it has room for.
    void setWords(Words words);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void show(const QAction& play);
    void write();
    [[nodiscard]] QString words(bool playing) const;

    const Theme& theme_;
    PlaybackSpeed speed_;
    bool playing_ = false;
    Words words_ = Words::All;
};

}  // namespace hindcast::ui
