#include "core/audit/determinism.h"

#include "core/event/json_walk.h"
#include "core/replay/fold_by_model.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace hindcast::audit {

namespace {

using replay::BareHistory;
using replay::SweepBatch;
using replay::SweptEvent;

constexpr std::size_t kWindow = 64;  // entities that are replayed in one order and then in the other

std::uint64_t mixed(std::uint64_t a)
{
    a ^= a >> 33;
    a *= 0xff51afd7ed558ccdULL;
    a ^= a >> 33;
    a *= 0xc4ceb9fe1a85ec53ULL;
    return a ^ (a >> 33);
}

std::uint64_t hashOf(std::string_view text) { return mixed(std::hash<std::string_view>{}(text)); }

/// Equal where sameText() says so: the order of members does not count.
std::uint64_t digestOf(const Json& json)
{
    if (json.is_object()) {
        std::uint64_t sum = 0x0b1ec7;
        for (const auto& [key, value] : json.get_ref<const Json::object_t&>()) sum += mixed(hashOf(key) ^ (digestOf(value) * 31));
        return mixed(sum);
    }
    if (json.is_array()) {
        std::uint64_t all = 0xa55a;
        for (const Json& item : json.get_ref<const Json::array_t&>()) all = mixed(all * 31 + digestOf(item));
        return all;
    }
    if (json.is_string()) return hashOf(json.get_ref<const std::string&>()) + 1;
    if (isNumber(json)) return hashOf(numberText(json)) + 2;
    return mixed(static_cast<std::uint64_t>(json.type()) * 3 + (json.is_boolean() && json.get<bool>() ? 1 : 0));
}

/// The same of a JSON text that is not read for anything else.
class TextDigest {
public:
    [[nodiscard]] std::uint64_t of(std::string_view text)
    {
        open_.clear();
        whole_ = 0;
        return walkJson(index_, text, *this) ? whole_ : hashOf(text);
    }

    void startObject(std::size_t) { open_.push_back({.object = true, .sum = 0x0b1ec7}); }
    void key(std::string_view name) { open_.back().key = hashOf(name); }
    void endObject(std::size_t) { close(); }
    void startArray(std::size_t) { open_.push_back({.object = false, .sum = 0xa55a}); }
    void endArray(std::size_t) { close(); }
    void string(std::string_view content, std::string_view) { add(hashOf(content) + 1); }
    void number(std::string_view raw) { add(hashOf(raw) + 2); }
    void boolean(bool value, std::string_view) { add(mixed(value ? 4 : 3)); }
    void null(std::string_view) { add(mixed(5)); }

private:
    struct Open {
        bool object = false;
        std::uint64_t sum = 0;
        std::uint64_t key = 0;
    };
    void close()
    {
        const Open done = open_.back();
        open_.pop_back();
        add(done.object ? mixed(done.sum) : done.sum);
    }
    void add(std::uint64_t value)
    {
        if (open_.empty()) {
            whole_ = value;
        } else if (Open& in = open_.back(); in.object) {
            in.sum += mixed(in.key ^ (value * 31));
        } else {
            in.sum = mixed(in.sum * 31 + value);
        }
    }

    JsonIndex index_;
    std::vector<Open> open_;
    std::uint64_t whole_ = 0;
};

/// What was seen of one entity in one replay.
struct Track {
    std::vector<std::uint64_t> digests;  ///< of the state after each event
    std::vector<std::uint64_t> keep;     ///< versions whose states are wanted, in order
    std::map<std::uint64_t, model::FoldState> kept;
};

/// One run of the model and what it tells.
class Replay final : public model::RunSink {
public:
    Result<void> start(const replay::SweepModels& models, const model::Reducer& reducer, const std::stop_token& stop)
    {
        model::RunOptions options;
        options.stop = stop;
        auto run = models.start(reducer, *this, std::move(options));
        if (!run) return std::unexpected(run.error());
        run_ = std::move(*run);
        return {};
    }

    /// From `from` (the state after `after` events; null: from birth) up to version `to`.
    Result<void> fold(SweepBatch& batch, std::size_t entity, Track& track, Version after, const model::FoldState* from,
                      Version to)
    {
        tracks_[entity] = &track;
        track.digests.resize(batch.history(entity).events.size());
        auto begun = run_->begin(entity, batch.history(entity).key, after, from, model::Detail::States);
        if (!begun || after == to) return begun;
        return batch.walk(entity, after, [&](const SweptEvent& swept) -> Result<bool> {
            if (auto fed = run_->feed(batch.input(entity, swept)); !fed) return std::unexpected(fed.error());
            return swept.version < to;
        });
    }
    Result<void> drain()
    {
        auto told = run_->drain();
        tracks_.clear();
        return told;
    }
    void tellFailures(const SweepBatch* batch, replay::SweepFailures* failures)
    {
        batch_ = batch;
        failures_ = failures;
    }

