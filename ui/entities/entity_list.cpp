#include "ui/entities/entity_list.h"

#include "ui/look/format.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

QString lastSeenText(Timestamp last, Timestamp newest)
{
    if (last == Timestamp::min()) return QStringLiteral("–");
    const Civil then = civil(last);
    const Civil now = civil(newest);
    if (then.year != now.year) return QString::number(then.year);
    if (then.month != now.month || then.day != now.day) return QStringLiteral("%1 %2").arg(then.day).arg(monthName(then.month));
    return QStringLiteral("%1:%2").arg(then.hour, 2, 10, QLatin1Char('0')).arg(then.minute, 2, 10, QLatin1Char('0'));
}

EntityList::EntityList(EntitiesModel& model, const Theme& theme, QWidget* parent) : RowView(theme, parent), model_(model)
{
    setAccessibleName(tr("Entities"));
    fitColumns();
    // A count is shown whole, or it would be another one.
    connect(&model_, &EntitiesModel::changed, this, &EntityList::fitColumns);
    connect(&model_, &EntitiesModel::reordered, this, &EntityList::fitColumns);
    connect(&theme, &Theme::changed, this, &EntityList::fitColumns);
}

void EntityList::fitColumns()
{
    const QFontMetrics mono(theme().mono());
    constexpr int kPadding = 18;
    const int arrow = model_.order() == EntityOrder::MostEvents ? kSortArrow : 0;
    const int events = std::max(mono.horizontalAdvance(grouped(model_.mostEvents())),
                                QFontMetrics(theme().text()).horizontalAdvance(tr("events")) + arrow) +
                       kPadding;
    const int last = mono.horizontalAdvance(QStringLiteral("27 Oct")) + kPadding;
    if (events == eventsWidth_ && last == lastWidth_) return;
    eventsWidth_ = events;
    lastWidth_ = last;
    setColumns({{tr("entity"), theme().px(60), 1, Qt::AlignLeft, true},
                {tr("events"), events, 0, Qt::AlignRight, true},
                {tr("last"), last, 0, Qt::AlignLeft, true}});
}

void EntityList::setNote(const QString& note)
{
    note_ = note;
    viewport()->update();
}

QString EntityList::longName(Row row) const
{
    const EntityLine line = model_.at(row);
    const QString* name = model_.name(line.id);
    const store::Category* category = model_.categoryOf(line.id);
    return (category ? QString::fromStdString(category->text) + QLatin1Char('/') : QString()) + (name ? *name : QString());
}

QString EntityList::rowText(Row row) const
{
    const EntityLine line = model_.at(row);
    switch (line.kind) {
        case EntityLine::Kind::None: return {};
        case EntityLine::Kind::Note: return note_;
        case EntityLine::Kind::MissingPin:
            return tr("%1, pinned, not in this workspace yet").arg(model_.lines().pins()[line.index].entity);
        case EntityLine::Kind::Group: {
            const EntityLines::Group& group = model_.lines().groups()[line.index];
            const store::Category* category = group.category ? model_.category(*group.category) : nullptr;
            const QString name = category ? QString::fromStdString(category->text) : tr("just arrived");
            return (group.open ? tr("%1, %2 entities, open") : tr("%1, %2 entities, closed"))
                .arg(name, grouped(static_cast<std::uint64_t>(group.count)));
        }
        case EntityLine::Kind::Pin:
        case EntityLine::Kind::Entity: break;
    }
    QString key = longName(row);
    if (const QString display = model_.displayName(line.id); !display.isEmpty()) key = display + QStringLiteral(", ") + key;
    if (line.kind == EntityLine::Kind::Pin) key += tr(", pinned");
    return tr("%1, %2, last %3").arg(key, eventsText(model_.events(line.id)), zonedTimeText(model_.last(line.id)));
}

QString EntityList::toolTipText(Row row, int) const
{
    const EntityLine line = model_.at(row);
    if (line.kind == EntityLine::Kind::MissingPin)
        return tr("%1\npinned; not in this workspace yet").arg(model_.lines().pins()[line.index].entity.left(2000));
    if (line.kind == EntityLine::Kind::Group) return rowText(row).left(2000);  // a long name leaves no room for the number
    if (!line.isEntity() || model_.name(line.id) == nullptr) return {};
    const QString display = model_.displayName(line.id);
    return tr("%1\n%2 · last %3")
        .arg((display.isEmpty() ? QString() : display.left(2000) + QLatin1Char('\n')) + longName(row).left(2000),
             eventsText(model_.events(line.id)), zonedTimeText(model_.last(line.id)));
}

QColor EntityList::rowTint(Row row) const
{
    return model_.at(row).kind == EntityLine::Kind::Group ? theme().color(Theme::Role::Field) : QColor();
}

