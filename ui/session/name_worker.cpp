#include "ui/session/name_worker.h"

#include "core/ingest/decoders.h"
#include "core/model/chosen.h"
#include "core/platform/thread_priority.h"
#include "core/replay/replay.h"
#include "ui/session/name_cache.h"
#include "ui/session/name_text.h"
#include "ui/session/task_thread.h"

#include <QElapsedTimer>

#include <algorithm>
#include <array>
#include <atomic>
#include <unordered_set>
#include <utility>

namespace hindcast::ui {

namespace {

using From = decode::FieldSource::From;

enum Kind : std::size_t { kWork, kLookUp, kSearch };  // what is in view goes first
constexpr std::size_t kMostCalled = 8;                // where one can go
constexpr std::size_t kLongest = 200;                 // of a name's bytes that are shown anywhere
constexpr std::size_t kLookLimit = 200'000;           // events: the last one of a longer life is not looked for
constexpr qint64 kMappingsMs = 1000;                  // how often it is asked whether mappings are other ones
constexpr qint64 kGiveMs = 50;                        // what was found is handed over this often
constexpr qint64 kSearchGiveMs = 100;                 // and how far a search has come
constexpr std::size_t kSnapshotBytes = 1u << 20;

}  // namespace

struct NameWorker::Impl {
    /// How far a search has come.
    struct Search {
        Kind kind = kSearch;
        std::uint64_t serial = 0;
        QString text;
        std::vector<GoToHit> hits;  ///< of a look-up
        std::shared_ptr<const store::Directory> among;
        std::optional<std::unordered_set<std::uint32_t>> categories;  ///< that may have names; empty: any may
        bool begun = false;
        std::size_t at = 0;
        std::uint64_t looked = 0;
        std::uint64_t total = 0;
    };

    GuiPost post;
    Answer answer;
    Called called;
    std::atomic<bool> forgotten{true};
    LookedUp lookedUp;
    std::array<std::atomic<std::uint64_t>, 3> serials{};  ///< by kind, counts searches: an older one ends

    // ---- the thread's own
    std::unique_ptr<store::Reader> reader;
    std::shared_ptr<ingest::Decoders> decoders;
    std::optional<Json> models;
    bool any = false;       ///< some topic's mapping names its entities
    bool anyEvent = false;  ///< by their last event
    std::uint64_t generation = 0;
    QElapsedTimer looked;
    NameCache known;
    bool low = false;

    TaskThread thread;

