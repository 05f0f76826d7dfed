#include "core/replay/reduce.h"

#include "core/event/number_text.h"
#include "core/replay/fold_trials.h"

#include <algorithm>
#include <utility>

namespace hindcast::replay {

namespace {

using Part = FoldTrials::Part;

/// ddmin over the events between the first one of a life and the one that shows the symptom.
class Minimiser {
public:
    Minimiser(FoldTrials& trials, const ReduceOptions& options, std::uint32_t first, std::uint32_t last)
        : trials_(trials), options_(options), first_(first), last_(last)
    {
        for (std::uint32_t i = first + 1; i < last; ++i) middle_.push_back(i);
    }

    /// True: nothing more can go. An error where the model cannot be run any more; `part()` is the best so far in any case.
    Result<bool> run()
    {
        if (auto empty = shrinkTo(1, [](std::size_t) { return Part(); }); !empty) return std::unexpected(empty.error());
        std::size_t pieces = 2;
        while (middle_.size() >= 2 && !trials_.ranOut()) {
            const auto edge = [&](std::size_t i) { return static_cast<std::ptrdiff_t>(middle_.size() * i / pieces); };
            auto subset =
                shrinkTo(pieces, [&](std::size_t i) { return Part(middle_.begin() + edge(i), middle_.begin() + edge(i + 1)); });
            if (!subset) return std::unexpected(subset.error());
            if (*subset) {
                pieces = 2;
                continue;
            }
            // Of two pieces, each is what the other one leaves.
            if (pieces > 2 && !trials_.ranOut()) {
                auto rest = shrinkTo(pieces, [&](std::size_t i) {
                    Part left(middle_.begin(), middle_.begin() + edge(i));
                    left.insert(left.end(), middle_.begin() + edge(i + 1), middle_.end());
                    return left;
                });
                if (!rest) return std::unexpected(rest.error());
                if (*rest) {
                    pieces = std::max<std::size_t>(pieces - 1, 2);
                    continue;
                }
            }
            if (pieces >= middle_.size()) break;
            pieces = std::min(2 * pieces, middle_.size());
        }
        return !trials_.ranOut();
    }

    [[nodiscard]] Part part() const { return whole(middle_); }

private:
    [[nodiscard]] Part whole(const Part& middle) const
    {
        Part part;
        part.reserve(middle.size() + 2);
        if (last_ > first_) part.push_back(first_);
        part.insert(part.end(), middle.begin(), middle.end());
        part.push_back(last_);
        return part;
    }

    /// Goes over to the first of `count` smaller middles that shows it. False: none does. They are made as they are needed: there may
    /// be as many as events, each nearly as long.
    Result<bool> shrinkTo(std::size_t count, const std::function<Part(std::size_t)>& make)
    {
        for (std::size_t next = 0; next < count && !trials_.ranOut();) {
            std::vector<Part> middles;
            std::vector<Part> wholes;
            for (std::size_t events = 0; next < count && wholes.size() < kAtOnce && events < kEventsAtOnce; ++next) {
                middles.push_back(make(next));
                wholes.push_back(whole(middles.back()));
                events += wholes.back().size();
            }
            auto found = trials_.firstThatShows(wholes);
            if (!found) return std::unexpected(found.error());
            if (*found) middle_ = std::move(middles[**found]);
            if (options_.progress) options_.progress(trials_.folds(), middle_.size() + 2, last_ + std::size_t{1});
            if (*found) return true;
        }
        return false;
    }

    static constexpr std::size_t kAtOnce = 32;
    static constexpr std::size_t kEventsAtOnce = 200'000;

    FoldTrials& trials_;
    const ReduceOptions& options_;
    std::uint32_t first_;
    std::uint32_t last_;
    Part middle_;
};

std::unexpected<Error> notShown(const EventsInMemory& events, const Symptom& symptom, const ReduceOptions& options)
{
    const std::string what = "nothing to reduce of " + events.key.text();
    const std::string where = options.at ? "at version " + std::to_string(options.at->value)
                                         : "at none of its " + grouped(events.events.size()) + " events";
    switch (symptom.kind) {
        case Symptom::Kind::Error:
            return fail(what, "the model fails " + where + (symptom.name.empty() ? "" : " with that message"),
                        "choose another entity or model", Error::Kind::BadInput);
        case Symptom::Kind::Invariant:
            return fail(
                what, (symptom.name.empty() ? "no invariant" : "the invariant \"" + symptom.name + "\"") + " is broken " + where,
                "choose another entity or model", Error::Kind::BadInput);
        case Symptom::Kind::State: break;
    }
    return fail(what, symptom.text + " holds " + where, "choose another entity or expression", Error::Kind::BadInput);
}

/// That of the life in which it shows, or that of all where former lives play a part in it.
Result<std::uint32_t> beginOfReproducer(FoldTrials& trials, std::uint32_t last)
{
    const std::uint32_t begin = trials.beginOfLife();
    if (begin == 0) return begin;
    Part life;
    for (std::uint32_t i = begin; i <= last; ++i) life.push_back(i);
    const auto alone = trials.firstThatShows(std::span(&life, 1));
    if (!alone) return alone.error().kind == Error::Kind::Cancelled ? Result<std::uint32_t>(0) : std::unexpected(alone.error());
    return *alone ? begin : 0;
}

}  // namespace

Result<Reproducer> reduce(const EventsInMemory& events, const model::Reducer& reducer, const Symptom& symptom,
                          const ReduceOptions& options)
{
    if (events.events.empty() || (options.at && (options.at->value == 0 || options.at->value > events.events.size())))
        return notShown(events, symptom, options);
    FoldTrials trials(events, reducer, symptom, options);
    const auto only = options.at ? std::optional(static_cast<std::uint32_t>(options.at->value - 1)) : std::nullopt;
    auto last = trials.firstShown(only);
    if (!last) return std::unexpected(last.error());
    if (!*last) return notShown(events, symptom, options);

    Reproducer made;
    made.of = Version{**last + std::uint64_t{1}};
    for (const std::uint32_t index : trials.refused()) made.refused.push_back(Version{index + std::uint64_t{1}});
    auto first = beginOfReproducer(trials, **last);
    if (!first) return std::unexpected(first.error());
    Minimiser minimiser(trials, options, *first, **last);
    auto minimised = minimiser.run();
    if (!minimised && minimised.error().kind != Error::Kind::Cancelled) return std::unexpected(minimised.error());
    made.minimal = minimised && *minimised;
    if (!minimised)
        made.because = "it was stopped";
    else if (!*minimised)
        made.because = grouped(options.mostFolds) + " folds were tried";
    const Part part = minimiser.part();
    for (const std::uint32_t index : part) made.kept.push_back(Version{index + std::uint64_t{1}});
    made.folds = trials.folds();
    made.known = trials.known();

    // Also where the search was stopped: a fold of a few events more.
    ReduceOptions once = options;
    once.stop = {};
    FoldTrials teller(events, reducer, symptom, once);
    if (auto told = teller.describe(part, made); !told) return std::unexpected(told.error());
    return made;
}

}  // namespace hindcast::replay
