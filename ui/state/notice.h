#pragma once
#include "ui/look/theme.h"

#include <QString>
#include <QWidget>

class QLabel;

namespace hindcast::ui {

/// A sentence on a tinted strip: a dead entity, a partial life, a model that failed. Hidden while it has nothing to say.
class Notice final : public QWidget {
    Q_OBJECT
public:
    enum class Kind { Plain, Warning };
    explicit Notice(const Theme& theme, QWidget* parent = nullptr);

    /// `html` is ours, with what came from outside escaped; its links come back by linkActivated(). Empty hides the strip. `brief` is
    /// shown instead where `html` would take a second line; empty: it takes as many as it needs.
    void say(const QString& html, Kind kind = Kind::Plain, const QString& brief = {});
    [[nodiscard]] QString text() const { return html_; }  ///< all of it, also where it is told in brief

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
    QString html_;
    QString brief_;
    QString plain_;  ///< html_ without its tags
};

}  // namespace hindcast::ui
