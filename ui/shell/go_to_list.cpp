#include "ui/shell/go_to_list.h"

#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr int kLeastWidth = 440;  // px of a desk
constexpr int kEmptyHeight = 96;

}  // namespace

GoToRows::GoToRows(const Theme& theme, QWidget* parent) : RowView(theme, parent)
{
    setHeaderVisible(false);
    setFocusPolicy(Qt::NoFocus);
    viewport()->setFocusPolicy(Qt::NoFocus);
    // It is as large as what it holds.
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Where one can go"));
    setColumns({{tr("kind"), theme.px(68)}, {tr("what"), theme.px(120), 1}});
}

void GoToRows::setWords(std::vector<GoToWords> words, std::vector<bool> possible)
{
    words_ = std::move(words);
    possible_ = std::move(possible);
    rowsChanged();
}

QString GoToRows::rowText(Row row) const
{
    const GoToWords& words = words_[static_cast<std::size_t>(row)];
    return words.kind + QLatin1Char(' ') + words.text;
}

QString GoToRows::toolTipText(Row row, int) const { return rowText(row); }

void GoToRows::paintCell(QPainter& painter, const RowCell& cell) const
{
    const GoToWords& words = words_[static_cast<std::size_t>(cell.row)];
    const bool possible = possible_[static_cast<std::size_t>(cell.row)];
    const QColor secondary = theme().color(Theme::Role::TextSecondary);
    if (cell.column == 0) return paintText(painter, cell.rect, words.kind, theme().text(), secondary);
    paintText(painter, cell.rect, words.text, theme().mono(), possible ? theme().color(Theme::Role::Text) : secondary,
              Qt::AlignLeft, possible ? Qt::ElideMiddle : Qt::ElideRight);
}

GoToList::GoToList(const Theme& theme, QWidget* parent) : QFrame(parent), theme_(theme), rows_(new GoToRows(theme, this))
{
    setObjectName(QStringLiteral("goToList"));
    setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->addWidget(rows_);
    const auto dress = [this] {
        setStyleSheet(QStringLiteral("#goToList { background: %1; border: 1px solid %2; }")
                          .arg(theme_.color(Theme::Role::Panel).name(), theme_.color(Theme::Role::Accent).name()));
    };
    dress();
    connect(&theme_, &Theme::changed, this, dress);
    hide();
}

void GoToList::setWords(std::vector<GoToWords> words, std::vector<bool> possible)
{
    rows_->setWords(std::move(words), std::move(possible));
}

void GoToList::setEmpty(const QString& sentence, const QString& hint) { rows_->setEmptyText(sentence, hint); }

void GoToList::placeBelow(const QWidget& box)
{
    const QPoint corner = box.mapTo(parentWidget(), QPoint(0, box.height() + 3));
    const int wide = std::min(std::max(box.width(), theme_.px(kLeastWidth)), parentWidget()->width() - 16);
    const int right = std::min(corner.x() + std::max(box.width(), wide), parentWidget()->width() - 8);
    const int rows = static_cast<int>(rows_->rowCount());
    const QMargins within = layout()->contentsMargins();
    const int frame = height() - contentsRect().height() + within.top() + within.bottom();
    const int high = rows > 0 ? rows * theme_.rowHeight() + frame : theme_.px(kEmptyHeight);
    setGeometry(right - wide, corner.y(), wide, high);
    raise();
}

}  // namespace hindcast::ui
