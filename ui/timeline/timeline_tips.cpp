// What the canvas tells of what lies under the pointer.
#include "ui/look/format.h"
#include "ui/timeline/axis_ticks.h"
#include "ui/timeline/lane_space.h"
#include "ui/timeline/timeline_canvas.h"

#include <QHelpEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>
#include <vector>

namespace hindcast::ui {

namespace {

constexpr std::size_t kMostTypes = 12;        // named in a tip; the rest are counted
constexpr std::size_t kMostCounted = 50'000;  // events of a column whose types are looked at

}  // namespace

bool TimelineCanvas::event(QEvent* event)
{
    if (event->type() == QEvent::Leave) hoverWatch({});
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    tip_.reset();
    const QString finding = findingTip(help->pos());
    const QString text = finding.isEmpty() ? tipAt(help->pos()) : finding;
    const QRect area(help->pos() - QPoint(6, 10), QSize(12, 20));
    if (text.isEmpty()) {
        QToolTip::hideText();
        return true;
    }
    if (tip_) {
        // What the event changed is on its way: it is added where the tip still stands.
        tip_->global = help->globalPos();
        tip_->area = area;
        tip_->text = text;
    }
    QToolTip::showText(help->globalPos(), asTip(text), this, area);
    if (tip_ && tip_->reject)
        emit rejectTipWanted(*tip_->reject);
    else if (tip_)
        emit tipWanted(tip_->entity, tip_->version);
    return true;
}

void TimelineCanvas::setTipText(EntityId entity, Version version, const QString& changes)
{
    if (!tip_ || tip_->reject || tip_->entity != entity || tip_->version != version || !QToolTip::isVisible() ||
        changes.isEmpty())
        return;
    QToolTip::showText(tip_->global, asTip(tip_->text + QStringLiteral("\n\n") + changes), this, tip_->area);
    tip_.reset();
}

QString TimelineCanvas::eventTip(std::size_t lane, std::size_t event)
{
    const LaneEvents& events = *prepared_[lane].events;
    const replay::HistoryEvent& one = events.event(event);
    QString text = tr("#%1 %2\n%3").arg(events.version(event).value).arg(words_.nameOf(one.type), zonedTimeText(one.time));
    if (one.effective != one.time)
        text += QLatin1Char('\n') + tr("in order at %1, after its predecessor").arg(timeText(one.effective));
    tip_ = Tip{events.history->entity, events.version(event), {}, {}, {}, {}};
    return text;
}

QString TimelineCanvas::markTip(std::size_t lane, const LaneMark& mark)
{
    if (mark.count == 1) return eventTip(lane, mark.first);
    const LaneEvents& events = *prepared_[lane].events;
    std::vector<std::pair<TypeId, std::size_t>> seen;
    std::unordered_map<TypeId, std::size_t> placeOf;  // a column may hold hundreds of types
    const std::size_t looked = std::min(mark.count, kMostCounted);
    for (std::size_t i = mark.first; i < mark.first + looked; ++i) {
        const auto [place, isNew] = placeOf.try_emplace(events.event(i).type, seen.size());
        if (isNew) seen.emplace_back(place->first, 0);
        ++seen[place->second].second;
    }
    std::ranges::stable_sort(seen, [](const auto& a, const auto& b) { return a.second > b.second; });
    const std::size_t last = mark.first + mark.count - 1;
    QString text =
        tr("#%1 to #%2: %3").arg(events.version(mark.first).value).arg(events.version(last).value).arg(eventsText(mark.count));
    for (std::size_t i = 0; i < std::min(seen.size(), kMostTypes); ++i)
        text += QStringLiteral("\n%1 ×%2").arg(words_.nameOf(seen[i].first), grouped(seen[i].second));
    if (seen.size() > kMostTypes)
        text += QLatin1Char('\n') + tr("and %n more types", nullptr, static_cast<int>(seen.size() - kMostTypes));
    if (looked < mark.count) text += QLatin1Char('\n') + tr("(of the first %1)").arg(grouped(looked));
    return text + QStringLiteral("\n%1 – %2")
                      .arg(timeText(events.event(mark.first).effective), zonedTimeText(events.event(last).effective));
}

QString TimelineCanvas::tipAt(const QPointF& position)
{
    if (preparedLanes_.empty()) return {};
    if (fan_ && fan_->bubble.contains(position)) {
        const auto item = fanItemAt(*fan_, position);
        return item ? eventTip(fanOf_.lane, fan_->items[*item].event) : QString();
    }
    const TimeScale at = scale();
    if (branchBox().contains(position)) return branchTip(position);
    if (const auto watch = watchAt(position.y())) return watchTip(*watch, position.x());
    const auto lane = laneAt(position.y());
    if (position.x() < at.left) {
        if (!lane) return {};
        const Lane& one = preparedLanes_[*lane];
        return QStringLiteral("%1\n%2").arg(QString::fromStdString(one.history->key.text()), one.about);
    }
    if (position.y() < space::kAxis * unit() || position.y() >= height() - space::kFoot * unit()) {
        const auto found = foldAt(position);
        if (!found) return {};
        const Fold& fold = axis_.map().folds()[*found];
        return tr("quiet for %1\n%2 – %3\nclick to unfold")
            .arg(durationText(std::chrono::nanoseconds(fold.ns())), timeText(fold.after), zonedTimeText(fold.before));
    }
    if (!lane || std::abs(position.y() - laneMiddle(*lane)) > 26 * unit()) return {};
    if (const auto reject = rejectAt(position)) return rejectTip(*reject);
    const LaneGeometry& shown = geometry(*lane);
    if (const auto mark = markAt(shown, position.x())) return markTip(*lane, shown.marks[*mark]);
    if (const auto column = columnAt(shown, position.x())) {
        LaneMark all;
        all.first = shown.columns[*column].first;
        all.count = shown.columns[*column].count;
        return markTip(*lane, all);
    }
    return {};
}

}  // namespace hindcast::ui
