#pragma once
#include "core/event/ids.h"

#include <QString>

#include <functional>

namespace hindcast::ui {

/// How types are called and coloured; given by whoever knows. Without, they have no name and are neutral.
struct TypeWords {
    std::function<QString(TypeId)> name;
    std::function<int(TypeId)> series;  ///< index for Theme::series()

    [[nodiscard]] QString nameOf(TypeId type) const { return name ? name(type) : QString(); }
    [[nodiscard]] int seriesOf(TypeId type) const { return series ? series(type) : -1; }
};

}  // namespace hindcast::ui