    Result<void> look();
    void run(const std::vector<Wanted>& wanted, const std::stop_token& stop);
    Result<QString> nameOf(EntityId id, std::uint32_t counted, const std::stop_token& stop);
    void search(const std::shared_ptr<Search>& job, const std::stop_token& stop);
    [[nodiscard]] Result<void> begin(Search& job);
    [[nodiscard]] static bool mayHaveName(const Search& job, std::size_t index);
    [[nodiscard]] std::optional<QString> knownOrLookedUp(EntityId id, std::uint32_t events, const std::stop_token& stop);
    void giveCalled(Search& job, std::vector<EntityId> found);
    void giveHits(Search& job, bool last);
    void addKnown(Search& job);
    [[nodiscard]] static std::pair<int, std::int64_t> rankOf(const Search& job, const QString& name, std::uint32_t events);
    [[nodiscard]] bool addHit(Search& job, EntityId id, const QString& name);
    void start(Kind kind, QString text, std::shared_ptr<const store::Directory> among);
    const decode::FieldSource* sourceOf(const replay::History& history, EventId& event);
};

Result<void> NameWorker::Impl::look()
{
    const bool anew = forgotten.exchange(false);
    if (!anew && looked.isValid() && looked.elapsed() < kMappingsMs) return {};
    looked.start();
    auto counts = reader->counts();
    if (!counts) return std::unexpected(counts.error());
    if (!anew && decoders && counts->generation == generation) return {};
    generation = counts->generation;
    auto saved = ingest::loadMappings(*reader);
    if (!saved) return std::unexpected(saved.error());
    auto setting = reader->setting("models");
    if (!setting) return std::unexpected(setting.error());
    if (anew || !decoders || saved->mappings != decoders->saved().mappings || *setting != models) known.clear();
    models = std::move(*setting);
    any = std::any_of(saved->mappings.begin(), saved->mappings.end(),
                      [](const decode::Mapping& mapping) { return mapping.name.has_value(); });
    anyEvent = std::any_of(saved->mappings.begin(), saved->mappings.end(),
                           [](const decode::Mapping& mapping) { return mapping.name && mapping.name->from != From::State; });
    decoders = std::make_shared<ingest::Decoders>(std::move(*saved));
    return decoders->refresh(*reader);
}

/// By the last event whose topic's mapping names this entity, its primary one.
const decode::FieldSource* NameWorker::Impl::sourceOf(const replay::History& history, EventId& event)
{
    std::optional<PartId> without;
    for (auto one = history.events.rbegin(); one != history.events.rend(); ++one) {
        if (!one->primary || one->id.part() == without) continue;
        decode::Decoder* decoder = decoders->of(one->id.part());
        event = one->id;
        if (decoder != nullptr && decoder->mapping().name) return &*decoder->mapping().name;
        without = one->id.part();
    }
    return nullptr;
}

Result<QString> NameWorker::Impl::nameOf(EntityId id, std::uint32_t counted, const std::stop_token& stop)
{
    // To load a long life only to see that it is too long would be the longest part of it.
    if (counted > (anyEvent ? kLookLimit : kReplayLimit)) return QString();
    auto history = replay::loadHistory(*reader, id);
    if (!history) return std::unexpected(history.error());
    const std::size_t events = (*history)->events.size();
    if (events > kLookLimit) return QString();
    EventId event;
    const decode::FieldSource* source = sourceOf(**history, event);
    if (source == nullptr) return QString();
    std::string name;
    if (source->from != From::State) {
        auto described = ingest::describeEvent(*reader, *decoders, event);
        if (!described) return std::unexpected(described.error());
        if (*described) name = nameIn(*source, **described);
    } else if (events <= kReplayLimit) {
        // A name is not worth a process: where the model runs in one, the last seen values have to do.
        auto reducer = model::reducerFor(nullptr, models, (*history)->key.category, (*history)->rows);
        if (!reducer) reducer = model::defaultReducer((*history)->rows);
        if (!reducer) return QString();
        replay::EntityReplay replay(*reader, *history, std::move(*reducer), ingest::payloadsOf(decoders), kSnapshotBytes);
        auto state = replay.at((*history)->last(), stop);
        // One whose life has ended is still called what it was called.
        for (std::uint64_t back = 1; state && !state->alive && back <= 2 && back < events; ++back)
            state = replay.at(Version{events - back}, stop);
        if (!state) return std::unexpected(state.error());
        name = nameIn(*source, state->document);
    }
    if (name.size() > kLongest) {
        // Between two characters.
        std::size_t end = kLongest;
        while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0U) == 0x80U) --end;
        name.resize(end);
    }
    return QString::fromStdString(name).simplified();
}

void NameWorker::Impl::run(const std::vector<Wanted>& wanted, const std::stop_token& stop)
{
    if (!std::exchange(low, true)) platform::lowerThisThread();
    if (!look() || !any) return;
    std::vector<EntityName> found;
    const auto give = [&] {
        if (!found.empty()) post([this, names = std::exchange(found, {})] { answer(names); });
    };
    QElapsedTimer since;
    since.start();
    for (const Wanted& one : wanted) {
        if (stop.stop_requested()) break;
        if (auto kept = known.find(one.id, one.events)) {
            found.push_back({one.id, std::move(*kept), one.events});
            continue;
        }
        auto name = nameOf(one.id, one.events, stop);
        if (!name) continue;
        known.keep(one.id, one.events, *name);
        found.push_back({one.id, std::move(*name), one.events});
        if (since.elapsed() < kGiveMs) continue;
        give();
        since.start();
    }
    give();
}

