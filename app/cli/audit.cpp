// audit: what is wrong across whole streams.
#include "app/cli/over_all.h"
#include "core/audit/determinism.h"
#include "core/audit/invariants.h"

#include <fmt/core.h>

namespace hindcast::cli {

namespace {

void print(Desk& desk, const Common& common, const audit::Finding& finding)
{
    if (common.json) {
        JsonLine line;
        line.text("kind", audit::nameOf(finding.kind)).text("severity", audit::nameOf(finding.severity));
        line.text("entity", finding.key.text()).number("version", static_cast<std::int64_t>(finding.version.value));
        if (finding.kind != audit::Finding::Kind::ModelFailed) line.time("time", finding.time);
        line.raw("event", eventReference(desk, finding.event, finding.cause)).text("subject", finding.subject);
        line.text("what", finding.what);
        if (!finding.values.empty()) line.value("changes", toPatch(finding.values));
        if (finding.completeness) addCompleteness(line, *finding.completeness);
        fmt::print("{}\n", line.done());
        return;
    }
    fmt::print("{:<30}  v{}  {}  {}  {}: {}\n", finding.key.text(), finding.version.value, finding.cause,
               positionOf(desk, finding.event), finding.subject, oneLine(finding.what, 200));
    for (const Change& change : finding.values)
        if (change.op != Change::Op::Same)
            fmt::print("    {}: {} → {}\n", change.pointer.empty() ? "state" : change.pointer,
                       change.before.is_discarded() ? "(none)" : oneLine(toText(change.before), 80),
                       change.after.is_discarded() ? "(none)" : oneLine(toText(change.after), 80));
}

/// The groups, for people; and where the model failed. Gives how it ended.
int finish(Desk& desk, const Common& common, const std::vector<audit::FindingGroup>& groups,
           const replay::SweepFailures& failures, const replay::SweepProgress& looked)
{
    for (const audit::Finding& finding : audit::findingsOf(failures)) print(desk, common, finding);
    if (!common.json) {
        for (const audit::FindingGroup& group : groups)
            fmt::print("{} × {} after {}: {} entities\n", group.findings, group.subject, group.cause, group.entities);
        fmt::print("{} entities and {} events were looked at\n", looked.entities, looked.events);
    }
    return tellFailures(desk, failures, {}) ? kInPart : kDone;
}

}  // namespace

int audit(const Common& common, const AuditOptions& options)
{
    auto desk = Desk::open(common.workspace, store::Mode::ReadOnly);
    if (!desk) return tell(desk.error());
    const auto scope = scopeOf(*desk, options.category);
    if (!scope) return tell(scope.error());
    const auto models = modelsOf(*desk, *scope, options.model);
    if (!models) return tell(models.error());

    SweepMeter meter;
    replay::SweepOptions sweeping;
    sweeping.stop = common.stop;
    sweeping.progress = [&meter](const replay::SweepProgress& progress) { meter.show(progress); };
    const auto found = [&](const audit::Finding& finding) {
        meter.clear();
        print(*desk, common, finding);
    };
    if (options.determinism) {
        const auto checked = audit::checkDeterminism(sourceOf(*desk), *scope, *models, sweeping, found);
        meter.clear();
        if (!checked) return tellEnd(checked.error(), meter);
        return finish(*desk, common, checked->groups, checked->failures, checked->looked);
    }
    const auto checked = audit::checkInvariants(sourceOf(*desk), *scope, *models, sweeping, found);
    meter.clear();
    if (!checked) return tellEnd(checked.error(), meter);
    if (!checked->declared)
        return tell({"there is nothing to check", "the models declare no invariants",
                     "name a model that does: --model MODEL; or compare replays: --determinism", Error::Kind::BadInput});
    return finish(*desk, common, checked->groups, checked->failures, checked->looked);
}

}  // namespace hindcast::cli
