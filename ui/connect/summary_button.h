#pragma once
#include "ui/look/theme.h"

#include <QToolButton>

namespace hindcast::ui {

/// A line of words that opens in detail: cut where there is no room (whole in the tool tip), with the little arrow of a list.
class SummaryButton final : public QToolButton {
    Q_OBJECT
public:
    /// `theme` must outlive the button.
    explicit SummaryButton(const Theme& theme, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] int wholeWidth() const;  ///< that shows the words uncut
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
};

}  // namespace hindcast::ui
