#include "ui/session/state_search_worker.h"

#include "ui/session/sweep_workspace.h"
#include "ui/session/task_thread.h"

#include <QCoreApplication>

#include <mutex>
#include <stop_token>
#include <utility>

namespace hindcast::ui {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kTellEvery{100};

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

/// A request, and what was found of it so far. The sweep's threads come here, hits and progress beside each other.
class Search {
public:
    using Tell = std::function<void(std::shared_ptr<const StatesView>)>;
    Search(const StateSearchWorker::Request& request, Tell tell) : tell_(std::move(tell))
    {
        view_.question = request.question;
        view_.of = request.of;
        view_.moment = request.query.moment;
        view_.readsState = request.query.usesState();
        view_.running = true;
    }

    void add(const replay::StateHit& hit)
    {
        const std::scoped_lock lock(mutex_);
        ++view_.hits;
        if (view_.rows + found_.size() < StatesView::kMostRows) found_.push_back(rowOf(hit));
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
    void end(const replay::StateSearchSummary& summary)
    {
        const std::scoped_lock lock(mutex_);
        view_.looked = summary.looked;
        view_.asked = summary.asked;
        view_.running = false;
        tell();
    }
    void end(const Error& error)
    {
        const std::scoped_lock lock(mutex_);
        view_.running = false;
        view_.cancelled = error.kind == Error::Kind::Cancelled;
        if (!view_.cancelled) view_.error = QString::fromStdString(error.text());
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
            view_.batches.push_back(std::make_shared<const std::vector<StateRow>>(std::exchange(found_, {})));
        }
        tell_(std::make_shared<const StatesView>(view_));
    }

    Tell tell_;
    const Clock::time_point began_ = Clock::now();
    std::mutex mutex_;
    Clock::time_point told_ = began_;
    StatesView view_;
    std::vector<StateRow> found_;  ///< and not told
};

}  // namespace

struct StateSearchWorker::Impl {
    std::shared_ptr<store::Store> store;
    std::shared_ptr<model::Runtime> runtime;
    GuiPost post;
    Answer answer;

    // ---- the GUI thread's own
    std::uint64_t serial = 0;  ///< of the latest request
    std::stop_source stop;     ///< of it

    TaskThread thread;  ///< last: ends first

    void run(const Request& request, std::uint64_t of, const std::stop_token& stop)
    {
        Search search(request, [this, of](std::shared_ptr<const StatesView> view) {
            post([this, of, view = std::move(view)] {
                if (of == serial) answer(view);
            });
        });
        if (auto done = look(request, search, stop); !done) search.end(done.error());
    }

    Result<void> look(const Request& request, Search& search, const std::stop_token& stop)
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
        replay::SweepOptions options;
        options.stop = stop;
        options.progress = [&search](const replay::SweepProgress& looked) { search.progress(looked); };
        const auto found = replay::searchStates(sweepSource(store), scope, request.query, models.modelOf(), options,
                                                [&search](const replay::StateHit& hit) { search.add(hit); });
        if (!found) return std::unexpected(found.error());
        for (const expression::Mismatch& mismatch : found->mismatches)
            search.remark(QString::fromStdString(mismatch.text("entity", "entities")));
        for (const std::string& path : found->absentPaths)
            search.remark(Words::tr("nothing stands at %1 in any of these states").arg(QString::fromStdString(path)));
        search.remark(failuresText(found->failures));
        search.end(*found);
        return {};
    }
};

StateSearchWorker::StateSearchWorker(std::shared_ptr<store::Store> store, std::shared_ptr<model::Runtime> runtime, GuiPost post,
                                     Answer answer)
    : impl_(std::make_unique<Impl>())
{
    impl_->store = std::move(store);
    impl_->runtime = std::move(runtime);
    impl_->post = std::move(post);
    impl_->answer = std::move(answer);
}

StateSearchWorker::~StateSearchWorker() { impl_->thread.end(); }

void StateSearchWorker::request(Request request)
{
    Impl* impl = impl_.get();
    impl->stop.request_stop();
    impl->stop = std::stop_source();
    // Stopped by cancel() it still tells how far it came, also where it had not begun: so it is not the thread's to drop.
    impl->thread.post(0,
                      [impl, of = ++impl->serial, wanted = std::move(request), stop = impl->stop](const std::stop_token& ends) {
                          const std::stop_callback ending(ends, [&stop] { std::stop_source(stop).request_stop(); });
                          impl->run(wanted, of, stop.get_token());
                      });
}

void StateSearchWorker::cancel() { impl_->stop.request_stop(); }

void StateSearchWorker::forget()
{
    impl_->stop.request_stop();
    ++impl_->serial;
}

bool StateSearchWorker::busy() const { return impl_->thread.busy(); }

}  // namespace hindcast::ui
