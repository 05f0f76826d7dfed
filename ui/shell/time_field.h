#pragma once
#include "ui/look/theme.h"
#include "ui/session/playhead.h"

#include <QLineEdit>

namespace hindcast::ui {

/// The playhead's time, to read and to write: what is typed and entered moves it ("2025-11-04 09:14", "-2h", an epoch).
class TimeField final : public QLineEdit {
    Q_OBJECT
public:
    TimeField(const Theme& theme, Playhead& playhead, QWidget* parent = nullptr);

signals:
    void timeEntered(hindcast::Timestamp time);
    void settled();  ///< what was typed was taken, or given up
    void refused(const QString& what, const QString& why, const QString& hint);

protected:
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void fitWidth();
    void follow();
    void enter();

    const Theme& theme_;
    Playhead& playhead_;
};

}  // namespace hindcast::ui
