#pragma once
#include <QLabel>
#include <QStringList>

namespace hindcast::ui {

/// A line of plain text that gives way: cut with "…" where there is no room, whole in the tool tip.
class ElidedLabel final : public QLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget* parent = nullptr);

    /// What is shown where the text has no room, from more to fewer words; the last of them is cut. The text is told in the tool tip.
    void setShorter(const QStringList& texts);
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    QStringList shorter_;
};

}  // namespace hindcast::ui
