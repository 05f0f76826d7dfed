#pragma once
#include <QString>
#include <QStringList>

namespace hindcast::ui {

/// The categories that a script says it is for, in its order, each once: the members of `entities`, the names given to
/// fromCategory(). By its tokens alone, without running it: one that computes its names names none here.
[[nodiscard]] QStringList namedCategories(const QString& source);

/// A category as a member's name in JavaScript: user, "public.users".
[[nodiscard]] QString memberName(const QString& category);

}  // namespace hindcast::ui
