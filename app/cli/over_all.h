#pragma once
// What the commands that look at all entities have in common.
#include "app/cli/commands.h"
#include "app/cli/print.h"
#include "core/replay/sweep_models.h"

#include <mutex>
#include <span>
#include <string>
#include <string_view>

namespace hindcast::cli {

/// Where a sweep reads: the desk's workspace.
[[nodiscard]] replay::SweepSource sourceOf(Desk& desk);
/// All entities, or those of a category by its name. The error names the categories that there are.
[[nodiscard]] Result<replay::SweepScope> scopeOf(Desk& desk, const std::string& category);
/// The models of the scope's categories, by a model as --model takes it. Categories that it has nothing for are passed over, and
/// that is said on stderr; an error where it has nothing for any. `desk` must live as long as what is given is asked.
[[nodiscard]] Result<replay::ModelOf> modelsOf(Desk& desk, const replay::SweepScope& scope, const std::string& model);

/// Progress of a sweep for a person at a terminal, on stderr. Threads: any.
class SweepMeter {
public:
    SweepMeter();
    ~SweepMeter();
    SweepMeter(const SweepMeter&) = delete;
    SweepMeter& operator=(const SweepMeter&) = delete;
    void show(const replay::SweepProgress& progress);
    /// Before a line of results goes to the same terminal.
    void clear();
    [[nodiscard]] replay::SweepProgress last() const;

private:
    mutable std::mutex mutex_;
    bool shown_;
    bool drawn_ = false;
    replay::SweepProgress last_;
};

/// How a sweep ended that was not whole: says how far it came where it was stopped. Gives kInPart, or kFailed.
int tellEnd(const Error& error, const SweepMeter& meter);
/// Says where the model failed. `whose`: empty, or "of M1". True where it did.
bool tellFailures(Desk& desk, const replay::SweepFailures& failures, std::string_view whose);

/// "; did you mean OrderPlaced?", or nothing where none of the names is near.
[[nodiscard]] std::string didYouMean(std::string_view name, std::span<const std::string> names);

/// {"type": …, "position": …}
[[nodiscard]] std::string eventReference(Desk& desk, EventId event, std::string_view type);
/// "orders/3@48112".
[[nodiscard]] std::string positionOf(Desk& desk, EventId event);

}  // namespace hindcast::cli
