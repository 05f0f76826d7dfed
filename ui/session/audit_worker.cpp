#include "ui/session/audit_worker.h"

#include "core/audit/invariants.h"
#include "ui/session/findings_kept.h"
#include "ui/session/sweep_workspace.h"
#include "ui/session/task_thread.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

namespace hindcast::ui {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kTellEvery{100};

}  // namespace

struct AuditWorker::Impl {
    std::shared_ptr<store::Store> store;
    std::shared_ptr<model::Runtime> runtime;
    GuiPost post;
    Answer answer;

    /// What is owed to a run that may have been stopped.
    struct Owed {
        std::shared_ptr<const store::Directory> directory;  ///< the latest
        std::set<std::string> categories;                   ///< whose model is another one
        bool anew = false;                                  ///< all of it
    };
    std::mutex mutex;
    Owed owed;

    // ---- the thread's own
    std::shared_ptr<const store::Directory> looked;  ///< as it was when all was last looked at
    std::optional<std::size_t> categoriesKnown;
    std::set<CategoryId> declaring;  ///< categories whose models declare invariants
    FindingsKept kept;
    FindingsView view;

    // ---- of the run that is under way: the sweep's threads come here
    std::mutex telling;
    Clock::time_point told;
    Clock::duration tellEvery = kTellEvery;
    std::vector<audit::Finding> found;

    TaskThread thread;  ///< last: ends first

    void tell()
    {
        const auto began = Clock::now();
        for (const audit::Finding& finding : std::exchange(found, {})) kept.add(finding);
        kept.fill(view);
        told = Clock::now();
        tellEvery = std::max<Clock::duration>(kTellEvery, 10 * (told - began));  // telling is not to be what it is busy with
        post([this, now = std::make_shared<const FindingsView>(view)] { answer(now); });
    }
    void run(const std::stop_token& stop);
    Result<bool> look(const Owed& work, const std::stop_token& stop);
    Result<void> sweep(const ModelsInForce& models, const replay::SweepScope& scope, const std::stop_token& stop);
};

void AuditWorker::Impl::run(const std::stop_token& stop)
{
    Owed work;
    {
        const std::scoped_lock lock(mutex);
        work = std::exchange(owed, {});
    }
    if (!work.directory) work.directory = looked;
    if (!work.directory) return;
    const auto done = look(work, stop);
    const std::scoped_lock lock(telling);
    if (done) {
        looked = work.directory;
        if (*done) {
            view.running = false;
            view.error.clear();
            tell();
        }
        return;
    }
    view.running = false;
    if (done.error().kind != Error::Kind::Cancelled && done.error().kind != Error::Kind::Retry) {
        view.error = QString::fromStdString(done.error().text());
        tell();
        return;
    }
    // Stopped for something else, or everything was decoded anew meanwhile: it is still to be done.
    found.clear();
    const std::scoped_lock again(mutex);
    if (!owed.directory) owed.directory = work.directory;
    owed.categories.merge(work.categories);
    owed.anew = owed.anew || work.anew || done.error().kind == Error::Kind::Retry;
}

