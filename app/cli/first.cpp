// first: the first event after which an expression holds.
#include "app/cli/expression_words.h"
#include "app/cli/over_all.h"
#include "core/replay/first_time.h"

#include <fmt/core.h>

namespace hindcast::cli {

namespace {

/// {"/balance": {"before": …, "after": …}, …}; what is not there is left out.
std::string valuesJson(const std::vector<Pointer>& paths, const replay::FirstHit& hit)
{
    JsonLine all;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        JsonLine one;
        if (!hit.before[i].is_discarded()) one.value("before", hit.before[i]);
        if (!hit.after[i].is_discarded()) one.value("after", hit.after[i]);
        all.raw(paths[i].text(), one.done());
    }
    return all.done();
}

std::string valuesText(const std::vector<Pointer>& paths, const replay::FirstHit& hit)
{
    const auto shown = [](const Json& value) {
        return value.is_discarded() ? std::string("(none)") : oneLine(toText(value), 60);
    };
    std::string text;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const std::string path = paths[i].isRoot() ? std::string("state") : paths[i].text();
        text += "  " + path + " " + shown(hit.before[i]) + " → " + shown(hit.after[i]);
    }
    return text;
}

}  // namespace

int first(const Common& common, const FirstOptions& options)
{
    const auto expression = expression::Expression::parse(options.when);
    if (!expression) return tellSyntax(options.when, expression.error());
    auto desk = Desk::open(common.workspace, store::Mode::ReadOnly);
    if (!desk) return tell(desk.error());
    auto scope = scopeOf(*desk, options.category);
    if (!scope) return tell(scope.error());
    if (!options.entity.empty()) {
        const auto entity = desk->entity(options.entity);
        if (!entity) return tell(entity.error());
        scope->entities = {*entity};
        const auto directory = desk->reader().directory();
        if (!directory) return tell(directory.error());
        if (!scope->categories) scope->categories = {(*directory)->category[entity->value]};
    }
    if (auto told = tellUnknownTypes(*desk, **expression); !told) return tell(told.error());
    replay::ModelOf models = [](const store::Category&) -> Result<std::shared_ptr<const model::Reducer>> { return nullptr; };
    if (!(*expression)->statePaths().empty()) {
        auto chosen = modelsOf(*desk, *scope, options.model);
        if (!chosen) return tell(chosen.error());
        models = std::move(*chosen);
    }

    SweepMeter meter;
    replay::SweepOptions sweeping;
    sweeping.stop = common.stop;
    sweeping.progress = [&meter](const replay::SweepProgress& progress) { meter.show(progress); };
    const std::vector<Pointer>& paths = (*expression)->statePaths();
    // Results come from threads of the sweep, one at a time; nobody else uses the desk meanwhile.
    const auto found =
        replay::firstTime(sourceOf(*desk), *scope, *expression, models, sweeping, [&](const replay::FirstHit& hit) {
            meter.clear();
            if (common.json) {
                JsonLine line;
                line.text("entity", hit.key.text()).number("version", static_cast<std::int64_t>(hit.version.value));
                line.number("of", static_cast<std::int64_t>(hit.of.value)).time("time", hit.time);
                line.raw("event", eventReference(*desk, hit.event, hit.type)).raw("values", valuesJson(paths, hit));
                addCompleteness(line, *hit.completeness);
                fmt::print("{}\n", line.done());
            } else {
                fmt::print("{:<30}  v{}  {}  {}  {}{}{}\n", hit.key.text(), hit.version.value, timeText(hit.time), hit.type,
                           positionOf(*desk, hit.event), valuesText(paths, hit),
                           hit.completeness->complete ? "" : "  (partial life: " + hit.completeness->because + ")");
            }
        });
    meter.clear();
    if (!found) return tellEnd(found.error(), meter);
    for (const expression::Mismatch& mismatch : found->mismatches) fmt::print(stderr, "hindcast-cli: {}\n", mismatch.text());
    for (const std::string& path : found->absentPaths)
        fmt::print(stderr, "hindcast-cli: nothing stands at {} after any of the {} events\n", path, found->looked.events);
    const bool failed = tellFailures(*desk, found->failures, {});
    if (failed && found->hits == 0 && !options.entity.empty())
        fmt::print(stderr, "hindcast-cli: as far as it went, it never holds for {}\n", options.entity);
    if (failed) return kInPart;
    if (found->hits == 0 && !options.entity.empty())
        return tell({"it never holds for " + options.entity,
                     "after none of its " + std::to_string(found->looked.events) + " events",
                     {}});
    if (!common.json && options.entity.empty())
        fmt::print(stderr, "hindcast-cli: it holds at some time for {} of {} entities\n", found->hits, found->looked.entities);
    return kDone;
}

}  // namespace hindcast::cli