    void failed(std::uint64_t tag, Version version, const model::EvolveError& error) override
    {
        if (failures_) failures_->add(*batch_, tag, version, error);
    }
    void state(std::uint64_t tag, Version version, const model::GivenState& state) override
    {
        const auto found = tracks_.find(tag);
        if (found == tracks_.end() || version.value == 0 || version.value > found->second->digests.size()) return;
        Track& track = *found->second;
        std::uint64_t digest = 1;
        if (const Json* document = state.inPlace())
            digest = digestOf(*document);
        else if (state.alive())
            digest = text_.of(state.text());
        track.digests[version.value - 1] = digest;
        if (std::ranges::binary_search(track.keep, version.value)) track.kept[version.value] = state.foldState();
    }

private:
    std::unique_ptr<model::Run> run_;
    std::unordered_map<std::uint64_t, Track*> tracks_;
    const SweepBatch* batch_ = nullptr;
    replay::SweepFailures* failures_ = nullptr;
    TextDigest text_;
};

/// What all threads share.
struct Check {
    std::shared_ptr<const replay::SweepModels> models;
    const std::function<void(const Finding&)>& found;
    std::mutex mutex{};
    FindingGroups groups{};
    replay::SweepFailures failures{};
};

/// Where two replays are not the same: the second one from birth, or from a snapshot.
struct Suspicion {
    Version version;
    Version snapshot;  ///< 0: from birth
};

/// The entities of one model.
class Checker {
public:
    explicit Checker(Check& check) : check_(check) {}
    ~Checker()
    {
        const std::scoped_lock lock(check_.mutex);
        check_.failures.add(failures_);
    }

    Result<void> start(const model::Reducer& reducer, const std::stop_token& stop)
    {
        if (auto started = one_.start(*check_.models, reducer, stop); !started) return started;
        return other_.start(*check_.models, reducer, stop);
    }

    Result<void> fold(SweepBatch& batch, std::size_t entity)
    {
        batch_ = &batch;
        window_.push_back(entity);
        return window_.size() < kWindow ? Result<void>() : finish();
    }

    Result<void> finish()
    {
        if (window_.empty()) return {};
        auto checked = check(*batch_, window_);
        window_.clear();
        return checked;
    }

private:
    Result<void> check(SweepBatch& batch, std::span<const std::size_t> entities)
    {
        one_.tellFailures(&batch, &failures_);
        std::vector<Track> first(entities.size());
        std::vector<Track> second(entities.size());
        for (std::size_t i = 0; i < entities.size(); ++i) {
            first[i].keep = snapshotsOf(batch.history(entities[i]));
            if (auto done = one_.fold(batch, entities[i], first[i], {}, nullptr, last(entities[i])); !done) return done;
        }
        if (auto done = one_.drain(); !done) return done;
        one_.tellFailures(nullptr, nullptr);
        // One event more: a model that counts calls, such as a pattern that goes on where it stopped, would be in step otherwise.
        Track nothing;
        if (auto done = other_.fold(batch, entities.front(), nothing, {}, nullptr, Version{1}); !done) return done;
        if (auto done = other_.drain(); !done) return done;
        for (std::size_t i = entities.size(); i-- > 0;)
            if (auto done = other_.fold(batch, entities[i], second[i], {}, nullptr, last(entities[i])); !done) return done;
        if (auto done = other_.drain(); !done) return done;
        for (std::size_t i = 0; i < entities.size(); ++i)
            if (auto done = judge(entities[i], first[i], second[i]); !done) return done;
        return {};
    }

    [[nodiscard]] Version last(std::size_t entity) const { return batch_->history(entity).last(); }

    /// States on the way of it: the first, within its first life, and two more.
    static std::vector<std::uint64_t> snapshotsOf(const BareHistory& history)
    {
        const std::uint64_t events = history.events.size();
        std::vector<std::uint64_t> versions;
        for (const std::uint64_t version : {std::uint64_t{1}, events / 2, events - events / 3})
            if (version > 0 && version < events && (versions.empty() || version > versions.back())) versions.push_back(version);
        return versions;
    }

