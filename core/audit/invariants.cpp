#include "core/audit/invariants.h"

#include "core/replay/fold_by_model.h"

#include <mutex>
#include <utility>

namespace hindcast::audit {

namespace {

using replay::BareHistory;
using replay::SweepBatch;
using replay::SweptEvent;

/// What all threads share.
struct Check {
    std::shared_ptr<const replay::SweepModels> models;
    const std::function<void(const Finding&)>& found;
    std::mutex mutex{};
    FindingGroups groups{};
    replay::SweepFailures failures{};
};

/// Where an invariant ceased to hold, as a run told it.
struct Broken {
    std::size_t entity = 0;
    Version version;
    std::string invariant;
    std::string message;
};

/// The entities of one model: folded with its invariants checked.
class Checker final : public model::RunSink {
public:
    explicit Checker(Check& check) : check_(check) {}
    ~Checker() override
    {
        const std::scoped_lock lock(check_.mutex);
        check_.failures.add(failures_);
    }

    Result<void> start(const model::Reducer& reducer, const std::stop_token& stop)
    {
        reducer_ = &reducer;
        stop_ = stop;
        model::RunOptions options;
        options.invariants = true;
        options.stop = stop;
        auto run = check_.models->start(reducer, *this, std::move(options));
        if (!run) return std::unexpected(run.error());
        run_ = std::move(*run);
        return {};
    }

    Result<void> fold(SweepBatch& batch, std::size_t entity)
    {
        batch_ = &batch;
        auto begun = run_->begin(entity, batch.history(entity).key, Version{}, nullptr, model::Detail::Nothing);
        if (!begun) return begun;
        return batch.walk(entity, Version{}, [&](const SweptEvent& swept) -> Result<bool> {
            if (auto fed = run_->feed(batch.input(entity, swept)); !fed) return std::unexpected(fed.error());
            return true;
        });
    }

    Result<void> finish()
    {
        if (auto told = run_->drain(); !told) return told;
        for (const Broken& each : std::exchange(broken_, {}))
            if (auto told = tell(each); !told) return told;
        return {};
    }

    void failed(std::uint64_t tag, Version version, const model::EvolveError& error) override
    {
        failures_.add(*batch_, tag, version, error);
    }
    void broken(std::uint64_t tag, Version version, std::string_view invariant, std::string_view message) override
    {
        broken_.push_back({tag, version, std::string(invariant), std::string(message)});
    }

private:
    /// Takes the changes of one event.
    class ChangesOf final : public model::RunSink {
    public:
        void failed(std::uint64_t, Version, const model::EvolveError&) override {}
        void changes(std::uint64_t, Version, const Changes& those) override { changes_ = those; }
        Changes changes_;
    };

    Result<void> tell(const Broken& broken)
    {
        const BareHistory& history = batch_->history(broken.entity);
        const replay::HistoryEvent& event = history.events[broken.version.value - 1];
        Finding finding;
        finding.kind = Finding::Kind::Invariant;
        finding.entity = history.entity;
        finding.key = history.key;
        finding.event = event.id;
        finding.version = broken.version;
        finding.time = event.time;
        finding.subject = broken.invariant;
        finding.what = broken.message.empty() ? "\"" + broken.invariant + "\" does not hold" : broken.message;
        finding.cause = batch_->typeName(event.type);
        finding.completeness = history.completeness;
        std::uint64_t before = 0;
        {
            const std::scoped_lock lock(check_.mutex);
            before = check_.groups.add(finding);
        }
        if (before < kFindingsWithValues)
            if (auto read = readChanges(broken, finding.values); !read) return read;
        const std::scoped_lock lock(check_.mutex);
        check_.found(finding);
        return {};
    }

    Result<void> readChanges(const Broken& broken, Changes& into)
    {
        if (values_ == nullptr) {
            model::RunOptions options;
            options.stop = stop_;
            auto run = check_.models->start(*reducer_, changesOf_, std::move(options));
            if (!run) return std::unexpected(run.error());
            values_ = std::move(*run);
        }
        changesOf_.changes_.clear();
        auto begun =
            values_->begin(broken.entity, batch_->history(broken.entity).key, Version{}, nullptr, model::Detail::Nothing);
        if (!begun) return begun;
        auto walked = batch_->walk(broken.entity, Version{}, [&](const SweptEvent& swept) -> Result<bool> {
            if (swept.version == broken.version)
                if (auto set = values_->setDetail(model::Detail::Changes); !set) return std::unexpected(set.error());
            if (auto fed = values_->feed(batch_->input(broken.entity, swept)); !fed) return std::unexpected(fed.error());
            return swept.version < broken.version;
        });
        if (!walked) return walked;
        if (auto told = values_->drain(); !told) return told;
        into = std::move(changesOf_.changes_);
        return {};
    }

    Check& check_;
    const model::Reducer* reducer_ = nullptr;
    std::stop_token stop_;
    SweepBatch* batch_ = nullptr;
    ChangesOf changesOf_;
    std::unique_ptr<model::Run> run_;
    std::unique_ptr<model::Run> values_;  ///< for what single events changed; started when first needed
    std::vector<Broken> broken_;
    replay::SweepFailures failures_;
};

}  // namespace

Result<InvariantSummary> checkInvariants(const replay::SweepSource& source, const replay::SweepScope& scope,
                                         const replay::ModelOf& models, const replay::SweepOptions& options,
                                         const std::function<void(const Finding&)>& found)
{
    // Models without invariants have nothing to be checked.
    const auto declaring = [&models](const store::Category& category) -> Result<std::shared_ptr<const model::Reducer>> {
        auto model = models(category);
        if (model && *model && (*model)->invariants().empty()) return nullptr;
        return model;
    };
    auto chosen = replay::SweepModels::choose(*source.store, declaring);
    if (!chosen) return std::unexpected(chosen.error());
    Check check{.models = std::move(*chosen), .found = found};
    replay::SweepScope within = scope;
    within.categories = check.models->categories(scope.categories);
    InvariantSummary summary;
    summary.declared = !within.categories->empty();
    auto done = replay::sweep(source, within, options, replay::foldsByModel<Checker>(check));
    if (!done) return std::unexpected(done.error());
    summary.looked = *done;
    summary.findings = check.groups.findings();
    summary.groups = check.groups.take();
    summary.failures = std::move(check.failures);
    return summary;
}

}  // namespace hindcast::audit
