#pragma once
#include "core/replay/history.h"

#include <QString>

namespace hindcast::ui {

/// How an entity is called where it stands alone: "user-123"; a table row by its table, "public.users #7".
[[nodiscard]] inline QString entityTitle(const replay::History& history)
{
    const QString id = QString::fromStdString(history.key.id);
    return history.rows ? QStringLiteral("%1 #%2").arg(QString::fromStdString(history.key.category), id) : id;
}

}  // namespace hindcast::ui
