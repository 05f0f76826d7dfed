#include "core/replay/fold_trials.h"

#include "core/model/built_in.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace hindcast::replay {

namespace {

constexpr std::size_t kPartsAtOnce = 32;
constexpr std::size_t kEventsAtOnce = 200'000;  // in one batch of parts
constexpr std::size_t kEventsPerLook = 20'000;

std::uint64_t mixed(std::uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

/// What tells an error from another one: amounts and versions differ from one fold to the next.
std::string withoutNumbers(std::string_view message)
{
    // Who is stopped, and where, depends on what else this machine has to do.
    constexpr std::string_view kTooLong = "it took more than ";
    if (message.starts_with(kTooLong)) return std::string(kTooLong);
    std::string out;
    for (const char c : message) {
        const bool digit = std::isdigit(static_cast<unsigned char>(c)) != 0;
        if (!digit || !out.ends_with('#')) out += digit ? '#' : c;
    }
    return out;
}

std::string placeOf(const model::EvolveError& error)
{
    std::string place = error.handler;
    if (!error.file.empty()) place += " (" + error.file + (error.line > 0 ? ":" + std::to_string(error.line) : "") + ")";
    return place;
}

}  // namespace

class FoldTrials::Sink final : public model::RunSink {
public:
    Sink(const EventsInMemory& events, const Symptom& symptom) : events_(events), symptom_(symptom) {}

    struct Trial {
        const Part* part = nullptr;  ///< null: all events, in their order
        bool shown = false;
        bool refused = false;
        std::optional<model::FoldState> previous;
    };
    std::vector<Trial> trials;

    // Of the walk over everything.
    bool first = false;
    std::optional<std::uint32_t> only;
    std::optional<std::uint32_t> found;
    std::vector<std::uint32_t> refused;
    std::uint32_t afterDeath = 0;  // behind the last event before `found` after which it did not live, as far as states were told
    std::string like;              // the message that counts: of `found`

    Reproducer* into = nullptr;  // told what a part shows

    void failed(std::uint64_t tag, Version version, const model::EvolveError& error) override
    {
        if (symptom_.kind != Symptom::Kind::Error || (!symptom_.name.empty() && symptom_.name != error.message)) return;
        const std::string sign = withoutNumbers(error.message);
        if (!first && !like.empty() && sign != like) return;
        if (!show(tag, version)) return;
        if (first) like = sign;
        if (into != nullptr) {
            into->shown = error.message;
            into->handler = placeOf(error);
        }
    }
    void broken(std::uint64_t tag, Version version, std::string_view invariant, std::string_view message) override
    {
        if (symptom_.kind != Symptom::Kind::Invariant || (!symptom_.name.empty() && symptom_.name != invariant)) return;
        if (show(tag, version) && into != nullptr) {
            into->invariant = invariant;
            into->shown = message;
        }
    }
    void state(std::uint64_t tag, Version version, const model::GivenState& state) override
    {
        Trial& trial = trials[tag];
        if (first && !found && !state.alive()) afterDeath = static_cast<std::uint32_t>(version.value);
        if (into != nullptr) into->states.push_back(state.foldState());
        if (symptom_.kind != Symptom::Kind::State || !symptom_.holds) return;
        if (first ? !found && wanted(version) : version.value == trial.part->size()) {
            const model::Input input = events_.input(indexOf(trial, version), version);
            const std::optional<model::GivenState> previous =
                trial.previous ? std::optional<model::GivenState>(*trial.previous) : std::nullopt;
            if (symptom_.holds(input, state, previous ? &*previous : nullptr)) (void)show(tag, version);
        }
        if (symptom_.wantsPrevious) trial.previous = state.foldState();
    }
    void accepted(std::uint64_t tag, Version version, std::string_view refusal) override
    {
        if (refusal.empty()) return;
        const std::uint32_t index = indexOf(trials[tag], version);
        if (first)
            refused.push_back(index);
        else if (!std::ranges::binary_search(refused, index))
            trials[tag].refused = true;
    }

private:
    [[nodiscard]] bool wanted(Version version) const { return !only || version.value == *only + std::uint64_t{1}; }
    static std::uint32_t indexOf(const Trial& trial, Version version)
    {
        const auto at = static_cast<std::size_t>(version.value - 1);
        return trial.part != nullptr ? (*trial.part)[at] : static_cast<std::uint32_t>(at);
    }
    /// Whether it counts.
    bool show(std::uint64_t tag, Version version)
    {
        Trial& trial = trials[tag];
        if (first) {
            if (found || !wanted(version)) return false;
            found = static_cast<std::uint32_t>(version.value - 1);
            return true;
        }
        if (version.value != trial.part->size()) return false;
        return trial.shown = true;
    }

