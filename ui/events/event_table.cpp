#include "ui/events/event_table.h"

#include "ui/events/cell_text.h"
#include "ui/look/elide.h"
#include "ui/look/format.h"
#include "ui/look/glyphs.h"
#include "ui/look/shaped_text.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kPadding = 2 * 8 + 2;  // px: of a cell, left and right, and what rounding may take
constexpr int kBeforeType = 16;      // px of a desk: the square of a type's colour

}  // namespace

EventTable::EventTable(EventsModel& model, const Theme& theme, QWidget* parent) : ChangesView(theme, parent), model_(model)
{
    setMenuTakesRow(false);
    setAccessibleName(tr("Events of the entity"));
    updateColumns();
    connect(&theme, &Theme::changed, this, [this] {
        widthsOf_.reset();
        updateColumns();
        fitToView();
    });
    connect(this, &RowView::visibleRowsChanged, this, &EventTable::fitToView);
    connect(&model_, &EventsModel::detailsChanged, this, &EventTable::showDetails);
}

/// What comes later than the rows stands in these columns alone: while one scrubs, the others are painted once a step.
void EventTable::showDetails()
{
    std::vector<int> late;
    for (int column = 0; column < static_cast<int>(shown_.size()); ++column)
        if (kindOf(column) == Changed || kindOf(column) == Field) late.push_back(column);
    detailsChanged(late);
}

int EventTable::placeText(Row row) const { return textWidth(theme().mono(), model_.place(model_.rows().id(row))); }

int EventTable::typeText(Row row) const
{
    if (!model_.rows().version(row)) return 0;
    return theme().px(kBeforeType) + textWidth(theme().mono(), model_.typeName(model_.rows().event(row).type));
}

/// As wide as the longest position and the longest name of a type in view take; while one stays with an entity they grow only, so that
/// scrolling moves no edge to and fro.
void EventTable::fitToView()
{
    const auto entity = model_.history() ? std::optional(model_.history()->entity) : std::nullopt;
    const bool same = std::exchange(widthsOf_, entity) == entity;
    int place = same ? placeWidth_ : 0;
    int type = same ? typeWidth_ : 0;
    const auto [first, last] = visibleRows();
    for (Row row = first; row <= last && row < rowCount(); ++row) {
        place = std::max(place, placeText(row));
        type = std::max(type, typeText(row));
    }
    const bool placeFits = std::exchange(placeWidth_, place) == place;
    const bool typeFits = std::exchange(typeWidth_, type) == type;
    if (!placeFits || !typeFits) updateColumns();
}

void EventTable::namesChanged()
{
    widthsOf_.reset();
    fitToView();
    viewport()->update();
}

RowColumn EventTable::standardColumn(EventColumns::Kind kind) const
{
    const QFontMetrics mono(theme().mono());
    const auto last = model_.history() ? model_.history()->last().value : 0;
    switch (kind) {
        case Number:
            return {QStringLiteral("#"), std::max(theme().px(36), mono.horizontalAdvance(grouped(last)) + kPadding), 0,
                    Qt::AlignLeft, false};
        case Time: {
            const TimeStyle& style = model_.timeStyle();
            const QString title =
                style.context.isEmpty() ? tr("time (%1)").arg(style.zone) : tr("%1, %2").arg(style.context, style.zone);
            const int width =
                std::max(mono.horizontalAdvance(style.text(Timestamp{1})), QFontMetrics(theme().text()).horizontalAdvance(title));
            return {title, width + kPadding, 0, Qt::AlignLeft, false};
        }
        case Type: {
            const int least = theme().px(144);
            const int width = std::clamp(typeWidth_ + kPadding, least, theme().px(190));
            // What it takes beyond that it gives back where there is no room; not what the user has given it.
            const bool gives = width > least && !model_.columns().widths.contains(EventColumns::key(Type));
            return {tr("type"), width, 0, Qt::AlignLeft, false, {}, gives ? least : 0};
        }
        case Changed: return {tr("what changed"), theme().px(110), 1, Qt::AlignLeft, false};
        default: break;
    }
    const QFontMetrics text(theme().text());
    const QString all = tr("partition : offset");
    const bool whole = !model_.severalTopics() && text.horizontalAdvance(all) <= placeWidth_;
    const QString title = whole ? all : tr("position");
    const int place = std::min(std::max(placeWidth_, text.horizontalAdvance(title)), theme().px(210));
    return {title, place + kPadding, 0, Qt::AlignLeft, false};
}

