#include "ui/timeline/watch_text.h"

#include "ui/look/format.h"
#include "ui/look/json_text.h"

#include <QCoreApplication>

namespace hindcast::ui {

QString watchText(const replay::WatchValue& value, int limit)
{
    using Kind = replay::WatchValue::Kind;
    const auto counted = [&](const char* words) {
        return QCoreApplication::translate("WatchText", words).arg(grouped(value.size));
    };
    switch (value.kind) {
        case Kind::Absent: return {};
        case Kind::Array: return value.size == 0 ? QStringLiteral("[ ]") : counted(value.size == 1 ? "%1 item" : "%1 items");
        case Kind::Object: return value.size == 0 ? QStringLiteral("{ }") : counted(value.size == 1 ? "%1 field" : "%1 fields");
        default: break;
    }
    const QString text = plainText(value.value, limit);
    return value.cut && !text.endsWith(QChar(0x2026)) ? text + QChar(0x2026) : text;
}

QString watchSentence(const replay::WatchValue& value, int limit)
{
    return value.kind == replay::WatchValue::Kind::Absent ? QCoreApplication::translate("WatchText", "not there")
                                                          : watchText(value, limit);
}

}  // namespace hindcast::ui
