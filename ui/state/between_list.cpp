#include "ui/state/between_list.h"

#include "ui/look/format.h"
#include "ui/look/shaped_text.h"
#include "ui/look/shown_zone.h"
#include "ui/session/entity_title.h"
#include "ui/state/copying.h"

#include <QPainter>

#include <algorithm>
#include <span>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr std::size_t kMostKept = 5000;  // rows whose changes are remembered
constexpr std::size_t kTypesNamed = 4;
constexpr int kLeastWide = 520;  // px of a desk: narrower, and its columns say less

/// As wide as the versions of the events get.
QString widestNumber(const ComparisonView* view)
{
    Version last{999};
    for (std::size_t side = 0; view != nullptr && side < 2; ++side) last = std::max(last, view->sides[side].state.version);
    return QStringLiteral("#%1").arg(last.value);
}

}  // namespace

BetweenList::BetweenList(const Theme& theme, QWidget* parent) : ChangesView(theme, parent)
{
    setAccessibleName(tr("What happened between"));
    showColumns();
    const auto choose = [this](qint64 row) { emit eventChosen(view_->between.at(static_cast<std::size_t>(row))); };
    connect(this, &RowView::activated, this, choose);
    connect(this, &RowView::cellClicked, this, choose);
    connect(this, &RowView::copyWanted, this, [this](qint64 row) { copyText(rowText(row)); });
    connect(this, &RowView::visibleRowsChanged, this, &BetweenList::askForChanges);
    connect(&theme, &Theme::changed, this, &BetweenList::showColumns);
    connect(&ShownZoneSignal::get(), &ShownZoneSignal::changed, this, &BetweenList::showColumns);
}

void BetweenList::showColumns()
{
    const QFont mono = theme().mono();
    const bool two = view_ && !view_->ofOneLife();
    narrow_ = width() < theme().px(kLeastWide);
    const auto around = [&](const QString& text) { return textWidth(mono, text) + theme().px(18); };
    columns_.clear();
    std::vector<RowColumn> columns;
    const auto add = [&](Column column, const QString& title, int width, const char* key, int stretch = 0) {
        columns_.push_back(column);
        const bool whole = narrow_ && column <= Time;  // what is left shares what there is
        const int least = whole ? width : theme().px(40);
        columns.push_back({title, width, stretch, column == Number ? Qt::AlignRight : Qt::AlignLeft, false, key, least});
    };
    if (two) add(Entity, narrow_ ? tr("side") : tr("entity"), theme().px(narrow_ ? 42 : 96), "entity");
    add(Number, narrow_ ? QStringLiteral("#") : tr("version"),
        std::max(around(widestNumber(view_.get())), theme().px(narrow_ ? 0 : 64)), "version");
    add(Time, tr("time"), around(timeOf(Timestamp{1'000'000})), "time");
    add(Type, tr("event"), theme().px(narrow_ ? 104 : 116), "event");
    add(Changed, tr("changed"), theme().px(90), "changed", 1);
    setColumns(std::move(columns));
}

void BetweenList::resizeEvent(QResizeEvent* event)
{
    ChangesView::resizeEvent(event);
    if (narrow_ != (width() < theme().px(kLeastWide))) showColumns();
}

void BetweenList::setTypeNames(TypeNames names)
{
    names_ = std::move(names);
    detailsChanged();
}

void BetweenList::setView(std::shared_ptr<const ComparisonView> view)
{
    const auto of = [](const auto& one) { return std::pair(one && !one->ofOneLife(), widestNumber(one.get()).size()); };
    const bool columns = of(view_) != of(view);
    view_ = std::move(view);
    changes_.clear();
    if (columns) showColumns();
    setCurrentRow(kNone, false);
    rowsChanged();
    askForChanges();
}

void BetweenList::setChanges(const std::shared_ptr<const BetweenChanges>& changes)
{
    if (changes->of != view_) return;
    if (changes_.size() > kMostKept) changes_.clear();
    for (std::size_t i = 0; i < changes->changes.size(); ++i) changes_.insert_or_assign(changes->first + i, changes->changes[i]);
    detailsChanged();
    askForChanges();
}

void BetweenList::askForChanges()
{
    if (!view_ || !isVisible()) return;
    auto [first, last] = visibleRows();
    last = std::min(last, rowCount() - 1);
    while (first <= last && changesOf(first) != nullptr) ++first;
    while (last >= first && changesOf(last) != nullptr) --last;
    if (first <= last) emit changesWanted(static_cast<std::size_t>(first), static_cast<std::size_t>(last));
}

