#include "ui/session/state_search_worker.h"

#include "ui/session/sweep_report.h"
#include "ui/session/sweep_workspace.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::StateSearchWorker)
};

StateRow rowOf(const replay::StateHit& hit)
{
    StateRow row;
    row.entity = hit.entity;
    row.key = hit.key;
    row.version = hit.version;
    row.of = hit.of;
    row.event = hit.event;
    row.type = hit.type;
    row.time = hit.time;
    for (const auto& each : hit.found) row.found.push_back({each.at.text(), valueTextOf(each.value)});
    row.places = std::max<std::uint64_t>(hit.places, hit.found.size());
    row.failures = hit.failures;
    if (hit.completeness && !hit.completeness->complete) row.partial = hit.completeness->because;
    return row;
}

StatesView viewOf(const StateSearchWorker::Request& request)
{
    StatesView view;
    view.question = request.question;
    view.of = request.of;
    view.moment = request.query.moment;
    view.readsState = request.query.usesState();
    return view;
}

/// The hits so far.
class Search final : public SweepReport<StatesView> {
public:
    using SweepReport::SweepReport;
    void add(const replay::StateHit& hit)
    {
        note([&](StatesView& view) {
            ++view.hits;
            rows_.add(view, [&] { return rowOf(hit); });
        });
    }
    /// How many entities lived then.
    void asked(std::uint64_t entities)
    {
        note([&](StatesView& view) { view.asked = entities; });
    }

private:
    void complete(StatesView& view) override { rows_.handTo(view); }

    RowsToTell<StatesView> rows_;
};

Result<replay::SweepProgress> look(const StateSearchWorker::Request& request, const std::shared_ptr<store::Store>& store,
                                   const std::shared_ptr<model::Runtime>& runtime, Search& search, const std::stop_token& stop)
{
    if (request.query.expression) {
        auto unknown = unknownTypes(*store, *request.query.expression);
        if (!unknown) return std::unexpected(unknown.error());
        for (const QString& remark : std::as_const(*unknown)) search.remark(remark);
    }
    replay::SweepScope scope;
    if (request.category) scope.categories = {*request.category};
    ModelsInForce models;
    if (request.query.usesState()) {
        auto inForce = modelsInForce(*store, runtime, scope.categories);
        if (!inForce) return std::unexpected(inForce.error());
        models = std::move(*inForce);
        for (const QString& trouble : std::as_const(models.troubles)) search.remark(trouble);
    }
    const auto options =
        sweepOptions(*runtime, stop, [&search](const replay::SweepProgress& looked) { search.progress(looked); });
    const auto found = replay::searchStates(sweepSource(store), scope, request.query, models.modelOf(), options,
                                            [&search](const replay::StateHit& hit) { search.add(hit); });
    if (!found) return std::unexpected(found.error());
    for (const expression::Mismatch& mismatch : found->mismatches)
        search.remark(QString::fromStdString(mismatch.text("entity", "entities")));
    for (const std::string& path : found->absentPaths)
        search.remark(Words::tr("nothing stands at %1 in any of these states").arg(QString::fromStdString(path)));
    search.remark(failuresText(found->failures));
    search.asked(found->asked);
    return found->looked;
}

}  // namespace

void StateSearchWorker::request(Request request)
{
    run([store = store_, runtime = runtime_, wanted = std::move(request)](const auto& tell, const std::stop_token& stop) {
        Search search(viewOf(wanted), tell);
        search.end(look(wanted, store, runtime, search, stop));
    });
}

}  // namespace hindcast::ui
