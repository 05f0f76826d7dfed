#pragma once
#include <QImage>
#include <QString>

#include <vector>

namespace hindcast::ui {

class MainWindow;

/// One picture of an animation and how long it stands.
struct Frame {
    QImage picture;
    int milliseconds = 0;
};

/// The frames as an animated PNG that loops for ever (the format's own extension chunks; a viewer that does not know them shows the
/// first). Each frame but the first holds only the rectangle that differs from the one before. REQUIRES: frames, all of one size.
/// False where the file cannot be written.
[[nodiscard]] bool writeAnimation(const std::vector<Frame>& frames, const QString& path);

/// The playhead drawn over the shown life, event by event from the first to the last, `width` device pixels wide or as wide as the
/// window is. False where no life is shown, the window does not settle or the file cannot be written.
[[nodiscard]] bool renderAnimation(MainWindow& window, const QString& path, int width = 0);

}  // namespace hindcast::ui
