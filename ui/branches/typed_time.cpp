#include "ui/branches/typed_time.h"

#include <QObject>

namespace hindcast::ui {

TypedTime typedTime(const QString& text, const TimeReader& reader, std::optional<Timestamp> here)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty()) return {};
    if (reader)
        if (const auto time = reader(trimmed, here)) return {time, {}};
    const auto read = timestampFromUser(trimmed.toStdString(), Timestamp::now());
    if (read) return {*read, {}};
    const Error& error = read.error();
    return {std::nullopt,
            QObject::tr("%1: write 2025-11-04T09:14:22Z, 2025-11-04 09:14, 09:30, yesterday 9:15, last tuesday 14:00, "
                        "-2h, or an epoch in s, ms or µs")
                .arg(QString::fromStdString(error.why.empty() ? error.what : error.why))};
}

}  // namespace hindcast::ui
