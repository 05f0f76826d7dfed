#pragma once
#include "ui/session/playback_speed.h"

#include <QDialog>

#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace hindcast::ui {

/// A speed of one's own: says while one types what it means, or what is wrong with it.
class SpeedDialog final : public QDialog {
    Q_OBJECT
public:
    explicit SpeedDialog(PlaybackSpeed speed, QWidget* parent = nullptr);

    [[nodiscard]] QLineEdit& field() { return *field_; }
    [[nodiscard]] QString words() const;  ///< what is said of what is typed

signals:
    void chosen(hindcast::ui::PlaybackSpeed speed);

private:
    void look();

    QLineEdit* field_;
    QLabel* words_;
    QPushButton* play_;
    std::optional<PlaybackSpeed> speed_;
};

}  // namespace hindcast::ui
