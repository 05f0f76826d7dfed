#pragma once
#include <QStringList>

namespace hindcast::ui {

/// The expressions that were asked for, the latest first, in the user's settings. At most kExpressionsKept.
inline constexpr qsizetype kExpressionsKept = 30;
[[nodiscard]] QStringList askedExpressions();
/// Puts it first and gives all of them.
QStringList rememberExpression(const QString& text);
/// The same of values that were looked for.
[[nodiscard]] QStringList askedValues();
QStringList rememberValue(const QString& text);

}  // namespace hindcast::ui