/// False: there was nothing to look at.
Result<bool> AuditWorker::Impl::look(const Owed& work, const std::stop_token& stop)
{
    auto reader = store->reader();
    if (!reader) return std::unexpected(reader.error());
    const auto categories = (*reader)->categories();
    if (!categories) return std::unexpected(categories.error());
    const bool others = work.anew || !work.categories.empty() || categoriesKnown != categories->size();
    if (!others && declaring.empty()) return false;
    auto models = modelsInForce(*store, runtime, std::nullopt);
    if (!models) return std::unexpected(models.error());
    if (others) {
        declaring.clear();
        for (const auto& [category, reducer] : models->models)
            if (!reducer->invariants().empty()) declaring.insert(category);
        categoriesKnown = categories->size();
    }

    replay::SweepScope scope;
    scope.categories.emplace(declaring.begin(), declaring.end());
    if (work.anew || !looked || looked->madeAnew != work.directory->madeAnew) {
        kept.clear();
    } else {
        std::set<CategoryId> changed;
        for (const store::Category& each : *categories)
            if (work.categories.contains(each.text)) changed.insert(each.id);
        scope.entities.emplace();
        std::vector<bool> again(work.directory->size());
        for (std::uint32_t i = 0; i < again.size(); ++i) {
            const CategoryId category = work.directory->category[i];
            const bool grew = i >= looked->size() || looked->counts[i] != work.directory->counts[i];
            again[i] = changed.contains(category) || (grew && declaring.contains(category));
            if (again[i] && declaring.contains(category)) scope.entities->emplace_back(i);
        }
        if (changed.empty() && scope.entities->empty()) return false;
        kept.drop([&](EntityId entity) { return entity.value >= again.size() || again[entity.value]; });
    }
    {
        const std::scoped_lock lock(telling);
        view.declared = !declaring.empty();
        view.remarks = models->troubles;
        view.running = view.declared;
        view.looked = {};
        if (!view.declared) return true;
        tell();
    }
    if (scope.entities && scope.entities->empty()) return true;
    if (auto swept = sweep(*models, scope, stop); !swept) return std::unexpected(swept.error());
    return true;
}

Result<void> AuditWorker::Impl::sweep(const ModelsInForce& models, const replay::SweepScope& scope, const std::stop_token& stop)
{
    replay::SweepOptions options;
    options.memory = runtime->limits().sweepBytes;
    options.threads = 1;
    options.stop = stop;
    const auto tellNowAndThen = [this] {
        if (Clock::now() - told >= tellEvery) tell();
    };
    options.progress = [&](const replay::SweepProgress& progress) {
        const std::scoped_lock lock(telling);
        view.looked = progress;
        tellNowAndThen();
    };
    const auto checked =
        audit::checkInvariants(sweepSource(store), scope, models.modelOf(), options, [&](const audit::Finding& one) {
            const std::scoped_lock lock(telling);
            found.push_back(one);
            tellNowAndThen();
        });
    if (!checked) return std::unexpected(checked.error());
    auto reader = store->reader();
    if (!reader) return std::unexpected(reader.error());
    const std::scoped_lock lock(telling);
    view.looked = checked->looked;
    for (audit::Finding& failure : audit::findingsOf(checked->failures)) {
        const auto entity = (*reader)->findEntity(failure.key);
        if (!entity) return std::unexpected(entity.error());
        if (!*entity) continue;
        failure.entity = **entity;
        found.push_back(std::move(failure));
    }
    if (const QString failures = failuresText(checked->failures); !failures.isEmpty()) view.remarks << failures;
    return {};
}

AuditWorker::AuditWorker(std::shared_ptr<store::Store> store, std::shared_ptr<model::Runtime> runtime, GuiPost post,
                         Answer answer)
    : impl_(std::make_unique<Impl>())
{
    impl_->store = std::move(store);
    impl_->runtime = std::move(runtime);
    impl_->post = std::move(post);
    impl_->answer = std::move(answer);
}

AuditWorker::~AuditWorker() { impl_->thread.end(); }

void AuditWorker::follow(std::shared_ptr<const store::Directory> directory)
{
    Impl* impl = impl_.get();
    {
        const std::scoped_lock lock(impl->mutex);
        impl->owed.directory = std::move(directory);
    }
    // What is under way goes on: it would else never end while events arrive.
    impl->thread.post(0, [impl](const std::stop_token& stop) { impl->run(stop); });
}

void AuditWorker::modelChanged(std::string category, std::shared_ptr<const store::Directory> directory)
{
    Impl* impl = impl_.get();
    {
        const std::scoped_lock lock(impl->mutex);
        impl->owed.categories.insert(std::move(category));
        if (directory) impl->owed.directory = std::move(directory);
    }
    impl->thread.postBefore(0, 0, [impl](const std::stop_token& stop) { impl->run(stop); });
}

bool AuditWorker::busy() const { return impl_->thread.busy(); }

}  // namespace hindcast::ui
