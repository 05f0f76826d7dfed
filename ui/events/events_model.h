#pragma once
#include "core/event/change.h"
#include "core/replay/history.h"
#include "core/store/types.h"
#include "ui/events/event_columns.h"
#include "ui/events/event_rows.h"
#include "ui/look/background.h"
#include "ui/session/payload_fields.h"
#include "ui/session/views.h"

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

/// All that is made of a history for the table, in one pass or two: pure, so that it may be made on any thread.
struct PreparedRows {
    std::shared_ptr<const replay::History> history;  ///< null: nothing to show
    EventRows rows;
    TimeStyle timeStyle;
    std::vector<PartId> parts;  ///< that its events lie in
    TypeFilter::Choice choice;  ///< of the types that have rows
};
[[nodiscard]] PreparedRows prepareRows(std::shared_ptr<const replay::History> history, const TypeFilter::Choice& choice);

/// What the event table shows. Takes plain values; knows no session. What changed, and the values of payload columns, are asked for
/// the rows in view only and remembered within bounds. The rows of a long history are made off the GUI thread. GUI thread only.
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

    /// Takes effect at once for a history of up to kAtOnce events, else with a later rowsChanged().
    void setHistory(std::shared_ptr<const replay::History> history);
    void setFilter(TypeFilter::Choice choice);
    static constexpr std::size_t kAtOnce = 20'000;
    /// `time` tells where between two events it stands: what was rejected before that is not ahead.
    void setPlayhead(Version version, Timestamp time = {});
    /// Times are shown in another zone.
    void zoneChanged();
    void setColumns(EventColumns columns);
    /// Another mapping or model: what changed is asked for anew.
    void forgetChanges();
    void addChanges(Version first, const std::vector<Changes>& changes);
    void addRejects(const std::vector<store::Reject>& rejects);
    void addFields(const FieldRows& fields);

    /// The rows are being made: those that are there are of an earlier history or filter, or none.
    [[nodiscard]] bool isPreparing() const { return preparing_.isRunning(); }
    [[nodiscard]] const EventColumns& columns() const { return columns_; }
    [[nodiscard]] const FieldValue* field(EventId id, std::size_t pointer) const;  ///< null: not there yet
    /// Of the values met so far, most are numbers.
    [[nodiscard]] bool isNumeric(std::size_t pointer) const;
    /// The playhead stands on an event that is left out.
    [[nodiscard]] bool playheadIsHidden() const;
    /// The ids of the rows in view that are events.
    [[nodiscard]] std::vector<EventId> idsInView() const;

    [[nodiscard]] const std::shared_ptr<const replay::History>& history() const { return history_; }
    [[nodiscard]] const EventRows& rows() const { return rows_; }
    /// The filter that the rows were made with.
    [[nodiscard]] const TypeFilter::Choice& shownTypes() const { return shownTypes_; }
    [[nodiscard]] Version playhead() const { return playhead_; }
    [[nodiscard]] Timestamp playheadTime() const { return playheadTime_; }
    [[nodiscard]] std::int64_t playheadRow() const { return rows_.rowOf(playhead_); }
    [[nodiscard]] const TimeStyle& timeStyle() const { return timeStyle_; }
    /// The events lie in more than one topic, so that a partition's number alone says too little.
    [[nodiscard]] bool severalTopics() const { return severalTopics_; }

    [[nodiscard]] QString typeName(TypeId type) const;
    [[nodiscard]] int colorIndex(TypeId type) const;
    [[nodiscard]] QString place(EventId id) const;                ///< "3 : 48 112", "orders 3 : 48 112"
    [[nodiscard]] QString position(EventId id) const;             ///< for the clipboard: "orders/3/48112"
    [[nodiscard]] const Changes* changes(Version version) const;  ///< null: not there yet
    [[nodiscard]] QString rejectReason(EventId id) const;

    void lookAt(std::int64_t first, std::int64_t last);
    static constexpr std::size_t kChangesKept = 2000;

signals:
    void rowsChanged();
    void playheadMoved();
    void playheadTimeMoved();  ///< at the same version, where there are rejects that it may have passed
    void detailsChanged();     ///< of rows that are there
    void columnsChanged();
    void changesWanted(const hindcast::ui::VersionRuns& runs);
    void fieldsWanted(const std::vector<hindcast::EventId>& ids, const std::vector<std::string>& pointers);
    void rejectsWanted(const std::vector<hindcast::EventId>& ids);

private:
    void prepare();
    void take(PreparedRows prepared);
    void askForView();
    void forgetFields();
    void makeRoom();

    Lookups lookups_;
    std::shared_ptr<const replay::History> wanted_;
    TypeFilter::Choice choice_;
    struct RowsTask {
        std::shared_ptr<const replay::History> history;
        TypeFilter::Choice choice;
    };
    LatestTask<RowsTask, PreparedRows> preparing_;
    std::shared_ptr<const replay::History> history_;
    EventRows rows_;
    TypeFilter::Choice shownTypes_;
    TimeStyle timeStyle_;
    Version playhead_;
    Timestamp playheadTime_;
    bool severalTopics_ = false;
    std::unordered_map<Version, Changes> changes_;
    std::unordered_map<EventId, QString> reasons_;
    EventColumns columns_;
    std::unordered_map<EventId, std::vector<FieldValue>> fields_;
    struct Kinds {
        std::size_t numbers = 0;
        std::size_t others = 0;  ///< nulls and missing values say nothing
    };
    std::vector<Kinds> kinds_;  ///< for each pointer
    VersionRuns asked_;
    std::vector<EventId> askedFields_;
    std::vector<EventId> askedRejects_;
    std::int64_t viewFirst_ = 0;
    std::int64_t viewLast_ = -1;
};

}  // namespace hindcast::ui
