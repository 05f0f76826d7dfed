#include "ui/session/list_worker.h"

#include "ui/session/id_fit.h"

#include "ui/session/look_up.h"
#include "ui/session/task_thread.h"
#include "ui/session/type_colors.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <iterator>
#include <map>
#include <mutex>
#include <string_view>
#include <thread>
#include <unordered_map>

namespace hindcast::ui {

namespace {

enum Kind : std::size_t { kFind, kLookUp, kRows, kRejects, kReject, kReadReject, kRejectRows, kRefresh, kDensity };
enum SearchKind : std::size_t { kSearch, kKeys };  // of the search thread

constexpr std::size_t kFirstBatch = 64;  // shown at once; later batches grow so that few signals carry many
constexpr std::size_t kBatch = 50'000;
constexpr std::size_t kRanked = 2'000;  // hits: of more the text says too little for any to be likelier

/// An ingest writes for ingest::Options::commitEvery at a time and lets others in between; what takes longer is waited for again.
constexpr std::chrono::milliseconds kTurn{2000};
constexpr std::chrono::milliseconds kTryAgain{100};

}  // namespace

Result<std::shared_ptr<const Overview>> readOverview(store::Reader& reader, std::shared_ptr<const store::Directory> previous)
{
    auto overview = std::make_shared<Overview>();
    auto counts = reader.counts();
    if (!counts) return std::unexpected(counts.error());
    overview->counts = *counts;
    auto directory = reader.directory(std::move(previous));
    if (!directory) return std::unexpected(directory.error());
    overview->directory = std::move(*directory);
    auto categories = reader.categories();
    if (!categories) return std::unexpected(categories.error());
    overview->categories = std::move(*categories);
    auto types = reader.types();
    if (!types) return std::unexpected(types.error());
    overview->types = std::move(*types);
    overview->frequent = mostFrequent(overview->types, TypeColors::kEnough);
    auto sources = reader.sources();
    if (!sources) return std::unexpected(sources.error());
    overview->sources = std::move(*sources);
    auto parts = reader.parts();
    if (!parts) return std::unexpected(parts.error());
    overview->parts = std::move(*parts);
    return overview;
}

struct ListWorker::Impl {
    GuiPost post;
    Answers answers;
    std::atomic<std::uint64_t> searchGeneration{0};
    std::atomic<bool> anew{false};  ///< owed to a look that may have been overtaken
    std::atomic<std::uint64_t> lookUpGeneration{0};

    std::shared_ptr<store::Store> store;

    // ---- the list thread's own
    std::unique_ptr<store::Reader> reader;
    std::shared_ptr<const Overview> last;
    std::unordered_map<CategoryId, QString> categoryTexts;

    std::unique_ptr<store::Reader> searchReader;  // the search thread's own
    TaskThread thread;
    TaskThread searchThread;
    TaskThread saver;  ///< waits for its turn to write: nothing that is looked at may wait behind it

    std::mutex unsavedMutex;
    std::map<std::string, Json> unsaved;

    /// Those that could not be saved because something large is being written stay in `unsaved`: told of is what cannot be at all.
    void save(const std::function<void(const Error&)>& tell)
    {
        std::map<std::string, Json> settings;
        {
            const std::scoped_lock lock(unsavedMutex);
            settings = std::exchange(unsaved, {});
        }
        for (auto& [name, value] : settings) {
            const auto saved = store->saveSetting(name, value, kTurn);
            if (saved) continue;
            if (saved.error().kind != Error::Kind::Retry) {
                tell(saved.error());
                continue;
            }
            const std::scoped_lock lock(unsavedMutex);
            unsaved.try_emplace(name, std::move(value));  // unless there is a newer one
        }
    }

    void saveSoon()
    {
        saver.postUnlessWaiting(0, [this](const std::stop_token& stop) {
            save([this](const Error& error) { fail(error); });
            {
                const std::scoped_lock lock(unsavedMutex);
                if (unsaved.empty()) return;
            }
            if (stop.stop_requested()) return;
            std::this_thread::sleep_for(kTryAgain);
            saveSoon();
        });
    }

    /// What the thread did not come to. Nobody is there any more for answers but lost().
    void saveLast()
    {
        save(answers.lost);
        for (const auto& [name, value] : unsaved)
            answers.lost({"cannot save " + name + " in " + store->path(), "something is being written into it that takes long",
                          "set it again when the workspace is open", Error::Kind::Retry});
    }

