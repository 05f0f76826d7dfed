#include "ui/session/model_diff_worker.h"

#include "core/event/pointer.h"
#include "core/model/chosen.h"
#include "core/replay/model_diff.h"
#include "ui/session/model_settings.h"
#include "ui/session/sweep_report.h"
#include "ui/session/sweep_workspace.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace hindcast::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::ModelDiffWorker)
};

/// "/withdrawals/3/amount" → "/withdrawals": the member of the state in which it lies.
std::string memberOf(const std::string& pointer) { return pointer.empty() ? pointer : pointer.substr(0, pointer.find('/', 1)); }

ModelDiffRow rowOf(const replay::ModelDifference& difference)
{
    ModelDiffRow row{difference.entity,
                     difference.key,
                     difference.version,
                     difference.of,
                     difference.event,
                     difference.type,
                     difference.time,
                     {},
                     0,
                     {}};
    for (const Change& change : difference.changes) {
        if (row.fields.size() == ModelDiffRow::kMostFields) {
            row.moreFields = difference.changes.size() - row.fields.size();
            break;
        }
        row.fields.push_back({change.pointer, valueTextOf(change.before), valueTextOf(change.after)});
    }
    if (difference.completeness && !difference.completeness->complete) row.partial = difference.completeness->because;
    return row;
}

ModelDiffView viewOf(const ModelDiffWorker::Request& request)
{
    ModelDiffView view;
    view.category = request.category;
    view.first = request.first.name;
    view.second = request.second.name;
    return view;
}

/// The differences so far.
class Comparing final : public SweepReport<ModelDiffView> {
public:
    using SweepReport::SweepReport;
    void add(const replay::ModelDifference& difference)
    {
        std::set<std::string> members;
        for (const Change& change : difference.changes) members.insert(memberOf(change.pointer));
        note([&](ModelDiffView& view) {
            ++view.differing;
            ++causes_[difference.type];
            for (const std::string& member : members) ++fields_[member];
            rows_.add(view, [&] { return rowOf(difference); });
        });
    }
    void remarkOf(const QString& model, const replay::SweepFailures& failures)
    {
        if (failures.events > 0) remark(Words::tr("%1: %2").arg(model, failuresText(failures)));
    }

private:
    void complete(ModelDiffView& view) override
    {
        rows_.handTo(view);
        view.causes = mostFrequent(causes_);
        view.fields = mostFrequent(fields_);
    }

    RowsToTell<ModelDiffView> rows_;
    std::map<std::string, std::uint64_t> causes_, fields_;
};

/// The document of what was chosen; null: the default model.
Result<Json> documentOfChoice(store::Reader& reader, const ModelChoice& choice, const std::string& category)
{
    const bool before = choice.kind == ModelChoice::Kind::Before;
    if (choice.kind == ModelChoice::Kind::Document) return choice.document;
    if (choice.kind == ModelChoice::Kind::File) return model::readModelFile(choice.file.toStdString());
    auto setting = reader.setting(before ? kModelsBefore : kModels);
    if (!setting) return std::unexpected(setting.error());
    if (*setting && (*setting)->is_object())
        if (const auto found = (*setting)->find(category); found != (*setting)->end()) {
            if (!before) return *found;
            if (found->is_array() && !found->empty()) return found->back();
        }
    if (!before) return Json(nullptr);
    return fail("cannot compare the models of " + category, "its model has not been changed here: there is none before it",
                "choose another one, from a file for example", Error::Kind::BadInput);
}

Result<std::shared_ptr<const model::Reducer>> reducer(store::Reader& reader, const std::shared_ptr<model::Runtime>& runtime,
                                                      const ModelChoice& choice, const store::Category& category)
{
    auto document = documentOfChoice(reader, choice, category.text);
    if (!document) return std::unexpected(document.error());
    if (document->is_null()) return std::shared_ptr<const model::Reducer>(model::defaultReducer(category.rows));
    auto made = model::reducerOf(runtime, *document, category.text);
    if (!made) return std::unexpected(made.error());
    return std::shared_ptr<const model::Reducer>(std::move(*made));
}

Result<replay::SweepProgress> look(const ModelDiffWorker::Request& request, const std::shared_ptr<store::Store>& store,
                                   const std::shared_ptr<model::Runtime>& runtime, Comparing& comparing,
                                   const std::stop_token& stop)
{
    auto reader = store->reader();
    if (!reader) return std::unexpected(reader.error());
    const auto categories = (*reader)->categories();
    if (!categories) return std::unexpected(categories.error());
    const auto category = std::ranges::find(*categories, request.category.toStdString(), &store::Category::text);
    if (category == categories->end())
        return fail("cannot compare models", "there is no category " + request.category.toStdString(), {}, Error::Kind::BadInput);
    const auto first = reducer(**reader, runtime, request.first, *category);
    if (!first) return std::unexpected(first.error());
    const auto second = reducer(**reader, runtime, request.second, *category);
    if (!second) return std::unexpected(second.error());
    const auto always = [](std::shared_ptr<const model::Reducer> one) {
        return replay::ModelOf(
            [one = std::move(one)](const store::Category&) -> Result<std::shared_ptr<const model::Reducer>> { return one; });
    };
    replay::SweepScope scope;
    scope.categories = {category->id};
    const auto options =
        sweepOptions(*runtime, stop, [&comparing](const replay::SweepProgress& looked) { comparing.progress(looked); });
    const auto compared =
        replay::modelDifference(sweepSource(store), scope, always(*first), always(*second), options,
                                [&comparing](const replay::ModelDifference& difference) { comparing.add(difference); });
    if (!compared) return std::unexpected(compared.error());
    comparing.remarkOf(request.first.name, compared->firstFailures);
    comparing.remarkOf(request.second.name, compared->secondFailures);
    return compared->looked;
}

}  // namespace

void ModelDiffWorker::request(Request request)
{
    run([store = store_, runtime = runtime_, wanted = std::move(request)](const auto& tell, const std::stop_token& stop) {
        Comparing comparing(viewOf(wanted), tell);
        comparing.end(look(wanted, store, runtime, comparing, stop));
    });
}

}  // namespace hindcast::ui
