#pragma once
#include "ui/look/theme.h"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace hindcast::ui {

class LimitBox;

/// Where it goes: the workspace file, and how large that may become.
class TargetForm final : public QWidget {
    Q_OBJECT
public:
    /// `theme` must outlive the form.
    explicit TargetForm(const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] QString workspace() const;
    void setWorkspace(const QString& path);
    [[nodiscard]] LimitBox& disk() { return *disk_; }
    [[nodiscard]] const LimitBox& disk() const { return *disk_; }

signals:
    void workspaceChanged();
    void diskChanged();

private:
    void arrange();

    const Theme& theme_;
    QLineEdit* workspace_;
    LimitBox* disk_;
    QLabel* wrong_;
};

}  // namespace hindcast::ui
