#include "ui/session/first_time_worker.h"

#include "core/replay/first_time.h"
#include "ui/session/sweep_workspace.h"
#include "ui/session/task_thread.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <mutex>
#include <stop_token>
#include <utility>

namespace hindcast::ui {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kTellEvery{100};
constexpr std::size_t kCausesNamed = 12;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::FirstTimeWorker)
};

/// A request, and what was found of it so far. The sweep's threads come here, hits and progress beside each other.
class Search {
public:
    using Tell = std::function<void(std::shared_ptr<const FirstTimeView>)>;
    Search(const FirstTimeWorker::Request& request, Tell tell) : tell_(std::move(tell))
    {
        view_.text = QString::fromStdString(request.expression->text());
        view_.scope = request.scope;
        view_.of = request.of;
        view_.paths = request.expression->statePaths();
        view_.running = true;
    }

    void add(const replay::FirstHit& hit)
    {
        const std::scoped_lock lock(mutex_);
        ++view_.hits;
        ++causes_[hit.type];
        if (view_.rows + found_.size() < FirstTimeView::kMostRows) {
            FirstTimeRow row{hit.entity, hit.key, hit.version, hit.of, hit.event, hit.type, hit.time, {}, {}, {}};
            for (const Json& value : hit.before) row.before.push_back(valueTextOf(value));
            for (const Json& value : hit.after) row.after.push_back(valueTextOf(value));
            if (hit.completeness && !hit.completeness->complete) row.partial = hit.completeness->because;
            found_.push_back(std::move(row));
        }
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
    void end(const replay::SweepProgress* looked)
    {
        const std::scoped_lock lock(mutex_);
        if (looked != nullptr) view_.looked = *looked;
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
        if (const auto now = Clock::now(); now - told_ >= kTellEvery) tell();
    }
    void tell()
    {
        told_ = Clock::now();
        view_.took = told_ - began_;
        if (!found_.empty()) {
            view_.rows += found_.size();
            view_.batches.push_back(std::make_shared<const std::vector<FirstTimeRow>>(std::exchange(found_, {})));
        }
        view_.causes.clear();
        for (const auto& [type, count] : causes_) view_.causes.emplace_back(QString::fromStdString(type), count);
        std::ranges::stable_sort(view_.causes, std::ranges::greater(), [](const auto& cause) { return cause.second; });
        if (view_.causes.size() > kCausesNamed) view_.causes.resize(kCausesNamed);
        tell_(std::make_shared<const FirstTimeView>(view_));
    }

    Tell tell_;
    const Clock::time_point began_ = Clock::now();
    std::mutex mutex_;
    Clock::time_point told_ = began_;
    FirstTimeView view_;
    std::vector<FirstTimeRow> found_;  ///< and not told
    std::map<std::string, std::uint64_t> causes_;
};

}  // namespace

struct FirstTimeWorker::Impl {
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
        Search search(request, [this, of](std::shared_ptr<const FirstTimeView> view) {
            post([this, of, view = std::move(view)] {
                if (of == serial) answer(view);
            });
        });
        if (auto done = look(request, search, stop); !done) search.end(done.error());
    }

    Result<void> look(const Request& request, Search& search, const std::stop_token& stop)
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
        replay::SweepOptions options;
        options.memory = runtime->limits().sweepBytes;
        options.stop = stop;
        options.records = request.expression->usesRecord();
        options.progress = [&search](const replay::SweepProgress& looked) { search.progress(looked); };
        const auto found = replay::firstTime(sweepSource(store), scope, request.expression, models.modelOf(), options,
                                             [&search](const replay::FirstHit& hit) { search.add(hit); });
        if (!found) return std::unexpected(found.error());
        for (const expression::Mismatch& mismatch : found->mismatches) search.remark(QString::fromStdString(mismatch.text()));
        for (const std::string& path : found->absentPaths)
            search.remark(Words::tr("nothing stands at %1 after any of these events").arg(QString::fromStdString(path)));
        search.remark(failuresText(found->failures));
        search.end(&found->looked);
        return {};
    }
};

FirstTimeWorker::FirstTimeWorker(std::shared_ptr<store::Store> store, std::shared_ptr<model::Runtime> runtime, GuiPost post,
                                 Answer answer)
    : impl_(std::make_unique<Impl>())
{
    impl_->store = std::move(store);
    impl_->runtime = std::move(runtime);
    impl_->post = std::move(post);
    impl_->answer = std::move(answer);
}

FirstTimeWorker::~FirstTimeWorker() { impl_->thread.end(); }

void FirstTimeWorker::request(Request request)
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

void FirstTimeWorker::cancel() { impl_->stop.request_stop(); }

void FirstTimeWorker::forget()
{
    impl_->stop.request_stop();
    ++impl_->serial;
}

bool FirstTimeWorker::busy() const { return impl_->thread.busy(); }

}  // namespace hindcast::ui
