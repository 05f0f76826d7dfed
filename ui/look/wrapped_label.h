#pragma once
#include <QLabel>

namespace hindcast::ui {

/// Plain text in as many lines as its width makes of it, and no higher than these. QLabel's own wrapping makes all that holds it ask
/// for its preferred height instead of its least, so that tables beside it push each other off a small screen.
class WrappedLabel final : public QLabel {
    Q_OBJECT
public:
    explicit WrappedLabel(const QString& text = {}, QWidget* parent = nullptr);

    [[nodiscard]] bool hasHeightForWidth() const override { return false; }
    [[nodiscard]] QSize sizeHint() const override;  ///< as wide as the text in one line
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
};

}  // namespace hindcast::ui
