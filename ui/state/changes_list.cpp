#include "ui/state/changes_list.h"

#include "ui/look/json_text.h"

#include <QApplication>
#include <QClipboard>
#include <QPainter>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr int kLines = 6;
constexpr int kOldShown = 60;
constexpr int kNewShown = 300;
constexpr int kTip = 3000;

/// Where both do not fit, what they share at the beginning would hide what they do not: "2025-11-04T09:…" twice.
void dropCommonBeginning(QString& before, QString& after)
{
    constexpr qsizetype kWorthIt = 6;
    constexpr qsizetype kKept = 2;  // before the difference, so that it is seen where it begins
    const auto [a, b] = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
    const qsizetype common = a - before.begin() - kKept;
    if (common < kWorthIt || before[common].isLowSurrogate()) return;
    before = QChar(0x2026) + before.mid(common);
    after = QChar(0x2026) + after.mid(common);
}

}  // namespace

ChangesList::ChangesList(const Theme& theme, QWidget* parent) : RowView(theme, parent)
{
    setAccessibleName(tr("What the event changed"));
    setHeaderVisible(false);
    setColumns({{QString(), 90, 2, Qt::AlignLeft, false}, {QString(), 120, 3, Qt::AlignLeft, false}});
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(this, &RowView::activated, this,
            [this](qint64 row) { emit fieldChosen(QString::fromStdString(shown_[static_cast<std::size_t>(row)]->pointer)); });
    connect(this, &RowView::cellClicked, this,
            [this](qint64 row) { emit fieldChosen(QString::fromStdString(shown_[static_cast<std::size_t>(row)]->pointer)); });
    connect(this, &RowView::copyWanted, this, [this](qint64 row) {
        QApplication::clipboard()->setText(QString::fromStdString(toText(toPatch({*shown_[static_cast<std::size_t>(row)]}))));
    });
}

void ChangesList::setView(std::shared_ptr<const StateView> view)
{
    view_ = std::move(view);
    shown_.clear();
    if (view_)
        for (const Change& change : view_->changes)
            if (change.op != Change::Op::Same) shown_.push_back(&change);
    setCurrentRow(kNone, false);
    setTopRow(0);
    rowsChanged();
    updateGeometry();
}

QSize ChangesList::sizeHint() const
{
    const auto lines = std::min<Row>(rowCount(), kLines);
    return {300, static_cast<int>(lines) * theme().rowHeight()};
}

QSize ChangesList::minimumSizeHint() const { return {80, sizeHint().height()}; }

QString ChangesList::rowText(Row row) const
{
    const Change& change = *shown_[static_cast<std::size_t>(row)];
    const QString pointer = change.pointer.empty() ? tr("(the whole state)") : QString::fromStdString(change.pointer);
    switch (change.op) {
        case Change::Op::Add: return tr("%1 added: %2").arg(pointer, valueText(change.after, kNewShown));
        case Change::Op::Remove: return tr("%1 removed: %2").arg(pointer, valueText(change.before, kNewShown));
        default:
            return tr("%1 changed from %2 to %3")
                .arg(pointer, valueText(change.before, kNewShown), valueText(change.after, kNewShown));
    }
}

QString ChangesList::toolTipText(Row row, int column) const
{
    const Change& change = *shown_[static_cast<std::size_t>(row)];
    if (column == 0) return QString::fromStdString(change.pointer).left(kTip);
    switch (change.op) {
        case Change::Op::Add: return valueText(change.after, kTip);
        case Change::Op::Remove: return valueText(change.before, kTip);
        default: return valueText(change.before, kTip) + QStringLiteral("\n→ ") + valueText(change.after, kTip);
    }
}

QColor ChangesList::rowTint(Row row) const
{
    switch (shown_[static_cast<std::size_t>(row)]->op) {
        case Change::Op::Add: return theme().color(Theme::Role::AddedSoft);
        case Change::Op::Remove: return theme().color(Theme::Role::RemovedSoft);
        default: return theme().color(Theme::Role::ChangedSoft);
    }
}

void ChangesList::paintCell(QPainter& painter, const RowCell& cell) const
{
    const Change& change = *shown_[static_cast<std::size_t>(cell.row)];
    const QFont mono = theme().mono();
    const QColor text = theme().color(Theme::Role::Text);
    if (cell.column == 0) {
        const QString pointer = change.pointer.empty() ? tr("(the whole state)") : QString::fromStdString(change.pointer);
        return paintText(painter, cell.rect, pointer, mono, text, Qt::AlignLeft, Qt::ElideMiddle);
    }
    const QFontMetrics metrics(mono);
    int x = cell.rect.left();
    const auto place = [&](const QString& piece, int most) {
        const int width = std::min(metrics.horizontalAdvance(piece), most);
        const QRect rect(x, cell.rect.top(), std::min(width + 1, cell.rect.right() + 1 - x), cell.rect.height());
        x += width;
        return rect;
    };
    const auto put = [&](const QString& piece, Theme::Role role, int most) {
        paintText(painter, place(piece, most), piece, mono, theme().color(role));
    };
    const auto strike = [&](const QString& piece, int most) {
        paintStruck(painter, place(piece, most), piece, mono, theme().color(Theme::Role::TextSecondary));
    };
    const int all = cell.rect.width();
    switch (change.op) {
        case Change::Op::Add:
            put(QStringLiteral("+ "), Theme::Role::Added, all);
            put(plainText(change.after, kNewShown), Theme::Role::Text, all);
            break;
        case Change::Op::Remove:
            put(QStringLiteral("− "), Theme::Role::Removed, all);
            strike(plainText(change.before, kNewShown), all);
            break;
        default: {
            QString before = plainText(change.before, kOldShown);
            QString after = plainText(change.after, kNewShown);
            const QString arrow = QStringLiteral(" → ");
            if (metrics.horizontalAdvance(before + arrow + after) > all) dropCommonBeginning(before, after);
            // A long old value leaves room for the new one.
            strike(before, all * 45 / 100);
            put(arrow, Theme::Role::TextSecondary, all);
            put(after, Theme::Role::Text, all);
        }
    }
}

}  // namespace hindcast::ui
