#pragma once
#include "core/event/time.h"

#include <QString>

#include <functional>
#include <optional>

namespace hindcast::ui {

/// How times are read that people write: "yesterday 9:15". A time of day is of the day of `here`. Empty: it is none.
using TimeReader = std::function<std::optional<Timestamp>(const QString& text, std::optional<Timestamp> here)>;

/// What stands in a field for a time: neither where it is empty.
struct TypedTime {
    std::optional<Timestamp> time;
    QString wrong;  ///< why it is none, and how one is written
};
/// By `reader`, where one is given, and else by timestampFromUser().
[[nodiscard]] TypedTime typedTime(const QString& text, const TimeReader& reader, std::optional<Timestamp> here);

}  // namespace hindcast::ui
