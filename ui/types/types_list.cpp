#include "ui/types/types_list.h"

#include "ui/look/check_box.h"
#include "ui/look/elide.h"
#include "ui/look/format.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace hindcast::ui {

namespace {

// px of a desk
constexpr int kBox = 13;     // the box to tick
constexpr int kSquare = 10;  // the type's colour
constexpr int kGap = 6;

}  // namespace

TypesList::TypesList(TypesModel& model, const Theme& theme, QWidget* parent) : RowView(theme, parent), model_(model)
{
    setAccessibleName(tr("Event types"));
    setHeaderVisible(false);
    fitColumns();
    connect(&model_, &TypesModel::changed, this, &TypesList::fitColumns);
    connect(&model_, &TypesModel::reordered, this, &TypesList::fitColumns);
    connect(&theme, &Theme::changed, this, &TypesList::fitColumns);
    connect(this, &RowView::cellClicked, this, [this](qint64 row, int, const QPoint& position) { click(row, position); });
    connect(this, &RowView::activated, this, [this](qint64 row) { emit onlyWanted(model_.idAt(row)); });
}

void TypesList::fitColumns()
{
    names_.clear();
    for (Row row = 0; row < model_.rowCount(); ++row) names_.push_back(model_.name(row));
    const int events =
        QFontMetrics(theme().mono()).horizontalAdvance(grouped(std::max<std::uint64_t>(model_.mostEvents(), 99))) + 18;
    if (events == eventsWidth_) return;
    eventsWidth_ = events;
    setColumns({{tr("type"), theme().px(80), 1, Qt::AlignLeft, false}, {tr("events"), events, 0, Qt::AlignRight, false}});
}

QString TypesList::rowText(Row row) const
{
    return tr("%1, %2, %3")
        .arg(model_.name(row), eventsText(model_.count(row)), model_.isShown(row) ? tr("shown") : tr("hidden"));
}

QString TypesList::toolTipText(Row row, int) const
{
    // The name in full: it may be cut in the row.
    QString text = model_.name(row).left(2000) + QLatin1Char('\n') + eventsText(model_.count(row));
    if (model_.scope() == TypesModel::Scope::Entity) text += tr(" of this entity");
    return model_.isShown(row) ? text : text + tr(" · hidden");
}

QString TypesList::onlyText(Row row) const { return model_.isOnly(row) ? tr("all") : tr("only"); }

QRect TypesList::boxRect(Row row) const
{
    const QRect cell = cellRect(row, Name);
    const int gap = theme().px(kGap);
    return {cell.left() - gap, cell.top(), theme().px(kBox) + 2 * gap, cell.height()};
}

QRect TypesList::onlyRect(Row row) const
{
    const QRect cell = cellRect(row, Name);
    const int width = QFontMetrics(theme().text()).horizontalAdvance(onlyText(row)) + 12;
    return {cell.right() + 1 - width + 6, cell.top(), width, cell.height()};
}

void TypesList::click(Row row, const QPoint& position)
{
    if (boxRect(row).contains(position)) return emit toggleWanted(model_.idAt(row));
    if (!onlyRect(row).contains(position)) return;
    if (model_.isOnly(row))
        emit allWanted();
    else
        emit onlyWanted(model_.idAt(row));
}

void TypesList::mouseDoubleClickEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    const Row row = rowAt(at);
    // The second click of two quick ones on the box is a click on the box.
    if (row != kNone && event->button() == Qt::LeftButton && (boxRect(row).contains(at) || onlyRect(row).contains(at)))
        return click(row, at);
    RowView::mouseDoubleClickEvent(event);
}

void TypesList::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::SelectAll)) return emit allWanted();
    const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == 0;
    if (plain && currentRow() != kNone) {
        const TypeId type = model_.idAt(currentRow());
        switch (event->key()) {
            case Qt::Key_Space: return emit toggleWanted(type);
            case Qt::Key_Left: return emit stepWanted(type, false);
            case Qt::Key_Right: return emit stepWanted(type, true);
            default: break;
        }
    }
    RowView::keyPressEvent(event);
}

Qt::CursorShape TypesList::cursorAt(Row row, int, const QPoint& position) const
{
    return onlyRect(row).contains(position) || boxRect(row).contains(position) ? Qt::PointingHandCursor : Qt::ArrowCursor;
}

void TypesList::paintName(QPainter& painter, const RowCell& cell) const
{
    const bool shown = model_.isShown(cell.row);
    QRect rest = cell.rect;
    paintCheckBox(painter, QRectF(rest.left(), rest.top(), theme().px(kBox), rest.height()), shown, theme());
    rest.setLeft(rest.left() + theme().px(kBox + kGap));

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor color = theme().series(model_.colorIndex(cell.row));
    const int side = theme().px(kSquare);
    const QRectF square(rest.left() + 0.5, rest.center().y() - side / 2 + 0.5, side - 1, side - 1);
    painter.setPen(shown ? QPen(Qt::NoPen) : QPen(color, 1.2));
    painter.setBrush(shown ? QBrush(color) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(square, 2, 2);
    painter.restore();
    rest.setLeft(rest.left() + side + theme().px(kGap));

    if (cell.hovered || (cell.current && hasFocus())) {
        const QRect only = onlyRect(cell.row);
        paintText(painter, only, onlyText(cell.row), theme().text(), theme().color(Theme::Role::Link), Qt::AlignHCenter);
        rest.setRight(only.left() - 2);
    }
    const QString name = elidedAmong(model_.name(cell.row), names_, QFontMetrics(theme().text()), rest.width());
    paintText(painter, rest, name, theme().text(), theme().color(shown ? Theme::Role::Text : Theme::Role::TextSecondary),
              Qt::AlignLeft, Qt::ElideNone);
}

void TypesList::paintCell(QPainter& painter, const RowCell& cell) const
{
    if (cell.column == Name) return paintName(painter, cell);
    paintText(painter, cell.rect, grouped(model_.count(cell.row)), theme().mono(),
              theme().color(model_.isShown(cell.row) ? Theme::Role::Text : Theme::Role::TextSecondary), Qt::AlignRight);
}

}  // namespace hindcast::ui
