#pragma once
#include "ui/look/field_dialog.h"
#include "ui/session/playback_speed.h"

#include <optional>

namespace hindcast::ui {

/// A speed of one's own: says while one types what it means, or what is wrong with it.
class SpeedDialog final : public FieldDialog {
    Q_OBJECT
public:
    explicit SpeedDialog(PlaybackSpeed speed, QWidget* parent = nullptr);

signals:
    void chosen(hindcast::ui::PlaybackSpeed speed);

private:
    void look() override;
    void choose() override;

    std::optional<PlaybackSpeed> speed_;
};

}  // namespace hindcast::ui
