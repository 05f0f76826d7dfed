#pragma once
#include "ui/look/theme.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace hindcast::ui {

/// Trouble from the background, told calmly above the views: what failed, why, what to do. Stays until it is closed or something
/// else is opened; never takes the focus.
class ErrorBar final : public QWidget {
    Q_OBJECT
public:
    explicit ErrorBar(const Theme& theme, QWidget* parent = nullptr);

    void say(const QString& what, const QString& why, const QString& hint);
    void clear();
    [[nodiscard]] QString text() const;  ///< one line, empty where it says nothing

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    QLabel* text_;
    QToolButton* close_;
    QString line_;
};

}  // namespace hindcast::ui
