#pragma once
#include <QScreen>
#include <QSize>

namespace hindcast::ui {

/// A window's size of choice, or what the screen has room for beside panels and the window's own frame.
[[nodiscard]] inline QSize fitting(QSize wanted, const QScreen& screen)
{
    return wanted.boundedTo(screen.availableGeometry().size() - QSize(24, 48));
}

}  // namespace hindcast::ui
