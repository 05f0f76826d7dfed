#pragma once
#include "ui/session/marks.h"
#include "ui/session/playback_speed.h"
#include "ui/session/playhead.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace hindcast::ui {

/// Moves the playhead by itself: as time went, so many times as fast, or from event to event. Over the selected entity's life; where
/// none is selected over the time of the log. It moves once a frame to where it should be by then, however late the frame is, so
/// what is played never falls behind. At the end it pauses; it begins anew from there. A movement of the playhead by anybody else
/// pauses it; another entity stops it. GUI thread only.
class Playback final : public QObject {
    Q_OBJECT
public:
    enum class State : std::uint8_t { Stopped, Playing, Paused };
    /// Why nothing can be played at this speed.
    enum class Obstacle : std::uint8_t {
        None,
        Nothing,   ///< there is nothing to play
        NoEntity,  ///< from event to event: only over one entity's life
        NoTimes    ///< no event of this life has a known time
    };
    struct Stretch {
        Timestamp from;
        Timestamp to;
        bool operator==(const Stretch&) const = default;
    };
    /// A steady clock.
    using Clock = std::function<std::chrono::nanoseconds()>;
    static constexpr std::chrono::milliseconds kFrame{16};
    /// Where nothing happens for longer than kQuiet of watching, it is watched for kAfter, and again for kBefore what happens next.
    static constexpr std::chrono::milliseconds kQuiet{3'000};
    static constexpr std::chrono::milliseconds kAfter{1'200};
    static constexpr std::chrono::milliseconds kBefore{800};
    /// As long at least one sees where a loop ends.
    static constexpr std::chrono::milliseconds kLoopEnd{500};

    /// Both must outlive it. Without a clock: the system's.
    Playback(Playhead& playhead, const Marks& marks, QObject* parent = nullptr, Clock clock = {});

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] bool isPlaying() const { return state_ == State::Playing; }
    [[nodiscard]] bool isAtEnd() const { return atEnd_; }  ///< paused since all has been played
    [[nodiscard]] Obstacle obstacle() const;
    /// The playhead is being moved by this object.
    [[nodiscard]] bool isLeading() const { return leading_; }
    /// The quiet period that was skipped last, since play().
    [[nodiscard]] const std::optional<Stretch>& skipped() const { return skipped_; }

    /// From where the playhead stands, from the beginning where that is the end. Nothing where there is an obstacle.
    void play();
    void pause();
    void toggle() { isPlaying() ? pause() : play(); }
    void stop();  ///< there is something else to play now

    /// Takes effect at once, also while it plays. REQUIRES: isWithinLimits(speed).
    void setSpeed(PlaybackSpeed speed);
    [[nodiscard]] PlaybackSpeed speed() const { return speed_; }
    /// Over and over: from A to B, whichever of them comes first, or from the beginning or to the end where one is not set.
    void setLoops(bool on);
    [[nodiscard]] bool loops() const { return loops_; }
    /// As time went: quiet periods of the life that would be long to watch are skipped, all but their beginnings and ends. Quiet is
    /// where neither it nor the lives beside it have an event. Of a log without an entity nothing is skipped.
    void setSkipsQuiet(bool on);
    [[nodiscard]] bool skipsQuiet() const { return skipsQuiet_; }

    /// By Session: the first and the last time of the log.
    void setLog(const std::optional<Stretch>& log);
    /// By Session: the lives that are shown beside the playhead's.
    void setBeside(std::vector<std::shared_ptr<const replay::History>> lives);

    void frame();  ///< what is done once a frame; called by itself while it plays

signals:
    void changed();          ///< state, speed or a choice
    void obstacleChanged();  ///< perhaps
    void quietSkipped();     ///< skipped() is another one

private:
    struct Versions {
        Version from;
        Version to;
    };
    void playheadMoved();
    void historyChanged();
    [[nodiscard]] std::optional<Stretch> whole() const;
    [[nodiscard]] std::optional<Stretch> stretch() const;  ///< what is played: the whole, or the loop
    [[nodiscard]] Versions versions() const;               ///< the same from event to event
    [[nodiscard]] bool hasLoop() const;
    [[nodiscard]] std::optional<Stretch> quietAt(Timestamp time) const;
    void begin(std::chrono::nanoseconds now, bool anew);
    void anchorHere();
    void frameByTime(std::chrono::nanoseconds now);
    void frameByEvents(std::chrono::nanoseconds now);
    [[nodiscard]] Timestamp withoutQuiet(Timestamp to, const Stretch& played, std::chrono::nanoseconds now);
    void reachEnd(std::chrono::nanoseconds now);
    void lead(Timestamp time);
    void lead(Version version);
    void setState(State state);

    Playhead& playhead_;
    const Marks& marks_;
    Clock clock_;
    QTimer timer_;
    State state_ = State::Stopped;
    PlaybackSpeed speed_;
    bool loops_ = false;
    bool skipsQuiet_ = true;
    bool atEnd_ = false;
    bool leading_ = false;
    std::optional<Stretch> log_;
    std::vector<std::shared_ptr<const replay::History>> beside_;
    std::optional<Stretch> skipped_;

    // What the place now is reckoned from.
    Timestamp fromTime_;
    Version fromVersion_;
    std::chrono::nanoseconds fromClock_{0};
    std::chrono::nanoseconds steppedAt_{0};                     ///< from event to event: when the last one was due
    std::optional<std::chrono::nanoseconds> againAt_;           ///< a loop has come to its end and begins anew then
    std::optional<EntityId> entity_;                            ///< of the history that it knows
    std::optional<std::pair<Timestamp, Version>> byHistory_{};  ///< where a new history has just put the playhead
};

}  // namespace hindcast::ui
