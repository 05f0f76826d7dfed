#include "ui/session/entity_worker.h"

#include "core/ingest/decoders.h"
#include "core/model/chosen.h"
#include "core/replay/replay.h"
#include "ui/session/open_replay.h"
#include "ui/session/parts_of.h"
#include "ui/session/task_thread.h"
#include "ui/session/type_colors.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace hindcast::ui {

namespace {

// In the order in which they go first.
enum Kind : std::size_t {
    kLoad,
    kRefresh,
    kProvenanceReady,
    kState,
    kEvent,
    kTip,
    kFields,
    kFieldNames,
    kChanges,
    kDiff,
    kPreview,
    kText
};
constexpr std::size_t kProvenance = 0;  // the only kind of the background thread

constexpr std::size_t kPreviewSnapshots = 4u << 20;
constexpr std::size_t kBackgroundSnapshots = 4u << 20;  // it walks once from start to end

bool isPrefix(const replay::History& shorter, const replay::History& longer)
{
    const std::size_t size = shorter.events.size();
    return shorter.entity == longer.entity && size <= longer.events.size() &&
           (size == 0 || shorter.events[size - 1].id == longer.events[size - 1].id);
}

}  // namespace

struct EntityWorker::Impl {
    GuiPost post;
    Answers answers;
    std::atomic<std::uint64_t> generation{0};  // counts selections: an answer of an older one is dropped
    std::optional<EntityId> entity;            // GUI thread

    // ---- the state thread's own
    std::unique_ptr<store::Reader> reader;
    std::optional<OpenReplay> opened;
    std::shared_ptr<const StateView> lastState;
    std::shared_ptr<const replay::Provenance> provenance;
    std::shared_ptr<const replay::History> provenanceOf;
    std::atomic<std::uint64_t> textSerial{0};  // counts the texts that were asked for: an older one ends

    // ---- the background thread's own
    std::unique_ptr<store::Reader> backgroundReader;
    std::optional<OpenReplay> background;
    std::uint64_t backgroundGeneration = 0;
    std::chrono::nanoseconds lastBuild{0};

    TaskThread thread;
    TaskThread backgroundThread;

    [[nodiscard]] bool current(std::uint64_t wanted) const { return generation.load() == wanted; }

    /// Hands an answer over, unless it has been overtaken when it arrives. The workspace outlives what `post` runs.
    void answer(std::uint64_t of, std::function<void(const Answers&)> give)
    {
        post([this, of, give = std::move(give)] {
            if (current(of)) give(answers);
        });
    }
    void fail(std::uint64_t of, const Error& error)
    {
        if (error.kind == Error::Kind::Cancelled) return;
        answer(of, [error](const Answers& to) { to.failed(error); });
    }

    void load(std::uint64_t of, EntityId wanted);
    void reload(std::uint64_t of);
    void loaded(std::uint64_t of, const std::shared_ptr<const replay::History>& history);
    void computeState(std::uint64_t of, Version version, const std::stop_token& stop);
    void computeTip(std::uint64_t of, Version version, const std::stop_token& stop);
    void computeChanges(std::uint64_t of, const VersionRuns& runs, std::size_t from, const std::stop_token& stop);
    [[nodiscard]] Result<bool> computeRun(std::uint64_t of, Version first, Version last, const std::stop_token& stop);
    void describeEvent(std::uint64_t of, EventId id);
    void readValues(std::uint64_t of, const std::vector<EventId>& ids, const std::vector<std::string>& pointers);
    void readNames(std::uint64_t of, const std::vector<EventId>& ids);
    void writeText(std::uint64_t of, const std::shared_ptr<TextJob>& job);
    void computeDiff(std::uint64_t of, Version a, Version b, const std::stop_token& stop);
    struct PreviewTask {
        std::uint64_t ticket;
        Json rules;
        Version version;
    };
    void computePreview(std::uint64_t of, const std::shared_ptr<const PreviewTask>& task, const std::stop_token& stop);
    void takeProvenance(std::uint64_t of, std::shared_ptr<const replay::History> history,
                        std::shared_ptr<const replay::Provenance> built);
    void buildProvenance(std::uint64_t of, const std::shared_ptr<const replay::History>& history, bool growth,
                         const std::stop_token& stop);
    void wantProvenance(std::uint64_t of, const std::shared_ptr<const replay::History>& history, bool growth);
};

