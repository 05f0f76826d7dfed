#pragma once
#include "core/event/time.h"

#include <QString>

#include <optional>

namespace hindcast::ui {

/// What stands in a field for a time: neither where it is empty.
struct TypedTime {
    std::optional<Timestamp> time;
    QString wrong;  ///< why it is none
};
[[nodiscard]] TypedTime typedTime(const QString& text);

}  // namespace hindcast::ui
