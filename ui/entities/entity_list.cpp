#include "ui/entities/entity_list.h"

#include "ui/look/format.h"
#include "ui/look/glyphs.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace hindcast::ui {

namespace {

constexpr int kGutter = 9;   // before every name: where the dot of a pin stands
constexpr double kDot = 6;   // its diameter
constexpr int kBetween = 8;  // a name and what stands after it

/// Rounded up: QFontMetrics rounds, and half a pixel too little elides a text.
int widthOf(const QFont& font, const QString& text)
{
    return static_cast<int>(std::ceil(QFontMetricsF(font).horizontalAdvance(text)));
}

}  // namespace

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
    const int events = std::max(mono.horizontalAdvance(grouped(model_.mostEvents())),
                                QFontMetrics(theme().text()).horizontalAdvance(tr("events"))) +
                       kPadding;
    const int last = mono.horizontalAdvance(QStringLiteral("27 Oct")) + kPadding;
    if (events == eventsWidth_ && last == lastWidth_) return;
    eventsWidth_ = events;
    lastWidth_ = last;
    setColumns({{tr("entity"), 60, 1, Qt::AlignLeft, true},
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
    return tr("%1, %2, last %3").arg(key, eventsText(model_.events(line.id)), timeText(model_.last(line.id)));
}

QString EntityList::toolTipText(Row row, int) const
{
    const EntityLine line = model_.at(row);
    if (line.kind == EntityLine::Kind::MissingPin)
        return tr("%1\npinned; not in this workspace yet").arg(model_.lines().pins()[line.index].entity.left(2000));
    if (!line.isEntity() || model_.name(line.id) == nullptr) return {};
    const QString display = model_.displayName(line.id);
    return tr("%1\n%2 · last %3 UTC")
        .arg((display.isEmpty() ? QString() : display.left(2000) + QLatin1Char('\n')) + longName(row).left(2000),
             eventsText(model_.events(line.id)), timeText(model_.last(line.id)));
}

QColor EntityList::rowTint(Row row) const
{
    return model_.at(row).kind == EntityLine::Kind::Group ? theme().color(Theme::Role::Field) : QColor();
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

void EntityList::mousePressEvent(QMouseEvent* event)
{
    if (!pressesSign(*event)) RowView::mousePressEvent(event);
}

void EntityList::mouseDoubleClickEvent(QMouseEvent* event)
{
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
    if (event->key() == Qt::Key_P && isPin) {
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
        const Row head = model_.lines().rowOfGroup(line.index);
        setCurrentRow(head);
        emit currentChanged(head);
        return;
    }
    RowView::keyPressEvent(event);
}

void EntityList::paintPin(QPainter& painter, const RowCell& cell, const EntityLine& line) const
{
    const bool pinned = line.kind != EntityLine::Kind::Entity;
    if (!pinned && !cell.hovered) return;
    const QPointF middle(cell.full.left() + 10.0, cell.full.center().y() + 0.5);
    const QRectF dot(middle.x() - kDot / 2, middle.y() - kDot / 2, kDot, kDot);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const bool filled = line.kind == EntityLine::Kind::Pin;
    painter.setPen(filled ? QPen(Qt::NoPen) : QPen(theme().color(Theme::Role::TextSecondary), 1.2));
    painter.setBrush(filled ? QBrush(theme().color(Theme::Role::Accent)) : QBrush(Qt::NoBrush));
    painter.drawEllipse(dot);
    painter.restore();
}

void EntityList::paintNamed(QPainter& painter, const QRect& rect, const QString& display, const QString& id) const
{
    const QFont font = theme().text();
    const int wanted = widthOf(font, display);
    const int ofId = widthOf(theme().mono(), id);
    // The name first; of the id its tail at least, which tells one Alice from another.
    const int least = std::min(ofId, widthOf(theme().mono(), QStringLiteral("…1234")));
    const int room = std::min(wanted, std::max(rect.width() - kBetween - least, rect.width() / 2));
    QRect left = rect;
    left.setWidth(room);
    paintText(painter, left, display, font, theme().color(Theme::Role::Text));
    const QRect right = rect.adjusted(room + kBetween, 0, 0, 0);
    paintText(painter, right, id, theme().mono(), theme().color(Theme::Role::TextSecondary), Qt::AlignLeft,
              right.width() < 2 * least ? Qt::ElideLeft : Qt::ElideMiddle);
}

void EntityList::paintName(QPainter& painter, const QRect& rect, const EntityLine& line) const
{
    const QString* name = model_.name(line.id);
    const QFont mono = theme().mono();
    if (name == nullptr) return paintText(painter, rect, QStringLiteral("…"), mono, theme().color(Theme::Role::TextDimmed));
    const store::Category* category = model_.categoryOf(line.id);
    const QString categoryText = category ? QString::fromStdString(category->text) : QString();
    // A group's head says the category of what stands beneath it.
    const bool said =
        model_.category().has_value() || (line.kind == EntityLine::Kind::Entity && !model_.lines().groups().empty() &&
                                          model_.lines().groups()[line.index].category.has_value());
    const bool isRow = category != nullptr && category->rows;
    const QString number = QStringLiteral("#") + *name;
    if (const QString display = model_.displayName(line.id); !display.isEmpty()) {
        const QString table = said ? number : categoryText.section(QLatin1Char('.'), -1) + QLatin1Char(' ') + number;
        return paintNamed(painter, rect, display, isRow ? table : *name);
    }
    const QFontMetrics metrics(mono);
    if (isRow && !said) {  // a row's id says nothing without its table
        const int space = metrics.horizontalAdvance(QLatin1Char(' '));
        const int room = std::max(rect.width() * 2 / 5, rect.width() - widthOf(mono, number) - space);
        // Where there is little room the schema goes first: "public.users" becomes "users".
        const bool whole = metrics.horizontalAdvance(categoryText) <= room;
        const QString table =
            metrics.elidedText(whole ? categoryText : categoryText.section(QLatin1Char('.'), -1), Qt::ElideMiddle, room);
        paintText(painter, rect, table, mono, theme().color(Theme::Role::TextSecondary));
        return paintText(painter, rect.adjusted(metrics.horizontalAdvance(table) + space, 0, 0, 0), number, mono,
                         theme().color(Theme::Role::Text), Qt::AlignLeft, Qt::ElideMiddle);
    }
    const QString id = isRow ? number : *name;
    if (said || isRow || categoryText.isEmpty() || name->startsWith(categoryText))
        return paintText(painter, rect, id, mono, theme().color(Theme::Role::Text), Qt::AlignLeft, Qt::ElideMiddle);
    // A long id gives the category up to a third of the room; what is left shows its head and tail.
    const QFont small = theme().text(0.88);
    const int beside = std::min(widthOf(small, categoryText), rect.width() / 3);
    const int used = std::min(widthOf(mono, id), rect.width() - beside - kBetween);
    QRect left = rect;
    left.setWidth(used);
    paintText(painter, left, id, mono, theme().color(Theme::Role::Text), Qt::AlignLeft, Qt::ElideMiddle);
    paintText(painter, rect.adjusted(used + kBetween, 0, 0, 0), categoryText, small, theme().color(Theme::Role::TextSecondary));
}

void EntityList::paintGroup(QPainter& painter, const QRect& rect, std::size_t group) const
{
    const EntityLines::Group& one = model_.lines().groups()[group];
    const store::Category* category = one.category ? model_.category(*one.category) : nullptr;
    const QString name = category ? QString::fromStdString(category->text) : tr("just arrived");
    const QString count = ui::grouped(static_cast<std::uint64_t>(one.count));
    paintGlyph(painter, one.open ? Glyph::ChevronDown : Glyph::ChevronRight, QRectF(rect.left() - 3, rect.center().y() - 4, 9, 9),
               theme().color(Theme::Role::TextSecondary));
    const QRect text = rect.adjusted(kGutter + 2, 0, 0, 0);
    const QFont strong = theme().strong();
    const int ofCount = widthOf(theme().text(), count);
    const QString shown = QFontMetrics(strong).elidedText(name, Qt::ElideMiddle, text.width() - ofCount - kBetween);
    paintText(painter, text, shown, strong, theme().color(Theme::Role::Text));
    paintText(painter, text.adjusted(QFontMetrics(strong).horizontalAdvance(shown) + kBetween, 0, 0, 0), count, theme().text(),
              theme().color(Theme::Role::TextSecondary));
}

void EntityList::paintCell(QPainter& painter, const RowCell& cell) const
{
    using Kind = EntityLine::Kind;
    const EntityLine line = model_.at(cell.row);
    if (!line.isEntity()) {
        if (cell.column != Name) return;
        // These have no other columns: they take the whole row.
        QRect whole = cell.rect;
        whole.setRight(viewport()->width() - 8);
        painter.setClipping(false);
        const QColor secondary = theme().color(Theme::Role::TextSecondary);
        if (line.kind == Kind::Group) return paintGroup(painter, whole, line.index);
        if (line.kind == Kind::Note)
            return paintText(painter, whole.adjusted(kGutter, 0, 0, 0), note_, theme().text(), secondary);
        paintPin(painter, cell, line);
        const QString& entity = model_.lines().pins()[line.index].entity;
        const QString words = tr("not in this workspace yet");
        const int room = widthOf(theme().text(0.88), words);
        const QRect text = whole.adjusted(kGutter, 0, 0, 0);
        const int used = std::min(widthOf(theme().mono(), entity), text.width() - room - kBetween);
        QRect left = text;
        left.setWidth(used);
        paintText(painter, left, entity, theme().mono(), secondary, Qt::AlignLeft, Qt::ElideMiddle);
        return paintText(painter, text.adjusted(used + kBetween, 0, 0, 0), words, theme().text(0.88), secondary);
    }
    switch (cell.column) {
        case Name: paintPin(painter, cell, line); return paintName(painter, cell.rect.adjusted(kGutter, 0, 0, 0), line);
        case Events:
            return paintText(painter, cell.rect, grouped(model_.events(line.id)), theme().mono(),
                             theme().color(Theme::Role::Text), Qt::AlignRight);
        case Last:
            return paintText(painter, cell.rect, lastSeenText(model_.last(line.id), model_.newest()), theme().mono(),
                             theme().color(Theme::Role::TextSecondary));
        default: return;
    }
}

}  // namespace hindcast::ui
