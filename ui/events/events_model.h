#pragma once
#include "core/event/change.h"
#include "core/replay/history.h"
#include "core/store/types.h"
#include "ui/events/event_rows.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace hindcast::ui {

/// How the times of a history are written: no more of the date than tells them apart, as many digits as they have.
struct TimeStyle {
    enum class Date : unsigned char { None, Day, DayAndMonth, Full };
    Date date = Date::Full;
    int digits = 3;   ///< of the fraction of a second: 3, 6 or 9
    QString context;  ///< the part of the date that is left out, for the header: "4 Nov 2025", "Nov 2025", "2025" or empty

    QString zone = QStringLiteral("UTC");  ///< of all of them, for the header: "UTC", "CET", "CET/CEST"

    [[nodiscard]] QString text(Timestamp time) const;  ///< in the shown zone
};
/// One pass over the history.
[[nodiscard]] TimeStyle timeStyleOf(const replay::History& history);

/// What the event table shows. Takes plain values; knows no session. What changed is asked for the rows in view only and
/// remembered within bounds. GUI thread only.
class EventsModel final : public QObject {
    Q_OBJECT
public:
    explicit EventsModel(QObject* parent = nullptr);

    /// Words and colours that live elsewhere; set once, before the first history.
    struct Lookups {
        std::function<QString(TypeId)> typeName;
        std::function<int(TypeId)> colorIndex;           ///< for Theme::series()
        std::function<const store::Part*(PartId)> part;  ///< null: not known
    };
    void setLookups(Lookups lookups);

    void setHistory(std::shared_ptr<const replay::History> history);
    void setPlayhead(Version version);
    /// Times are shown in another zone.
    void zoneChanged();
    /// Another mapping or model: what changed is asked for anew.
    void forgetChanges();
    void addChanges(Version first, const std::vector<Changes>& changes);
    void addRejects(const std::vector<store::Reject>& rejects);

    [[nodiscard]] const std::shared_ptr<const replay::History>& history() const { return history_; }
    [[nodiscard]] const EventRows& rows() const { return rows_; }
    [[nodiscard]] Version playhead() const { return playhead_; }
    [[nodiscard]] std::int64_t playheadRow() const { return rows_.rowOf(playhead_); }
    [[nodiscard]] const TimeStyle& timeStyle() const { return timeStyle_; }
    /// The events lie in more than one topic, so that a partition's number alone says too little.
    [[nodiscard]] bool severalTopics() const { return severalTopics_; }

    [[nodiscard]] QString typeName(TypeId type) const;
    [[nodiscard]] int colorIndex(TypeId type) const;
    [[nodiscard]] QString place(EventId id) const;                ///< "3 : 48 112", "orders 3 : 48 112"
    [[nodiscard]] const Changes* changes(Version version) const;  ///< null: not there yet
    [[nodiscard]] QString rejectReason(EventId id) const;

    void lookAt(std::int64_t first, std::int64_t last);
    static constexpr std::size_t kChangesKept = 2000;

signals:
    void rowsChanged();
    void playheadMoved();
    void detailsChanged();  ///< of rows that are there
    void changesWanted(hindcast::Version first, hindcast::Version last);
    void rejectsWanted(const std::vector<hindcast::EventId>& ids);

private:
    void askForView();

    Lookups lookups_;
    std::shared_ptr<const replay::History> history_;
    EventRows rows_;
    TimeStyle timeStyle_;
    Version playhead_;
    bool severalTopics_ = false;
    std::unordered_map<Version, Changes> changes_;
    std::unordered_map<EventId, QString> reasons_;
    std::pair<Version, Version> asked_;
    std::vector<EventId> askedRejects_;
    std::int64_t viewFirst_ = 0;
    std::int64_t viewLast_ = -1;
};

}  // namespace hindcast::ui
