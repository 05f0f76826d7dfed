#pragma once
#include "ui/look/theme.h"

#include <QWidget>

namespace hindcast::ui {

/// The line between two parts of a panel.
class Hairline final : public QWidget {
    Q_OBJECT
public:
    /// `theme` must outlive the line.
    explicit Hairline(const Theme& theme, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
};

}  // namespace hindcast::ui