void EventTable::updateColumns()
{
    const EventColumns& chosen = model_.columns();
    const auto titles = columnTitles(chosen.pointers);
    const QFontMetrics text(theme().text());
    std::vector<RowColumn> columns;
    shown_.clear();
    const auto add = [&](EventColumns::Kind kind, std::size_t pointer, RowColumn column) {
        shown_.push_back({kind, pointer});
        column.key = keyOf(static_cast<int>(shown_.size()) - 1);
        columns.push_back(std::move(column));
    };
    for (const EventColumns::Kind kind : EventColumns::kAll) {
        if (kind == Place)
            for (std::size_t i = 0; i < chosen.pointers.size(); ++i)
                add(Field, i,
                    {titles[i], std::clamp(text.horizontalAdvance(titles[i]) + 24, theme().px(90), theme().px(180)), 0,
                     model_.isNumeric(i) ? Qt::AlignRight : Qt::AlignLeft, false});
        if (chosen.shown[kind]) add(kind, 0, standardColumn(kind));
    }
    // Without the column that takes what is left, the last one does.
    if (!chosen.shown[Changed]) columns.back().stretch = 1;
    setColumns(std::move(columns));
    setWidths(chosen.widths);
}

std::string EventTable::keyOf(int column) const
{
    return kindOf(column) == Field ? model_.columns().pointers[pointerOf(column)] : EventColumns::key(kindOf(column));
}

RowView::Row EventTable::anchorRow() const { return model_.rows().rowAtOrBefore(model_.playhead()); }

void EventTable::keyPressEvent(QKeyEvent* event)
{
    const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == 0;
    if (plain && currentRow() == kNone && model_.playheadIsHidden() && rowCount() > 0) {
        if (event->key() == Qt::Key_Down) return choose(anchorRow() + 1);
        if (event->key() == Qt::Key_Up) return choose(anchorRow());
    }
    RowView::keyPressEvent(event);
}

void EventTable::paintEvent(QPaintEvent* event)
{
    shownTypes_.clear();
    const auto [top, bottom] = visibleRows();
    for (Row row = top; row <= bottom; ++row)
        if (model_.rows().version(row))
            if (QString name = model_.typeName(model_.rows().event(row).type);
                std::find(shownTypes_.begin(), shownTypes_.end(), name) == shownTypes_.end())
                shownTypes_.push_back(std::move(name));
    RowView::paintEvent(event);
    if (currentRow() != kNone || !model_.playheadIsHidden() || rowCount() == 0 || columns().empty()) return;
    const Row anchor = anchorRow();
    const auto [first, last] = visibleRows();
    const Row beside = std::max<Row>(anchor, 0);
    if (beside < first || beside > last) return;
    const QRect row = cellRect(beside, 0);
    const int y = anchor < 0 ? row.top() : row.bottom();
    QPainter painter(viewport());
    painter.fillRect(QRect(0, y, viewport()->width(), 1), theme().color(Theme::Role::Playhead));
}

bool EventTable::isAhead(Row row) const
{
    const EventRows& rows = model_.rows();
    const Version last = rows.versionAtOrAbove(row);
    if (rows.version(row) || last != model_.playhead()) return last > model_.playhead();
    return rows.reject(row).time > model_.playheadTime();  // between the playhead's event and the next
}

