#include "ui/look/value_piece.h"

#include "ui/look/json_text.h"

#include <QCoreApplication>

namespace hindcast::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::ValuePiece)
};

}  // namespace

ValuePiece valuePiece(const Json& value, int limit, bool quotes)
{
    if (value.is_discarded()) return {Words::tr("not set"), true, true};
    if (value.is_null()) return {QStringLiteral("null"), true, true};
    if (value.is_structured() && value.empty()) return {valueText(value, limit), true, false};
    return {quotes ? valueText(value, limit) : plainText(value, limit), false, false};
}

}  // namespace hindcast::ui