// ---- on the state thread

void EntityWorker::Impl::load(std::uint64_t of, EntityId wanted)
{
    opened.reset();
    lastState.reset();
    provenance.reset();
    provenanceOf.reset();
    auto history = replay::loadHistory(*reader, wanted);
    if (!history) return fail(of, history.error());
    auto with = openReplay(*reader, *history, 64u << 20);
    if (!with) return fail(of, with.error());
    opened = std::move(*with);
    loaded(of, *history);
    if (opened->modelError) fail(of, *opened->modelError);  // after its history: it is shown by the built-in model
    wantProvenance(of, *history, false);
}

void EntityWorker::Impl::reload(std::uint64_t of)
{
    if (!current(of) || !opened) return;
    auto history = replay::loadHistory(*reader, opened->replay->history().entity);
    if (!history) return fail(of, history.error());
    const replay::History& before = opened->replay->history();
    if (before.events.size() == (*history)->events.size() && isPrefix(before, **history) &&
        before.rejects.size() == (*history)->rejects.size() && before.completeness.because == (*history)->completeness.because)
        return;
    if (auto known = opened->decoders->refresh(*reader); !known) return fail(of, known.error());
    if (provenanceOf && !isPrefix(*provenanceOf, **history)) {
        provenance.reset();
        provenanceOf.reset();
    }
    opened->replay->setHistory(*history);
    opened->history = *history;
    loaded(of, *history);
    wantProvenance(of, *history, true);
}

void EntityWorker::Impl::loaded(std::uint64_t of, const std::shared_ptr<const replay::History>& history)
{
    auto result = std::make_shared<const Loaded>(Loaded{history, countTypes(*history), partsOf(*history)});
    answer(of, [result](const Answers& to) { to.history(result); });
}

void EntityWorker::Impl::computeState(std::uint64_t of, Version version, const std::stop_token& stop)
{
    if (!current(of) || !opened) return;
    replay::EntityReplay& replay = *opened->replay;
    const Version wanted = std::min(version, replay.history().last());
    auto state = replay.at(wanted, stop);
    if (!state) return fail(of, state.error());
    auto view = std::make_shared<StateView>();
    view->entity = replay.history().entity;
    view->state = std::move(*state);
    if (wanted.value > 0) {
        auto changes = replay.changesOf(wanted, stop);
        if (!changes) return fail(of, changes.error());
        view->changes = std::move(*changes);
    }
    view->provenance = provenance;
    view->model = opened->model;
    view->modelName = view->model->name;
    view->modelNote = view->model->note;
    lastState = view;
    answer(of, [result = lastState](const Answers& to) { to.state(result); });
}

void EntityWorker::Impl::computeChanges(std::uint64_t of, const VersionRuns& runs, std::size_t from, const std::stop_token& stop)
{
    for (std::size_t i = from; i < runs.size(); ++i) {
        if (!current(of) || !opened) return;
        const auto whole = computeRun(of, runs[i].first, runs[i].second, stop);
        if (!whole) return fail(of, whole.error());
        if (*whole) continue;
        // Made room for a newer state: goes on when there is nothing more urgent.
        thread.postUnlessWaiting(kChanges,
                                 [this, of, runs, i](const std::stop_token& again) { computeChanges(of, runs, i, again); });
        return;
    }
}

/// False: asked to stop before it was done.
Result<bool> EntityWorker::Impl::computeRun(std::uint64_t of, Version first, Version last, const std::stop_token& stop)
{
    replay::EntityReplay& replay = *opened->replay;
    const Version from = std::max(first, Version{1});
    const Version to = std::min(last, replay.history().last());
    if (from > to) return true;
    auto rows = std::make_shared<std::vector<Changes>>();
    rows->reserve(to.value - from.value + 1);
    const auto done = replay.changes(from, to, stop, [&](Version, const Changes& changes) {
        rows->push_back(changes);
        return !stop.stop_requested();
    });
    if (rows->size() < to.value - from.value + 1) {
        if (!done && done.error().kind != Error::Kind::Cancelled) return std::unexpected(done.error());
        return false;
    }
    answer(of, [from, rows](const Answers& give) { give.changes(from, rows); });
    return true;
}