    void answer(std::function<void(const Answers&)> give)
    {
        post([this, give = std::move(give)] { give(answers); });
    }
    void fail(const Error& error)
    {
        if (error.kind == Error::Kind::Cancelled) return;
        answer([error](const Answers& to) { to.failed(error); });
    }

    void refresh(bool anew, std::uint64_t asked)
    {
        look(anew);
        answer([asked](const Answers& to) { to.looked(asked); });
    }

    void look(bool anew)
    {
        if (!anew && last) {
            auto counts = reader->counts();
            if (!counts) return fail(counts.error());
            if (counts->generation == last->counts.generation) return;
        }
        auto overview = readOverview(*reader, anew || !last ? nullptr : last->directory);
        if (!overview) return fail(overview.error());
        last = std::move(*overview);
        categoryTexts.clear();
        answer([result = last](const Answers& to) { to.overview(result); });
    }

    void rows(const std::vector<EntityId>& ids)
    {
        auto keys = reader->entityKeys(ids);
        // Numbers of entities that a new mapping did away with; those that are there are asked for again.
        if (!keys && keys.error().kind == Error::Kind::BadInput) return;
        if (!keys) return fail(keys.error());
        const std::shared_ptr<const store::Directory> directory = last ? last->directory : nullptr;
        if (categoryTexts.empty() && last)
            for (const store::Category& category : last->categories)
                categoryTexts.emplace(category.id, QString::fromStdString(category.text));
        std::vector<EntityRow> rows;
        rows.reserve(ids.size());
        for (std::size_t i = 0; i < ids.size() && i < keys->size(); ++i) {
            EntityRow row;
            row.id = ids[i];
            row.category = QString::fromStdString((*keys)[i].category);
            row.name = QString::fromStdString((*keys)[i].id);
            if (directory && ids[i].value < directory->size()) {
                row.events = directory->counts[ids[i].value];
                row.last = directory->last[ids[i].value];
                const auto text = categoryTexts.find(directory->category[ids[i].value]);
                if (text != categoryTexts.end()) row.category = text->second;
            }
            rows.push_back(std::move(row));
        }
        answer([result = std::move(rows)](const Answers& to) { to.rows(result); });
    }

    void rejects(const std::vector<EventId>& ids)
    {
        std::vector<store::Reject> found;
        for (const EventId id : ids) {
            auto reject = reader->rejectAt(id);
            if (!reject) return fail(reject.error());
            if (*reject) found.push_back(std::move(**reject));
        }
        answer([result = std::move(found)](const Answers& to) { to.rejects(result); });
    }

    void rejectRows(const store::RejectQuery& query)
    {
        auto view = readRejectRows(*reader, query);
        if (!view) return fail(view.error());
        answer([result = std::move(*view)](const Answers& to) { to.rejectRows(result); });
    }

    void reject(EventId id, std::function<void(std::shared_ptr<const EventView>)> Answers::* to)
    {
        auto view = ui::readReject(*reader, id);
        if (!view) return fail(view.error());
        if (*view) answer([result = std::move(*view), to](const Answers& all) { (all.*to)(result); });
    }

    void density(const store::DensityQuery& query)
    {
        auto counted = reader->density(query);
        if (!counted) return fail(counted.error());
        answer([result = std::make_shared<const DensityView>(std::move(*counted))](const Answers& to) { to.density(result); });
    }

    /// Those that `text` names as a whole.
    static Result<std::vector<EntityId>> named(store::Reader& in, const std::string& text)
    {
        std::vector<EntityId> found;
        const EntityKey key = EntityKey::fromText(text);
        if (!key.category.empty()) {
            auto categories = in.categories();
            if (!categories) return std::unexpected(categories.error());
            for (const store::Category& category : *categories) {
                // A table may go without its schema: "users/12" is "public.users/12".
                if (category.text != key.category && !category.text.ends_with("." + key.category)) continue;
                auto entity = in.findEntity({category.text, key.id});
                if (!entity) return std::unexpected(entity.error());
                if (!*entity) continue;
                found.insert(category.text == key.category ? found.begin() : found.end(), **entity);
            }
        }
        if (!found.empty()) return found;
        return in.findById(text);  // a bare id may hold a slash of its own
    }

    void find(const std::string& text)
    {
        auto found = named(*reader, text);
        if (!found) return fail(found.error());
        // What was written out in full is not one among several.
        if (const EntityKey key = EntityKey::fromText(text); found->size() > 1 && !key.category.empty()) {
            auto exact = reader->findEntity(key);
            if (!exact) return fail(exact.error());
            if (*exact) found = std::vector{**exact};
        }
        answer([text, ids = std::move(*found)](const Answers& to) { to.entity(text, ids); });
    }

