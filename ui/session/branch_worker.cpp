#include "ui/session/branch_worker_impl.h"

#include "core/ingest/decoders.h"
#include "ui/session/branch_words.h"

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr std::size_t kSnapshots = 32u << 20;

bool namesUnknown(const replay::Branch& branch)
{
    return std::ranges::any_of(
        branch.edits(), [](const replay::BranchEdit& edit) { return edit.event.unknown || (edit.after && edit.after->unknown); });
}

/// Where a version of the branch stands beside one of the real history: what lies after the instant is not in it, and of several at
/// that instant no more than stand beside the version.
Version besideOf(const replay::BranchHistory& made, Version real, Timestamp time)
{
    return std::min(made.history()->versionAt(time), made.branchVersion(real));
}

/// What it was right before a version; discarded where it did not live.
Result<Json> stateBefore(replay::EntityReplay& life, Version version, const std::stop_token& stop)
{
    if (version.value == 0) return Json(Json::value_t::discarded);
    auto state = life.at(Version{version.value - 1}, stop);
    if (!state) return std::unexpected(state.error());
    return state->alive ? std::move(state->document) : Json(Json::value_t::discarded);
}

}  // namespace

BranchWorker::BranchWorker(std::shared_ptr<store::Store> store, std::shared_ptr<model::Runtime> runtime, GuiPost post,
                           Answers answers)
    : impl_(std::make_unique<Impl>())
{
    impl_->store = std::move(store);
    impl_->runtime = std::move(runtime);
    impl_->post = std::move(post);
    impl_->answers = std::move(answers);
}

BranchWorker::~BranchWorker()
{
    if (impl_->stopExport) impl_->stopExport->request_stop();
    impl_->backgroundThread.end();
    impl_->thread.end();
    // A save that still waited: nobody is there to be told of its trouble.
    if (impl_->unsaved) (void)impl_->saveNow(*impl_->unsaved);
}

void BranchWorker::apply(std::uint64_t id, replay::Branch branch, std::shared_ptr<const replay::History> history)
{
    Impl* impl = impl_.get();
    const std::uint64_t of = ++impl->generation;
    impl->backgroundThread.cancel(Impl::kWatch);
    impl->backgroundThread.cancel(Impl::kCourse);
    impl->thread.postBefore(Impl::kApply, Impl::kState,
                            [impl, of, id, made = std::move(branch), life = std::move(history)](const std::stop_token&) {
                                impl->apply(of, id, made, life);
                            });
}

void BranchWorker::forget()
{
    ++impl_->generation;
    impl_->thread.cancel(Impl::kApply);
    impl_->thread.cancel(Impl::kState);
    impl_->backgroundThread.cancel(Impl::kWatch);
    impl_->backgroundThread.cancel(Impl::kCourse);
}

void BranchWorker::reopen() { ++impl_->reopened; }

void BranchWorker::requestState(Version real, Timestamp time)
{
    Impl* impl = impl_.get();
    impl->thread.postBefore(Impl::kState, Impl::kState,
                            [impl, real, time, of = impl->generation.load()](const std::stop_token& stop) {
                                impl->computeState(of, real, time, stop);
                            });
}

void BranchWorker::requestPayload(std::uint64_t ticket, EventId origin)
{
    Impl* impl = impl_.get();
    impl->thread.post(Impl::kPayload, [impl, ticket, origin, of = impl->generation.load()](const std::stop_token&) {
        impl->readPayload(of, ticket, origin);
    });
}

void BranchWorker::requestPayloadLike(std::uint64_t ticket, std::string type, std::optional<EventId> origin)
{
    Impl* impl = impl_.get();
    impl->thread.post(Impl::kPayload, [impl, ticket, origin, like = std::move(type), of = impl->generation.load()](
                                          const std::stop_token&) { impl->readPayloadLike(of, ticket, like, origin); });
}

bool BranchWorker::busy() const { return impl_->thread.busy() || impl_->backgroundThread.busy(); }

// ---- on the first thread

