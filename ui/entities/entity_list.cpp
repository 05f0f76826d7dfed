#include "ui/entities/entity_list.h"

#include "ui/look/format.h"

#include <QPainter>

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
    const int events = std::max(mono.horizontalAdvance(grouped(model_.mostEvents())),
                                QFontMetrics(theme().text()).horizontalAdvance(tr("events"))) +
                       kPadding;
    const int last = mono.horizontalAdvance(QStringLiteral("27 Oct")) + kPadding;
    if (events == eventsWidth_ && last == lastWidth_) return;
    eventsWidth_ = events;
    lastWidth_ = last;
    setColumns({{tr("entity"), theme().px(60), 1, Qt::AlignLeft, true},
                {tr("events"), events, 0, Qt::AlignRight, true},
                {tr("last"), last, 0, Qt::AlignLeft, true}});
}

QString EntityList::rowText(Row row) const
{
    const EntityId id = model_.idAt(row);
    const QString* name = model_.name(id);
    const store::Category* category = model_.categoryOf(id);
    const QString key =
        (category ? QString::fromStdString(category->text) + QLatin1Char('/') : QString()) + (name ? *name : QString());
    return tr("%1, %2, last %3").arg(key, eventsText(model_.events(id)), timeText(model_.last(id)));
}

QString EntityList::toolTipText(Row row, int) const
{
    const EntityId id = model_.idAt(row);
    const QString* name = model_.name(id);
    if (name == nullptr) return {};
    const store::Category* category = model_.categoryOf(id);
    const QString key = (category ? QString::fromStdString(category->text) + QLatin1Char('/') : QString()) + *name;
    return tr("%1\n%2 · last %3").arg(key.left(2000), eventsText(model_.events(id)), zonedTimeText(model_.last(id)));
}

void EntityList::paintName(QPainter& painter, const RowCell& cell) const
{
    const EntityId id = model_.idAt(cell.row);
    const QString* name = model_.name(id);
    if (name == nullptr)
        return paintText(painter, cell.rect, QStringLiteral("…"), theme().mono(), theme().color(Theme::Role::TextDimmed));
    const store::Category* category = model_.categoryOf(id);
    const QString categoryText = category ? QString::fromStdString(category->text) : QString();
    const QFont mono = theme().mono();
    if (category != nullptr && category->rows) {  // a row's id says nothing without its table
        const QFontMetrics metrics(mono);
        const QString number = QStringLiteral(" #") + *name;
        const int room = std::max(cell.rect.width() * 2 / 5, cell.rect.width() - metrics.horizontalAdvance(number));
        // Where there is little room the schema goes first: "public.users" becomes "users".
        const bool whole = metrics.horizontalAdvance(categoryText) <= room;
        const QString table =
            metrics.elidedText(whole ? categoryText : categoryText.section(QLatin1Char('.'), -1), Qt::ElideMiddle, room);
        paintText(painter, cell.rect, table, mono, theme().color(Theme::Role::TextSecondary));
        return paintText(painter, cell.rect.adjusted(metrics.horizontalAdvance(table), 0, 0, 0), number, mono,
                         theme().color(Theme::Role::Text), Qt::AlignLeft, Qt::ElideMiddle);
    }
    paintText(painter, cell.rect, *name, mono, theme().color(Theme::Role::Text), Qt::AlignLeft, Qt::ElideMiddle);
    if (model_.category().has_value() || name->startsWith(categoryText)) return;
    const int used = QFontMetrics(mono).horizontalAdvance(*name) + 10;
    const QFont small = theme().text(0.88);
    if (cell.rect.width() - used < std::min(28, QFontMetrics(small).horizontalAdvance(categoryText))) return;
    paintText(painter, cell.rect.adjusted(used, 0, 0, 0), categoryText, small, theme().color(Theme::Role::TextSecondary));
}

void EntityList::paintCell(QPainter& painter, const RowCell& cell) const
{
    const EntityId id = model_.idAt(cell.row);
    switch (cell.column) {
        case Name: return paintName(painter, cell);
        case Events:
            return paintText(painter, cell.rect, grouped(model_.events(id)), theme().mono(), theme().color(Theme::Role::Text),
                             Qt::AlignRight);
        case Last:
            return paintText(painter, cell.rect, lastSeenText(model_.last(id), model_.newest()), theme().mono(),
                             theme().color(Theme::Role::TextSecondary));
        default: return;
    }
}

}  // namespace hindcast::ui
