// What of a branch takes a walk over a whole life: how the states go along, its watched fields, its export.
#include "core/ingest/decoders.h"
#include "core/replay/branch_dump.h"
#include "ui/session/branch_worker_impl.h"

#include <QSaveFile>

#include <algorithm>
#include <chrono>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr std::size_t kSnapshots = 4u << 20;  // it walks from start to end
constexpr std::size_t kLongest = 2'000'000;   // events of a life whose watches are worked out
constexpr std::chrono::milliseconds kTellEvery{100};

}  // namespace

// ---- on the GUI thread

void BranchWorker::requestWatches(std::vector<std::string> pointers)
{
    impl_->pointers = std::move(pointers);
    impl_->lookBehind();
}

void BranchWorker::exportTo(std::string path)
{
    Impl* impl = impl_.get();
    cancelExport();
    impl->stopExport = std::make_shared<std::stop_source>();
    // It ends by its own word alone: what is worked out meanwhile waits for it.
    impl->backgroundThread.postBefore(Impl::kExport, Impl::kWatch,
                                      [impl, to = std::move(path), stop = impl->stopExport](const std::stop_token& ends) {
                                          const std::stop_callback ending(ends, [&stop] { stop->request_stop(); });
                                          impl->writeExport(to, stop->get_token());
                                      });
}

void BranchWorker::cancelExport()
{
    if (impl_->stopExport) impl_->stopExport->request_stop();
}

void BranchWorker::Impl::lookBehind()
{
    const std::uint64_t of = generation.load();
    if (const auto now = appliedNow(); !now || now->of != of) return;
    backgroundThread.postBefore(kWatch, kWatch,
                                [this, of, wanted = pointers](const std::stop_token& stop) { buildWatches(of, wanted, stop); });
    backgroundThread.post(kCourse, [this, of](const std::stop_token& stop) { followCourse(of, stop); });
}

// ---- on the background thread

std::shared_ptr<const BranchWorker::Impl::Job> BranchWorker::Impl::appliedNow()
{
    const std::scoped_lock lock(mutex);
    return applied;
}

void BranchWorker::Impl::followCourse(std::uint64_t of, const std::stop_token& stop)
{
    const auto now = appliedNow();
    if (!current(of) || !now || now->of != of) return;
    if (auto opened = open(background, *now, kSnapshots); !opened) return fail(of, opened.error());
    const auto course = replay::courseOf(*background.real->replay, *background.whatIf, *now->view->made, stop);
    if (!course) return fail(of, course.error());
    auto view = std::make_shared<const BranchCourseView>(BranchCourseView{now->view->branch, course->differs, course->meets});
    answer(of, [view](const Answers& to) { to.course(view); });
}

void BranchWorker::Impl::buildWatches(std::uint64_t of, const std::vector<std::string>& wanted, const std::stop_token& stop)
{
    const auto now = appliedNow();
    if (!current(of) || !now || now->of != of) return;
    if (auto opened = open(background, *now, kSnapshots); !opened) return fail(of, opened.error());
    auto view = std::make_shared<BranchWatchesView>();
    view->branch = now->view->branch;
    view->made = now->view->made;
    std::vector<replay::Watch> kept;
    std::vector<QString> names;
    for (const std::string& text : wanted) {
        auto pointer = replay::WatchPointer::parse(text);
        if (!pointer) continue;
        const auto same = std::ranges::find_if(
            watched, [&](const replay::Watch& watch) { return watchedOf == of && watch.pointer().text() == pointer->text(); });
        if (same != watched.end())
            kept.push_back(*same);
        else
            kept.emplace_back(std::move(*pointer));
        names.push_back(QString::fromStdString(text));
    }
    watched = std::move(kept);
    watchedOf = of;
    if (view->made->history()->events.size() <= kLongest && !watched.empty()) {
        if (const auto walked = replay::extend(*background.whatIf, watched, stop); !walked) return fail(of, walked.error());
        for (std::size_t i = 0; i < watched.size(); ++i) view->runs.emplace_back(names[i], watched[i].share());
    }
    answer(of, [result = std::shared_ptr<const BranchWatchesView>(std::move(view))](const Answers& to) { to.watches(result); });
}

void BranchWorker::Impl::writeExport(const std::string& path, const std::stop_token& stop)
{
    const auto now = appliedNow();
    if (!now) return;
    post([this] { lookBehind(); });  // what made room for it goes on
    const auto told = std::make_shared<BranchExport>();
    told->path = QString::fromStdString(path);
    told->total = now->view->made->history()->events.size();
    told->reordered = replay::dumpLosesOrder(*now->view->made);
    const auto tell = [&] { post([this, copy = std::make_shared<const BranchExport>(*told)] { answers.exported(copy); }); };
    const auto giveUp = [&](Error error) {
        told->ended = told->cancelled = true;
        tell();
        post([this, error = std::move(error)] { answers.failed(error); });
    };
    const auto cannot = [&](const QString& why) {
        giveUp(Error{"cannot export the branch to " + path, why.toStdString(), "choose another place, or make room",
                     Error::Kind::NoSpace});
    };
    if (auto opened = open(background, *now, kSnapshots); !opened) return giveUp(opened.error());
    QSaveFile file(told->path);
    if (!file.open(QIODevice::WriteOnly)) return cannot(file.errorString());
    const auto feed = background.log->feed(replay::feedFrom(*background.reader));
    const auto payloads = background.log->payloads(ingest::payloadsOf(background.real->decoders));
    auto next = std::chrono::steady_clock::now() + kTellEvery;
    bool whole = true;
    const auto written = replay::dumpBranch(*now->view->made, *feed, *payloads, [&](std::string_view line) {
        whole = file.write(line.data(), static_cast<qint64>(line.size())) == static_cast<qint64>(line.size());
        ++told->written;
        if (std::chrono::steady_clock::now() >= next) {
            next += kTellEvery;
            tell();
        }
        return whole && !stop.stop_requested();
    });
    if (!written) return giveUp(written.error());
    told->ended = true;
    if (stop.stop_requested()) {
        told->cancelled = true;  // the file is as it was before
        file.cancelWriting();
        return tell();
    }
    if (!whole || !file.commit()) return cannot(file.errorString());
    tell();
}

}  // namespace hindcast::ui