    void lookedUp(std::uint64_t of, const QString& text, std::vector<GoToHit> hits, bool isLast)
    {
        post([this, of, text, result = std::move(hits), isLast] {
            if (lookUpGeneration.load() == of) answers.lookedUp(text, result, isLast);
        });
    }

    void lookUp(std::uint64_t of, const GoToReadings& readings)
    {
        auto hits = ui::lookUp(*reader, readings, named);
        if (!hits) {
            fail(hits.error());
            hits.emplace();
        }
        const bool done = readings.version || readings.time;
        lookedUp(of, readings.text, *hits, done);
        if (done) return;
        searchThread.post(kKeys, [this, of, text = readings.text, found = std::move(*hits)](const std::stop_token& stop) {
            lookFurther(of, text, found, stop);
        });
    }

    /// Beyond what it names: what it may be a part of, and where it named nothing, records by their key.
    void lookFurther(std::uint64_t of, const QString& text, const std::vector<GoToHit>& before, const std::stop_token& stop)
    {
        if (lookUpGeneration.load() != of) return;
        std::vector<GoToHit> hits = before;
        constexpr qsizetype kLeast = 2;  // characters: one is in everything
        if (text.size() >= kLeast) {
            auto like = lookUpLike(*searchReader, text, stop);
            if (!like && like.error().kind == Error::Kind::Cancelled)  // made room for a search of entities: goes on after it
                return searchThread.postUnlessWaiting(
                    kKeys, [this, of, text, before](const std::stop_token& again) { lookFurther(of, text, before, again); });
            if (!like) fail(like.error());
            if (!like) like.emplace();
            const auto known = [&before](const GoToHit& hit) {
                return std::ranges::any_of(
                    before, [&](const GoToHit& one) { return one.kind == GoToHit::Kind::Entity && one.entity == hit.entity; });
            };
            std::ranges::copy_if(*like, std::back_inserter(hits), std::not_fn(known));
        }
        lookedUp(of, text, hits, !before.empty());
        if (before.empty()) walkKeys(of, text, hits, stop);
    }

    void walkKeys(std::uint64_t of, const QString& text, const std::vector<GoToHit>& before, const std::stop_token& stop)
    {
        if (lookUpGeneration.load() != of) return;
        auto found = lookUpKey(*searchReader, text, stop);
        if (!found && found.error().kind == Error::Kind::Cancelled) {
            searchThread.postUnlessWaiting(
                kKeys, [this, of, text, before](const std::stop_token& again) { walkKeys(of, text, before, again); });
            return;
        }
        if (!found) fail(found.error());
        std::vector<GoToHit> hits = before;
        if (found) hits.insert(hits.end(), std::make_move_iterator(found->begin()), std::make_move_iterator(found->end()));
        lookedUp(of, text, std::move(hits), true);
    }

    void give(std::uint64_t of, std::vector<EntityId> batch, bool isLast)
    {
        post([this, of, result = std::move(batch), isLast] {
            if (searchGeneration.load() == of) answers.found(result, isLast);
        });
    }

    void search(std::uint64_t of, const std::string& text, const std::stop_token& stop)
    {
        auto exact = named(*searchReader, text);
        if (!exact) {
            fail(exact.error());
            exact.emplace();
        }
        post([this, of, ids = std::move(*exact)] {
            if (searchGeneration.load() == of) answers.named(ids);
        });
        std::vector<EntityId> batch;
        std::vector<EntityId> all;  // as long as they are few
        std::size_t hits = 0;
        std::size_t limit = kFirstBatch;
        const auto done = searchReader->searchEntities(text, stop, [&](std::span<const EntityId> ids) {
            batch.insert(batch.end(), ids.begin(), ids.end());
            hits += ids.size();
            if (hits <= kRanked) all.insert(all.end(), ids.begin(), ids.end());
            if (batch.size() < limit) return;
            give(of, std::exchange(batch, {}), false);
            limit = kBatch;
        });
        if (stop.stop_requested() || searchGeneration.load() != of) return;
        if (!done) fail(done.error());
        if (hits <= kRanked) rank(of, text, all);
        give(of, std::move(batch), true);
    }

