#include "ui/findings/expression_history.h"

#include <QSettings>

namespace hindcast::ui {

namespace {

const auto kAsked = QStringLiteral("findings/expressions");
constexpr qsizetype kLongest = 4000;  // what is longer is hardly asked twice, and settings are read as a whole

}  // namespace

QStringList askedExpressions() { return QSettings().value(kAsked).toStringList().mid(0, kExpressionsKept); }

QStringList rememberExpression(const QString& text)
{
    QStringList all = askedExpressions();
    if (text.isEmpty() || text.size() > kLongest) return all;
    all.removeAll(text);
    all.prepend(text);
    all = all.mid(0, kExpressionsKept);
    QSettings().setValue(kAsked, all);
    return all;
}

}  // namespace hindcast::ui
