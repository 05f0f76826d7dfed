#include "ui/findings/states_text.h"

#include "ui/findings/first_time_text.h"
#include "ui/look/format.h"

#include <QCoreApplication>

namespace hindcast::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::StatesText)
};

const QString kBetween = QStringLiteral(" · ");

QString placeText(const std::string& pointer)
{
    return pointer.empty() ? QStringLiteral("state") : QString::fromStdString(pointer);
}

QString lookedText(const StatesView& view)
{
    const replay::SweepProgress& looked = view.looked;
    if (view.running || view.cancelled)
        return Words::tr("%1 of %2").arg(grouped(looked.entities), entitiesText(looked.entitiesTotal));
    return entitiesText(view.asked);
}

QString hitsText(const StatesView& view)
{
    const QString found = Words::tr("%1 found").arg(grouped(view.hits));
    return view.cancelled ? found + kBetween + Words::tr("stopped") : found;
}

}  // namespace

QString entitiesText(std::uint64_t count)
{
    return count == 1 ? Words::tr("1 entity") : Words::tr("%1 entities").arg(grouped(count));
}

QString placesText(const StateRow& row)
{
    if (row.found.empty()) return QStringLiteral("—");
    const QString first = placeText(row.found.front().pointer);
    return row.places > 1 ? QStringLiteral("%1 +%2").arg(first, grouped(row.places - 1)) : first;
}

QString foundText(const StateRow& row)
{
    return row.found.empty() ? QStringLiteral("—") : QString::fromStdString(row.found.front().value.json);
}

QString allFoundText(const StateRow& row)
{
    constexpr qsizetype kLongest = 200;
    QStringList lines;
    for (const StateRow::Found& each : row.found)
        lines << placeText(each.pointer) + QLatin1Char(' ') + QString::fromStdString(each.value.json).left(kLongest);
    if (row.places > row.found.size()) lines << Words::tr("and at %1 more places").arg(grouped(row.places - row.found.size()));
    return lines.join(QLatin1Char('\n'));
}

QString momentText(const std::optional<Timestamp>& moment)
{
    return moment ? Words::tr("as of %1").arg(shortTimeText(*moment)) : Words::tr("as of the last event");
}

QString summaryText(const StatesView& view)
{
    return momentText(view.moment) + kBetween + scopeText(view.question.scope, view.of) + kBetween + lookedText(view) + kBetween +
           durationText(view.took) + kBetween + hitsText(view);
}

QStringList shorterSummaries(const StatesView& view)
{
    return {momentText(view.moment) + kBetween + lookedText(view) + kBetween + hitsText(view),
            lookedText(view) + kBetween + hitsText(view), hitsText(view)};
}

std::string jsonLine(const StateRow& row, const PartOf& part)
{
    std::string found = "[";
    for (const StateRow::Found& each : row.found) {
        std::string one;
        addMember(one, "pointer", inQuotes(each.pointer));
        addMember(one, "value", each.value.cut ? inQuotes(each.value.json) : each.value.json);
        if (each.value.cut) addMember(one, "cut", "true");
        found += (found.size() > 1 ? "," : "") + one + "}";
    }
    std::string json;
    addMember(json, "entity", inQuotes(row.key.text()));
    addMember(json, "category", inQuotes(row.key.category));
    addMember(json, "id", inQuotes(row.key.id));
    addMember(json, "version", std::to_string(row.version.value));
    addMember(json, "of", std::to_string(row.of.value));
    addMember(json, "time", row.time.isKnown() ? inQuotes(toIso(row.time)) : "null");
    addMember(json, "event", eventText(row.event, row.type, part));
    addMember(json, "found", found + "]");
    if (row.places > 0) addMember(json, "places", std::to_string(row.places));
    if (row.failures > 0) addMember(json, "failed_events", std::to_string(row.failures));
    addMember(json, "complete", row.partial.empty() ? "true" : "false");
    if (!row.partial.empty()) addMember(json, "because", inQuotes(row.partial));
    return json + "}\n";
}

std::string csvTitlesOfStates() { return "entity,version,of,event,time,position,pointer,value\r\n"; }

std::string csvLines(const StateRow& row, const PartOf& part)
{
    const std::string begin = csvField(row.key.text()) + ',' + std::to_string(row.version.value) + ',' +
                              std::to_string(row.of.value) + ',' + csvField(row.type) + ',' +
                              (row.time.isKnown() ? toIso(row.time) : std::string()) + ',' +
                              csvField(placeText(row.event, part)) + ',';
    if (row.found.empty()) return begin + ",\r\n";
    std::string lines;
    for (const StateRow::Found& each : row.found)
        lines += begin + csvField(each.pointer) + ',' + csvField(each.value.json) + "\r\n";
    return lines;
}

}  // namespace hindcast::ui
