#include "ui/session/determinism_worker.h"

#include "core/audit/determinism.h"
#include "ui/session/findings_kept.h"
#include "ui/session/sweep_report.h"
#include "ui/session/sweep_workspace.h"

#include <utility>

namespace hindcast::ui {

namespace {

/// The findings so far.
class Check final : public SweepReport<DeterminismView> {
public:
    using SweepReport::SweepReport;
    void add(const audit::Finding& finding)
    {
        note([&](DeterminismView&) { kept_.add(finding); });
    }

private:
    void complete(DeterminismView& view) override
    {
        FindingsView all;
        kept_.fill(all);
        view.groups = std::move(all.groups);
        view.findings = all.findings;
        view.cut = all.cut;
    }

    FindingsKept kept_;
};

Result<replay::SweepProgress> look(const std::optional<CategoryId>& id, const std::shared_ptr<store::Store>& store,
                                   const std::shared_ptr<model::Runtime>& runtime, Check& check, const std::stop_token& stop)
{
    replay::SweepScope scope;
    if (id) scope.categories = {*id};
    const auto models = modelsInForce(*store, runtime, scope.categories);
    if (!models) return std::unexpected(models.error());
    for (const QString& trouble : models->troubles) check.remark(trouble);
    const auto options = sweepOptions(*runtime, stop, [&check](const replay::SweepProgress& looked) { check.progress(looked); });
    const auto checked = audit::checkDeterminism(sweepSource(store), scope, models->modelOf(), options,
                                                 [&check](const audit::Finding& finding) { check.add(finding); });
    if (!checked) return std::unexpected(checked.error());
    check.remark(failuresText(checked->failures));
    return checked->looked;
}

}  // namespace

void DeterminismWorker::request(const QString& category, std::optional<CategoryId> id)
{
    run([store = store_, runtime = runtime_, category, id](const auto& tell, const std::stop_token& stop) {
        DeterminismView view;
        view.category = category;
        Check check(std::move(view), tell);
        check.end(look(id, store, runtime, check, stop));
    });
}

}  // namespace hindcast::ui
