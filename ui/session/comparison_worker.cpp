#include "ui/session/comparison_worker.h"

#include "ui/session/diff_order.h"
#include "ui/session/look_up.h"
#include "ui/session/open_replay.h"
#include "ui/session/task_thread.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

namespace hindcast::ui {

namespace {

enum Kind : std::size_t { kLoad, kCompare, kFind, kChanges };
constexpr std::size_t kSnapshots = 32u << 20;  // bytes, for each of the two lives

/// Where a whole object came or went: its members, one by one.
Changes membersOf(const Changes& changes)
{
    Changes members;
    if (changes.size() != 1 || !changes.front().pointer.empty() || changes.front().op == Change::Op::Replace) return members;
    const Change& whole = changes.front();
    const bool added = whole.op == Change::Op::Add;
    const Json& document = added ? whole.after : whole.before;
    if (!document.is_object()) return members;
    const Json nothing(Json::value_t::discarded);
    for (const auto& [key, value] : document.get_ref<const Json::object_t&>()) {
        Change& member = members.emplace_back();
        member.op = whole.op;
        appendToken(member.pointer, key);
        member.before = added ? nothing : value;
        member.after = added ? value : nothing;
    }
    return members;
}

}  // namespace

struct ComparisonWorker::Impl {
    std::shared_ptr<store::Store> store;
    std::shared_ptr<model::Runtime> runtime;
    GuiPost post;
    Answers answers;

    // ---- the thread's own
    std::unique_ptr<store::Reader> reader;
    std::vector<OpenReplay> open;  ///< of the lives that were compared last; two at most
    struct Known {
        Life life;
        std::uint32_t events = 0;   ///< by the directory, when it was read
        std::uint64_t rejects = 0;  ///< of the workspace, then
    };
    std::vector<Known> known;  ///< of the lives that were loaded last

    std::atomic<bool> anew{false};  ///< owed to a task that may have been overtaken
    TaskThread thread;

