#include "ui/connect/limit_box.h"

#include <QRegularExpression>

namespace hindcast::ui {

std::optional<double> amountIn(const QString& text)
{
    static const QRegularExpression kNumber(QStringLiteral("[0-9]+([.,][0-9]+)?"));
    const auto found = kNumber.match(text);
    if (!found.hasMatch()) return std::nullopt;
    const double number = found.captured().replace(QLatin1Char(','), QLatin1Char('.')).toDouble();
    return number > 0 ? std::optional(number) : std::nullopt;
}

LimitBox::LimitBox(QString form, double unit, std::initializer_list<int> amounts, QWidget* parent)
    : QComboBox(parent), form_(std::move(form)), unit_(unit)
{
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    addItem(tr("no limit"));
    for (const int amount : amounts) addItem(form_.arg(amount));
}

std::expected<std::optional<std::uint64_t>, QString> LimitBox::limit() const
{
    const QString text = currentText().trimmed();
    if (text.isEmpty() || text == itemText(0)) return std::nullopt;
    const auto amount = amountIn(text);
    if (!amount) return std::unexpected(tr("%1: “%2” is no number").arg(accessibleName(), text));
    return static_cast<std::uint64_t>(*amount * unit_);
}

void LimitBox::setLimit(std::optional<std::uint64_t> bytes)
{
    const QString text = bytes ? form_.arg(QString::number(static_cast<double>(*bytes) / unit_)) : itemText(0);
    if (const int at = findText(text); at >= 0) setCurrentIndex(at);
    setEditText(text);
}

}  // namespace hindcast::ui