RowView::Row EntityList::headAbove(Row top) const
{
    const EntityLine line = model_.at(top);
    const EntityLines& lines = model_.lines();
    return line.kind == EntityLine::Kind::Entity && !lines.groups().empty() ? lines.rowOfGroup(line.index) : kNone;
}

QRect EntityList::pinRect(Row row) const
{
    const QRect cell = cellRect(row, Name);
    if (cell.isNull()) return {};
    const int left = cell.left() - 8;
    return {left, cell.top(), 8 + kGutter, cell.height()};
}

Qt::CursorShape EntityList::cursorAt(Row row, int, const QPoint& position) const
{
    const EntityLine::Kind kind = model_.at(row).kind;
    const bool pins = kind == EntityLine::Kind::Pin || kind == EntityLine::Kind::Entity || kind == EntityLine::Kind::MissingPin;
    return kind == EntityLine::Kind::Group || (pins && pinRect(row).contains(position)) ? Qt::PointingHandCursor
                                                                                        : Qt::ArrowCursor;
}

bool EntityList::pressesSign(const QMouseEvent& event)
{
    const QPoint at = event.position().toPoint();
    const Row row = event.button() == Qt::LeftButton ? rowAt(at) : kNone;
    if (row == kNone) return false;
    const EntityLine::Kind kind = model_.at(row).kind;
    if (kind == EntityLine::Kind::Group) {
        emit groupToggled(row);
        return true;
    }
    if (kind == EntityLine::Kind::Note) return true;
    if (!pinRect(row).contains(at)) return kind == EntityLine::Kind::MissingPin && event.type() == QEvent::MouseButtonDblClick;
    emit pinToggled(row);
    return true;
}

bool EntityList::pressesStickyHead(const QMouseEvent& event)
{
    const Row row = rowAt(event.position().toPoint());
    headPressed_ = row != kNone && row < topRow();
    // Another button's menu is that of the head, which must not move from under it.
    if (headPressed_ && event.button() == Qt::LeftButton) setTopRow(row);
    return headPressed_;
}

void EntityList::mousePressEvent(QMouseEvent* event)
{
    draggedPin_ = kNone;
    if (pressesStickyHead(*event) || pressesSign(*event)) return;
    RowView::mousePressEvent(event);
    const Row row = rowAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && row >= 0 && row < model_.lines().pinRows()) draggedPin_ = row;
}

void EntityList::mouseMoveEvent(QMouseEvent* event)
{
    RowView::mouseMoveEvent(event);
    if (draggedPin_ == kNone || !(event->buttons() & Qt::LeftButton)) return;
    // One place at a time: what it passes makes room for it.
    const Row over = rowAt(event->position().toPoint());
    const Row pins = model_.lines().pinRows();
    while (over != kNone && over < pins && over != draggedPin_) {
        const int by = over > draggedPin_ ? 1 : -1;
        emit pinMoveWanted(draggedPin_, by);
        draggedPin_ += by;
    }
}

void EntityList::mouseReleaseEvent(QMouseEvent* event)
{
    draggedPin_ = kNone;
    RowView::mouseReleaseEvent(event);
}

void EntityList::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (std::exchange(headPressed_, false) || pressesStickyHead(*event)) return;
    if (!pressesSign(*event)) RowView::mouseDoubleClickEvent(event);
}

void EntityList::keyPressEvent(QKeyEvent* event)
{
    const Row row = currentRow();
    const EntityLine line = model_.at(row);
    const Qt::KeyboardModifiers with = event->modifiers() & ~Qt::KeypadModifier;
    const bool up = event->key() == Qt::Key_Up;
    if (with == (Qt::AltModifier | Qt::ShiftModifier) && (up || event->key() == Qt::Key_Down)) {
        if (line.kind == EntityLine::Kind::Pin || line.kind == EntityLine::Kind::MissingPin) emit pinMoveWanted(row, up ? -1 : 1);
        return;
    }
    if (with != Qt::NoModifier) return RowView::keyPressEvent(event);
    const bool isPin = line.isEntity() || line.kind == EntityLine::Kind::MissingPin;
    if (event->key() == Qt::Key_Space && isPin) {
        emit pinToggled(row);
        return;
    }
    if (line.kind == EntityLine::Kind::Group) {
        const bool open = model_.lines().groups()[line.index].open;
        if (event->key() == Qt::Key_Space || (event->key() == Qt::Key_Left && open) || (event->key() == Qt::Key_Right && !open)) {
            emit groupToggled(row);
            return;
        }
    }
    if (event->key() == Qt::Key_Left && line.kind == EntityLine::Kind::Entity && !model_.lines().groups().empty()) {
        choose(model_.lines().rowOfGroup(line.index));
        return;
    }
    RowView::keyPressEvent(event);
}

}  // namespace hindcast::ui
