#pragma once
#include "core/event/ids.h"
#include "core/event/time.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

namespace hindcast::ui {

/// What a text may mean that somebody pasted or typed to get somewhere. Which of it there is, only the workspace knows.
struct GoToReadings {
    /// A record by its place. Without a topic: of whichever has such a one.
    struct Place {
        QString topic;
        Partition partition;
        Offset offset;
        bool operator==(const Place&) const = default;
    };
    /// When something was so for the first time, by an expression (contracts 4) over states or events.
    struct Question {
        QString expression;
        QString trouble;  ///< why it cannot be read; empty: it can
        bool operator==(const Question&) const = default;
    };
    QString text;          ///< without quotes and the like around it; empty: nothing was given
    QStringList entities;  ///< "category/id" or bare ids, likeliest first; the first is also looked for as a record's key
    std::vector<Place> places;
    std::optional<Version> version;  ///< of the selected entity
    std::optional<Timestamp> time;
    std::optional<Question> question;
    std::optional<Question>
        perhaps;  ///< what has an operator of expressions and is none: a wrong one, where nothing is called so

    [[nodiscard]] bool isEmpty() const { return text.isEmpty(); }
};

/// `zoneOffsetMinutes` east of UTC: of times that are written without a zone, and of the days that "today" and the like mean.
/// `here`: where one is in time; a date without a year is of the year nearest to it; empty: of this year. Pure; any thread.
[[nodiscard]] GoToReadings readGoTo(const QString& text, Timestamp now, int zoneOffsetMinutes = 0,
                                    std::optional<Timestamp> here = {});

/// "today 14:00", "yesterday 9:15", "last tuesday 2pm", "3 hours ago", "-2h", "14:05", "4 Nov 2025 09:14", ISO 8601, an epoch in s,
/// ms, µs or ns of at least nine digits; a zone may follow by one of the names that everybody gives the same offset ("EST"). What is
/// so long ago is so to the second, or the millisecond. Empty where it is no such thing.
[[nodiscard]] std::optional<Timestamp> readMoment(const QString& text, Timestamp now, int zoneOffsetMinutes = 0,
                                                  std::optional<Timestamp> here = {});

/// Something that is there, to go to, or that can be looked for.
struct GoToHit {
    enum class Kind : std::uint8_t { Version, Entity, Record, Time, FirstTime };
    Kind kind = Kind::Entity;
    std::optional<EntityId> entity;  ///< of Entity, and of a Record where it belongs to one
    QString entityText;              ///< "category/id"
    std::uint32_t events = 0;        ///< of Entity
    QString name;                    ///< of Entity, where it was found by what people call it
    bool like = false;               ///< its id or name holds the text, and is not the text
    EventId event;                   ///< of Record, and what stands here:
    GoToReadings::Place place;
    QString type;
    bool reject = false;  ///< one that could not be decoded; it may have no entity, and one can go there all the same
    Timestamp time;       ///< of Record and Time
    Version version;      ///< of Version
    QString expression;   ///< of FirstTime: it is looked for, there is nothing yet to go to
    bool ofAll = true;    ///< of FirstTime; else of the selected entity
    /// Why one cannot go there: a record that was not read, or that belongs to no entity.
    QString trouble;
};

}  // namespace hindcast::ui