    [[nodiscard]] Result<void> begin();
    [[nodiscard]] Result<Known> read(const std::string& entity, const store::Directory* directory);
    void load(const std::vector<std::string>& entities, const store::Directory* directory, std::uint64_t rejects);
    [[nodiscard]] Result<OpenReplay*> replayOf(const std::shared_ptr<const replay::History>& history, EntityId beside);
    [[nodiscard]] Result<std::shared_ptr<ComparisonView>> rebuild(const Request& request, const std::stop_token& stop);
    void compare(const Request& request, const std::stop_token& stop);
    void changes(const std::shared_ptr<const ComparisonView>& of, std::size_t first, std::size_t last,
                 const std::stop_token& stop);
    void find(const QString& text, const std::stop_token& stop);
    void fail(const Error& error)
    {
        post([this, error] { answers.failed(error); });
    }
};

Result<void> ComparisonWorker::Impl::begin()
{
    if (anew.exchange(false)) {
        open.clear();
        known.clear();
    }
    if (reader) return {};
    auto made = store->reader();
    if (!made) return std::unexpected(made.error());
    reader = std::move(*made);
    return {};
}

Result<ComparisonWorker::Impl::Known> ComparisonWorker::Impl::read(const std::string& entity, const store::Directory* directory)
{
    Known found;
    found.life.entity = QString::fromStdString(entity);
    auto id = reader->findEntity(EntityKey::fromText(entity));
    if (!id) return std::unexpected(id.error());
    if (!*id) return found;
    auto history = replay::loadHistory(*reader, **id);
    if (!history) return std::unexpected(history.error());
    found.life.history = std::move(*history);
    if (directory != nullptr && (**id).value < directory->size()) found.events = directory->counts[(**id).value];
    return found;
}

void ComparisonWorker::Impl::load(const std::vector<std::string>& entities, const store::Directory* directory,
                                  std::uint64_t rejects)
{
    if (auto ready = begin(); !ready) return fail(ready.error());
    std::vector<Known> now;
    std::vector<Life> lives;
    for (const std::string& entity : entities) {
        const auto before =
            std::ranges::find(known, QString::fromStdString(entity), [](const Known& one) { return one.life.entity; });
        const bool same = before != known.end() && before->life.history && before->rejects == rejects && directory != nullptr &&
                          before->life.history->entity.value < directory->size() &&
                          directory->counts[before->life.history->entity.value] == before->events;
        auto life = same ? Result<Known>(*before) : read(entity, directory);
        if (!life) return fail(life.error());
        life->rejects = rejects;
        lives.push_back(life->life);
        now.push_back(std::move(*life));
    }
    known = std::move(now);
    post([this, lives = std::move(lives)] { answers.lives(lives); });
}

/// `beside`: the other life, whose replay is kept.
Result<OpenReplay*> ComparisonWorker::Impl::replayOf(const std::shared_ptr<const replay::History>& history, EntityId beside)
{
    const auto found = std::ranges::find(open, history->entity, [](const OpenReplay& one) { return one.history->entity; });
    if (found != open.end()) {
        if (found->history != history) {
            if (auto known = found->decoders->refresh(*reader); !known) return std::unexpected(known.error());
            found->replay->setHistory(history);
            found->history = history;
        }
        return &*found;
    }
    auto opened = openReplay(*reader, runtime, history, kSnapshots);
    if (!opened) return std::unexpected(opened.error());
    std::erase_if(open, [beside](const OpenReplay& one) { return one.history->entity != beside; });
    open.push_back(std::move(*opened));
    return &open.back();
}

Result<std::shared_ptr<ComparisonView>> ComparisonWorker::Impl::rebuild(const Request& request, const std::stop_token& stop)
{
    auto view = std::make_shared<ComparisonView>();
    view->times = request.times;
    for (std::size_t i = 0; i < 2; ++i) {
        auto replay = replayOf(request.histories[i], request.histories[1 - i]->entity);
        if (!replay) return std::unexpected(replay.error());
        auto state = (*replay)->replay->at(request.versions[i], stop);
        if (!state) return std::unexpected(state.error());
        view->sides[i] = {request.histories[i], std::move(*state), (*replay)->model->name};
    }
    const Json nothing(Json::value_t::discarded);
    const auto documentOf = [&](std::size_t side) -> const Json& {
        const Json* document = view->document(side);
        return document != nullptr ? *document : nothing;
    };
    view->changes = difference(documentOf(0), documentOf(1));
    view->members = membersOf(view->changes);
    // Beside the state of the same step it lists the fields as that does.
    const auto [least, most] = std::minmax({request.versions[0].value, request.versions[1].value});
    if (view->ofOneLife() && most == least + 1 && !view->shown().empty()) {
        auto replay = replayOf(request.histories[0], request.histories[0]->entity);
        if (replay)
            if (const auto written = (*replay)->replay->changesOf(Version{most}, stop))
                view->members = inOrderWritten(view->shown(), *written);
    }
    view->between = Between(request.histories, request.versions, request.times);
    return view;
}

void ComparisonWorker::Impl::compare(const Request& request, const std::stop_token& stop)
{
    if (auto ready = begin(); !ready) return fail(ready.error());
    auto view = rebuild(request, stop);
    if (!view) {
        if (view.error().kind != Error::Kind::Cancelled) fail(view.error());
        return;  // cancelled: it ends
    }
    post([this, result = std::shared_ptr<const ComparisonView>(std::move(*view))] { answers.compared(result); });
}

void ComparisonWorker::Impl::changes(const std::shared_ptr<const ComparisonView>& of, std::size_t first, std::size_t last,
                                     const std::stop_token& stop)
{
    if (auto ready = begin(); !ready) return fail(ready.error());
    auto result = std::make_shared<BetweenChanges>();
    result->of = of;
    result->first = first;
    result->changes.resize(last - first + 1);
    for (std::uint8_t side = 0; side < 2; ++side) {
        std::vector<std::size_t> rows;  // of this side, whose versions follow one another
        for (std::size_t row = first; row <= last; ++row)
            if (of->between.at(row).side == side) rows.push_back(row);
        if (rows.empty()) continue;
        const Version from = of->between.at(rows.front()).version;
        const Version to = of->between.at(rows.back()).version;
        auto replay = replayOf(of->sides[side].history, of->sides[1 - side].history->entity);
        if (!replay) return fail(replay.error());
        const auto done = (*replay)->replay->changes(from, to, stop, [&](Version version, const Changes& made) {
            result->changes[rows[version.value - from.value] - first] = made;
            return true;
        });
        if (done) continue;
        if (done.error().kind != Error::Kind::Cancelled) return fail(done.error());
        return thread.postUnlessWaiting(
            kChanges, [this, of, first, last](const std::stop_token& again) { changes(of, first, last, again); });
    }
    post([this, result = std::shared_ptr<const BetweenChanges>(std::move(result))] { answers.changes(result); });
}

void ComparisonWorker::Impl::find(const QString& text, const std::stop_token& stop)
{
    if (auto ready = begin(); !ready) return fail(ready.error());
    auto hits = lookUpLike(*reader, text, stop);
    if (!hits) {
        if (hits.error().kind != Error::Kind::Cancelled) return fail(hits.error());
        return thread.postUnlessWaiting(kFind, [this, text](const std::stop_token& again) { find(text, again); });
    }
    post([this, text, found = std::move(*hits)] { answers.found(text, found); });
}

ComparisonWorker::ComparisonWorker(std::shared_ptr<store::Store> store, std::shared_ptr<model::Runtime> runtime, GuiPost post,
                                   Answers answers)
    : impl_(std::make_unique<Impl>())
{
    impl_->store = std::move(store);
    impl_->runtime = std::move(runtime);
    impl_->post = std::move(post);
    impl_->answers = std::move(answers);
}

ComparisonWorker::~ComparisonWorker() { impl_->thread.end(); }

void ComparisonWorker::load(std::vector<std::string> entities, std::shared_ptr<const store::Directory> directory,
                            std::uint64_t rejects)
{
    Impl* impl = impl_.get();
    impl->thread.postBefore(
        kLoad, kFind, [impl, rejects, wanted = std::move(entities), directory = std::move(directory)](const std::stop_token&) {
            impl->load(wanted, directory.get(), rejects);
        });
}

void ComparisonWorker::compare(Request request)
{
    Impl* impl = impl_.get();
    impl->thread.postBefore(kCompare, kFind,
                            [impl, wanted = std::move(request)](const std::stop_token& stop) { impl->compare(wanted, stop); });
}

void ComparisonWorker::requestChanges(std::shared_ptr<const ComparisonView> of, std::size_t first, std::size_t last)
{
    if (first > last || last >= of->between.size()) return;
    Impl* impl = impl_.get();
    impl->thread.post(kChanges, [impl, first, last, view = std::move(of)](const std::stop_token& stop) {
        impl->changes(view, first, last, stop);
    });
}

void ComparisonWorker::find(QString text)
{
    Impl* impl = impl_.get();
    impl->thread.postBefore(kFind, kFind,
                            [impl, wanted = std::move(text)](const std::stop_token& stop) { impl->find(wanted, stop); });
}

void ComparisonWorker::forget() { impl_->anew = true; }

bool ComparisonWorker::busy() const { return impl_->thread.busy(); }

}  // namespace hindcast::ui