Result<void> BranchWorker::Impl::open(Desk& on, const Job& wanted, std::size_t snapshotBytes)
{
    const auto& made = wanted.view->made;
    const auto& ownTypes = wanted.view->ownTypes;
    const std::uint64_t models = reopened.load();
    const bool same = on.whatIf && on.branch == wanted.view->branch && on.models == models && on.ownTypes == ownTypes &&
                      on.real->history->entity == made->real()->entity;
    if (same) {
        if (on.made == made) return {};
        if (auto known = on.real->decoders->refresh(*on.reader); !known) return known;
        on.log->set(made);
        on.real->history = made->real();
        on.real->replay->setHistory(made->real());
        on.whatIf->setHistory(made->history());
        on.made = made;
        return {};
    }
    if (!on.reader) {
        auto reader = store->reader();
        if (!reader) return std::unexpected(reader.error());
        on.reader = std::move(*reader);
    }
    on.whatIf.reset();
    on.real.reset();
    auto real = openReplay(*on.reader, runtime, made->real(), snapshotBytes);
    if (!real) return std::unexpected(real.error());
    on.real = std::move(*real);
    on.log.emplace(made, wanted.types);
    on.whatIf = std::make_unique<replay::EntityReplay>(on.log->feed(replay::feedFrom(*on.reader)), made->history(),
                                                       on.real->replay->reducer().clone(),
                                                       on.log->payloads(ingest::payloadsOf(on.real->decoders)), snapshotBytes);
    on.branch = wanted.view->branch;
    on.models = models;
    on.ownTypes = ownTypes;
    on.made = made;
    return {};
}

void BranchWorker::Impl::apply(std::uint64_t of, std::uint64_t id, const replay::Branch& wanted,
                               const std::shared_ptr<const replay::History>& history)
{
    if (!current(of)) return;
    if (!desk.reader) {
        auto reader = store->reader();
        if (!reader) return fail(of, reader.error());
        desk.reader = std::move(*reader);
    }
    replay::Branch branch = wanted;
    std::optional<replay::Branch> found;
    if (namesUnknown(branch)) {
        // Its events may have come meanwhile.
        const auto json = branch.toJson([this](EventId event) { return desk.reader->position(event); });
        if (auto again = replay::Branch::fromJson(json, [this](const Position& at) { return desk.reader->find(at); });
            again && *again != branch)
            found = branch = std::move(*again);
    }
    if (const std::uint64_t now = reopened.load(); !types || typesOf != now) {
        auto known = desk.reader->types();
        if (!known) return fail(of, known.error());
        types.emplace(*known);
        typesOf = now;
    }
    auto view = std::make_shared<BranchView>();
    view->branch = id;
    view->entity = history->entity;
    view->made = replay::BranchHistory::apply(branch, history, *types);
    view->edits = branch.edits().size();
    view->does = branchDoes(branch, *view->made);
    for (const replay::NotApplied& each : view->made->notApplied()) view->idle << QString::fromStdString(each.why);
    for (const replay::BranchEdit& edit : branch.edits()) {
        if (!edit.type) continue;
        const TypeId type = types->idOf(*edit.type);
        if (types->ownName(type)) view->ownTypes[type] = QString::fromStdString(*edit.type);
    }
    job = Job{of, view, std::make_shared<const replay::BranchTypes>(*types)};
    {
        const std::scoped_lock lock(mutex);
        applied = std::make_shared<const Job>(*job);
    }
    post([this, of, result = std::shared_ptr<const BranchView>(std::move(view)), found] {
        if (!current(of)) return;
        answers.applied(result, found);
        lookBehind();
    });
}

