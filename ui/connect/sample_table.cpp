#include "ui/connect/sample_table.h"

#include "ui/connect/field_text.h"
#include "ui/connect/fitted_columns.h"
#include "ui/look/format.h"
#include "ui/look/json_text.h"
#include "ui/look/shown_zone.h"

#include <QPainter>

#include <algorithm>

namespace hindcast::ui {

SampleTable::SampleTable(const Theme& theme, QWidget* parent) : RowView(theme, parent)
{
    setAccessibleName(tr("Samples as the mapping reads them"));
    fitColumns();
    connect(&theme, &Theme::changed, this, [this] { fitColumns(); });
    connect(&ShownZoneSignal::get(), &ShownZoneSignal::changed, this, [this] { fitColumns(); });
}

/// With the zone, as in the table of events.
QString SampleTable::timeTitle() const
{
    std::optional<Timestamp> first;
    std::optional<Timestamp> last;
    for (const SampleView& sample : samples_) {
        const Timestamp time = sample.event.time;
        if (!time.isKnown()) continue;
        first = first ? std::min(*first, time) : time;
        last = last ? std::max(*last, time) : time;
    }
    return first ? tr("time (%1)").arg(zoneName(*first, *last)) : tr("time");
}

void SampleTable::fitColumns()
{
    setColumns(fittedColumns({{tr("entity"), 150, 2, Qt::AlignLeft, false},
                              {tr("type"), 150, 1, Qt::AlignLeft, false},
                              {timeTitle(), 200, 0, Qt::AlignLeft, false},
                              {tr("decoded as"), 140, 1, Qt::AlignLeft, false},
                              {tr("payload"), 200, 4, Qt::AlignLeft, false}},
                             {90, 100, 190, 80, 120}, *this, theme()));
}

void SampleTable::resizeEvent(QResizeEvent* event)
{
    fitColumns();
    RowView::resizeEvent(event);
}

void SampleTable::setSamples(std::vector<SampleView> samples)
{
    samples_ = std::move(samples);
    types_.clear();
    for (const SampleView& sample : samples_)
        if (std::find(types_.begin(), types_.end(), sample.event.type) == types_.end()) types_.push_back(sample.event.type);
    findAbsent();
    fitColumns();
    rowsChanged();
}

void SampleTable::findAbsent()
{
    absent_.clear();
    searched_ = 0;
    for (const SampleView& sample : samples_) {
        if (!sample.searched) continue;
        if (searched_++ == 0)
            absent_ = sample.absent;
        else
            std::erase_if(absent_, [&](const decode::FieldSource& place) {
                return std::ranges::find(sample.absent, place) == sample.absent.end();
            });
    }
}

int SampleTable::series(const std::string& type) const
{
    if (seriesOf_) return seriesOf_(type);
    return static_cast<int>(std::find(types_.begin(), types_.end(), type) - types_.begin());
}

bool SampleTable::holdsDebezium() const
{
    return std::any_of(samples_.begin(), samples_.end(),
                       [](const SampleView& sample) { return sample.event.decodedAs.find("Debezium") != std::string::npos; });
}

QString SampleTable::verdict() const
{
    if (samples_.empty()) return {};
    const auto rejects =
        std::count_if(samples_.begin(), samples_.end(), [](const SampleView& sample) { return !sample.event.reject.empty(); });
    const auto all = static_cast<std::uint64_t>(samples_.size());
    const QString good = tr("%1 of %2 samples decode").arg(grouped(all - static_cast<std::uint64_t>(rejects)), grouped(all));
    QStringList words{good};
    if (rejects > 0)
        words << (rejects == 1 ? tr("1 reject is kept and shown")
                               : tr("%1 rejects are kept and shown").arg(grouped(static_cast<std::uint64_t>(rejects))));
    if (const QString absent = absentWords(); !absent.isEmpty()) words << absent;
    return words.join(QStringLiteral(" · "));
}

QString SampleTable::absentWords() const
{
    QStringList words;
    for (const decode::FieldSource& place : absent_)
        words << (searched_ == 1 ? tr("%1 is not in the only sample").arg(fieldText(place))
                                 : tr("%1 is in none of %2 samples").arg(fieldText(place), grouped(searched_)));
    return words.join(QStringLiteral(" · "));
}

QString SampleTable::entityText(const Event& event) const
{
    if (!event.reject.empty()) return tr("reject");
    if (event.entities.empty()) return tr("no entity");
    QString text = QString::fromStdString(event.entities.front().text());
    if (event.entities.size() > 1) text += QStringLiteral(" +%1").arg(event.entities.size() - 1);
    return text;
}

QString SampleTable::payloadText(const Event& event, int limit) const
{
    if (!event.reject.empty()) return QString::fromStdString(event.reject).left(limit);
    if (!event.value) return tr("no value");
    if (!event.payload.empty()) return bytesAsText(event.payload, limit);
    return bytesAsText(*event.value, limit);
}

QString SampleTable::rowText(Row row) const
{
    const Event& event = samples_[static_cast<std::size_t>(row)].event;
    return tr("%1, %2, %3, %4")
        .arg(entityText(event), QString::fromStdString(event.type), timeText(event.time), payloadText(event, 200));
}

QString SampleTable::toolTipText(Row row, int column) const
{
    const Event& event = samples_[static_cast<std::size_t>(row)].event;
    if (column == Payload) return payloadText(event, 2000);
    if (column != Entity) return {};
    QStringList all;
    for (const EntityKey& key : event.entities) all << QString::fromStdString(key.text());
    return all.join(QLatin1Char('\n'));
}

void SampleTable::paintCell(QPainter& painter, const RowCell& cell) const
{
    const Event& event = samples_[static_cast<std::size_t>(cell.row)].event;
    const bool rejected = !event.reject.empty();
    const QColor text = theme().color(Theme::Role::Text);
    const QColor quiet = theme().color(Theme::Role::TextSecondary);
    const QFont mono = theme().mono();
    switch (cell.column) {
        case Entity:
            return paintText(painter, cell.rect, entityText(event), mono,
                             rejected                 ? theme().color(Theme::Role::Removed)
                             : event.entities.empty() ? quiet
                                                      : text,
                             Qt::AlignLeft, Qt::ElideMiddle);
        case Type: {
            if (rejected || event.type.empty()) return;
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme().series(series(event.type)));
            painter.drawRoundedRect(QRectF(cell.rect.left(), cell.rect.center().y() - 4, 9, 9), 2, 2);
            painter.setRenderHint(QPainter::Antialiasing, false);
            return paintText(painter, cell.rect.adjusted(16, 0, 0, 0), QString::fromStdString(event.type), theme().text(), text);
        }
        case Time: return paintText(painter, cell.rect, timeText(event.time), mono, text);
        case DecodedAs:
            return paintText(painter, cell.rect,
                             event.decodedAs.empty() ? QStringLiteral("–") : QString::fromStdString(event.decodedAs),
                             theme().text(), quiet);
        case Payload:
            return paintText(painter, cell.rect, payloadText(event, 300), mono,
                             rejected ? theme().color(Theme::Role::Removed) : quiet);
        default: return;
    }
}

}  // namespace hindcast::ui
