// How the lines of two documents look.
#include "ui/look/format.h"
#include "ui/look/shaped_text.h"
#include "ui/state/aligned_list.h"
#include "ui/state/change_text.h"

#include <QPainter>

#include <algorithm>

namespace hindcast::ui {

namespace {

using Kind = AlignedLine::Kind;
constexpr int kShown = 2000;  // characters of a value: more than a line ever shows
constexpr int kTip = 3000;
constexpr int kMostIndent = 24;  // levels; deeper ones stand as far in as these

}  // namespace

QColor AlignedList::rowTint(Row row) const
{
    if (isFold(row)) return theme().color(Theme::Role::Panel);
    const ShownRow& shown = rows_[static_cast<std::size_t>(row)];
    const Kind kind = lineOf(row).kind;
    if (kind == Kind::Same) return {};
    if (mode_ == Mode::SideBySide)  // of the others one side is tinted, by its cell
        return kind == Kind::Changed ? theme().color(Theme::Role::ChangedSoft) : QColor();
    return theme().color(shown.show == Show::Before ? Theme::Role::RemovedSoft : Theme::Role::AddedSoft);
}

QString AlignedList::toolTipText(Row row, int column) const
{
    if (isFold(row)) return tr("Click to show them");
    const AlignedLine& line = lineOf(row);
    const bool ofB = mode_ == Mode::SideBySide ? column == 1 : rows_[static_cast<std::size_t>(row)].show != Show::Before;
    if ((ofB ? line.b : line.a) == nullptr) return {};
    return QString::fromStdString(found_.aligned.pointerOf(rows_[static_cast<std::size_t>(row)].line)).left(kTip) +
           QLatin1Char('\n') + textOf(row, ofB, kTip);
}

void AlignedList::paintLine(QPainter& painter, const RowCell& cell, bool ofB) const
{
    const AlignedLine& line = lineOf(cell.row);
    const QFont mono = theme().mono();
    const bool quiet = line.part != AlignedLine::Part::Leaf;
    const int indent = std::min<int>(line.depth, kMostIndent) * textWidth(mono, QStringLiteral("  "));
    QRect rect = cell.rect.adjusted(indent, 0, 0, 0);
    QString name = line.name != nullptr && line.part != AlignedLine::Part::Close
                       ? QString::fromStdString(*line.name) + QStringLiteral(": ")
                       : QString();
    const int nameWidth = std::min(textWidth(mono, name), rect.width() * 2 / 3);
    if (!name.isEmpty()) {
        paintText(painter, QRect(rect.left(), rect.top(), nameWidth + 1, rect.height()), name, mono,
                  theme().color(Theme::Role::TextSecondary));
        rect.setLeft(rect.left() + nameWidth);
    }
    AlignedLine value = line;
    value.name = nullptr;
    QString text = QString::fromStdString(lineText(value, ofB, kShown));
    // Of long values what tells them apart.
    if (line.kind == Kind::Changed) {
        const QString other = QString::fromStdString(lineText(value, !ofB, kShown));
        const ElidedPair pair = ofB ? elidedPair(other, text, mono, rect.width(), rect.width())
                                    : elidedPair(text, other, mono, rect.width(), rect.width());
        text = ofB ? pair.after : pair.before;
    }
    paintText(painter, rect, text, mono, theme().color(quiet ? Theme::Role::TextSecondary : Theme::Role::Text));
}

void AlignedList::paintCell(QPainter& painter, const RowCell& cell) const
{
    const ShownRow& shown = rows_[static_cast<std::size_t>(cell.row)];
    const QFont mono = theme().mono();
    if (shown.show == Show::Fold) {
        if (cell.column == 0)
            paintText(painter, cell.rect, tr("⋯ %1 equal lines").arg(grouped(shown.count)), theme().text(),
                      theme().color(Theme::Role::TextSecondary));
        return;
    }
    const AlignedLine& line = lineOf(cell.row);
    if (mode_ == Mode::SideBySide) {
        const bool ofB = cell.column == 1;
        if ((ofB ? line.b : line.a) == nullptr) return;
        if (!cell.current && line.kind != Kind::Same && line.kind != Kind::Changed)
            painter.fillRect(cell.full, theme().color(ofB ? Theme::Role::AddedSoft : Theme::Role::RemovedSoft));
        return paintLine(painter, cell, ofB);
    }
    const bool before = shown.show == Show::Before;
    const int gutter = textWidth(mono, QStringLiteral("+ "));
    if (shown.show != Show::Both)
        paintText(painter, QRect(cell.rect.left(), cell.rect.top(), gutter, cell.rect.height()),
                  before ? QStringLiteral("−") : QStringLiteral("+"), mono,
                  theme().color(before ? Theme::Role::Removed : Theme::Role::Added));
    RowCell rest = cell;
    rest.rect.setLeft(cell.rect.left() + gutter);
    paintLine(painter, rest, !before);
}

}  // namespace hindcast::ui
