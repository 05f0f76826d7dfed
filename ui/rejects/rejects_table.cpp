#include "ui/rejects/rejects_table.h"

#include "ui/look/format.h"
#include "ui/look/shaped_text.h"
#include "ui/look/shown_zone.h"

#include <QPainter>
#include <QResizeEvent>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kWide = 760;           // from here on the topic has a column of its own
constexpr int kMostPlace = 230;      // px of a desk
constexpr int kPadding = 2 * 8 + 2;  // px: of a cell, left and right, and what rounding may take

}  // namespace

RejectsTable::RejectsTable(RejectsModel& model, const Theme& theme, QWidget* parent) : RowView(theme, parent), model_(model)
{
    setAccessibleName(tr("Rejects"));
    updateColumns();
    connect(&theme, &Theme::changed, this, [this] {
        placeWidth_ = 0;
        updateColumns();
    });
    connect(&ShownZoneSignal::get(), &ShownZoneSignal::changed, this, &RejectsTable::updateColumns);
    connect(this, &RowView::visibleRowsChanged, this, [this] {
        if (measurePlaces()) updateColumns();
    });
}

void RejectsTable::updateColumns()
{
    const QFontMetrics mono(theme().mono());
    const int time = mono.horizontalAdvance(timeText(Timestamp{1'000'000})) + 24;
    const auto [first, last] = visibleRows();
    const RejectRow* from = model_.row(first);
    const RejectRow* to = model_.row(last);
    const bool known = from != nullptr && to != nullptr && from->reject.time.isKnown() && to->reject.time.isKnown();
    const QString zone =
        known ? zoneName(std::min(from->reject.time, to->reject.time), std::max(from->reject.time, to->reject.time))
              : zoneName(Timestamp::now());
    std::vector<RowColumn> columns{{tr("time (%1)").arg(zone), time, 0, Qt::AlignLeft, false, "time"}};
    shown_ = {RejectsModel::Time};
    const auto add = [&](int column, const char* key, int width, int stretch = 0) {
        shown_.push_back(column);
        columns.push_back({model_.headerData(column, Qt::Horizontal).toString(), theme().px(width), stretch,
                           column == RejectsModel::Size ? Qt::AlignRight : Qt::AlignLeft, false, key});
    };
    if (!narrow_) add(RejectsModel::Topic, "topic", 104);
    shown_.push_back(RejectsModel::Place);
    columns.push_back(placeColumn());
    add(RejectsModel::Entity, "entity", narrow_ ? 92 : 110);
    add(RejectsModel::Reason, "reason", 96, 1);
    add(RejectsModel::Size, "size", 64);
    setColumns(std::move(columns));
}

/// The longest position in view; it grows only, so that scrolling moves no edge to and fro. Whether it grew.
bool RejectsTable::measurePlaces()
{
    const QFont mono = theme().mono();
    const int before = placeWidth_;
    const auto [first, last] = visibleRows();
    for (Row row = first; row <= last; ++row)
        if (model_.row(row) != nullptr)
            placeWidth_ = std::max(placeWidth_, textWidth(mono, cellText(row, RejectsModel::Place)) + kPadding);
    return placeWidth_ != before;
}

/// As wide as the longest position that has been in view takes, up to a bound.
RowColumn RejectsTable::placeColumn()
{
    const int least = theme().px(narrow_ ? 140 : 118);
    (void)measurePlaces();
    return {narrow_ ? tr("position") : model_.headerData(RejectsModel::Place, Qt::Horizontal).toString(),
            std::clamp(placeWidth_, least, theme().px(kMostPlace)),
            0,
            Qt::AlignLeft,
            false,
            narrow_ ? "topic and place" : "place",
            least};
}

void RejectsTable::resizeEvent(QResizeEvent* event)
{
    RowView::resizeEvent(event);
    if (const bool narrow = width() < theme().px(kWide); std::exchange(narrow_, narrow) != narrow) {
        placeWidth_ = 0;
        updateColumns();
    }
}

QString RejectsTable::cellText(Row row, int column) const
{
    const QString text = model_.text(row, column);
    if (column != RejectsModel::Place || !narrow_) return text;
    return model_.text(row, RejectsModel::Topic) + QLatin1Char(' ') + text;
}

QString RejectsTable::rowText(Row row) const
{
    if (model_.row(row) == nullptr) return tr("reject, being read");
    return tr("reject, %1, %2 %3, %4, %5, %6")
        .arg(zonedTimeText(model_.row(row)->reject.time), model_.text(row, RejectsModel::Topic),
             model_.text(row, RejectsModel::Place), model_.text(row, RejectsModel::Entity),
             model_.text(row, RejectsModel::Reason), model_.text(row, RejectsModel::Size));
}

QString RejectsTable::toolTipText(Row row, int shown) const
{
    const RejectRow* reject = model_.row(row);
    if (reject == nullptr || shown < 0) return {};
    switch (columnOf(shown)) {
        case RejectsModel::Time: return zonedTimeText(reject->reject.time);
        case RejectsModel::Entity:
            return reject->entity.isEmpty() ? tr("Its key could not be read: it stands in nobody's lane") : reject->entity;
        case RejectsModel::Size: return {};
        default: return cellText(row, columnOf(shown)).left(4000);
    }
}

void RejectsTable::paintCell(QPainter& painter, const RowCell& cell) const
{
    const RejectRow* reject = model_.row(cell.row);
    const int column = columnOf(cell.column);
    if (reject == nullptr) {
        if (cell.column == 0)
            paintText(painter, cell.rect, QStringLiteral("…"), theme().mono(), theme().color(Theme::Role::TextDimmed));
        return;
    }
    const QFont mono = theme().mono();
    const QString text = cellText(cell.row, column);
    switch (column) {
        case RejectsModel::Time: return paintText(painter, cell.rect, text, mono, theme().color(Theme::Role::Text));
        case RejectsModel::Topic: return paintText(painter, cell.rect, text, mono, theme().color(Theme::Role::Text));
        case RejectsModel::Place:
            return paintText(painter, cell.rect, text, mono, theme().color(Theme::Role::TextSecondary), Qt::AlignLeft,
                             Qt::ElideLeft);
        case RejectsModel::Entity:
            if (reject->entity.isEmpty())
                return paintText(painter, cell.rect, text, theme().text(), theme().color(Theme::Role::TextDimmed));
            return paintText(painter, cell.rect, text, mono, theme().color(Theme::Role::Text), Qt::AlignLeft, Qt::ElideMiddle);
        case RejectsModel::Reason: return paintText(painter, cell.rect, text, mono, theme().color(Theme::Role::Warning));
        case RejectsModel::Size:
            return paintText(painter, cell.rect, text, mono, theme().color(Theme::Role::TextSecondary), Qt::AlignRight);
        default: return;
    }
}

}  // namespace hindcast::ui
