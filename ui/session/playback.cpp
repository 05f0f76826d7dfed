#include "ui/session/playback.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hindcast::ui {

namespace {

using std::chrono::nanoseconds;

constexpr double kNsPerSecond = 1e9;
constexpr double kMostNs = 9.0e18;  // of an int64

nanoseconds steadyNow() { return std::chrono::steady_clock::now().time_since_epoch(); }

double secondsOf(nanoseconds time) { return static_cast<double>(time.count()) / kNsPerSecond; }

/// So much time of the log goes by while one watches for that long.
std::int64_t goneBy(nanoseconds watched, double rate)
{
    return static_cast<std::int64_t>(std::clamp(static_cast<double>(watched.count()) * rate, -kMostNs, kMostNs));
}

/// Digits that change too fast to be read are no digits: a frame's worth and more is cut to whole seconds or milliseconds.
std::int64_t grainOf(double rate)
{
    constexpr double kFramesASecond = 62.5;
    const double frame = kNsPerSecond / kFramesASecond * rate;
    for (const std::int64_t grain : {std::int64_t{1'000'000'000}, std::int64_t{1'000'000}, std::int64_t{1'000}})
        if (frame >= 4.0 * static_cast<double>(grain)) return grain;
    return 1;
}

Timestamp floored(Timestamp time, std::int64_t grain) { return time.plus(-(((time.ns % grain) + grain) % grain)); }

}  // namespace

Playback::Playback(Playhead& playhead, const Marks& marks, QObject* parent, Clock clock)
    : QObject(parent), playhead_(playhead), marks_(marks), clock_(clock ? std::move(clock) : Clock(steadyNow))
{
    timer_.setTimerType(Qt::PreciseTimer);
    timer_.setInterval(kFrame);
    connect(&timer_, &QTimer::timeout, this, &Playback::frame);
    connect(&playhead_, &Playhead::moved, this, &Playback::playheadMoved);
    connect(&playhead_, &Playhead::chosenAgain, this, [this] {
        if (!leading_) pause();
    });
    connect(&playhead_, &Playhead::historyChanged, this, &Playback::historyChanged);
}

// ---- playing and pausing

void Playback::play()
{
    if (isPlaying() || obstacle() != Obstacle::None) return;
    skipped_.reset();
    setState(State::Playing);
    begin(clock_(), std::exchange(atEnd_, false));
    timer_.start();
}

void Playback::pause()
{
    if (!isPlaying()) return;
    timer_.stop();
    againAt_.reset();
    setState(State::Paused);
}

void Playback::stop()
{
    timer_.stop();
    againAt_.reset();
    skipped_.reset();
    atEnd_ = false;
    setState(State::Stopped);
}

/// Puts the playhead where playing begins. `anew`: all has been played.
void Playback::begin(nanoseconds now, bool anew)
{
    againAt_.reset();
    if (speed_.unit == PlaybackSpeed::Unit::Times) {
        const std::optional<Stretch> played = stretch();
        if (!played) return pause();
        const Timestamp here = playhead_.time();
        // Beyond the end of the whole there is nothing left, either; what follows a loop is not what is asked for.
        const bool outside = here < played->from || here >= played->to;
        fromTime_ = anew || outside ? played->from : here;
        fromVersion_ = {};
        if (fromTime_ != here) lead(fromTime_);
    } else {
        const Versions played = versions();
        const Version here = playhead_.version();
        const bool outside = here < played.from || here >= played.to;
        fromVersion_ = anew || outside ? played.from : here;
        if (fromVersion_ != here) lead(fromVersion_);
    }
    fromClock_ = steppedAt_ = now;
}

/// What was played up to now is the past: the rest is reckoned from here.
void Playback::anchorHere()
{
    fromTime_ = playhead_.time();
    fromVersion_ = playhead_.version();
    fromClock_ = clock_();
}

void Playback::frame()
{
    if (!isPlaying()) return;
    const nanoseconds now = clock_();
    if (againAt_) {
        if (now >= *againAt_) begin(*againAt_, true);
        if (againAt_ || !isPlaying()) return;
    }
    if (speed_.unit == PlaybackSpeed::Unit::Times)
        frameByTime(now);
    else
        frameByEvents(now);
}

void Playback::frameByTime(nanoseconds now)
{
    const std::optional<Stretch> played = stretch();
    if (!played) return pause();
    Timestamp to = fromTime_.plus(goneBy(now - fromClock_, speed_.rate));
    if (hasLoop() && to < played->from) return begin(now, true);  // A has been set behind the playhead
    if (skipsQuiet_ && to < played->to) to = withoutQuiet(to, *played, now);
    if (to >= played->to) {
        lead(played->to);
        return reachEnd(now);
    }
    lead(std::max(fromTime_, floored(to, grainOf(speed_.rate))));
}

