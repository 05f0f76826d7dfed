#include "ui/events/cell_text.h"

#include "ui/look/format.h"
#include "ui/look/json_text.h"

#include <QCoreApplication>

namespace hindcast::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::FieldText)
};

constexpr std::size_t kShortJson = 48;  // characters of an array or object that is shown as it is

}  // namespace

QString cellText(const FieldValue& value)
{
    using Kind = FieldValue::Kind;
    switch (value.kind) {
        case Kind::Missing: return {};
        case Kind::Null: return QStringLiteral("null");
        case Kind::Text: return plainText(Json(value.text), static_cast<int>(FieldValue::kLongest));
        case Kind::Array:
            if (!value.cut && value.text.size() <= kShortJson) break;
            return value.members == 1 ? Words::tr("[1 item]") : Words::tr("[%1 items]").arg(grouped(value.members));
        case Kind::Object:
            if (!value.cut && value.text.size() <= kShortJson) break;
            return value.members == 1 ? Words::tr("{1 field}") : Words::tr("{%1 fields}").arg(grouped(value.members));
        default: break;
    }
    return QString::fromStdString(value.text) + (value.cut ? QString(QChar(0x2026)) : QString());
}

QString fieldInFull(const FieldValue& value)
{
    using Kind = FieldValue::Kind;
    QString text;
    switch (value.kind) {
        case Kind::Missing: return Words::tr("not in this event");
        case Kind::Null: return Words::tr("null: in this event, and without a value");
        case Kind::Text: text = valueText(Json(value.text), static_cast<int>(2 * FieldValue::kLongest)); break;
        default: text = QString::fromStdString(value.text); break;
    }
    return value.cut ? text + QChar(0x2026) : text;
}

}  // namespace hindcast::ui
