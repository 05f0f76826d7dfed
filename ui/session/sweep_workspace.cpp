#include "ui/session/sweep_workspace.h"

#include "core/ingest/decoders.h"
#include "core/model/chosen.h"
#include "ui/session/model_settings.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::SweepWorkspace)
};

constexpr std::size_t kChangesNamed = 3;
constexpr std::size_t kNamesCounted = 12;

}  // namespace

replay::SweepSource sweepSource(std::shared_ptr<store::Store> store)
{
    replay::SweepSource source;
    source.store = std::move(store);
    source.payloads = [](store::Reader& reader) -> Result<std::unique_ptr<PayloadSource>> {
        auto saved = ingest::loadMappings(reader);
        if (!saved) return std::unexpected(saved.error());
        auto decoders = std::make_shared<ingest::Decoders>(std::move(*saved));
        if (auto done = decoders->refresh(reader); !done) return std::unexpected(done.error());
        return ingest::payloadsOf(std::move(decoders));
    };
    return source;
}

replay::SweepOptions sweepOptions(const model::Runtime& runtime, std::stop_token stop,
                                  std::function<void(const replay::SweepProgress&)> progress)
{
    replay::SweepOptions options;
    options.memory = runtime.limits().sweepBytes;
    options.stop = std::move(stop);
    options.progress = std::move(progress);
    return options;
}

replay::ModelOf ModelsInForce::modelOf() const
{
    return [all = models](const store::Category& category) -> Result<std::shared_ptr<const model::Reducer>> {
        const auto found = all.find(category.id);
        return found == all.end() ? nullptr : found->second;
    };
}

Result<ModelsInForce> modelsInForce(store::Store& store, const std::shared_ptr<model::Runtime>& runtime,
                                    const std::optional<std::vector<CategoryId>>& categories)
{
    auto reader = store.reader();
    if (!reader) return std::unexpected(reader.error());
    const auto setting = (*reader)->setting(kModels);
    if (!setting) return std::unexpected(setting.error());
    const auto known = (*reader)->categories();
    if (!known) return std::unexpected(known.error());
    ModelsInForce found;
    for (const store::Category& each : *known) {
        if (categories && std::ranges::find(*categories, each.id) == categories->end()) continue;
        auto reducer = model::reducerFor(runtime, *setting, each.text, each.rows);
        if (reducer)
            found.models[each.id] = std::move(*reducer);
        else
            found.troubles << Words::tr("%1 is passed over: %2")
                                  .arg(QString::fromStdString(each.text), QString::fromStdString(reducer.error().text()));
    }
    return found;
}

QString failuresText(const replay::SweepFailures& failures)
{
    if (failures.events == 0) return {};
    const QString events = failures.events == 1 ? Words::tr("1 event") : Words::tr("%1 events").arg(failures.events);
    QString text = failures.entities == 1
                       ? Words::tr("the model failed at %1 of 1 entity, whose state lacks what they did").arg(events)
                       : Words::tr("the model failed at %1 of %2 entities, whose states lack what they did")
                             .arg(events)
                             .arg(failures.entities);
    if (failures.first.empty()) return text;
    const auto& example = failures.first.front();
    text += Words::tr("; the first: %1 v%2 (%3): %4")
                .arg(QString::fromStdString(example.key.text()))
                .arg(example.version.value)
                .arg(QString::fromStdString(example.type), QString::fromStdString(example.error.message).left(300));
    if (example.error.line > 0)
        text += Words::tr(" at %1:%2").arg(QString::fromStdString(example.error.file)).arg(example.error.line);
    return text;
}

Result<QStringList> unknownTypes(store::Store& store, const expression::Expression& expression)
{
    QStringList unknown;
    if (expression.typesNamed().empty()) return unknown;
    auto reader = store.reader();
    if (!reader) return std::unexpected(reader.error());
    const auto types = (*reader)->types();
    if (!types) return std::unexpected(types.error());
    for (const std::string& name : expression.typesNamed())
        if (std::ranges::find(*types, name, &store::TypeCount::name) == types->end())
            unknown << Words::tr("no event has the type %1").arg(QString::fromStdString(name));
    return unknown;
}

NameCounts mostFrequent(const std::map<std::string, std::uint64_t>& counts)
{
    NameCounts most;
    for (const auto& [name, count] : counts) most.emplace_back(QString::fromStdString(name), count);
    std::ranges::stable_sort(most, std::ranges::greater(), [](const auto& each) { return each.second; });
    if (most.size() > kNamesCounted) most.resize(kNamesCounted);
    return most;
}

ValueText valueTextOf(const Json& value)
{
    ValueText text;
    if (value.is_discarded()) return text;
    text.json = toText(value);
    if (text.json.size() <= ValueText::kMost) return text;
    std::size_t end = ValueText::kMost;
    while (end > 0 && (static_cast<unsigned char>(text.json[end]) & 0xc0) == 0x80) --end;  // whole characters
    text.json.resize(end);
    text.json.shrink_to_fit();
    text.json += "…";
    text.cut = true;
    return text;
}

std::string changesInBrief(const Changes& changes)
{
    const auto shown = [](const Json& value) {
        ValueText text = valueTextOf(value);
        return text.json.empty() ? std::string("∅") : std::move(text.json);
    };
    std::string text;
    std::size_t named = 0;
    for (const Change& change : changes) {
        if (change.op == Change::Op::Same) continue;
        if (named++ == kChangesNamed) return text + ", …";
        if (!text.empty()) text += ", ";
        text += (change.pointer.empty() ? "state" : change.pointer) + " " + shown(change.before) + " → " + shown(change.after);
    }
    return text;
}

}  // namespace hindcast::ui