    /// Tells which of the hits the text is likelier to have meant: those whose last word it is, then those that begin with it.
    void rank(std::uint64_t of, const std::string& text, const std::vector<EntityId>& ids)
    {
        const auto keys = searchReader->entityKeys(ids);
        if (!keys) return fail(keys.error());
        const EntityKey split = EntityKey::fromText(text);
        std::vector<EntityId> byWord;
        std::vector<EntityId> byHead;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            const EntityKey& key = (*keys)[i];
            const bool within = !split.category.empty() && key.category.ends_with(split.category);
            if (isLastWord(text, key.id) || (within && isLastWord(split.id, key.id)))
                byWord.push_back(ids[i]);
            else if (beginsWith(text, key.id) || (within && beginsWith(split.id, key.id)))
                byHead.push_back(ids[i]);
        }
        for (std::vector<EntityId>* set : {&byWord, &byHead})
            if (!set->empty())
                post([this, of, likely = std::move(*set)] {
                    if (searchGeneration.load() == of) answers.named(likely);
                });
    }
};

ListWorker::ListWorker(std::shared_ptr<store::Store> store, std::unique_ptr<store::Reader> reader,
                       std::unique_ptr<store::Reader> search, std::shared_ptr<const Overview> first, GuiPost post,
                       Answers answers)
    : impl_(std::make_unique<Impl>())
{
    impl_->store = std::move(store);
    impl_->reader = std::move(reader);
    impl_->searchReader = std::move(search);
    impl_->last = std::move(first);
    impl_->post = std::move(post);
    impl_->answers = std::move(answers);
}

ListWorker::~ListWorker()
{
    impl_->thread.end();
    impl_->saver.end();
    impl_->saveLast();
    impl_->searchThread.end();
}

void ListWorker::refresh(bool anew, std::uint64_t asked)
{
    Impl* impl = impl_.get();
    if (anew) impl->anew = true;
    impl->thread.post(kRefresh, [impl, asked](const std::stop_token&) { impl->refresh(impl->anew.exchange(false), asked); });
}

void ListWorker::requestRows(std::vector<EntityId> ids)
{
    if (ids.empty()) return;
    Impl* impl = impl_.get();
    impl->thread.post(kRows, [impl, wanted = std::move(ids)](const std::stop_token&) { impl->rows(wanted); });
}

void ListWorker::requestRejects(std::vector<EventId> ids)
{
    if (ids.empty()) return;
    Impl* impl = impl_.get();
    impl->thread.post(kRejects, [impl, wanted = std::move(ids)](const std::stop_token&) { impl->rejects(wanted); });
}

void ListWorker::requestRejectRows(const store::RejectQuery& query)
{
    Impl* impl = impl_.get();
    impl->thread.post(kRejectRows, [impl, wanted = query](const std::stop_token&) { impl->rejectRows(wanted); });
}

void ListWorker::requestReject(EventId id)
{
    Impl* impl = impl_.get();
    impl->thread.post(kReject, [impl, id](const std::stop_token&) { impl->reject(id, &Answers::reject); });
}

void ListWorker::readReject(EventId id)
{
    Impl* impl = impl_.get();
    impl->thread.post(kReadReject, [impl, id](const std::stop_token&) { impl->reject(id, &Answers::rejectRead); });
}

void ListWorker::requestDensity(store::DensityQuery query)
{
    Impl* impl = impl_.get();
    impl->thread.post(kDensity, [impl, wanted = std::move(query)](const std::stop_token&) { impl->density(wanted); });
}

void ListWorker::search(std::string text)
{
    Impl* impl = impl_.get();
    const std::uint64_t of = ++impl->searchGeneration;
    impl->searchThread.cancel(kSearch);
    if (text.empty()) return;
    impl->searchThread.postBefore(
        kSearch, kSearch, [impl, of, wanted = std::move(text)](const std::stop_token& stop) { impl->search(of, wanted, stop); });
}

void ListWorker::find(std::string text)
{
    Impl* impl = impl_.get();
    impl->thread.post(kFind, [impl, wanted = std::move(text)](const std::stop_token&) { impl->find(wanted); });
}

void ListWorker::lookUp(GoToReadings readings)
{
    Impl* impl = impl_.get();
    const std::uint64_t of = ++impl->lookUpGeneration;
    impl->searchThread.cancel(kKeys);
    if (readings.isEmpty()) return;
    impl->thread.post(kLookUp, [impl, of, wanted = std::move(readings)](const std::stop_token&) { impl->lookUp(of, wanted); });
}

void ListWorker::saveSetting(std::string name, Json value)
{
    Impl* impl = impl_.get();
    {
        const std::scoped_lock lock(impl->unsavedMutex);
        impl->unsaved[std::move(name)] = std::move(value);
    }
    impl->saveSoon();
}

bool ListWorker::busy() const { return impl_->thread.busy() || impl_->searchThread.busy() || impl_->saver.busy(); }

}  // namespace hindcast::ui
