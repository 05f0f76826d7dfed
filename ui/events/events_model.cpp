#include "ui/events/events_model.h"

#include "ui/look/format.h"
#include "ui/look/shown_zone.h"
#include "ui/session/event_json.h"
#include "ui/session/parts_of.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

// Rows in view that lie no further apart are asked for as one stretch: a replay passes over what is between them.
constexpr std::uint64_t kNear = 8;

/// Each partition is looked up once, however often the events change between them.
bool lieInSeveralTopics(const std::vector<PartId>& parts, const std::function<const store::Part*(PartId)>& lookup)
{
    const store::Part* first = nullptr;
    for (const PartId id : parts) {
        const store::Part* part = lookup(id);
        if (part == nullptr) continue;
        if (first == nullptr) first = part;
        if (part->topic != first->topic) return true;
    }
    return false;
}

}  // namespace

QString TimeStyle::text(Timestamp time) const
{
    // Nobody gave the event a time: not its payload, not a broker.
    if (!time.isKnown()) return QCoreApplication::translate("hindcast::ui::EventsModel", "no time");
    const Civil c = civil(time);
    const auto two = [](int number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); };
    QString out;
    switch (date) {
        case Date::None: break;
        case Date::Day: out = two(c.day) + QLatin1Char(' '); break;
        case Date::DayAndMonth: out = two(c.day) + QLatin1Char(' ') + monthName(c.month) + QLatin1Char(' '); break;
        case Date::Full:
            out = QStringLiteral("%1-%2-%3 ").arg(c.year, 4, 10, QLatin1Char('0')).arg(two(c.month), two(c.day));
            break;
    }
    out += two(c.hour) + QLatin1Char(':') + two(c.minute) + QLatin1Char(':') + two(c.second) + QLatin1Char('.');
    return out + QStringLiteral("%1").arg(c.nanosecond, 9, 10, QLatin1Char('0')).left(digits);
}

TimeStyle timeStyleOf(const replay::History& history)
{
    TimeStyle style;
    if (history.events.empty()) return style;
    Timestamp first = Timestamp::max();
    Timestamp last = Timestamp::min();
    bool micro = false;
    bool nano = false;
    for (const replay::HistoryEvent& event : history.events) {
        if (!event.time.isKnown()) continue;
        first = std::min(first, event.time);
        last = std::max(last, event.time);
        micro = micro || event.time.ns % 1'000'000 != 0;
        nano = nano || event.time.ns % 1'000 != 0;
    }
    if (first > last) return style;
    style.zone = zoneName(first, last);
    style.digits = nano ? 9 : micro ? 6 : 3;
    const Civil a = civil(first);
    const Civil b = civil(last);
    if (a.year != b.year) return style;
    if (a.month != b.month) {
        style.date = TimeStyle::Date::DayAndMonth;
        style.context = QString::number(a.year);
    } else if (a.day != b.day) {
        style.date = TimeStyle::Date::Day;
        style.context = QStringLiteral("%1 %2").arg(monthName(a.month)).arg(a.year);
    } else {
        style.date = TimeStyle::Date::None;
        style.context = QStringLiteral("%1 %2 %3").arg(a.day).arg(monthName(a.month)).arg(a.year);
    }
    return style;
}

PreparedRows prepareRows(std::shared_ptr<const replay::History> history, const TypeFilter::Choice& choice)
{
    PreparedRows prepared;
    if (!history) return prepared;
    prepared.rows = EventRows(history, choice);
    prepared.timeStyle = timeStyleOf(*history);
    prepared.parts = partsOf(*history);
    prepared.choice = choice;
    prepared.history = std::move(history);
    return prepared;
}

EventsModel::EventsModel(QObject* parent)
    : QObject(parent),
      preparing_(
          this, [](const RowsTask& task) { return prepareRows(task.history, task.choice); },
          [this](PreparedRows prepared, bool overtaken) {
              // Overtaken, but of the same entity: a step on the way. While much arrives, there is no other.
              if (!overtaken || wanted_->entity == prepared.history->entity) take(std::move(prepared));
          })
{
    connect(&ShownZoneSignal::get(), &ShownZoneSignal::changed, this, &EventsModel::zoneChanged);
}

void EventsModel::setLookups(Lookups lookups) { lookups_ = std::move(lookups); }

void EventsModel::setHistory(std::shared_ptr<const replay::History> history)
{
    wanted_ = std::move(history);
    prepare();
}

