#include "core/ingest/progress_meter.h"

#include <cmath>

namespace hindcast::ingest {

void ProgressMeter::count(bool stored, bool rejected)
{
    ++progress_.records;
    if (stored) {
        ++fresh_;
        if (rejected) ++progress_.rejects;
    } else {
        ++progress_.duplicates;
    }
}

void ProgressMeter::becameDurable()
{
    if (fresh_ > 0) ++progress_.generation;
    progress_.stored += fresh_;
    fresh_ = 0;
}

void ProgressMeter::report()
{
    if (Clock::now() - told_ >= std::chrono::milliseconds(100)) tell();
}

void ProgressMeter::finish() { tell(); }

void ProgressMeter::tell()
{
    const auto now = Clock::now();
    told_ = now;
    const double seconds = std::chrono::duration<double>(now - rateFrom_).count();
    // A new figure each half second, smoothed a little: a rate that dances cannot be read.
    const bool anew = seconds >= 0.5;
    if (anew) {
        const double rate = static_cast<double>(progress_.records - rateRecords_) / seconds;
        progress_.recordsPerSecond = progress_.recordsPerSecond == 0 ? rate : 0.6 * rate + 0.4 * progress_.recordsPerSecond;
        rateFrom_ = now;
        rateRecords_ = progress_.records;
    }
    const source::Status status = source_.status();
    progress_.total = status.recordsTotal;
    progress_.lag = status.lag;
    // What is on its way to the store is behind the head as well: at no lag everything is there to be looked at.
    const std::uint64_t settled = progress_.stored + progress_.duplicates;
    if (progress_.lag && status.recordsDelivered > settled) *progress_.lag += status.recordsDelivered - settled;
    if (!progress_.lag)
        head_.forget();
    else if (anew)
        head_.note(now, settled + *progress_.lag);
    progress_.headPerSecond = head_.perSecond();
    progress_.connected = status.connected;
    progress_.awaySince = status.awaySince;
    progress_.away = status.away;
    progress_.notice = status.notice;
    progress_.trouble = status.trouble;
    progress_.timeLeft.reset();
    double left = -1;
    if (status.recordsTotal && *status.recordsTotal >= progress_.records && progress_.recordsPerSecond > 0)
        left = static_cast<double>(*status.recordsTotal - progress_.records) / progress_.recordsPerSecond;
    else if (status.bytesTotal && *status.bytesTotal >= status.bytesDelivered && status.bytesDelivered > 0 &&
             progress_.recordsPerSecond > 0)
        left = static_cast<double>(*status.bytesTotal - status.bytesDelivered) / static_cast<double>(status.bytesDelivered) *
               static_cast<double>(progress_.records) / progress_.recordsPerSecond;
    if (left >= 0) progress_.timeLeft = std::chrono::seconds(std::llround(left));
    if (onProgress_) onProgress_(progress_);
}

}  // namespace hindcast::ingest
