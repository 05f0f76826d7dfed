#include "ui/session/time_window.h"

#include "core/event/time_math.h"

#include <algorithm>
#include <cmath>

namespace hindcast::ui {

namespace {

constexpr std::int64_t kLeastSpan = 1'000;        // a microsecond
constexpr std::int64_t kMargin = 30'000'000'000;  // around a single instant
constexpr std::int64_t kWidest = INT64_MAX / 4;   // spans stay differences of two int64

std::int64_t marginOf(Timestamp first, Timestamp last)
{
    const std::int64_t span = between(first, last);
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

void TimeWindow::set(Timestamp from, Timestamp to)
{
    const std::int64_t span = std::clamp(between(from, to), kLeastSpan, kWidest);
    // Keeps the whole span representable at the ends of time.
    const Timestamp start = std::min(from, Timestamp{INT64_MAX - span});
    const Timestamp end = plus(start, span);
    if (start == from_ && end == to_) return;
    from_ = start;
    to_ = end;
    emit changed();
}

void TimeWindow::fit()
{
    const std::int64_t margin = marginOf(extentFirst_, extentLast_);
    set(plus(extentFirst_, -margin), plus(extentLast_, margin));
}

bool TimeWindow::isFitted() const
{
    const std::int64_t margin = marginOf(extentFirst_, extentLast_);
    return from_ == plus(extentFirst_, -margin) && to_ == plus(extentLast_, margin);
}

void TimeWindow::zoomAbout(Timestamp fixed, double factor)
{
    if (!(factor > 0) || !std::isfinite(factor)) return;
    const Timestamp first = std::min(extentFirst_, limitFirst_);
    const Timestamp last = std::max(extentLast_, limitLast_);
    const std::int64_t margin = marginOf(first, last);
    const std::int64_t widest = std::max(between(plus(first, -margin), plus(last, margin)), kLeastSpan);
    const double wanted = static_cast<double>(span()) / factor;
    if (wanted >= static_cast<double>(widest)) return set(plus(first, -margin), plus(last, margin));
    const auto newSpan = std::max(kLeastSpan, static_cast<std::int64_t>(std::llround(wanted)));
    const double share = static_cast<double>(between(from_, fixed)) / static_cast<double>(span());
    const Timestamp from = plus(fixed, -static_cast<std::int64_t>(std::llround(share * static_cast<double>(newSpan))));
    set(from, plus(from, newSpan));
}

void TimeWindow::panBy(std::int64_t ns)
{
    // The middle of the window stays where something is, so that one cannot get lost in empty time.
    const std::int64_t half = span() / 2;
    const Timestamp least = std::min(plus(std::min(extentFirst_, limitFirst_), -half), from_);
    const Timestamp most = std::max(plus(std::max(extentLast_, limitLast_), -half), from_);
    const Timestamp from = std::clamp(plus(from_, ns), least, most);
    set(from, plus(from, span()));
}

void TimeWindow::reveal(Timestamp time)
{
    const std::int64_t margin = span() / 12;
    if (time < from_)
        set(plus(time, -margin), plus(plus(time, -margin), span()));
    else if (time >= to_)
        set(plus(time, margin - span()), plus(time, margin));
}

}  // namespace hindcast::ui

#include "moc_time_window.cpp"
