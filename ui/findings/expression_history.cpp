#include "ui/findings/expression_history.h"

#include <QSettings>

namespace hindcast::ui {

namespace {

const auto kExpressions = QStringLiteral("findings/expressions");
const auto kValues = QStringLiteral("findings/values");
constexpr qsizetype kLongest = 4000;  // what is longer is hardly asked twice, and settings are read as a whole

QStringList askedOf(const QString& setting) { return QSettings().value(setting).toStringList().mid(0, kExpressionsKept); }

QStringList remember(const QString& setting, const QString& text)
{
    QStringList all = askedOf(setting);
    if (text.isEmpty() || text.size() > kLongest) return all;
    all.removeAll(text);
    all.prepend(text);
    all = all.mid(0, kExpressionsKept);
    QSettings().setValue(setting, all);
    return all;
}

}  // namespace

QStringList askedExpressions() { return askedOf(kExpressions); }
QStringList rememberExpression(const QString& text) { return remember(kExpressions, text); }
QStringList askedValues() { return askedOf(kValues); }
QStringList rememberValue(const QString& text) { return remember(kValues, text); }

}  // namespace hindcast::ui