    static std::optional<Version> firstDifference(const Track& a, const Track& b, std::uint64_t after)
    {
        for (std::size_t i = after; i < a.digests.size(); ++i)
            if (a.digests[i] != b.digests[i]) return Version{i + 1};
        return std::nullopt;
    }

    Result<void> judge(std::size_t entity, const Track& first, const Track& second)
    {
        auto suspicion = suspect(entity, first, second);
        if (!suspicion) return std::unexpected(suspicion.error());
        return *suspicion ? tell(entity, **suspicion, first) : Result<void>();
    }

    Result<std::optional<Suspicion>> suspect(std::size_t entity, const Track& first, const Track& second)
    {
        if (const auto version = firstDifference(first, second, 0)) return Suspicion{*version, {}};
        for (const auto& [version, state] : first.kept) {
            Track from;
            if (auto done = other_.fold(*batch_, entity, from, Version{version}, &state, last(entity)); !done)
                return std::unexpected(done.error());
            if (auto done = other_.drain(); !done) return std::unexpected(done.error());
            if (const auto differs = firstDifference(first, from, version)) return Suspicion{*differs, Version{version}};
        }
        return std::optional<Suspicion>();
    }

    /// Replays once more to name what the two gave. What was seen counts, whatever comes of that: a model may have its moods.
    Result<void> tell(std::size_t entity, const Suspicion& suspicion, const Track& first)
    {
        const std::uint64_t version = suspicion.version.value;
        Track a, b;
        a.keep = b.keep = {version};
        if (auto done = one_.fold(*batch_, entity, a, {}, nullptr, suspicion.version); !done)
            return std::unexpected(done.error());
        if (auto done = one_.drain(); !done) return std::unexpected(done.error());
        const auto snapshot = first.kept.find(suspicion.snapshot.value);
        const model::FoldState* from = snapshot == first.kept.end() ? nullptr : &snapshot->second;
        if (auto done = other_.fold(*batch_, entity, b, suspicion.snapshot, from, suspicion.version); !done)
            return std::unexpected(done.error());
        if (auto done = other_.drain(); !done) return std::unexpected(done.error());
        const model::FoldState& stateA = a.kept[version];
        const model::FoldState& stateB = b.kept[version];
        const bool same = model::GivenState(stateA).sameAs(model::GivenState(stateB));

        const BareHistory& history = batch_->history(entity);
        const replay::HistoryEvent& event = history.events[version - 1];
        Finding finding;
        finding.kind = Finding::Kind::Determinism;
        finding.entity = history.entity;
        finding.key = history.key;
        finding.event = event.id;
        finding.version = suspicion.version;
        finding.time = event.time;
        const bool fromBirth = suspicion.snapshot.value == 0;
        finding.subject = fromBirth ? "a second replay" : "a replay from a snapshot";
        finding.what = (fromBirth ? std::string("a second replay of the same events")
                                  : "a replay from the state at version " + std::to_string(suspicion.snapshot.value)) +
                       " gives another state: the model goes by something that is neither in the state nor in the event";
        if (same) finding.what += "; asked once more it gave the same";
        finding.cause = batch_->typeName(event.type);
        if (!same) finding.values = difference(stateA.document, stateB.document);
        finding.completeness = history.completeness;
        const std::scoped_lock lock(check_.mutex);
        check_.groups.add(finding);
        check_.found(finding);
        return {};
    }

    Check& check_;
    SweepBatch* batch_ = nullptr;
    std::vector<std::size_t> window_;  ///< entities of the batch that are still to be checked
    Replay one_, other_;
    replay::SweepFailures failures_;
};

}  // namespace

Result<DeterminismSummary> checkDeterminism(const replay::SweepSource& source, const replay::SweepScope& scope,
                                            const replay::ModelOf& models, const replay::SweepOptions& options,
                                            const std::function<void(const Finding&)>& found)
{
    auto chosen = replay::SweepModels::choose(*source.store, models);
    if (!chosen) return std::unexpected(chosen.error());
    Check check{.models = std::move(*chosen), .found = found};
    replay::SweepScope within = scope;
    within.categories = check.models->categories(scope.categories);
    auto done = replay::sweep(source, within, options, replay::foldsByModel<Checker>(check));
    if (!done) return std::unexpected(done.error());
    DeterminismSummary summary;
    summary.looked = *done;
    summary.findings = check.groups.findings();
    summary.groups = check.groups.take();
    summary.failures = std::move(check.failures);
    return summary;
}

}  // namespace hindcast::audit