void EntityWorker::Impl::computeTip(std::uint64_t of, Version version, const std::stop_token& stop)
{
    if (!current(of) || !opened || version.value == 0 || version > opened->replay->history().last()) return;
    auto changes = opened->replay->changesOf(version, stop);
    if (!changes) return;  // the views that show the state tell of its trouble
    auto tip = std::make_shared<const TipView>(TipView{opened->replay->history().entity, version, std::move(*changes)});
    answer(of, [tip](const Answers& to) { to.tip(tip); });
}

void EntityWorker::Impl::describeEvent(std::uint64_t of, EventId id)
{
    if (!current(of) || !opened) return;
    auto described = ingest::describeEvent(*reader, *opened->decoders, id);
    if (!described) return fail(of, described.error());
    if (!*described) return;
    auto view = std::make_shared<EventView>();
    view->event = std::move(**described);
    view->entity = opened->replay->history().key;
    const auto& events = opened->replay->history().events;
    const auto found =
        std::find_if(events.begin(), events.end(), [id](const replay::HistoryEvent& event) { return event.id == id; });
    if (found != events.end()) view->version = Version{static_cast<std::uint64_t>(found - events.begin()) + 1};
    answer(of, [view](const Answers& to) { to.event(view); });
}

void EntityWorker::Impl::readValues(std::uint64_t of, const std::vector<EventId>& ids, const std::vector<std::string>& pointers)
{
    if (!current(of) || !opened) return;
    auto rows = readFields(*reader, *ingest::payloadsOf(opened->decoders), ids, pointers, {});
    if (!rows) return fail(of, rows.error());
    answer(of, [result = std::make_shared<const FieldRows>(std::move(*rows))](const Answers& to) { to.fields(result); });
}

void EntityWorker::Impl::readNames(std::uint64_t of, const std::vector<EventId>& ids)
{
    if (!current(of) || !opened) return;
    auto names = readFieldNames(*reader, *ingest::payloadsOf(opened->decoders), ids, {});
    if (!names) return fail(of, names.error());
    answer(of, [result = std::make_shared<const FieldNames>(std::move(*names))](const Answers& to) { to.fieldNames(result); });
}

void EntityWorker::Impl::writeText(std::uint64_t of, const std::shared_ptr<TextJob>& job)
{
    if (!current(of) || !opened || job->serial != textSerial.load()) return;
    const auto describe = [this](EventId id) { return ingest::describeEvent(*reader, *opened->decoders, id); };
    const auto step = job->step(opened->replay->history().key, describe);
    if (!step) return fail(of, step.error());
    if (*step) answer(of, [result = *step](const Answers& to) { to.text(result); });
    if (job->ended()) return;
    thread.postUnlessWaiting(kText, [this, of, job](const std::stop_token&) { writeText(of, job); });
}

void EntityWorker::Impl::computeDiff(std::uint64_t of, Version a, Version b, const std::stop_token& stop)
{
    if (!current(of) || !opened) return;
    const Version last = opened->replay->history().last();
    const auto state = [&](Version version) { return opened->replay->at(std::min(version, last), stop); };
    auto from = state(a);
    auto to = from ? state(b) : from;
    if (!to) {
        if (to.error().kind != Error::Kind::Cancelled) return fail(of, to.error());
        thread.postUnlessWaiting(kDiff, [this, of, a, b](const std::stop_token& again) { computeDiff(of, a, b, again); });
        return;
    }
    auto view = std::make_shared<DiffView>();
    view->entity = opened->replay->history().entity;
    view->a = from->version;
    view->b = to->version;
    view->aliveA = from->alive;
    view->aliveB = to->alive;
    const Json nothing(Json::value_t::discarded);
    view->changes = difference(from->alive ? from->document : nothing, to->alive ? to->document : nothing);
    if (view->changes.size() == 1 && view->changes.front().pointer.empty()) {
        const Change& whole = view->changes.front();
        const Json& document = whole.op == Change::Op::Add ? whole.after : whole.before;
        if (whole.op != Change::Op::Replace && document.is_object())
            for (const auto& [key, value] : document.get_ref<const Json::object_t&>()) {
                Change& member = view->members.emplace_back();
                member.op = whole.op;
                appendToken(member.pointer, key);
                member.before = whole.op == Change::Op::Add ? nothing : value;
                member.after = whole.op == Change::Op::Add ? value : nothing;
            }
    }
    answer(of, [view](const Answers& give) { give.diff(view); });
}

