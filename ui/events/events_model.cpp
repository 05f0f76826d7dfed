#include "ui/events/events_model.h"

#include "ui/look/format.h"
#include "ui/look/shown_zone.h"

#include <QCoreApplication>

#include <algorithm>

namespace hindcast::ui {

namespace {

/// Each partition is looked up once, however often the events change between them.
bool liesInSeveralTopics(const replay::History& history, const std::function<const store::Part*(PartId)>& lookup)
{
    std::vector<bool> seen;
    const store::Part* first = nullptr;
    for (const replay::HistoryEvent& event : history.events) {
        const PartId id = event.id.part();
        if (id.value < seen.size() && seen[id.value]) continue;
        if (id.value >= seen.size()) seen.resize(id.value + 1);
        seen[id.value] = true;
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

EventsModel::EventsModel(QObject* parent) : QObject(parent)
{
    connect(&ShownZoneSignal::get(), &ShownZoneSignal::changed, this, &EventsModel::zoneChanged);
}

void EventsModel::setLookups(Lookups lookups) { lookups_ = std::move(lookups); }

void EventsModel::setHistory(std::shared_ptr<const replay::History> history)
{
    // Versions mean what they meant only where the old history is the beginning of the new one.
    const bool grew = history && history_ && history->entity == history_->entity &&
                      history->events.size() >= history_->events.size() &&
                      (history_->events.empty() ||
                       history->events[history_->events.size() - 1].id == history_->events[history_->events.size() - 1].id);
    history_ = std::move(history);
    rows_ = EventRows(history_);
    timeStyle_ = history_ ? timeStyleOf(*history_) : TimeStyle{};
    severalTopics_ = history_ && lookups_.part && liesInSeveralTopics(*history_, lookups_.part);
    if (!grew) changes_.clear();
    asked_ = {};
    askedRejects_.clear();
    emit rowsChanged();
}

void EventsModel::zoneChanged()
{
    if (!history_) return;
    timeStyle_ = timeStyleOf(*history_);
    emit rowsChanged();
}

void EventsModel::setPlayhead(Version version)
{
    if (version == playhead_) return;
    playhead_ = version;
    emit playheadMoved();
}

void EventsModel::forgetChanges()
{
    changes_.clear();
    reasons_.clear();
    asked_ = {};
    askedRejects_.clear();
    emit detailsChanged();
    askForView();
}

void EventsModel::addChanges(Version first, const std::vector<Changes>& changes)
{
    if (changes_.size() + changes.size() > kChangesKept) changes_.clear();
    for (std::size_t i = 0; i < changes.size(); ++i) changes_[Version{first.value + i}] = changes[i];
    if (asked_.first == first) asked_ = {};
    emit detailsChanged();
}

void EventsModel::addRejects(const std::vector<store::Reject>& rejects)
{
    if (reasons_.size() + rejects.size() > kChangesKept) reasons_.clear();
    for (const store::Reject& reject : rejects) reasons_[reject.id] = QString::fromStdString(reject.reason);
    emit detailsChanged();
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
    Version low;
    Version high;
    std::vector<EventId> rejects;
    for (std::int64_t row = viewFirst_; row <= std::min(viewLast_, rows_.count() - 1); ++row) {
        if (const auto version = rows_.version(row)) {
            if (changes_.contains(*version)) continue;
            if (low.value == 0) low = *version;
            high = *version;
        } else if (const EventId id = rows_.reject(row).id; !reasons_.contains(id)) {
            rejects.push_back(id);
        }
    }
    // An answer may be dropped when another question overtakes it: the latest question always holds all that is in view.
    if (low.value > 0 && asked_ != std::pair(low, high)) {
        asked_ = {low, high};
        emit changesWanted(low, high);
    }
    if (!rejects.empty() && rejects != askedRejects_) {
        askedRejects_ = rejects;
        emit rejectsWanted(rejects);
    }
}

}  // namespace hindcast::ui
