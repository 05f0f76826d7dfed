#pragma once
#include "ui/look/theme.h"

#include <QWidget>

class QLabel;

namespace hindcast::ui {

/// A sentence on a tinted strip: a dead entity, a partial life, a model that failed. Hidden while it has nothing to say.
class Notice final : public QWidget {
    Q_OBJECT
public:
    enum class Kind { Plain, Warning };
    explicit Notice(const Theme& theme, QWidget* parent = nullptr);

    /// `html` is ours, with what came from outside escaped; its links come back by linkActivated(). Empty hides the strip.
    void say(const QString& html, Kind kind = Kind::Plain);
    [[nodiscard]] QString text() const;

signals:
    void linkActivated(const QString& link);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();

    const Theme& theme_;
    QLabel* label_;
    Kind kind_ = Kind::Plain;
};

}  // namespace hindcast::ui
