#include "ui/state/hex_view.h"

#include <QApplication>
#include <QClipboard>

#include <numeric>

namespace hindcast::ui {

namespace {

constexpr std::size_t kMostPerLine = 16;
constexpr std::size_t kLeastPerLine = 4;
constexpr std::size_t kGap = 8;  // bytes before a wider one

}  // namespace

HexView::HexView(const Theme& theme, QWidget* parent) : RowView(theme, parent)
{
    setAccessibleName(tr("Bytes"));
    setPerLine(perLine_);
    connect(this, &RowView::copyWanted, this, [this](qint64 row) { QApplication::clipboard()->setText(hexOf(line(row))); });
}

std::array<int, 3> HexView::widthsFor(std::size_t bytes) const
{
    const QFontMetrics metrics(theme().mono());
    const auto chars = [&](std::size_t count) {
        return metrics.horizontalAdvance(QString(static_cast<qsizetype>(count), QLatin1Char('0'))) + 18;
    };
    return {chars(8), chars(3 * bytes), chars(bytes)};
}

void HexView::setPerLine(std::size_t bytes)
{
    perLine_ = bytes;
    const auto widths = widthsFor(bytes);
    setColumns({{tr("byte"), widths[0], 0, Qt::AlignRight, false},
                {tr("hex"), widths[1], 0, Qt::AlignLeft, false},
                {tr("text"), widths[2], 1, Qt::AlignLeft, false}});
}

void HexView::fit()
{
    std::size_t bytes = kMostPerLine;
    while (bytes > kLeastPerLine) {
        const auto widths = widthsFor(bytes);
        if (std::accumulate(widths.begin(), widths.end(), 0) <= viewport()->width()) break;
        bytes /= 2;
    }
    setPerLine(bytes);
}

void HexView::resizeEvent(QResizeEvent* event)
{
    const auto first = static_cast<std::size_t>(topRow()) * perLine_;
    const std::size_t before = perLine_;
    RowView::resizeEvent(event);
    fit();
    if (perLine_ == before) return;
    setCurrentRow(kNone, false);
    rowsChanged();
    setTopRow(static_cast<Row>(first / perLine_));
}

void HexView::setBytes(std::shared_ptr<const std::string> bytes)
{
    bytes_ = std::move(bytes);
    setEmptyText(bytes_ ? tr("Empty: there is a value of no bytes") : tr("Null: there is no value"));
    setCurrentRow(kNone, false);
    setTopRow(0);
    rowsChanged();
}

RowView::Row HexView::rowCount() const { return bytes_ ? static_cast<Row>((bytes_->size() + perLine_ - 1) / perLine_) : 0; }

std::string_view HexView::line(Row row) const
{
    return std::string_view(*bytes_).substr(static_cast<std::size_t>(row) * perLine_, perLine_);
}

QString HexView::hexOf(std::string_view bytes)
{
    QString text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i > 0) text += i == kGap ? QStringLiteral("  ") : QStringLiteral(" ");
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
    return tr("byte %1: %2, %3").arg(static_cast<qulonglong>(row) * perLine_).arg(hexOf(line(row)), asciiOf(line(row)));
}

void HexView::paintCell(QPainter& painter, const RowCell& cell) const
{
    const QFont mono = theme().mono();
    switch (cell.column) {
        case 0:
            return paintText(painter, cell.rect, QString::number(static_cast<std::size_t>(cell.row) * perLine_), mono,
                             theme().color(Theme::Role::TextSecondary), Qt::AlignRight);
        case 1: return paintText(painter, cell.rect, hexOf(line(cell.row)), mono, theme().color(Theme::Role::Text));
        default: return paintText(painter, cell.rect, asciiOf(line(cell.row)), mono, theme().color(Theme::Role::TextSecondary));
    }
}

}  // namespace hindcast::ui
