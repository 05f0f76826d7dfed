#pragma once
#include "core/event/entity.h"
#include "core/replay/history.h"

#include <QString>

namespace hindcast::ui {

/// How an entity is called where it stands alone: "user-123"; a table row by its table, "public.users #7". One line, and what is
/// written from right to left keeps to itself.
[[nodiscard]] inline QString entityTitle(const EntityKey& key, bool ofTable)
{
    QString id = QString::fromStdString(key.id);
    for (QChar& c : id)
        if (c.category() == QChar::Other_Control || c == QChar::LineSeparator || c == QChar::ParagraphSeparator)
            c = QChar(0x2423);
    if (id.isRightToLeft()) id = QChar(0x2068) + id + QChar(0x2069);
    return ofTable ? QStringLiteral("%1 #%2").arg(QString::fromStdString(key.category), id) : id;
}
[[nodiscard]] inline QString entityTitle(const replay::History& history) { return entityTitle(history.key, history.rows); }

}  // namespace hindcast::ui
