#include "ui/timeline/axis_window.h"

#include <QScopedValueRollback>

#include <algorithm>

namespace hindcast::ui {

AxisWindow::AxisWindow(TimeWindow& times, QObject* parent)
    : QObject(parent), times_(times), map_(std::make_shared<const AxisMap>())
{
    connect(&times_, &TimeWindow::changed, this, [this] {
        if (following_) return;
        fromTimes();
        emit changed();
    });
    connect(&places_, &TimeWindow::changed, this, [this] {
        if (following_) return;
        toTimes();
        emit changed();
    });
}

void AxisWindow::setMap(std::shared_ptr<const AxisMap> map, bool same)
{
    // Ranks stay what they are while events come at the end; by their times, many events of one instant could not be told apart.
    const bool stays = same && map_->isOrder() && map->isOrder() && map->ranks() >= map_->ranks() && !times_.isFitted();
    // On a folded axis what is shown are the places: after they were fitted, the times with their own margin say another stretch.
    const bool carried = same && !map_->isTime() && !map_->isOrder() && !map->isOrder() && !times_.isFitted();
    const Timestamp from = map_->time(places_.from());
    const Timestamp to = map_->time(places_.to());
    map_ = std::move(map);
    if (stays)
        placeExtent();
    else if (carried)
        show(from, to);
    else
        fromTimes();
    emit changed();
}

void AxisWindow::show(Timestamp from, Timestamp to)
{
    const QScopedValueRollback guard(following_, true);
    if (map_->isTime()) return times_.set(from, to);
    placeExtent();
    places_.set(map_->place(from), map_->place(to));
}

void AxisWindow::placeExtent()
{
    if (map_->isOrder())
        places_.setExtent(Timestamp{0},
                          Timestamp{std::max<std::int64_t>(1, static_cast<std::int64_t>(map_->ranks()) - 1) * AxisMap::kRank});
    else {
        places_.setExtent(map_->place(times_.extentFirst()), map_->place(times_.extentLast()));
        places_.setLimits(map_->place(times_.limitFirst()), map_->place(times_.limitLast()));
        return;
    }
    places_.clearLimits();
}

void AxisWindow::fromTimes()
{
    if (map_->isTime()) return;
    const QScopedValueRollback guard(following_, true);
    placeExtent();
    // The margin about the whole is one of the axis: that of the unfolded time would leave no room for what happened.
    if (times_.isFitted()) return places_.fit();
    if (!map_->isOrder()) return places_.set(map_->place(times_.from()), map_->place(times_.to()));
    // A margin of half an event on either side; and where no time tells events apart, all of them.
    const std::int64_t half = AxisMap::kRank / 2;
    const Timestamp from = map_->place(times_.from());
    const Timestamp to = map_->place(times_.to());
    if (from == to && map_->ranks() > 1) {
        places_.fit();
        return toTimes();  // nothing stands there: what is shown instead is said
    }
    places_.set(Timestamp{from.ns + half}, Timestamp{to.ns + half});
}

void AxisWindow::toTimes()
{
    const QScopedValueRollback guard(following_, true);
    const Timestamp from = map_->time(places_.from());
    // What stands at the last rank in view is in view: the end is exclusive.
    const Timestamp to = map_->time(places_.to());
    times_.set(from, std::max(Timestamp{map_->isOrder() && to < Timestamp::max() ? to.ns + 1 : to.ns}, Timestamp{from.ns + 1}));
}

void AxisWindow::fit()
{
    if (map_->isTime()) return times_.fit();
    placeExtent();
    places_.fit();
    toTimes();  // also where the places are fitted already: the times may not be
}

}  // namespace hindcast::ui

#include "moc_axis_window.cpp"