void EventsModel::setFilter(TypeFilter::Choice choice)
{
    if (choice == choice_) return;
    choice_ = std::move(choice);
    if (wanted_) prepare();
}

void EventsModel::prepare()
{
    if (!wanted_ || wanted_->events.size() <= kAtOnce) {
        preparing_.cancel();
        return take(prepareRows(wanted_, choice_));
    }
    // The rows of another entity would be marked by a playhead that is not theirs.
    if (history_ && history_->entity != wanted_->entity) take({});
    preparing_.ask({wanted_, choice_});
}

void EventsModel::take(PreparedRows prepared)
{
    // Versions mean what they meant only where the old history is the beginning of the new one.
    const auto& history = prepared.history;
    const bool grew = history && history_ && history->entity == history_->entity &&
                      history->events.size() >= history_->events.size() &&
                      (history_->events.empty() ||
                       history->events[history_->events.size() - 1].id == history_->events[history_->events.size() - 1].id);
    const bool another = !history || !history_ || history->entity != history_->entity;
    history_ = history;
    rows_ = std::move(prepared.rows);
    shownTypes_ = std::move(prepared.choice);
    timeStyle_ = prepared.timeStyle;
    severalTopics_ = lookups_.part && lieInSeveralTopics(prepared.parts, lookups_.part);
    if (!grew) changes_.clear();
    if (another) forgetFields();
    asked_.clear();
    askedFields_.clear();
    askedRejects_.clear();
    emit rowsChanged();
}

void EventsModel::zoneChanged()
{
    if (wanted_) prepare();  // how much of a date is written is found by a walk over the history
}

void EventsModel::setColumns(EventColumns columns)
{
    if (columns == columns_ || columns.count() == 0) return;
    const bool others = columns.pointers != columns_.pointers;
    columns_ = std::move(columns);
    if (others) forgetFields();
    emit columnsChanged();
    askForView();
}

void EventsModel::forgetFields()
{
    fields_.clear();
    kinds_.assign(columns_.pointers.size(), {});
    askedFields_.clear();
}

void EventsModel::setPlayhead(Version version, Timestamp time)
{
    const bool waits = std::exchange(playheadTime_, time) == time;
    if (std::exchange(playhead_, version) != version)
        emit playheadMoved();
    else if (!waits && history_ && !history_->rejects.empty())
        emit playheadTimeMoved();
}

void EventsModel::forgetChanges()
{
    changes_.clear();
    reasons_.clear();
    asked_.clear();
    askedRejects_.clear();
    forgetFields();
    emit detailsChanged();
    askForView();
}

void EventsModel::addChanges(Version first, const std::vector<Changes>& changes)
{
    if (changes_.size() + changes.size() > kChangesKept) makeRoom();
    for (std::size_t i = 0; i < changes.size(); ++i) changes_[Version{first.value + i}] = changes[i];
    std::erase_if(asked_, [first](const auto& run) { return run.first == first; });
    emit detailsChanged();
}

void EventsModel::makeRoom()
{
    // What is in view stays: it would not be asked for again before one scrolls.
    const bool any = viewFirst_ <= viewLast_ && viewLast_ < rows_.count();
    const Version low = any ? rows_.versionAtOrAbove(viewFirst_) : Version{};
    const Version high = any ? rows_.versionAtOrAbove(viewLast_) : Version{};
    std::erase_if(changes_, [&](const auto& entry) { return !any || entry.first < low || entry.first > high; });
}

void EventsModel::addFields(const FieldRows& fields)
{
    if (fields.pointers != columns_.pointers) return;
    if (fields_.size() + fields.rows.size() > kChangesKept) {
        const std::vector<EventId> view = idsInView();
        std::erase_if(fields_, [&](const auto& entry) { return std::find(view.begin(), view.end(), entry.first) == view.end(); });
    }
    std::vector<bool> before;
    for (std::size_t i = 0; i < kinds_.size(); ++i) before.push_back(isNumeric(i));
    for (const auto& [id, values] : fields.rows) {
        if (values.size() != kinds_.size()) continue;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const FieldValue::Kind kind = values[i].kind;
            if (kind == FieldValue::Kind::Number)
                ++kinds_[i].numbers;
            else if (kind != FieldValue::Kind::Missing && kind != FieldValue::Kind::Null)
                ++kinds_[i].others;
        }
        fields_[id] = values;
    }
    askedFields_.clear();
    for (std::size_t i = 0; i < kinds_.size(); ++i)
        if (before[i] != isNumeric(i)) {
            emit columnsChanged();
            break;
        }
    emit detailsChanged();
}

