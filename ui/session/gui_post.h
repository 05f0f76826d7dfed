#pragma once
#include <functional>

namespace hindcast::ui {

/// Runs a function in the GUI thread, later, unless the workspace it belongs to has been closed by then. Callable from any thread.
using GuiPost = std::function<void(std::function<void()>)>;

}  // namespace hindcast::ui
