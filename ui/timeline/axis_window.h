#pragma once
#include "ui/session/time_window.h"
#include "ui/timeline/lane_axis.h"

#include <QObject>

#include <memory>

namespace hindcast::ui {

/// The stretch of the axis that the lanes show, in places of their axis, kept in step with the window's stretch of time: zoom and
/// pan are smooth on a folded axis or on that of order, and whoever knows times only (overview, title, what is saved) sees times.
/// GUI thread only.
class AxisWindow final : public QObject {
    Q_OBJECT
public:
    /// `times` must outlive it.
    explicit AxisWindow(TimeWindow& times, QObject* parent = nullptr);

    /// `same`: of the same lanes, which may have grown: what is shown stays.
    void setMap(std::shared_ptr<const AxisMap> map, bool same = false);
    [[nodiscard]] const AxisMap& map() const { return *map_; }
    [[nodiscard]] std::shared_ptr<const AxisMap> sharedMap() const { return map_; }
    /// The time at which what is shown ends.
    [[nodiscard]] Timestamp shownUntil() const { return map_->time(window().to()); }

    /// Zoom, pan and reveal by places: of the times themselves where the axis is that of time.
    [[nodiscard]] TimeWindow& window() { return map_->isTime() ? times_ : places_; }
    [[nodiscard]] const TimeWindow& window() const { return map_->isTime() ? times_ : places_; }
    /// The whole of what is to be seen: the extent of times, or all ranks.
    void fit();

signals:
    void changed();

private:
    void show(Timestamp from, Timestamp to);  ///< times, on an axis that is not of order
    void fromTimes();
    void toTimes();
    void placeExtent();

    TimeWindow& times_;
    TimeWindow places_;
    std::shared_ptr<const AxisMap> map_;
    bool following_ = false;
};

}  // namespace hindcast::ui
