#include "ui/session/smallest_worker.h"

#include "core/replay/history.h"
#include "core/replay/reproducer_text.h"
#include "ui/session/smallest_search.h"
#include "ui/session/stoppable_task.h"
#include "ui/session/sweep_workspace.h"

#include <QCoreApplication>

#include <utility>

namespace hindcast::ui {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kTellEvery{100};

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::SmallestWorker)
};

std::vector<SmallestRow> rowsOf(const replay::EventsInMemory& events, const replay::Reproducer& made)
{
    std::vector<SmallestRow> rows;
    const std::size_t count = made.kept.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (rows.size() + 1 == SmallestView::kMostRows) i = count - 1;  // the last is what it is all about
        const auto& each = events.events[static_cast<std::size_t>(made.kept[i].value - 1)];
        SmallestRow row{made.kept[i], each.event.id, each.type, each.event.time, {}, {}};
        if (const auto payload = parseJson(each.payload)) row.payload = valueTextOf(*payload);
        const Json unborn(Json::value_t::discarded);
        if (i < made.states.size())
            row.change = changesInBrief(difference(i == 0 ? unborn : made.states[i - 1].document, made.states[i].document));
        rows.push_back(std::move(row));
    }
    return rows;
}

/// A request, and how far it has come. On the worker's thread.
class Telling {
public:
    Telling(const SmallestWorker::Request& request, const StoppableTask<SmallestView>::Tell& tell) : tell_(tell)
    {
        view_.entity = request.entity;
        view_.wanted = request.wanted;
        view_.running = true;
    }
    void of(const replay::History& history)
    {
        view_.key = history.key;
        tell();
    }
    void progress(std::uint64_t folds, std::size_t kept, std::size_t of)
    {
        view_.folds = folds;
        view_.kept = kept;
        view_.of = of;
        if (Clock::now() - told_ >= kTellEvery) tell();
    }
    void end(SmallestSearch::Found found)
    {
        view_.running = false;
        view_.remarks = found.remarks;
        view_.absent = found.absent;
        if (found.it) {
            const replay::Reproducer& made = found.it->made;
            view_.cancelled = found.stopped;
            view_.folds = made.folds;
            view_.kept = made.kept.size();
            view_.of = made.of.value;
            view_.shown = QString::fromStdString(replay::symptomText(found.it->symptom, made));
            view_.rows = rowsOf(*found.it->events, made);
            view_.found = std::move(found.it);
        }
        tell();
    }
    void end(const Error& error)
    {
        view_.running = false;
        view_.cancelled = error.kind == Error::Kind::Cancelled;
        if (!view_.cancelled) view_.error = QString::fromStdString(error.text());
        tell();
    }

private:
    void tell()
    {
        told_ = Clock::now();
        view_.took = told_ - began_;
        tell_(std::make_shared<const SmallestView>(view_));
    }

    const StoppableTask<SmallestView>::Tell& tell_;
    const Clock::time_point began_ = Clock::now();
    Clock::time_point told_ = began_;
    SmallestView view_;
};

void search(const SmallestWorker::Request& request, store::Store& store, const std::shared_ptr<model::Runtime>& runtime,
            Telling& telling, const std::stop_token& stop)
{
    auto reader = store.reader();
    if (!reader) return telling.end(reader.error());
    auto history = replay::loadHistory(**reader, request.entity);
    if (!history) return telling.end(history.error());
    telling.of(**history);
    SmallestSearch search(**reader, runtime, *history);
    auto found = search.run(request.wanted, request.expression, request.at, SmallestWorker::kMostFolds, stop,
                            [&](auto... how) { telling.progress(how...); });
    if (!found) return telling.end(found.error());
    telling.end(std::move(*found));
}

}  // namespace

void SmallestWorker::request(Request request)
{
    run([store = store_, runtime = runtime_, wanted = std::move(request)](const auto& tell, const std::stop_token& stop) {
        Telling telling(wanted, tell);
        search(wanted, *store, runtime, telling, stop);
    });
}

}  // namespace hindcast::ui
