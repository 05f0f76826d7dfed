// compare-models: where two models part.
#include "app/cli/over_all.h"
#include "core/replay/model_diff.h"

#include <fmt/core.h>

namespace hindcast::cli {

int compareModels(const Common& common, const std::string& first, const std::string& second, const std::string& category)
{
    auto desk = Desk::open(common.workspace, store::Mode::ReadOnly);
    if (!desk) return tell(desk.error());
    const auto scope = scopeOf(*desk, category);
    if (!scope) return tell(scope.error());
    const auto one = modelsOf(*desk, *scope, first);
    if (!one) return tell(one.error());
    const auto other = modelsOf(*desk, *scope, second);
    if (!other) return tell(other.error());

    SweepMeter meter;
    replay::SweepOptions sweeping;
    sweeping.stop = common.stop;
    sweeping.progress = [&meter](const replay::SweepProgress& progress) { meter.show(progress); };
    const auto compared =
        replay::modelDifference(sourceOf(*desk), *scope, *one, *other, sweeping, [&](const replay::ModelDifference& difference) {
            meter.clear();
            if (common.json) {
                JsonLine line;
                line.text("entity", difference.key.text()).number("version", static_cast<std::int64_t>(difference.version.value));
                line.number("of", static_cast<std::int64_t>(difference.of.value)).time("time", difference.time);
                line.raw("event", eventReference(*desk, difference.event, difference.type));
                line.value("changes", toPatch(difference.changes));
                addCompleteness(line, *difference.completeness);
                fmt::print("{}\n", line.done());
                return;
            }
            fmt::print("{:<30}  v{}  {}  {}  {}\n", difference.key.text(), difference.version.value, timeText(difference.time),
                       difference.type, positionOf(*desk, difference.event));
            const auto shown = [](const Json& value) {
                return value.is_discarded() ? std::string("(none)") : oneLine(toText(value), 80);
            };
            for (const Change& change : difference.changes)
                fmt::print("    {}: {} | {}\n", change.pointer.empty() ? "state" : change.pointer, shown(change.before),
                           shown(change.after));
        });
    meter.clear();
    if (!compared) return tellEnd(compared.error(), meter);
    const bool firstFailed = tellFailures(*desk, compared->firstFailures, first);
    const bool secondFailed = tellFailures(*desk, compared->secondFailures, second);
    if (!common.json)
        fmt::print(stderr, "hindcast-cli: the states of {} of {} entities differ\n", compared->differing,
                   compared->looked.entities);
    return firstFailed || secondFailed ? kInPart : kDone;
}

}  // namespace hindcast::cli
