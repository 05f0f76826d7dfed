#pragma once
#include <QString>

class QDialog;
class QDialogButtonBox;
class QPushButton;

namespace hindcast::ui {

struct DialogButtons {
    QDialogButtonBox* box = nullptr;
    QPushButton* accept = nullptr;
};

/// Cancel, and one of that text that stands out: they reject and accept the dialog. Without the icons that a platform puts on them.
/// Whose layout takes the box owns both.
[[nodiscard]] DialogButtons dialogButtons(QDialog& dialog, const QString& accept);

}  // namespace hindcast::ui
