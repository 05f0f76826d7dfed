#include "ui/session/time_window.h"

#include <algorithm>
#include <cmath>

namespace hindcast::ui {

namespace {

constexpr std::int64_t kLeastSpan = 1'000;        // a microsecond
constexpr std::int64_t kMargin = 30'000'000'000;  // around a single instant
constexpr std::int64_t kWidest = INT64_MAX / 4;   // spans stay differences of two int64

std::int64_t marginOf(Timestamp first, Timestamp last)
{
    const std::int64_t span = first.until(last);
    return span < kLeastSpan ? kMargin : std::min<std::int64_t>(span / 20 + 1, kWidest / 8);
}

}  // namespace

void TimeWindow::setExtent(Timestamp first, Timestamp last)
{
    extentFirst_ = first;
    extentLast_ = std::max(first, last);
}

void TimeWindow::setLimits(Timestamp first, Timestamp last)
{
    limitFirst_ = first;
    limitLast_ = std::max(first, last);
}

void TimeWindow::clearLimits()
{
    limitFirst_ = Timestamp::max();
    limitLast_ = Timestamp::min();
}

void TimeWindow::reset()
{
    clearLimits();
    setExtent(Timestamp{0}, Timestamp{1});
    fit();
}

void TimeWindow::set(Timestamp from, Timestamp to)
{
    const std::int64_t span = std::clamp(from.until(to), kLeastSpan, kWidest);
    // Keeps the whole span representable at the ends of time.
    const Timestamp start = std::min(from, Timestamp{INT64_MAX - span});
    const Timestamp end = start.plus(span);
    if (start == from_ && end == to_) return;
    from_ = start;
    to_ = end;
    emit changed();
}

void TimeWindow::fit()
{
    const std::int64_t margin = marginOf(extentFirst_, extentLast_);
    set(extentFirst_.plus(-margin), extentLast_.plus(margin));
}

bool TimeWindow::isFitted() const
{
    const std::int64_t margin = marginOf(extentFirst_, extentLast_);
    return from_ == extentFirst_.plus(-margin) && to_ == extentLast_.plus(margin);
}

void TimeWindow::zoomAbout(Timestamp fixed, double factor)
{
    if (!(factor > 0) || !std::isfinite(factor)) return;
    const Timestamp first = std::min(extentFirst_, limitFirst_);
    const Timestamp last = std::max(extentLast_, limitLast_);
    const std::int64_t margin = marginOf(first, last);
    const std::int64_t widest = std::max(first.plus(-margin).until(last.plus(margin)), kLeastSpan);
    const double wanted = static_cast<double>(span()) / factor;
    if (wanted >= static_cast<double>(widest)) return set(first.plus(-margin), last.plus(margin));
    const auto newSpan = std::max(kLeastSpan, static_cast<std::int64_t>(std::llround(wanted)));
    const double share = static_cast<double>(from_.until(fixed)) / static_cast<double>(span());
    const Timestamp from = fixed.plus(-static_cast<std::int64_t>(std::llround(share * static_cast<double>(newSpan))));
    set(from, from.plus(newSpan));
}

void TimeWindow::panBy(std::int64_t ns)
{
    // The middle of the window stays where something is, so that one cannot get lost in empty time.
    const std::int64_t half = span() / 2;
    const Timestamp least = std::min(std::min(extentFirst_, limitFirst_).plus(-half), from_);
    const Timestamp most = std::max(std::max(extentLast_, limitLast_).plus(-half), from_);
    const Timestamp from = std::clamp(from_.plus(ns), least, most);
    set(from, from.plus(span()));
}

void TimeWindow::reveal(Timestamp time)
{
    const std::int64_t margin = span() / 12;
    if (time < from_)
        set(time.plus(-margin), time.plus(-margin).plus(span()));
    else if (time >= to_)
        set(time.plus(margin - span()), time.plus(margin));
}

void TimeWindow::turnTo(Timestamp time)
{
    if (time >= from_ && time < to_) return;
    const std::int64_t margin = span() / 12;
    const Timestamp latest = std::max(extentLast_, time).plus(margin).plus(-span());
    const Timestamp from = std::min(time.plus(-margin), latest);
    set(from, from.plus(span()));
}

}  // namespace hindcast::ui

#include "moc_time_window.cpp"