QString EventTable::rowText(Row row) const
{
    const EventRows& rows = model_.rows();
    if (const auto version = rows.version(row)) {
        const replay::HistoryEvent& event = rows.event(row);
        const Changes* changes = model_.changes(*version);
        QString text = tr("#%1, %2, %3, %4")
                           .arg(version->value)
                           .arg(zonedTimeText(event.time), model_.typeName(event.type),
                                changes ? summaryText(*changes, 240, toldBeside(row)) : QString());
        const auto titles = columnTitles(model_.columns().pointers);
        for (std::size_t i = 0; i < titles.size(); ++i)
            if (const FieldValue* value = model_.field(event.id, i); value && value->kind != FieldValue::Kind::Missing)
                text += tr(", %1 %2").arg(titles[i], hindcast::ui::cellText(*value));
        return text;
    }
    return tr("reject, %1, %2").arg(zonedTimeText(rows.reject(row).time), model_.rejectReason(rows.reject(row).id));
}

QString EventTable::cellText(Row row, int column) const
{
    const EventRows& rows = model_.rows();
    const auto version = rows.version(row);
    const EventId id = rows.id(row);
    switch (kindOf(column)) {
        case Number: return version ? QString::number(version->value) : QString();
        // The table's own times leave out what all rows have in common.
        case Time: return timeText(version ? rows.event(row).time : rows.reject(row).time);
        case Type: return version ? model_.typeName(rows.event(row).type) : tr("reject");
        case Changed: {
            if (!version) return model_.rejectReason(id);
            const Changes* changes = model_.changes(*version);
            return changes == nullptr ? QString() : summaryText(*changes, 2000, toldBeside(row));
        }
        case Place: return model_.place(id);
        case Field: {
            const FieldValue* value = version ? model_.field(id, pointerOf(column)) : nullptr;
            return value == nullptr ? QString() : hindcast::ui::cellText(*value);
        }
    }
    return {};
}

QString EventTable::headerToolTip(int column) const
{
    if (kindOf(column) == Place) return model_.severalTopics() ? tr("topic partition : offset") : tr("partition : offset");
    return kindOf(column) == Field ? tr("%1 of the payload").arg(QString::fromStdString(keyOf(column))) : QString();
}

QString EventTable::toolTipText(Row row, int column) const
{
    const EventRows& rows = model_.rows();
    const auto version = rows.version(row);
    if (!version) return tr("reject: %1").arg(model_.rejectReason(rows.reject(row).id));
    const replay::HistoryEvent& event = rows.event(row);
    switch (column < 0 ? Number : kindOf(column)) {
        case Field: {
            const FieldValue* value = model_.field(event.id, pointerOf(column));
            return value == nullptr ? QString() : fieldInFull(*value);
        }
        case Time:
            if (event.effective == event.time) return zonedTimeText(event.time);
            return tr("%1\nin order as of %2: an event before it in its partition is later")
                .arg(zonedTimeText(event.time), timeText(event.effective));
        case Type:
            return event.primary ? model_.typeName(event.type)
                                 : tr("%1\nprimarily another entity's event").arg(model_.typeName(event.type));
        case Changed: {
            const Changes* changes = model_.changes(*version);
            return changes == nullptr ? QString() : changesInFull(*changes);
        }
        default: return {};
    }
}

void EventTable::paintType(QPainter& painter, const RowCell& cell, TypeId type, bool ahead) const
{
    QColor square = theme().series(model_.colorIndex(type));
    if (ahead) square.setAlphaF(0.45F);
    const int side = theme().px(9);
    const QRectF box(cell.rect.left(), cell.rect.center().y() - side / 2, side, side);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(square);
    painter.drawRoundedRect(box, 2, 2);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QRect rest = cell.rect.adjusted(theme().px(kBeforeType), 0, 0, 0);
    const QString name = elidedAmong(model_.typeName(type), shownTypes_, QFontMetrics(theme().mono()), rest.width());
    paintText(painter, rest, name, theme().mono(), theme().color(ahead ? Theme::Role::TextDimmed : Theme::Role::Text),
              Qt::AlignLeft, Qt::ElideNone);
}

