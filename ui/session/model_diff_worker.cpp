#include "ui/session/model_diff_worker.h"

#include "core/event/pointer.h"
#include "core/model/chosen.h"
#include "core/replay/model_diff.h"
#include "ui/session/model_settings.h"
#include "ui/session/stoppable_task.h"
#include "ui/session/sweep_workspace.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <utility>

namespace hindcast::ui {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kTellEvery{100};
constexpr std::size_t kCountsNamed = 12;

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

ModelDiffView::Counts mostOf(const std::map<std::string, std::uint64_t>& counts)
{
    ModelDiffView::Counts most;
    for (const auto& [name, count] : counts) most.emplace_back(QString::fromStdString(name), count);
    std::ranges::stable_sort(most, std::ranges::greater(), [](const auto& each) { return each.second; });
    if (most.size() > kCountsNamed) most.resize(kCountsNamed);
    return most;
}

/// A request, and what was found of it so far. The sweep's threads come here, differences and progress beside each other.
class Comparing {
public:
    Comparing(const ModelDiffWorker::Request& request, StoppableTask<ModelDiffView>::Tell tell) : tell_(std::move(tell))
    {
        view_.category = request.category;
        view_.first = request.first.name;
        view_.second = request.second.name;
        view_.running = true;
    }

    void add(const replay::ModelDifference& difference)
    {
        const std::scoped_lock lock(mutex_);
        ++view_.differing;
        ++causes_[difference.type];
        std::set<std::string> members;
        for (const Change& change : difference.changes) members.insert(memberOf(change.pointer));
        for (const std::string& member : members) ++fields_[member];
        if (view_.rows + found_.size() < ModelDiffView::kMostRows) found_.push_back(rowOf(difference));
        tellNowAndThen();
    }
    void progress(const replay::SweepProgress& looked)
    {
        const std::scoped_lock lock(mutex_);
        view_.looked = looked;
        tellNowAndThen();
    }
    void remark(const QString& model, const QString& text)
    {
        const std::scoped_lock lock(mutex_);
        if (!text.isEmpty()) view_.remarks << Words::tr("%1: %2").arg(model, text);
    }
    void end(const Result<replay::SweepProgress>& looked)
    {
        const std::scoped_lock lock(mutex_);
        view_.running = false;
        if (looked)
            view_.looked = *looked;
        else if (view_.cancelled = looked.error().kind == Error::Kind::Cancelled; !view_.cancelled)
            view_.error = QString::fromStdString(looked.error().text());
        tell();
    }

private:
    void tellNowAndThen()
    {
        if (Clock::now() - told_ >= kTellEvery) tell();
    }
    void tell()
    {
        told_ = Clock::now();
        view_.took = told_ - began_;
        if (!found_.empty()) {
            view_.rows += found_.size();
            view_.batches.push_back(std::make_shared<const std::vector<ModelDiffRow>>(std::exchange(found_, {})));
        }
        view_.causes = mostOf(causes_);
        view_.fields = mostOf(fields_);
        tell_(std::make_shared<const ModelDiffView>(view_));
    }

    StoppableTask<ModelDiffView>::Tell tell_;
    const Clock::time_point began_ = Clock::now();
    std::mutex mutex_;
    Clock::time_point told_ = began_;
    ModelDiffView view_;
    std::vector<ModelDiffRow> found_;  ///< and not told
    std::map<std::string, std::uint64_t> causes_, fields_;
};

}  // namespace

struct ModelDiffWorker::Impl {
    std::shared_ptr<store::Store> store;
    std::shared_ptr<model::Runtime> runtime;
    StoppableTask<ModelDiffView> task;

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

    Result<std::shared_ptr<const model::Reducer>> reducer(store::Reader& reader, const ModelChoice& choice,
                                                          const store::Category& category)
    {
        auto document = documentOfChoice(reader, choice, category.text);
        if (!document) return std::unexpected(document.error());
        if (document->is_null()) return std::shared_ptr<const model::Reducer>(model::defaultReducer(category.rows));
        auto made = model::reducerOf(runtime, *document, category.text);
        if (!made) return std::unexpected(made.error());
        return std::shared_ptr<const model::Reducer>(std::move(*made));
    }

    Result<replay::SweepProgress> look(Comparing& comparing, const Request& request, const std::stop_token& stop)
    {
        auto reader = store->reader();
        if (!reader) return std::unexpected(reader.error());
        const auto categories = (*reader)->categories();
        if (!categories) return std::unexpected(categories.error());
        const auto category = std::ranges::find(*categories, request.category.toStdString(), &store::Category::text);
        if (category == categories->end())
            return fail("cannot compare models", "there is no category " + request.category.toStdString(), {},
                        Error::Kind::BadInput);
        const auto first = reducer(**reader, request.first, *category);
        if (!first) return std::unexpected(first.error());
        const auto second = reducer(**reader, request.second, *category);
        if (!second) return std::unexpected(second.error());
        const auto always = [](std::shared_ptr<const model::Reducer> one) {
            return replay::ModelOf(
                [one = std::move(one)](const store::Category&) -> Result<std::shared_ptr<const model::Reducer>> { return one; });
        };
        replay::SweepScope scope;
        scope.categories = {category->id};
        replay::SweepOptions options;
        options.stop = stop;
        options.progress = [&comparing](const replay::SweepProgress& looked) { comparing.progress(looked); };
        const auto compared =
            replay::modelDifference(sweepSource(store), scope, always(*first), always(*second), options,
                                    [&comparing](const replay::ModelDifference& difference) { comparing.add(difference); });
        if (!compared) return std::unexpected(compared.error());
        comparing.remark(request.first.name, failuresText(compared->firstFailures));
        comparing.remark(request.second.name, failuresText(compared->secondFailures));
        return compared->looked;
    }
};

ModelDiffWorker::ModelDiffWorker(std::shared_ptr<store::Store> store, std::shared_ptr<model::Runtime> runtime, GuiPost post,
                                 Answer answer)
    : impl_(new Impl{std::move(store), std::move(runtime), {std::move(post), std::move(answer)}})
{
}

ModelDiffWorker::~ModelDiffWorker() { impl_->task.end(); }

void ModelDiffWorker::request(Request request)
{
    impl_->task.request([impl = impl_.get(), wanted = std::move(request)](const auto& tell, const std::stop_token& stop) {
        Comparing comparing(wanted, tell);
        comparing.end(impl->look(comparing, wanted, stop));
    });
}

void ModelDiffWorker::cancel() { impl_->task.cancel(); }

void ModelDiffWorker::forget() { impl_->task.forget(); }

bool ModelDiffWorker::busy() const { return impl_->task.busy(); }

}  // namespace hindcast::ui
