#pragma once
#include "core/event/time.h"

#include <QObject>

#include <algorithm>

namespace hindcast::ui {

/// The stretch of time that the timeline shows: the one zoom and pan of the window. GUI thread only.
class TimeWindow final : public QObject {
    Q_OBJECT
public:
    explicit TimeWindow(QObject* parent = nullptr) : QObject(parent) {}

    [[nodiscard]] Timestamp from() const { return from_; }
    [[nodiscard]] Timestamp to() const { return to_; }  ///< exclusive, after from()
    [[nodiscard]] std::int64_t span() const { return to_.ns - from_.ns; }

    /// What fit() shows, with a margin.
    void setExtent(Timestamp first, Timestamp last);
    /// Zooming out stops at these and the extent together, with a margin; panning keeps the middle of the window within.
    void setLimits(Timestamp first, Timestamp last);
    void clearLimits();
    [[nodiscard]] Timestamp limitFirst() const { return std::min(limitFirst_, extentFirst_); }  ///< with the extent
    [[nodiscard]] Timestamp limitLast() const { return std::max(limitLast_, extentLast_); }
    [[nodiscard]] Timestamp extentFirst() const { return extentFirst_; }
    [[nodiscard]] Timestamp extentLast() const { return extentLast_; }

    /// As one that was just made and fitted: no limits, and the extent of an empty log. Emits changed() once, where it shows another.
    void reset();

    void set(Timestamp from, Timestamp to);          ///< at least a microsecond wide
    void fit();                                      ///< the extent with a small margin
    [[nodiscard]] bool isFitted() const;             ///< it shows what fit() shows
    void zoomAbout(Timestamp fixed, double factor);  ///< factor > 1 shows less
    void panBy(std::int64_t ns);
    /// The least pan after which `time` lies within the window, with a margin.
    void reveal(Timestamp time);
    /// Where `time` lies outside: as wide a window that begins a little before it, but goes no farther than the extent does.
    void turnTo(Timestamp time);

signals:
    void changed();

private:
    Timestamp from_{0};
    Timestamp to_{1};
    Timestamp extentFirst_{0};
    Timestamp extentLast_{1};
    Timestamp limitFirst_ = Timestamp::max();  ///< none
    Timestamp limitLast_ = Timestamp::min();
};

}  // namespace hindcast::ui