/// Where one is by then if what is quiet for long is skipped; the rest is reckoned from behind it.
Timestamp Playback::withoutQuiet(Timestamp to, const Stretch& played, nanoseconds now)
{
    const std::optional<Stretch> quiet = quietAt(to);
    if (!quiet) return to;
    const Timestamp from = std::max(quiet->from, fromTime_);
    const Timestamp until = std::min(quiet->to, played.to);
    if (from.until(until) <= goneBy(kQuiet, speed_.rate)) return to;
    const Timestamp leaves = from.plus(goneBy(kAfter, speed_.rate));
    if (to < leaves) return to;
    skipped_ = Stretch{leaves, floored(until.plus(-goneBy(kBefore, speed_.rate)), grainOf(speed_.rate))};
    const std::int64_t over = leaves.until(to);
    fromTime_ = skipped_->to;
    fromClock_ = now - nanoseconds(std::llround(static_cast<double>(over) / speed_.rate));
    emit quietSkipped();
    return fromTime_.plus(over);
}

void Playback::frameByEvents(nanoseconds now)
{
    if (!playhead_.history() || playhead_.history()->events.empty()) return pause();
    const Versions played = versions();
    if (hasLoop() && playhead_.version() < played.from) return begin(now, true);
    constexpr double kRounding = 1e-6;
    const double steps = std::floor(secondsOf(now - fromClock_) * speed_.rate + kRounding);
    const auto left = static_cast<double>(played.to.value - std::min(fromVersion_.value, played.to.value));
    const auto taken = static_cast<std::uint64_t>(std::clamp(steps, 0.0, left));
    steppedAt_ = fromClock_ + nanoseconds(std::llround(static_cast<double>(taken) / speed_.rate * kNsPerSecond));
    const Version to = std::min(Version{fromVersion_.value + taken}, played.to);
    if (to != playhead_.version()) lead(to);
    if (to >= played.to) reachEnd(now);
}

void Playback::reachEnd(nanoseconds now)
{
    if (loops_) {
        // The event at the end is seen for as long as every other.
        const double step = speed_.unit == PlaybackSpeed::Unit::Times ? 0 : 1 / speed_.rate;
        againAt_ = now + std::max<nanoseconds>(kLoopEnd, nanoseconds(std::llround(step * kNsPerSecond)));
        return;
    }
    atEnd_ = true;
    pause();
}

void Playback::lead(Timestamp time)
{
    if (time == playhead_.time()) return;
    leading_ = true;
    playhead_.setTime(time);
    leading_ = false;
}

void Playback::lead(Version version)
{
    leading_ = true;
    playhead_.setVersion(version);
    leading_ = false;
}

// ---- what others do

void Playback::playheadMoved()
{
    if (leading_) return;
    if (std::exchange(byHistory_, std::nullopt) == std::pair(playhead_.time(), playhead_.version())) return;
    atEnd_ = false;
    pause();
}

void Playback::historyChanged()
{
    const auto& history = playhead_.history();
    const std::optional<EntityId> entity = history ? std::optional(history->entity) : std::nullopt;
    const bool another = std::exchange(entity_, entity) != entity;
    byHistory_ = std::pair(playhead_.time(), playhead_.version());
    if (another)
        stop();
    else if (isPlaying() && speed_.unit == PlaybackSpeed::Unit::EventsPerSecond) {
        // Its version may be another one; when the next event is due stays.
        fromVersion_ = playhead_.version();
        fromClock_ = steppedAt_;
    }
    if (atEnd_ && history && playhead_.version() < history->last()) atEnd_ = false;  // it has grown: there is more to play
    emit obstacleChanged();
}

void Playback::setLog(const std::optional<Stretch>& log)
{
    if (log == log_) return;
    log_ = log;
    emit obstacleChanged();
}

void Playback::setBeside(std::vector<std::shared_ptr<const replay::History>> lives) { beside_ = std::move(lives); }

// ---- choices

void Playback::setSpeed(PlaybackSpeed speed)
{
    if (speed == speed_) return;
    if (isPlaying()) anchorHere();
    steppedAt_ = fromClock_;
    speed_ = speed;
    if (obstacle() != Obstacle::None) pause();
    emit changed();
}

void Playback::setLoops(bool on)
{
    if (on == loops_) return;
    loops_ = on;
    againAt_.reset();
    if (isPlaying()) anchorHere();
    emit changed();
}

void Playback::setSkipsQuiet(bool on)
{
    if (on == skipsQuiet_) return;
    skipsQuiet_ = on;
    emit changed();
}

void Playback::setState(State state)
{
    if (state == state_) return;
    state_ = state;
    emit changed();
}

}  // namespace hindcast::ui

#include "moc_playback.cpp"
