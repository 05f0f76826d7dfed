#include "ui/state/hex_view.h"

#include <QApplication>
#include <QClipboard>

namespace hindcast::ui {

namespace {

constexpr std::size_t kLine = 16;

}  // namespace

HexView::HexView(const Theme& theme, QWidget* parent) : RowView(theme, parent)
{
    setAccessibleName(tr("Bytes"));
    const QFontMetrics metrics(theme.mono());
    const auto chars = [&](int count) { return metrics.horizontalAdvance(QString(count, QLatin1Char('0'))) + 18; };
    setColumns({{tr("byte"), chars(8), 0, Qt::AlignRight, false}, {tr("hex"), chars(48), 0, Qt::AlignLeft, false}, {tr("text"), chars(16), 1, Qt::AlignLeft, false}});
    connect(this, &RowView::copyWanted, this, [this](qint64 row) { QApplication::clipboard()->setText(hexOf(line(row))); });
}

void HexView::setBytes(std::shared_ptr<const std::string> bytes)
{
    bytes_ = std::move(bytes);
    setEmptyText(bytes_ ? tr("Empty: there is a value of no bytes") : tr("Null: there is no value"));
    setCurrentRow(kNone, false);
    setTopRow(0);
    rowsChanged();
}

RowView::Row HexView::rowCount() const
{
    return bytes_ ? static_cast<Row>((bytes_->size() + kLine - 1) / kLine) : 0;
}

std::string_view HexView::line(Row row) const
{
    return std::string_view(*bytes_).substr(static_cast<std::size_t>(row) * kLine, kLine);
}

QString HexView::hexOf(std::string_view bytes)
{
    QString text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i > 0) text += i == kLine / 2 ? QStringLiteral("  ") : QStringLiteral(" ");
        text += QStringLiteral("%1").arg(static_cast<unsigned char>(bytes[i]), 2, 16, QLatin1Char('0'));
    }
    return text;
}

QString HexView::asciiOf(std::string_view bytes)
{
    QString text;
    for (const char c : bytes) text += c >= 0x20 && c < 0x7f ? QChar(QLatin1Char(c)) : QChar(0xb7);
    return text;
}

QString HexView::rowText(Row row) const
{
    return tr("byte %1: %2, %3").arg(static_cast<qulonglong>(row) * kLine).arg(hexOf(line(row)), asciiOf(line(row)));
}

void HexView::paintCell(QPainter& painter, const RowCell& cell) const
{
    const QFont mono = theme().mono();
    switch (cell.column) {
    case 0:
        return paintText(painter, cell.rect, QString::number(static_cast<std::size_t>(cell.row) * kLine), mono, theme().color(Theme::Role::TextDimmed),
                         Qt::AlignRight);
    case 1: return paintText(painter, cell.rect, hexOf(line(cell.row)), mono, theme().color(Theme::Role::Text));
    default: return paintText(painter, cell.rect, asciiOf(line(cell.row)), mono, theme().color(Theme::Role::TextSecondary));
    }
}

}  // namespace hindcast::ui