void EntityWorker::Impl::computePreview(std::uint64_t of, const std::shared_ptr<const PreviewTask>& task,
                                        const std::stop_token& stop)
{
    if (!current(of) || !opened) return;
    auto result = std::make_shared<ModelPreview>();
    result->ticket = task->ticket;
    const auto give = [&](const QString& error) {
        result->error = error;
        answer(of, [result](const Answers& to) { to.preview(result); });
    };
    auto reducer = model::setRules(task->rules);
    if (!reducer) return give(QString::fromStdString(reducer.error().why));
    const auto model = describeModel(*opened->history, std::nullopt, std::nullopt, **reducer);
    replay::EntityReplay replay(*reader, opened->history, std::move(*reducer), ingest::payloadsOf(opened->decoders),
                                kPreviewSnapshots);
    const Version version = std::min(task->version, opened->history->last());
    auto state = replay.at(version, stop);
    auto now = state ? opened->replay->at(version, stop) : state;
    if (!now) {
        if (now.error().kind != Error::Kind::Cancelled) return give(QString::fromStdString(now.error().text()));
        thread.postUnlessWaiting(kPreview, [this, of, task](const std::stop_token& again) { computePreview(of, task, again); });
        return;
    }
    auto view = std::make_shared<StateView>();
    view->entity = opened->history->entity;
    const Json nothing(Json::value_t::discarded);
    view->changes = difference(now->alive ? now->document : nothing, state->alive ? state->document : nothing);
    view->state = std::move(*state);
    view->model = model;
    view->modelName = model->name;
    result->view = view;
    give({});
}

void EntityWorker::Impl::takeProvenance(std::uint64_t of, std::shared_ptr<const replay::History> history,
                                        std::shared_ptr<const replay::Provenance> built)
{
    if (!current(of) || !opened || !isPrefix(*history, opened->replay->history())) return;
    provenance = std::move(built);
    provenanceOf = std::move(history);
    if (!lastState) return;
    auto view = std::make_shared<StateView>(*lastState);
    view->provenance = provenance;
    lastState = view;
    answer(of, [result = lastState](const Answers& to) { to.state(result); });
}

void EntityWorker::Impl::wantProvenance(std::uint64_t of, const std::shared_ptr<const replay::History>& history, bool growth)
{
    if (history->events.size() > kProvenanceLimit) return;
    backgroundThread.post(
        kProvenance, [this, of, history, growth](const std::stop_token& stop) { buildProvenance(of, history, growth, stop); });
}

// ---- on the background thread

void EntityWorker::Impl::buildProvenance(std::uint64_t of, const std::shared_ptr<const replay::History>& history, bool growth,
                                         const std::stop_token& stop)
{
    if (growth) {
        // While a tail is read this is done over and over: leave most of the time to others.
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any sleep;
        sleep.wait_for(
            lock, stop,
            std::clamp<std::chrono::nanoseconds>(3 * lastBuild, std::chrono::milliseconds(300), std::chrono::seconds(20)),
            [] { return false; });
    }
    if (!current(of) || stop.stop_requested()) return;
    const auto start = std::chrono::steady_clock::now();
    if (!background || backgroundGeneration != of) {
        background.reset();
        auto with = openReplay(*backgroundReader, history, kBackgroundSnapshots);
        if (!with) return fail(of, with.error());
        background = std::move(*with);
        backgroundGeneration = of;
    } else {
        if (auto known = background->decoders->refresh(*backgroundReader); !known) return fail(of, known.error());
        background->replay->setHistory(history);
    }
    auto built = background->replay->provenance(stop);
    if (!built) return fail(of, built.error());
    lastBuild = std::chrono::steady_clock::now() - start;
    thread.post(kProvenanceReady,
                [this, of, history, result = std::move(*built)](const std::stop_token&) { takeProvenance(of, history, result); });
}

// ---- the GUI thread's face

EntityWorker::EntityWorker(std::unique_ptr<store::Reader> reader, std::unique_ptr<store::Reader> background, GuiPost post,
                           Answers answers)
    : impl_(std::make_unique<Impl>())
{
    impl_->reader = std::move(reader);
    impl_->backgroundReader = std::move(background);
    impl_->post = std::move(post);
    impl_->answers = std::move(answers);
}

