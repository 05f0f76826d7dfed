#include "ui/findings/first_time_text.h"

#include "ui/findings/line_text.h"
#include "ui/look/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace hindcast::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::FirstTime)
};

const QString kNothing = QStringLiteral("—");

QString shown(const ValueText& value) { return value.json.empty() ? kNothing : QString::fromStdString(value.json); }

std::string valuesJson(const FirstTimeRow& row, const std::vector<Pointer>& paths)
{
    std::string all;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        std::string one;
        const ValueText& before = row.before[i];
        const ValueText& after = row.after[i];
        if (!before.json.empty()) addMember(one, "before", before.cut ? inQuotes(before.json) : before.json);
        if (!after.json.empty()) addMember(one, "after", after.cut ? inQuotes(after.json) : after.json);
        if (before.cut || after.cut) addMember(one, "cut", "true");
        addMember(all, paths[i].text(), one.empty() ? "{}" : one + "}");
    }
    return all.empty() ? "{}" : all + "}";
}

const QString kBetween = QStringLiteral(" · ");

QString lookedText(const FirstTimeView& view)
{
    const replay::SweepProgress& looked = view.looked;
    if ((view.running || view.cancelled) && looked.eventsTotal > 0)
        return Words::tr("%1 of %2").arg(grouped(looked.events), eventsText(looked.eventsTotal));
    return eventsText(looked.events);
}

QString foundText(const FirstTimeView& view)
{
    const QString found = Words::tr("%1 found").arg(grouped(view.hits));
    return view.cancelled ? found + kBetween + Words::tr("stopped") : found;
}

std::string timeOf(const FirstTimeRow& row) { return row.time.isKnown() ? toIso(row.time) : std::string(); }

}  // namespace

QString pathText(const Pointer& path)
{
    QString text = QStringLiteral("state");
    for (const std::string& token : path.tokens()) text += QLatin1Char('.') + QString::fromStdString(token);
    return text;
}

QString valuesText(const FirstTimeRow& row, std::size_t path)
{
    return shown(row.before[path]) + QStringLiteral(" → ") + shown(row.after[path]);
}

QString scopeText(FirstTimeScope scope, const QString& of)
{
    switch (scope) {
        case FirstTimeScope::Entity: return of.section(QLatin1Char('/'), 1);
        case FirstTimeScope::Category: return Words::tr("all of %1").arg(of);
        case FirstTimeScope::All: return Words::tr("all entities");
    }
    return {};
}

QString summaryText(const FirstTimeView& view)
{
    return scopeText(view.scope, view.of) + kBetween + lookedText(view) + kBetween + durationText(view.took) + kBetween +
           foundText(view);
}

QStringList shorterSummaries(const FirstTimeView& view)
{
    return {lookedText(view) + kBetween + durationText(view.took) + kBetween + foundText(view),
            lookedText(view) + kBetween + foundText(view), foundText(view)};
}

QString causesText(const FirstTimeView& view)
{
    QStringList causes;
    for (const auto& [type, count] : view.causes) causes << QStringLiteral("%1 ×%2").arg(type, grouped(count));
    return causes.isEmpty() ? QString() : Words::tr("grouped by cause: %1").arg(causes.join(QStringLiteral(", ")));
}

std::string jsonLine(const FirstTimeRow& row, const std::vector<Pointer>& paths, const PartOf& part)
{
    std::string json;
    addMember(json, "entity", inQuotes(row.key.text()));
    addMember(json, "version", std::to_string(row.version.value));
    addMember(json, "of", std::to_string(row.of.value));
    addMember(json, "time", row.time.isKnown() ? inQuotes(toIso(row.time)) : "null");
    addMember(json, "event", eventText(row.event, row.type, part));
    addMember(json, "values", valuesJson(row, paths));
    addMember(json, "complete", row.partial.empty() ? "true" : "false");
    if (!row.partial.empty()) addMember(json, "because", inQuotes(row.partial));
    return json + "}\n";
}

std::string csvTitles(const std::vector<Pointer>& paths)
{
    std::string line = "entity,version,of,event,time,position";
    for (const Pointer& path : paths) {
        const std::string name = pathText(path).toStdString();
        line += ',' + csvField(name + " before") + ',' + csvField(name + " after");
    }
    return line + "\r\n";
}

std::string csvLine(const FirstTimeRow& row, const PartOf& part)
{
    std::string line = csvField(row.key.text()) + ',' + std::to_string(row.version.value) + ',' + std::to_string(row.of.value) +
                       ',' + csvField(row.type) + ',' + timeOf(row) + ',';
    line += csvField(placeText(row.event, part));
    for (std::size_t i = 0; i < row.before.size(); ++i)
        line += ',' + csvField(row.before[i].json) + ',' + csvField(row.after[i].json);
    return line + "\r\n";
}

}  // namespace hindcast::ui
