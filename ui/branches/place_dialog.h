#pragma once
#include "core/event/time.h"
#include "ui/branches/typed_time.h"
#include "ui/look/theme.h"

#include <QDialog>

#include <cstdint>
#include <functional>
#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace hindcast::ui {

/// Where an event of a branch is moved to: behind which event, and at which time. Knows no session.
class PlaceDialog final : public QDialog {
    Q_OBJECT
public:
    struct Start {
        QString about;                               ///< "Move #5 FeeCharged in “what if”"
        int after = 0;                               ///< version in the branch that it stands behind now; 0: it is the first
        int last = 0;                                ///< the branch's last version
        Timestamp time;                              ///< its own
        std::function<QString(int version)> nameOf;  ///< of the events of the branch
        TimeReader reader = {};
    };
    /// `theme` must outlive it.
    PlaceDialog(const Theme& theme, Start start, QWidget* parent);

    [[nodiscard]] int after() const;                      ///< version in the branch
    [[nodiscard]] std::optional<Timestamp> time() const;  ///< empty: it keeps its own
    [[nodiscard]] QSpinBox& afterField() { return *after_; }
    [[nodiscard]] QLineEdit& timeField() { return *time_; }
    [[nodiscard]] QPushButton& acceptButton() { return *accept_; }

private:
    void check();

    Start start_;
    QSpinBox* after_;
    QLabel* name_;
    QLineEdit* time_;
    QLabel* trouble_;
    QPushButton* accept_;
    std::optional<Timestamp> chosen_;
};

}  // namespace hindcast::ui
