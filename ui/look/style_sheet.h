#pragma once
#include "ui/look/theme.h"

#include <QString>

namespace hindcast::ui {

/// The application's style sheet in the theme's colours.
[[nodiscard]] QString styleSheet(const Theme& theme);

}  // namespace hindcast::ui