const Changes* BetweenList::changesOf(Row row) const
{
    const auto found = changes_.find(static_cast<std::size_t>(row));
    return found == changes_.end() ? nullptr : &found->second;
}

const replay::History& BetweenList::historyOf(Row row) const
{
    return *view_->sides[view_->between.at(static_cast<std::size_t>(row)).side].history;
}

const replay::HistoryEvent& BetweenList::eventOf(Row row) const
{
    return historyOf(row).events[view_->between.at(static_cast<std::size_t>(row)).version.value - 1];
}

QString BetweenList::typeOf(TypeId type) const { return names_ ? names_(type) : QString(); }

QString BetweenList::totals() const { return totals(kTypesNamed); }

QStringList BetweenList::shorterTotals() const
{
    QStringList texts;
    for (std::size_t types = kTypesNamed; types > 0; --types) texts << totals(types - 1);
    return texts;
}

QString BetweenList::totals(std::size_t typesNamed) const
{
    if (!view_) return {};
    const Between& between = view_->between;
    QStringList parts{eventsText(between.count())};
    const std::size_t named = std::min(typesNamed, between.types().size());
    for (const auto& [type, count] : std::span(between.types()).first(named))
        parts << tr("%1 %2").arg(grouped(count), typeOf(type));
    const std::size_t others = between.types().size() - named;
    if (others > 0 && named > 0) parts << (others == 1 ? tr("1 other type") : tr("%1 other types").arg(others));
    if (between.size() < between.count()) parts << tr("the first %1 are listed").arg(grouped(between.size()));
    return parts.join(QStringLiteral(" · "));
}

QString BetweenList::cellText(Row row, Column column) const
{
    switch (column) {
        case Entity: return entityTitle(historyOf(row));
        case Number: return QLatin1Char('#') + QString::number(view_->between.at(static_cast<std::size_t>(row)).version.value);
        case Time: return shortTimeText(eventOf(row).effective);
        case Type: return typeOf(eventOf(row).type);
        case Changed: break;
    }
    const Changes* changes = changesOf(row);
    return changes != nullptr ? summaryText(*changes) : QString();
}

/// Fractions of a second do not tell events in a list apart that has their order; the tool tip has them.
QString BetweenList::timeOf(Timestamp time) const
{
    const QString text = shortTimeText(time);
    return narrow_ ? text.section(QLatin1Char('.'), 0, 0) : text;
}

QString BetweenList::shownText(Row row, Column column) const
{
    if (column == Time) return timeOf(eventOf(row).effective);
    if (column == Entity && narrow_) return view_->between.at(static_cast<std::size_t>(row)).side == 0 ? tr("A") : tr("B");
    return cellText(row, column);
}

QString BetweenList::rowText(Row row) const
{
    QStringList parts;
    for (const Column column : columns_)
        if (const QString text = cellText(row, column); !text.isEmpty()) parts << text;
    return parts.join(QStringLiteral(", "));
}

QString BetweenList::toolTipText(Row row, int column) const
{
    const Column kind = column < 0 ? Number : kindOf(column);
    if (kind == Time) return zonedTimeText(eventOf(row).effective);
    if (kind != Changed) return cellText(row, kind);
    const Changes* changes = changesOf(row);
    return changes != nullptr ? changesInFull(*changes) : QString();
}

void BetweenList::paintChanged(QPainter& painter, const RowCell& cell) const
{
    const QColor color = theme().color(Theme::Role::TextSecondary);
    const Changes* changes = changesOf(cell.row);
    if (changes == nullptr) return paintText(painter, cell.rect, QStringLiteral("…"), theme().mono(), color);
    const replay::HistoryEvent& event = eventOf(cell.row);
    const ToldBeside told{typeOf(event.type).toStdString(), historyOf(cell.row).key.id, event.time};
    paintChanges(painter, cell.rect, *changes, told, color);
}

void BetweenList::paintCell(QPainter& painter, const RowCell& cell) const
{
    const Column kind = kindOf(cell.column);
    if (kind == Changed) return paintChanged(painter, cell);
    const bool plain = kind == Entity;
    paintText(painter, cell.rect, shownText(cell.row, kind), plain ? theme().text() : theme().mono(),
              theme().color(kind == Time ? Theme::Role::TextSecondary : Theme::Role::Text),
              kind == Number ? Qt::AlignRight : Qt::AlignLeft);
}

}  // namespace hindcast::ui
