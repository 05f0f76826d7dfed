#include "ui/connect/limit_box.h"

#include "ui/connect/wrong_field.h"

#include <QLineEdit>

namespace hindcast::ui {

LimitBox::LimitBox(AmountOf of, double unit, std::initializer_list<std::uint64_t> amounts, QWidget* parent)
    : QComboBox(parent), of_(of), unit_(unit)
{
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setCompleter(nullptr);  // "1" is not the beginning of "100 MB/s"
    addItem(tr("no limit"));
    for (const std::uint64_t amount : amounts)
        addItem(QStringLiteral("≤ ") + textOfBytes(static_cast<std::uint64_t>(unit) * amount, of));
    lineEdit()->setPlaceholderText(itemText(0));
    connect(this, &QComboBox::editTextChanged, this, [this] { markWrong(*this, !error().isEmpty()); });
    connect(lineEdit(), &QLineEdit::editingFinished, this, [this] {
        if (const auto written = limit()) setLimit(*written);
    });
}

std::expected<std::optional<std::uint64_t>, QString> LimitBox::limit() const
{
    const QString text = currentText().trimmed();
    if (text.isEmpty() || text.compare(itemText(0), Qt::CaseInsensitive) == 0) return std::nullopt;
    const auto bytes = bytesFromText(text, of_, unit_);
    if (!bytes) return std::unexpected(bytes.error());
    return *bytes;
}

void LimitBox::setLimit(std::optional<std::uint64_t> bytes)
{
    const QString text = bytes ? QStringLiteral("≤ ") + textOfBytes(*bytes, of_) : itemText(0);
    if (const int at = findText(text); at >= 0) setCurrentIndex(at);
    if (currentText() != text) setEditText(text);
    lineEdit()->setCursorPosition(0);  // were it ever cut, its beginning stays in sight
}

QString LimitBox::error() const
{
    const auto written = limit();
    return written ? QString() : written.error();
}

}  // namespace hindcast::ui
