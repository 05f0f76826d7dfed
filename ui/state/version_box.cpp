#include "ui/state/version_box.h"

#include <algorithm>
#include <utility>

namespace hindcast::ui {

VersionBox::VersionBox(const QString& name, std::function<void(const QString&)> beyond, QWidget* parent)
    : QSpinBox(parent), beyond_(std::move(beyond))
{
    setAccessibleName(name);
    setPrefix(QStringLiteral("v"));
    setKeyboardTracking(false);
    setMinimumWidth(76);
}

QValidator::State VersionBox::validate(QString& text, int& position) const
{
    const QValidator::State state = QSpinBox::validate(text, position);
    return state == QValidator::Invalid && isNumber(text) ? QValidator::Intermediate : state;
}

void VersionBox::fixup(QString& text) const
{
    if (!isNumber(text)) return QSpinBox::fixup(text);
    beyond_(digitsOf(text));
    text = prefix() + QString::number(maximum());
}

QString VersionBox::digitsOf(const QString& text) const
{
    return text.startsWith(prefix()) ? text.mid(prefix().size()).trimmed() : text.trimmed();
}

bool VersionBox::isNumber(const QString& text) const
{
    const QString digits = digitsOf(text);
    return !digits.isEmpty() && digits.size() <= 18 && std::ranges::all_of(digits, [](QChar c) { return c.isDigit(); });
}

}  // namespace hindcast::ui
