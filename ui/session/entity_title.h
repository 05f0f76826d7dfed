#pragma once
#include "core/replay/history.h"

#include <QString>

namespace hindcast::ui {

/// How an entity is called where it stands alone: "user-123"; a table row by its table, "public.users #7". One line, and what is
/// written from right to left keeps to itself.
[[nodiscard]] inline QString entityTitle(const replay::History& history)
{
    QString id = QString::fromStdString(history.key.id);
    for (QChar& c : id)
        if (c.category() == QChar::Other_Control || c == QChar::LineSeparator || c == QChar::ParagraphSeparator)
            c = QChar(0x2423);
    if (id.isRightToLeft()) id = QChar(0x2068) + id + QChar(0x2069);
    return history.rows ? QStringLiteral("%1 #%2").arg(QString::fromStdString(history.key.category), id) : id;
}

}  // namespace hindcast::ui
