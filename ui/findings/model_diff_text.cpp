#include "ui/findings/model_diff_text.h"

#include "core/event/json.h"
#include "ui/look/format.h"

#include <QCoreApplication>

namespace hindcast::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::ModelDiff)
};

const QString kBetween = QStringLiteral(" · ");
const QString kNothing = QStringLiteral("—");

QString shown(const ValueText& value) { return value.json.empty() ? kNothing : QString::fromStdString(value.json); }

QString fieldText(const FieldDifference& field)
{
    const QString name = field.pointer.empty() ? Words::tr("the whole state") : QString::fromStdString(field.pointer);
    return QStringLiteral("%1 %2 | %3").arg(name, shown(field.first), shown(field.second));
}

QStringList fieldTexts(const ModelDiffRow& row)
{
    QStringList texts;
    for (const FieldDifference& field : row.fields) texts << fieldText(field);
    if (row.moreFields > 0) texts << Words::tr("and %1 more").arg(grouped(row.moreFields));
    return texts;
}

QString countsOf(const ModelDiffView::Counts& counts, const QString& whole)
{
    QStringList texts;
    for (const auto& [name, count] : counts) texts << QStringLiteral("%1 ×%2").arg(name.isEmpty() ? whole : name, grouped(count));
    return texts.join(QStringLiteral(", "));
}

QString entitiesText(std::uint64_t count)
{
    return count == 1 ? Words::tr("1 entity") : Words::tr("%1 entities").arg(grouped(count));
}

std::string valueJson(const ValueText& value) { return value.cut ? inQuotes(value.json) : value.json; }

std::string changeJson(const FieldDifference& field)
{
    std::string json;
    const bool add = field.first.json.empty();
    addMember(json, "op", add ? "\"add\"" : field.second.json.empty() ? "\"remove\"" : "\"replace\"");
    addMember(json, "path", inQuotes(field.pointer));
    if (!field.second.json.empty()) addMember(json, "value", valueJson(field.second));
    if (!add) addMember(json, "old", valueJson(field.first));
    if (field.first.cut || field.second.cut) addMember(json, "cut", "true");
    return json + '}';
}

std::string timeOf(const ModelDiffRow& row) { return row.time.isKnown() ? toIso(row.time) : std::string(); }

}  // namespace

QString fieldsText(const ModelDiffRow& row) { return fieldTexts(row).join(kBetween); }

QString fieldsInFull(const ModelDiffRow& row) { return fieldTexts(row).join(QLatin1Char('\n')); }

QString summaryText(const ModelDiffView& view)
{
    const replay::SweepProgress& looked = view.looked;
    const bool whole = !view.running && !view.cancelled && view.error.isEmpty();
    const QString events = whole || looked.eventsTotal == 0
                               ? eventsText(looked.events)
                               : Words::tr("%1 of %2").arg(grouped(looked.events), eventsText(looked.eventsTotal));
    QString text = Words::tr("all of %1").arg(view.category) + kBetween + events + kBetween + durationText(view.took) + kBetween +
                   Words::tr("%1 of %2 differ").arg(grouped(view.differing), entitiesText(looked.entities));
    if (view.cancelled) text += kBetween + Words::tr("stopped");
    return text;
}

QString countsText(const ModelDiffView& view)
{
    if (view.differing == 0) return {};
    return Words::tr("by cause: %1 · by field: %2")
        .arg(countsOf(view.causes, {}), countsOf(view.fields, Words::tr("the whole state")));
}

QString sameText(const ModelDiffView& view)
{
    return view.looked.entities == 1 ? Words::tr("They give the same states for its only entity")
                                     : Words::tr("They give the same states for all %1").arg(entitiesText(view.looked.entities));
}

std::string jsonLine(const ModelDiffRow& row, const PartOf& part)
{
    std::string changes;
    for (const FieldDifference& field : row.fields) changes += (changes.empty() ? "" : ",") + changeJson(field);
    std::string json;
    addMember(json, "entity", inQuotes(row.key.text()));
    addMember(json, "version", std::to_string(row.version.value));
    addMember(json, "of", std::to_string(row.of.value));
    addMember(json, "time", row.time.isKnown() ? inQuotes(toIso(row.time)) : "null");
    addMember(json, "event", eventText(row.event, row.type, part));
    addMember(json, "changes", "[" + changes + "]");
    if (row.moreFields > 0) addMember(json, "moreChanges", std::to_string(row.moreFields));
    addMember(json, "complete", row.partial.empty() ? "true" : "false");
    if (!row.partial.empty()) addMember(json, "because", inQuotes(row.partial));
    return json + "}\n";
}

std::string csvTitles(const ModelDiffView& view)
{
    return "entity,version,of,event,time,position,field," + csvField(view.first.toStdString()) + ',' +
           csvField(view.second.toStdString()) + "\r\n";
}

std::string csvLines(const ModelDiffRow& row, const PartOf& part)
{
    const std::string event = csvField(row.key.text()) + ',' + std::to_string(row.version.value) + ',' +
                              std::to_string(row.of.value) + ',' + csvField(row.type) + ',' + timeOf(row) + ',' +
                              csvField(placeText(row.event, part)) + ',';
    std::string lines;
    for (const FieldDifference& field : row.fields)
        lines += event + csvField(field.pointer) + ',' + csvField(field.first.json) + ',' + csvField(field.second.json) + "\r\n";
    return lines;
}

}  // namespace hindcast::ui
