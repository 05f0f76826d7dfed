#pragma once
#include "ui/look/theme.h"

#include <QLineEdit>

namespace hindcast::ui {

/// A line to search or filter by, with the sign for it.
class SearchField final : public QLineEdit {
    Q_OBJECT
public:
    /// `theme` must outlive the field.
    explicit SearchField(const Theme& theme, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
};

}  // namespace hindcast::ui