/// Which entities are to be looked at: where all mappings that name anything say which category that is, those of these categories.
Result<void> NameWorker::Impl::begin(Search& job)
{
    job.begun = true;
    auto categories = reader->categories();
    if (!categories) return std::unexpected(categories.error());
    std::unordered_set<std::uint32_t> named;
    bool all = false;
    for (const decode::Mapping& mapping : decoders->saved().mappings) {
        if (!mapping.name) continue;
        if (mapping.entities.empty() || !mapping.entities.front().category ||
            mapping.entities.front().category->from != From::Const) {
            all = true;
            break;
        }
        for (const store::Category& category : *categories)
            if (category.text == mapping.entities.front().category->constant) named.insert(category.id.value);
    }
    if (!all) job.categories = std::move(named);
    for (std::size_t i = 0; i < job.among->size(); ++i)
        if (mayHaveName(job, i)) ++job.total;
    return {};
}

bool NameWorker::Impl::mayHaveName(const Search& job, std::size_t index)
{
    return !job.categories || job.categories->contains(job.among->category[index].value);
}

/// Empty where it was interrupted; what cannot be read has no name.
std::optional<QString> NameWorker::Impl::knownOrLookedUp(EntityId id, std::uint32_t events, const std::stop_token& stop)
{
    if (auto kept = known.find(id, events)) return kept;
    auto name = nameOf(id, events, stop);
    if (!name && stop.stop_requested()) return std::nullopt;
    if (!name) return QString();
    known.keepWhereThereIsRoom(id, events, *name);
    return std::move(*name);
}

void NameWorker::Impl::giveHits(Search& job, bool last)
{
    post([this, of = job.serial, text = job.text, hits = job.hits, last] {
        if (serials[kLookUp].load() == of) lookedUp(text, hits, last);
    });
}

void NameWorker::Impl::giveCalled(Search& job, std::vector<EntityId> found)
{
    if (job.kind == kLookUp) {
        const bool last = job.looked >= job.total;
        if (found.empty() && !last) return;
        return giveHits(job, last);
    }
    post([this, of = job.serial, ids = std::move(found), looked = job.looked, total = job.total] {
        if (serials[kSearch].load() == of) called(ids, looked, total);
    });
}

/// Who is called exactly so comes first, then whose name begins so; of these whose life holds most.
std::pair<int, std::int64_t> NameWorker::Impl::rankOf(const Search& job, const QString& name, std::uint32_t events)
{
    const bool same = name.compare(job.text, Qt::CaseInsensitive) == 0;
    const int fit = same ? 0 : name.startsWith(job.text, Qt::CaseInsensitive) ? 1 : 2;
    return {fit, -static_cast<std::int64_t>(events)};
}

/// Whoever was in view or pinned is known by name: that is answered before those are looked at that are not.
void NameWorker::Impl::addKnown(Search& job)
{
    std::vector<std::pair<std::pair<int, std::int64_t>, EntityId>> ranked;
    for (const EntityId id : known.called(job.text)) {
        if (id.value >= job.among->size() || !mayHaveName(job, id.value)) continue;
        const std::uint32_t events = job.among->counts[id.value];
        if (const auto name = known.find(id, events)) ranked.emplace_back(rankOf(job, *name, events), id);
    }
    const std::size_t some = std::min(ranked.size(), kMostCalled);
    std::ranges::partial_sort(ranked, ranked.begin() + static_cast<std::ptrdiff_t>(some));
    for (std::size_t i = 0; i < some; ++i) {
        const EntityId id = ranked[i].second;
        if (const auto name = known.find(id, job.among->counts[id.value])) (void)addHit(job, id, *name);
    }
    if (!job.hits.empty()) giveHits(job, false);
}

