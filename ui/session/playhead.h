#pragma once
#include "core/replay/history.h"

#include <QObject>

#include <memory>

namespace hindcast::ui {

/// The one selected point: an instant, and where an entity is selected, a version of it. All views show "as of the playhead" and
/// meet here. GUI thread only; moving it is a binary search at most, so that it may be done on each mouse move.
class Playhead final : public QObject {
    Q_OBJECT
public:
    explicit Playhead(QObject* parent = nullptr);

    [[nodiscard]] Timestamp time() const { return time_; }
    /// 0: before the first event, or no entity selected.
    [[nodiscard]] Version version() const { return version_; }
    [[nodiscard]] Version last() const;
    [[nodiscard]] const std::shared_ptr<const replay::History>& history() const { return history_; }

    /// The version follows: the last event at or before `time`.
    void setTime(Timestamp time);
    /// The time follows: that event's effective time. Clamped to 0 … last().
    void setVersion(Version version);
    void step(int events);
    void toFirst();
    void toLast();

    /// By Session: another entity, or more events of the same. Keeps the time, or the event stood upon where it is the same entity:
    /// found at once where it kept its place or its time, else the history is walked.
    void setHistory(std::shared_ptr<const replay::History> history);

signals:
    void moved();  ///< time or version is another one
    /// setTime(), setVersion() or a step led to where it stands already: instead of moved(). For whoever shows something in place of
    /// what stands there.
    void chosenAgain();
    void historyChanged();  ///< before moved(), where both

private:
    void put(Timestamp time, Version version);

    std::shared_ptr<const replay::History> history_;
    Timestamp time_;
    Version version_;
};

}  // namespace hindcast::ui