const FieldValue* EventsModel::field(EventId id, std::size_t pointer) const
{
    const auto at = fields_.find(id);
    return at == fields_.end() || pointer >= at->second.size() ? nullptr : &at->second[pointer];
}

bool EventsModel::isNumeric(std::size_t pointer) const
{
    return pointer < kinds_.size() && kinds_[pointer].numbers > kinds_[pointer].others;
}

bool EventsModel::playheadIsHidden() const
{
    return history_ && playhead_.value > 0 && playhead_ <= history_->last() && rows_.rowOf(playhead_) < 0;
}

std::vector<EventId> EventsModel::idsInView() const
{
    std::vector<EventId> ids;
    for (std::int64_t row = viewFirst_; row <= std::min(viewLast_, rows_.count() - 1); ++row)
        if (rows_.version(row)) ids.push_back(rows_.event(row).id);
    return ids;
}

void EventsModel::addRejects(const std::vector<store::Reject>& rejects)
{
    if (reasons_.size() + rejects.size() > kChangesKept) reasons_.clear();
    for (const store::Reject& reject : rejects) reasons_[reject.id] = QString::fromStdString(reject.reason);
    emit detailsChanged();
    // A tip asks as well: its question may have overtaken that for what is in view, which nobody would ask again.
    const bool ours = std::ranges::any_of(
        rejects, [this](const store::Reject& reject) { return std::ranges::count(askedRejects_, reject.id) > 0; });
    if (rejects.empty() || ours) return;
    askedRejects_.clear();
    askForView();
}

QString EventsModel::typeName(TypeId type) const { return lookups_.typeName ? lookups_.typeName(type) : QString(); }

int EventsModel::colorIndex(TypeId type) const { return lookups_.colorIndex ? lookups_.colorIndex(type) : -1; }

QString EventsModel::place(EventId id) const
{
    QString offset = grouped(static_cast<std::uint64_t>(id.offset().value));
    const store::Part* part = lookups_.part ? lookups_.part(id.part()) : nullptr;
    if (part == nullptr) return offset;
    const QString numbers = QStringLiteral("%1 : %2").arg(part->partition.value).arg(offset);
    return severalTopics_ ? QString::fromStdString(part->topic) + QLatin1Char(' ') + numbers : numbers;
}

QString EventsModel::position(EventId id) const
{
    const store::Part* part = lookups_.part ? lookups_.part(id.part()) : nullptr;
    return part ? positionText(part->topic, part->partition, id.offset()) : place(id);
}

const Changes* EventsModel::changes(Version version) const
{
    const auto at = changes_.find(version);
    return at == changes_.end() ? nullptr : &at->second;
}

QString EventsModel::rejectReason(EventId id) const
{
    const auto at = reasons_.find(id);
    return at == reasons_.end() ? QString() : at->second;
}

void EventsModel::lookAt(std::int64_t first, std::int64_t last)
{
    viewFirst_ = first;
    viewLast_ = last;
    askForView();
}

void EventsModel::askForView()
{
    VersionRuns runs;
    std::vector<EventId> fields;
    std::vector<EventId> rejects;
    for (std::int64_t row = viewFirst_; row <= std::min(viewLast_, rows_.count() - 1); ++row) {
        const auto version = rows_.version(row);
        if (!version) {
            if (const EventId id = rows_.reject(row).id; !reasons_.contains(id)) rejects.push_back(id);
            continue;
        }
        if (const EventId id = rows_.event(row).id; !columns_.pointers.empty() && !fields_.contains(id)) fields.push_back(id);
        if (!columns_.shown[EventColumns::Changed] || changes_.contains(*version)) continue;
        if (!runs.empty() && version->value - runs.back().second.value <= kNear)
            runs.back().second = *version;
        else
            runs.emplace_back(*version, *version);
    }
    // An answer may be dropped when another question overtakes it: the latest question always holds all that is in view.
    if (!runs.empty() && asked_ != runs) {
        asked_ = runs;
        emit changesWanted(runs);
    }
    if (!fields.empty() && fields != askedFields_) {
        askedFields_ = fields;
        emit fieldsWanted(fields, columns_.pointers);
    }
    if (!rejects.empty() && rejects != askedRejects_) {
        askedRejects_ = rejects;
        emit rejectsWanted(rejects);
    }
}

}  // namespace hindcast::ui
