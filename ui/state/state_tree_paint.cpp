// What the lines of a StateTree look like.
#include "ui/look/glyphs.h"
#include "ui/look/json_text.h"
#include "ui/look/value_piece.h"
#include "ui/state/state_tree.h"

#include <QPainter>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr int kIndent = 16;       // px of a desk
constexpr int kValueShown = 400;  // characters

}  // namespace

QColor StateTree::rowTint(Row row) const
{
    const StateRow& line = rows_.rows[static_cast<std::size_t>(row)];
    if (isBeside()) return branchTint(line, row);
    switch (line.mark) {
        case FieldMark::Added: return theme().color(Theme::Role::AddedSoft);
        case FieldMark::Changed: return theme().color(Theme::Role::ChangedSoft);
        case FieldMark::Inside: return line.open ? QColor() : theme().color(Theme::Role::ChangedSoft);
        default: return {};
    }
}

QRect StateTree::markRect(const QRect& cell, const StateRow& row) const
{
    return {cell.left() + row.depth * theme().px(kIndent), cell.top(), theme().px(12), cell.height()};
}

int StateTree::nameLeft(const StateRow& row) const { return row.depth * theme().px(kIndent) + (row.opens ? theme().px(14) : 0); }

void StateTree::paintHit(QPainter& painter, const QRect& rect, const QString& text, const QFont& font) const
{
    if (task_.filter.empty()) return;
    const QFontMetrics metrics(font);
    const QString shown = metrics.elidedText(text, Qt::ElideRight, rect.width());
    const QString wanted = QString::fromStdString(task_.filter);
    const qsizetype at = shown.indexOf(wanted, 0, Qt::CaseInsensitive);
    const bool elsewhere = at < 0 && text.contains(wanted, Qt::CaseInsensitive);
    if (at < 0 && !elsewhere) return;
    // A hit in what is cut off marks the sign for that.
    const int left = elsewhere ? metrics.horizontalAdvance(shown.chopped(1)) : metrics.horizontalAdvance(shown.left(at));
    const int width =
        elsewhere ? metrics.horizontalAdvance(QChar(0x2026)) : metrics.horizontalAdvance(shown.mid(at, wanted.size()));
    const QRect mark = QRect(rect.left() + left - 1, rect.top() + 3, width + 2, rect.height() - 6).intersected(rect);
    painter.fillRect(mark, theme().color(Theme::Role::AccentSoft));
    painter.fillRect(QRect(mark.left(), mark.bottom(), mark.width(), 1), theme().color(Theme::Role::Accent));
}

void StateTree::paintValue(QPainter& painter, const RowCell& cell, const StateRow& row) const
{
    const QColor dimmed = theme().color(Theme::Role::TextDimmed);
    paintJson(painter, cell, row, *row.value, rows_.isPast ? dimmed : theme().color(Theme::Role::Text),
              rows_.isPast ? dimmed : theme().color(Theme::Role::TextSecondary));
}

void StateTree::paintJson(QPainter& painter, const RowCell& cell, const StateRow& row, const Json& value, const QColor& text,
                          const QColor& quiet) const
{
    if (value.is_structured() && !value.empty())
        return paintText(painter, cell.rect, containerText(value), theme().mono(), row.depth > 0 && !row.open ? text : quiet);
    const ValuePiece piece = valuePiece(value, kValueShown);
    QFont font = theme().mono();
    font.setItalic(piece.italic);
    if (row.hit) paintHit(painter, cell.rect, piece.text, font);
    paintText(painter, cell.rect, piece.text, font, piece.quiet ? quiet : text);
}

void StateTree::paintSetBy(QPainter& painter, const RowCell& cell) const
{
    const QString by = setByText(cell.row);
    if (by.isEmpty()) {
        const bool coming = view_ && (!view_->provenance || (view_->state.version > view_->provenanceTo && !view_->since));
        return paintText(painter, cell.rect, coming ? QStringLiteral("…") : QString(), theme().text(),
                         theme().color(Theme::Role::TextDimmed));
    }
    QFont font = theme().text();
    font.setUnderline(true);
    paintText(painter, cell.rect, by, font, theme().color(rows_.isPast ? Theme::Role::TextDimmed : Theme::Role::Link));
}

void StateTree::paintCell(QPainter& painter, const RowCell& cell) const
{
    const StateRow& row = rows_.rows[static_cast<std::size_t>(cell.row)];
    const QColor text = theme().color(rows_.isPast ? Theme::Role::TextDimmed : Theme::Role::Text);
    switch (columnOf(cell.column)) {
        case Field: {
            const QRect mark = markRect(cell.rect, row);
            if (row.opens)
                paintGlyph(painter, row.open ? Glyph::ChevronDown : Glyph::ChevronRight,
                           QRectF(mark.left(), mark.center().y() - theme().px(9) / 2.0, theme().px(9), theme().px(9)),
                           theme().color(Theme::Role::TextSecondary));
            const QRect rect = cell.rect.adjusted(nameLeft(row), 0, 0, 0);
            if (row.hit && row.key != nullptr) paintHit(painter, rect, fieldName(row), theme().text());
            return paintText(painter, rect, fieldName(row), theme().text(), text);
        }
        case Value:
            if (isBeside()) return paintSide(painter, cell, row, realValue(cell.row), false);
            return paintValue(painter, cell, row);
        case WhatIf:
            if (isBeside()) paintSide(painter, cell, row, branchValue(cell.row), true);
            return;
        case SetBy: return paintSetBy(painter, cell);
        default: return;
    }
}

}  // namespace hindcast::ui
