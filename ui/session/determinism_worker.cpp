#include "ui/session/determinism_worker.h"

#include "core/audit/determinism.h"
#include "ui/session/findings_kept.h"
#include "ui/session/stoppable_task.h"
#include "ui/session/sweep_workspace.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace hindcast::ui {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kTellEvery{100};

/// A request, and what was found of it so far. The sweep's threads come here, findings and progress beside each other.
class Check {
public:
    Check(QString category, StoppableTask<DeterminismView>::Tell tell) : tell_(std::move(tell))
    {
        view_.category = std::move(category);
        view_.running = true;
    }

    void add(const audit::Finding& finding)
    {
        const std::scoped_lock lock(mutex_);
        kept_.add(finding);
        tellNowAndThen();
    }
    void progress(const replay::SweepProgress& looked)
    {
        const std::scoped_lock lock(mutex_);
        view_.looked = looked;
        tellNowAndThen();
    }
    void remark(const QString& text)
    {
        const std::scoped_lock lock(mutex_);
        if (!text.isEmpty()) view_.remarks << text;
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
        if (Clock::now() - told_ >= tellEvery_) tell();
    }
    void tell()
    {
        const auto began = Clock::now();
        view_.took = began - began_;
        FindingsView all;
        kept_.fill(all);
        view_.groups = std::move(all.groups);
        view_.findings = all.findings;
        view_.cut = all.cut;
        told_ = Clock::now();
        tellEvery_ = std::max<Clock::duration>(kTellEvery, 10 * (told_ - began));  // telling is not to be what it is busy with
        tell_(std::make_shared<const DeterminismView>(view_));
    }

    StoppableTask<DeterminismView>::Tell tell_;
    const Clock::time_point began_ = Clock::now();
    std::mutex mutex_;
    Clock::time_point told_ = began_;
    Clock::duration tellEvery_ = kTellEvery;
    FindingsKept kept_;
    DeterminismView view_;
};

}  // namespace

struct DeterminismWorker::Impl {
    std::shared_ptr<store::Store> store;
    std::shared_ptr<model::Runtime> runtime;
    StoppableTask<DeterminismView> task;

    Result<replay::SweepProgress> look(Check& check, const std::optional<CategoryId>& id, const std::stop_token& stop)
    {
        replay::SweepScope scope;
        if (id) scope.categories = {*id};
        const auto models = modelsInForce(*store, runtime, scope.categories);
        if (!models) return std::unexpected(models.error());
        for (const QString& trouble : models->troubles) check.remark(trouble);
        replay::SweepOptions options;
        options.stop = stop;
        options.progress = [&check](const replay::SweepProgress& looked) { check.progress(looked); };
        const auto checked = audit::checkDeterminism(sweepSource(store), scope, models->modelOf(), options,
                                                     [&check](const audit::Finding& finding) { check.add(finding); });
        if (!checked) return std::unexpected(checked.error());
        check.remark(failuresText(checked->failures));
        return checked->looked;
    }
};

DeterminismWorker::DeterminismWorker(std::shared_ptr<store::Store> store, std::shared_ptr<model::Runtime> runtime, GuiPost post,
                                     Answer answer)
    : impl_(new Impl{std::move(store), std::move(runtime), {std::move(post), std::move(answer)}})
{
}

DeterminismWorker::~DeterminismWorker() { impl_->task.end(); }

void DeterminismWorker::request(const QString& category, std::optional<CategoryId> id)
{
    impl_->task.request([impl = impl_.get(), category, id](const auto& tell, const std::stop_token& stop) {
        Check check(category, tell);
        check.end(impl->look(check, id, stop));
    });
}

void DeterminismWorker::cancel() { impl_->task.cancel(); }

void DeterminismWorker::forget() { impl_->task.forget(); }

bool DeterminismWorker::busy() const { return impl_->task.busy(); }

}  // namespace hindcast::ui