    const EventsInMemory& events_;
    const Symptom& symptom_;
};

FoldTrials::FoldTrials(const EventsInMemory& events, const model::Reducer& reducer, const Symptom& symptom,
                       const ReduceOptions& options)
    : events_(events),
      reducer_(reducer),
      symptom_(symptom),
      options_(options),
      sink_(std::make_unique<Sink>(events, symptom)),
      most_(reducer.isRemote() ? kPartsAtOnce : 1),
      asksAccepted_(options.accepted && reducer.isRemote())  // a native model has no decide
{
}

FoldTrials::~FoldTrials() { run_.reset(); }

FoldTrials::Key FoldTrials::keyOf(const Part& part)
{
    Key key{0, part.size()};
    for (const std::uint32_t index : part) {
        key.a += mixed(index + 1);
        key.b += mixed(~std::uint64_t{index});
    }
    return key;
}

Result<void> FoldTrials::needRun()
{
    if (options_.stop.stop_requested()) return fail("the search was stopped", "", "", Error::Kind::Cancelled);
    if (run_) return {};
    auto started = reducer_.start(
        *sink_, {.fields = {}, .invariants = symptom_.kind == Symptom::Kind::Invariant, .careful = false, .stop = options_.stop});
    if (!started) return std::unexpected(started.error());
    run_ = std::move(*started);
    return {};
}

Result<void> FoldTrials::feedOne(std::uint32_t index, Version version)
{
    if (events_.events[index].gone) return run_->pass(version);
    const model::Input input = events_.input(index, version);
    if (asksAccepted_)
        if (auto done = run_->askAccepted(input); !done) return done;
    return run_->feed(input);
}

Result<void> FoldTrials::feedPart(std::uint64_t tag, const Part& part, model::Detail detail)
{
    if (auto done = run_->begin(tag, events_.key, Version{0}, nullptr, detail); !done) return done;
    const bool asksState = symptom_.kind == Symptom::Kind::State && detail != model::Detail::States;
    for (std::size_t i = 0; i < part.size(); ++i) {
        const bool last = i + 1 == part.size();
        if (asksState && last && i > 0 && symptom_.wantsPrevious)
            if (auto done = run_->askState(); !done) return done;
        if (auto done = feedOne(part[i], Version{i + 1}); !done) return done;
    }
    return asksState ? run_->askState() : Result<void>();
}

Result<std::optional<std::uint32_t>> FoldTrials::firstShown(std::optional<std::uint32_t> only)
{
    if (auto ready = needRun(); !ready) return std::unexpected(ready.error());
    sink_->first = true;
    sink_->only = only;
    sink_->trials.assign(1, {});
    const std::size_t count = only ? std::min<std::size_t>(*only + std::size_t{1}, events_.events.size()) : events_.events.size();
    const bool remote = reducer_.isRemote();
    const auto walk = [&]() -> Result<void> {
        const bool states = symptom_.kind == Symptom::Kind::State;
        if (auto done = run_->begin(0, events_.key, Version{0}, nullptr, states ? model::Detail::States : model::Detail::Nothing);
            !done)
            return done;
        for (std::uint32_t i = 0; i < count && !sink_->found; ++i) {
            if (auto done = feedOne(i, Version{i + std::uint64_t{1}}); !done) return done;
            if (remote && (i + 1) % kEventsPerLook == 0)
                if (auto done = run_->drain(); !done) return done;
        }
        return run_->drain();
    };
    auto walked = walk();
    ++folds_;
    if (!walked) run_.reset();
    if (!walked && (!sink_->found || walked.error().kind == Error::Kind::Cancelled)) return std::unexpected(walked.error());
    if (sink_->found) std::erase_if(sink_->refused, [&](std::uint32_t index) { return index > *sink_->found; });
    refused_ = sink_->refused;
    sink_->first = false;
    return sink_->found;
}

std::uint32_t FoldTrials::beginOfLife() const
{
    std::uint32_t begin = sink_->afterDeath;
    const std::uint32_t last = sink_->found.value_or(0);
    for (std::uint32_t i = last; i-- > begin;)
        if (model::endsLife(events_.events[i].event.kind)) return i + 1;
    return std::min(begin, last);
}

Result<void> FoldTrials::fold(std::span<const Part* const> parts)
{
    if (auto ready = needRun(); !ready) return ready;
    sink_->trials.clear();
    for (const Part* part : parts) sink_->trials.push_back({.part = part, .shown = false, .refused = false, .previous = {}});
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (auto done = feedPart(i, *parts[i], model::Detail::Nothing); !done) return done;
    return run_->drain();
}

Result<void> FoldTrials::foldSafely(std::span<const Part* const> parts)
{
    auto done = fold(parts);
    if (!done && done.error().kind != Error::Kind::Cancelled) {
        // The run has seen too many deaths of its process, or something like it: a fresh one, with one part after the other.
        run_.reset();
        most_ = 1;
        if (parts.size() > 1) {
            for (const Part* part : parts)
                if (auto each = foldSafely(std::span(&part, 1)); !each) return each;
            return {};
        }
        done = fold(parts);
    }
    if (!done) {
        run_.reset();
        return done;
    }
    folds_ += parts.size();
    for (const Sink::Trial& trial : sink_->trials) tried_.emplace(keyOf(*trial.part), trial.shown && !trial.refused);
    return {};
}

Result<std::optional<std::size_t>> FoldTrials::firstThatShows(std::span<const Part> parts)
{
    std::vector<const Part*> batch;
    std::size_t next = 0;
    for (std::size_t at = 0; at < parts.size(); ++at) {
        if (const auto found = tried_.find(keyOf(parts[at])); found != tried_.end()) {
            if (at >= next) ++known_;
            if (found->second) return at;
            continue;
        }
        // This one, and in the same breath some of those behind it.
        batch.clear();
        std::size_t events = 0;
        for (next = at; next < parts.size() && batch.size() < most_ && (batch.empty() || events < kEventsAtOnce); ++next) {
            if (tried_.contains(keyOf(parts[next]))) continue;
            if (folds_ + batch.size() >= options_.mostFolds) break;
            batch.push_back(&parts[next]);
            events += parts[next].size();
        }
        if (batch.empty()) {
            ranOut_ = true;
            return std::optional<std::size_t>{};
        }
        if (auto done = foldSafely(batch); !done) return std::unexpected(done.error());
        --at;  // looked up now
    }
    return std::optional<std::size_t>{};
}

Result<void> FoldTrials::describe(const Part& part, Reproducer& into)
{
    if (auto ready = needRun(); !ready) return ready;
    sink_->trials.assign(1, {.part = &part, .shown = false, .refused = false, .previous = {}});
    sink_->into = &into;
    auto done = feedPart(0, part, model::Detail::States);
    if (done) done = run_->drain();
    sink_->into = nullptr;
    if (!done) run_.reset();
    return done;
}

}  // namespace hindcast::replay
