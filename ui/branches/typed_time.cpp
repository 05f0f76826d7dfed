#include "ui/branches/typed_time.h"

namespace hindcast::ui {

TypedTime typedTime(const QString& text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty()) return {};
    const auto read = timestampFromUser(trimmed.toStdString(), Timestamp::now());
    if (read) return {*read, {}};
    const Error& error = read.error();
    return {std::nullopt, QString::fromStdString(error.why.empty() ? error.what : error.why)};
}

}  // namespace hindcast::ui