void BranchWorker::Impl::computeState(std::uint64_t of, Version real, Timestamp time, const std::stop_token& stop)
{
    if (!current(of) || !job || job->of != of) return;
    const auto& made = *job->view->made;
    auto view = std::make_shared<BranchStateView>();
    view->branch = job->view->branch;
    view->entity = job->view->entity;
    view->real = std::min(real, made.real()->last());
    view->version = besideOf(made, view->real, time);
    const auto tell = [&] { answer(of, [view](const Answers& to) { to.state(view); }); };
    const auto trouble = [&](const Error& error) {
        if (error.kind == Error::Kind::Cancelled) return;
        view->trouble = QString::fromStdString(error.text());
        tell();
    };
    if (auto opened = open(desk, *job, kSnapshots); !opened) return trouble(opened.error());
    auto mine = desk.real->replay->at(view->real, stop);
    if (!mine) return trouble(mine.error());
    auto theirs = desk.whatIf->at(view->version, stop);
    if (!theirs) return trouble(theirs.error());
    if (theirs->error) view->trouble = QString::fromStdString(theirs->error->error.message);
    const Json none(Json::value_t::discarded);
    view->realAlive = mine->alive;
    view->alive = theirs->alive;
    view->document = theirs->alive ? std::move(theirs->document) : none;
    view->difference = difference(mine->alive ? mine->document : none, view->document);
    auto joint = std::make_shared<StateView>();
    joint->entity = view->entity;
    joint->state = std::move(*mine);
    joint->changes = view->difference;
    for (Change& change : joint->changes)
        if (change.op == Change::Op::Remove) change.op = Change::Op::Replace;  // its line is there, and marked
    if (view->realAlive || view->alive) {
        joint->state.document = jointDocument(view->realAlive ? joint->state.document : none, view->document);
        joint->state.alive = true;
    } else {
        auto was = stateBefore(*desk.real->replay, view->real, stop);
        if (!was) return trouble(was.error());
        if (!was->is_discarded()) {
            auto past = stateBefore(*desk.whatIf, view->version, stop);
            if (!past) return trouble(past.error());
            view->past = std::move(*past);
            Change end;
            end.op = Change::Op::Remove;
            end.before = jointDocument(*was, view->past);
            joint->changes = {std::move(end)};
        }
    }
    view->joint = std::move(joint);
    tell();
}

// ---- payloads

void BranchWorker::Impl::readPayload(std::uint64_t of, std::uint64_t ticket, EventId origin)
{
    if (!job || !current(of)) return;
    const auto& events = job->view->made->events();
    const auto at = std::ranges::find(events, origin, &replay::BranchEvent::origin);
    if (at == events.end()) return;
    tellPayload(of, ticket, static_cast<std::size_t>(at - events.begin()));
}

void BranchWorker::Impl::readPayloadLike(std::uint64_t of, std::uint64_t ticket, const std::string& type,
                                         std::optional<EventId> origin)
{
    if (!job || !current(of)) return;
    const auto& events = job->view->made->events();
    const auto& all = job->view->made->history()->events;
    const TypeId wanted = types->idOf(type);
    const auto from =
        origin ? static_cast<std::size_t>(std::ranges::find(events, *origin, &replay::BranchEvent::origin) - events.begin())
               : std::size_t{0};
    std::optional<std::size_t> nearest;
    const auto distance = [from](std::size_t i) { return i > from ? i - from : from - i; };
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].type == wanted && (!nearest || distance(i) <= distance(*nearest))) nearest = i;
    if (nearest) return tellPayload(of, ticket, *nearest);
    auto told = std::make_shared<BranchPayload>();
    told->ticket = ticket;
    told->type = QString::fromStdString(type);
    answer(of, [told](const Answers& to) { to.payload(told); });
}

void BranchWorker::Impl::tellPayload(std::uint64_t of, std::uint64_t ticket, std::size_t index)
{
    if (auto opened = open(desk, *job, kSnapshots); !opened) return fail(of, opened.error());
    const replay::HistoryEvent& event = job->view->made->history()->events[index];
    const auto feed = desk.log->feed(replay::feedFrom(*desk.reader));
    const auto payloads = desk.log->payloads(ingest::payloadsOf(desk.real->decoders));
    auto told = std::make_shared<BranchPayload>();
    told->ticket = ticket;
    told->type = QString::fromStdString(feed->typeName(event.type));
    told->time = event.time;
    const EventId ids[] = {event.id};
    const auto read = feed->records(ids, [&](EventId id, const RawRecord& record, std::span<const Header> headers) {
        const std::string_view text = payloads->payload(id, record, headers);
        if (const auto json = parseJson(text)) told->payload = QString::fromStdString(toText(*json, 2));
        return false;
    });
    if (!read) return fail(of, read.error());
    answer(of, [told](const Answers& to) { to.payload(told); });
}

}  // namespace hindcast::ui