EntityWorker::~EntityWorker()
{
    impl_->thread.end();
    impl_->backgroundThread.end();
}

void EntityWorker::select(EntityId entity)
{
    Impl* impl = impl_.get();
    const std::uint64_t of = ++impl->generation;
    impl->entity = entity;
    impl->backgroundThread.cancel(kProvenance);
    for (const Kind kind : {kRefresh, kState, kEvent, kTip, kFields, kFieldNames, kChanges, kDiff, kPreview, kText})
        impl->thread.cancel(kind);
    impl->thread.postBefore(kLoad, kLoad, [impl, of, entity](const std::stop_token&) { impl->load(of, entity); });
}

void EntityWorker::deselect()
{
    ++impl_->generation;
    impl_->entity.reset();
    impl_->backgroundThread.cancel(kProvenance);
}

void EntityWorker::reopen()
{
    if (impl_->entity) select(*impl_->entity);
}

void EntityWorker::refresh()
{
    if (!impl_->entity) return;
    Impl* impl = impl_.get();
    impl->thread.post(kRefresh, [impl, of = impl->generation.load()](const std::stop_token&) { impl->reload(of); });
}

void EntityWorker::requestState(Version version)
{
    Impl* impl = impl_.get();
    impl->thread.postBefore(kState, kTip, [impl, version, of = impl->generation.load()](const std::stop_token& stop) {
        impl->computeState(of, version, stop);
    });
}

void EntityWorker::requestChanges(VersionRuns runs)
{
    Impl* impl = impl_.get();
    impl->thread.postBefore(kChanges, kChanges,
                            [impl, wanted = std::move(runs), of = impl->generation.load()](const std::stop_token& stop) {
                                impl->computeChanges(of, wanted, 0, stop);
                            });
}

void EntityWorker::requestTip(Version version)
{
    Impl* impl = impl_.get();
    impl->thread.post(kTip, [impl, version, of = impl->generation.load()](const std::stop_token& stop) {
        impl->computeTip(of, version, stop);
    });
}

void EntityWorker::requestEvent(EventId id)
{
    Impl* impl = impl_.get();
    impl->thread.post(kEvent, [impl, id, of = impl->generation.load()](const std::stop_token&) { impl->describeEvent(of, id); });
}

void EntityWorker::requestFields(std::vector<EventId> ids, std::vector<std::string> pointers)
{
    Impl* impl = impl_.get();
    impl->thread.post(kFields, [impl, wanted = std::move(ids), at = std::move(pointers),
                                of = impl->generation.load()](const std::stop_token&) { impl->readValues(of, wanted, at); });
}

void EntityWorker::requestFieldNames(std::vector<EventId> ids)
{
    Impl* impl = impl_.get();
    impl->thread.post(kFieldNames, [impl, wanted = std::move(ids), of = impl->generation.load()](const std::stop_token&) {
        impl->readNames(of, wanted);
    });
}

void EntityWorker::requestText(std::vector<TextExport::Row> rows, TextExport::Line line)
{
    Impl* impl = impl_.get();
    auto job = std::make_shared<TextJob>(++impl->textSerial, std::move(rows), std::move(line));
    impl->thread.post(kText, [impl, job, of = impl->generation.load()](const std::stop_token&) { impl->writeText(of, job); });
}

void EntityWorker::cancelText()
{
    ++impl_->textSerial;
    impl_->thread.cancel(kText);
}

void EntityWorker::requestDiff(Version a, Version b)
{
    Impl* impl = impl_.get();
    impl->thread.postBefore(kDiff, kDiff, [impl, a, b, of = impl->generation.load()](const std::stop_token& stop) {
        impl->computeDiff(of, a, b, stop);
    });
}

void EntityWorker::requestPreview(std::uint64_t ticket, Json rules, Version version)
{
    Impl* impl = impl_.get();
    const auto task = std::make_shared<const Impl::PreviewTask>(Impl::PreviewTask{ticket, std::move(rules), version});
    impl->thread.postBefore(kPreview, kPreview, [impl, task, of = impl->generation.load()](const std::stop_token& stop) {
        impl->computePreview(of, task, stop);
    });
}

bool EntityWorker::busy() const
{
    // The background thread ends by a post to the other one: ask in that order.
    return impl_->backgroundThread.busy() || impl_->thread.busy();
}

}  // namespace hindcast::ui
