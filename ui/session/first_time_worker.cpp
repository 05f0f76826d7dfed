#include "ui/session/first_time_worker.h"

#include "core/replay/first_time.h"
#include "ui/session/sweep_report.h"
#include "ui/session/sweep_workspace.h"

#include <QCoreApplication>

#include <map>
#include <utility>

namespace hindcast::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::FirstTimeWorker)
};

FirstTimeRow rowOf(const replay::FirstHit& hit)
{
    FirstTimeRow row{hit.entity, hit.key, hit.version, hit.of, hit.event, hit.type, hit.time, {}, {}, {}};
    for (const Json& value : hit.before) row.before.push_back(valueTextOf(value));
    for (const Json& value : hit.after) row.after.push_back(valueTextOf(value));
    if (hit.completeness && !hit.completeness->complete) row.partial = hit.completeness->because;
    return row;
}

FirstTimeView viewOf(const FirstTimeWorker::Request& request)
{
    FirstTimeView view;
    view.text = QString::fromStdString(request.expression->text());
    view.scope = request.scope;
    view.of = request.of;
    view.paths = request.expression->statePaths();
    return view;
}

/// The hits so far.
class Search final : public SweepReport<FirstTimeView> {
public:
    using SweepReport::SweepReport;
    void add(const replay::FirstHit& hit)
    {
        note([&](FirstTimeView& view) {
            ++view.hits;
            ++causes_[hit.type];
            rows_.add(view, [&] { return rowOf(hit); });
        });
    }

private:
    void complete(FirstTimeView& view) override
    {
        rows_.handTo(view);
        view.causes = mostFrequent(causes_);
    }

    RowsToTell<FirstTimeView> rows_;
    std::map<std::string, std::uint64_t> causes_;
};

Result<replay::SweepProgress> look(const FirstTimeWorker::Request& request, const std::shared_ptr<store::Store>& store,
                                   const std::shared_ptr<model::Runtime>& runtime, Search& search, const std::stop_token& stop)
{
    auto unknown = unknownTypes(*store, *request.expression);
    if (!unknown) return std::unexpected(unknown.error());
    for (const QString& remark : std::as_const(*unknown)) search.remark(remark);
    replay::SweepScope scope;
    if (request.category) scope.categories = {*request.category};
    if (request.entity) scope.entities = {*request.entity};
    ModelsInForce models;
    if (!request.expression->statePaths().empty()) {
        auto inForce = modelsInForce(*store, runtime, scope.categories);
        if (!inForce) return std::unexpected(inForce.error());
        models = std::move(*inForce);
        for (const QString& trouble : std::as_const(models.troubles)) search.remark(trouble);
    }
    auto options = sweepOptions(*runtime, stop, [&search](const replay::SweepProgress& looked) { search.progress(looked); });
    options.records = request.expression->usesRecord();
    const auto found = replay::firstTime(sweepSource(store), scope, request.expression, models.modelOf(), options,
                                         [&search](const replay::FirstHit& hit) { search.add(hit); });
    if (!found) return std::unexpected(found.error());
    for (const expression::Mismatch& mismatch : found->mismatches) search.remark(QString::fromStdString(mismatch.text()));
    for (const std::string& path : found->absentPaths)
        search.remark(Words::tr("nothing stands at %1 after any of these events").arg(QString::fromStdString(path)));
    search.remark(failuresText(found->failures));
    return found->looked;
}

}  // namespace

void FirstTimeWorker::request(Request request)
{
    run([store = store_, runtime = runtime_, wanted = std::move(request)](const auto& tell, const std::stop_token& stop) {
        Search search(viewOf(wanted), tell);
        search.end(look(wanted, store, runtime, search, stop));
    });
}

}  // namespace hindcast::ui
