#pragma once
#include <QString>

#include <chrono>

namespace hindcast::ui {

class MainWindow;

/// Waits, with the event loop running, until everything that the window shows has been computed: nothing is asked for any more,
/// also by what painting itself asks for. False after `limit`.
[[nodiscard]] bool settle(MainWindow& window, std::chrono::milliseconds limit = std::chrono::seconds(60));

/// The window as it is, settled, into a picture file. False where it does not settle or cannot be written.
[[nodiscard]] bool renderToFile(MainWindow& window, const QString& path);

}  // namespace hindcast::ui