ToldBeside EventTable::toldBeside(Row row) const
{
    const replay::HistoryEvent& event = model_.rows().event(row);
    return {model_.typeName(event.type).toStdString(), model_.history()->key.id, event.time};
}

void EventTable::paintField(QPainter& painter, const RowCell& cell, EventId id, bool ahead) const
{
    using Value = FieldValue::Kind;
    const FieldValue* value = model_.field(id, pointerOf(cell.column));
    const QFont mono = theme().mono();
    if (value == nullptr) return paintText(painter, cell.rect, QStringLiteral("…"), mono, theme().color(Theme::Role::TextDimmed));
    // What is null or "" is there and says so, more quietly; what is missing leaves its cell empty.
    const bool quiet = value->kind == Value::Null || (value->kind == Value::Text && value->text.empty());
    const bool number = value->kind == Value::Number;
    paintText(painter, cell.rect, hindcast::ui::cellText(*value), mono,
              theme().color(ahead   ? Theme::Role::TextDimmed
                            : quiet ? Theme::Role::TextSecondary
                                    : Theme::Role::Text),
              number ? Qt::AlignRight : Qt::AlignLeft);
}

void EventTable::paintReject(QPainter& painter, const RowCell& cell) const
{
    const store::Posting& reject = model_.rows().reject(cell.row);
    const bool ahead = isAhead(cell.row);
    const QColor dimmed = theme().color(Theme::Role::TextDimmed);
    const QColor warning = ahead ? dimmed : theme().color(Theme::Role::Warning);
    switch (kindOf(cell.column)) {
        case Number:
            return paintGlyph(painter, Glyph::Warning, QRectF(cell.rect.left(), cell.rect.center().y() - 6, 13, 13), warning);
        case Time:
            return paintText(painter, cell.rect, model_.timeStyle().text(reject.time), theme().mono(),
                             ahead ? dimmed : theme().color(Theme::Role::Text));
        case Type: return paintText(painter, cell.rect, tr("reject"), theme().mono(), warning);
        case Changed: return paintText(painter, cell.rect, model_.rejectReason(reject.id), theme().mono(), warning);
        case Place:
            return paintText(painter, cell.rect, model_.place(reject.id), theme().mono(),
                             ahead ? dimmed : theme().color(Theme::Role::TextSecondary));
        default: return;
    }
}

void EventTable::paintCell(QPainter& painter, const RowCell& cell) const
{
    const auto version = model_.rows().version(cell.row);
    if (!version) return paintReject(painter, cell);
    const replay::HistoryEvent& event = model_.rows().event(cell.row);
    const bool ahead = isAhead(cell.row);
    const QColor text = theme().color(ahead ? Theme::Role::TextDimmed : Theme::Role::Text);
    const QColor secondary = theme().color(ahead ? Theme::Role::TextDimmed : Theme::Role::TextSecondary);
    switch (kindOf(cell.column)) {
        case Number: return paintText(painter, cell.rect, grouped(version->value), theme().mono(), secondary);
        case Time: return paintText(painter, cell.rect, model_.timeStyle().text(event.time), theme().mono(), text);
        case Type: return paintType(painter, cell, event.type, ahead);
        case Changed: {
            const Changes* changes = model_.changes(*version);
            if (changes == nullptr)
                return paintText(painter, cell.rect, QStringLiteral("…"), theme().mono(), theme().color(Theme::Role::TextDimmed));
            return paintChanges(painter, cell.rect, *changes, toldBeside(cell.row), secondary);
        }
        case Place:
            return paintText(painter, cell.rect, model_.place(event.id), theme().mono(), secondary, Qt::AlignLeft, Qt::ElideLeft);
        case Field: return paintField(painter, cell, event.id, ahead);
        default: return;
    }
}

}  // namespace hindcast::ui