/// Whether there are enough of them.
bool NameWorker::Impl::addHit(Search& job, EntityId id, const QString& name)
{
    const auto enough = [&job] { return job.hits.size() == kMostCalled && !job.hits.back().like; };
    if (std::ranges::any_of(job.hits, [id](const GoToHit& one) { return one.entity == id; })) return enough();
    auto key = reader->entityKey(id);
    if (!key) return false;
    GoToHit hit;
    hit.entity = id;
    hit.entityText = QString::fromStdString(key->text());
    hit.name = name;
    hit.events = job.among->counts[id.value];
    hit.like = name.compare(job.text, Qt::CaseInsensitive) != 0;
    job.hits.push_back(std::move(hit));
    std::ranges::stable_sort(job.hits, {}, [&job](const GoToHit& one) { return rankOf(job, one.name, one.events); });
    if (job.hits.size() > kMostCalled) job.hits.pop_back();
    return enough();
}

void NameWorker::Impl::search(const std::shared_ptr<Search>& job, const std::stop_token& stop)
{
    if (!std::exchange(low, true)) platform::lowerThisThread();
    if (job->serial != serials[job->kind].load()) return;
    const bool first = !job->begun;
    if (!look() || !any || (first && !begin(*job))) {
        job->total = job->looked;  // that is all there will be
        return giveCalled(*job, {});
    }
    if (first && job->kind == kLookUp) addKnown(*job);
    std::vector<EntityId> found;
    QElapsedTimer since;
    since.start();
    const std::size_t size = job->among->size();
    for (; job->at < size && !stop.stop_requested(); ++job->at) {
        if (!mayHaveName(*job, job->at)) continue;
        const EntityId id{static_cast<std::uint32_t>(job->at)};
        const auto name = knownOrLookedUp(id, job->among->counts[job->at], stop);
        if (!name) break;
        ++job->looked;
        if (name->contains(job->text, Qt::CaseInsensitive)) {
            found.push_back(id);
            if (job->kind == kLookUp && addHit(*job, id, *name)) job->at = size - 1;  // enough
        }
        if (since.elapsed() < kSearchGiveMs) continue;
        giveCalled(*job, std::exchange(found, {}));
        since.start();
    }
    if (job->kind == kLookUp && job->at >= size) job->total = job->looked;
    giveCalled(*job, std::move(found));
    // Made room for what is in view: goes on after that.
    if (job->at < size) thread.postUnlessWaiting(job->kind, [this, job](const std::stop_token& again) { search(job, again); });
}

NameWorker::NameWorker(std::unique_ptr<store::Reader> reader, GuiPost post, Answer answer, Called called, LookedUp lookedUp)
    : impl_(std::make_unique<Impl>())
{
    impl_->reader = std::move(reader);
    impl_->post = std::move(post);
    impl_->answer = std::move(answer);
    impl_->called = std::move(called);
    impl_->lookedUp = std::move(lookedUp);
}

NameWorker::~NameWorker() { impl_->thread.end(); }

void NameWorker::request(std::vector<Wanted> wanted)
{
    Impl* impl = impl_.get();
    impl->thread.postBefore(kWork, kWork,
                            [impl, asked = std::move(wanted)](const std::stop_token& stop) { impl->run(asked, stop); });
}

void NameWorker::search(QString text, std::shared_ptr<const store::Directory> among)
{
    impl_->start(kSearch, std::move(text), std::move(among));
}

void NameWorker::lookUp(QString text, std::shared_ptr<const store::Directory> among)
{
    impl_->start(kLookUp, std::move(text), std::move(among));
}

void NameWorker::Impl::start(Kind kind, QString text, std::shared_ptr<const store::Directory> among)
{
    const std::uint64_t of = ++serials[kind];
    thread.cancel(kind);
    if (text.isEmpty() || !among) return;
    auto job = std::make_shared<Search>();
    job->kind = kind;
    job->serial = of;
    job->text = std::move(text);
    job->among = std::move(among);
    // A search that runs goes on when this one is done.
    thread.postBefore(kind, kind, [this, job](const std::stop_token& stop) { search(job, stop); });
}

void NameWorker::forget() { impl_->forgotten = true; }

bool NameWorker::busy() const { return impl_->thread.busy(); }

}  // namespace hindcast::ui
