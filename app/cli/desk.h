#pragma once
#include "core/ingest/decoders.h"
#include "core/ingest/ingest.h"
#include "core/model/runtime.h"
#include "core/replay/replay.h"
#include "core/store/store.h"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace hindcast::cli {

/// How a command ends (contracts 4).
enum Exit : int { kDone = 0, kFailed = 1, kUsage = 2, kInPart = 3 };

/// One line on stderr: what failed, why, what to do. Gives kFailed.
int tell(const Error& error);
/// The same where the command line itself is wrong. Gives kUsage.
int tellMisuse(const Error& error);

/// An open workspace with what commands need of it.
class Desk {
public:
    [[nodiscard]] static Result<Desk> open(const std::string& path, store::Mode mode);

    [[nodiscard]] store::Store& store() { return *store_; }
    [[nodiscard]] const std::shared_ptr<store::Store>& shared() const { return store_; }
    [[nodiscard]] store::Reader& reader() { return *reader_; }
    [[nodiscard]] ingest::Decoders& decoders() { return *decoders_; }

    /// `category/id`, or a bare id where only one category has it.
    [[nodiscard]] Result<EntityId> entity(const std::string& text);
    [[nodiscard]] Result<std::shared_ptr<const replay::History>> history(EntityId entity);
    /// `model`: empty (the workspace's choice), a built-in name, or a file: set rules, a script, a document that names a program.
    [[nodiscard]] Result<std::unique_ptr<replay::EntityReplay>> replay(std::shared_ptr<const replay::History> history,
                                                                       const std::string& model);
    /// The same with the records of `feed`.
    [[nodiscard]] Result<std::unique_ptr<replay::EntityReplay>> replay(std::shared_ptr<const replay::History> history,
                                                                       const std::string& model,
                                                                       std::unique_ptr<replay::RecordFeed> feed);
    /// `model`: as above. `rows`: the category's entities are table rows.
    [[nodiscard]] Result<std::unique_ptr<model::Reducer>> reducer(const std::string& category, bool rows,
                                                                  const std::string& model);
    /// Whether `model` names a JavaScript module. REQUIRES: reducer() took it.
    [[nodiscard]] bool isModule(const std::string& model) const;
    /// What such a replay is made of.
    [[nodiscard]] Result<std::unique_ptr<model::Reducer>> reducer(const replay::History& history, const std::string& model)
    {
        return reducer(history.key.category, history.rows, model);
    }
    /// What the model of reducer() shows of that state, where that is another document (a projection's transforms).
    [[nodiscard]] Result<std::optional<Json>> result(const replay::History& history, const std::string& model,
                                                     const replay::StateAt& at);
    [[nodiscard]] std::unique_ptr<PayloadSource> payloads() const { return ingest::payloadsOf(decoders_); }

private:
    std::shared_ptr<store::Store> store_;
    std::unique_ptr<store::Reader> reader_;
    std::shared_ptr<ingest::Decoders> decoders_;
    std::optional<Json> models_;
    std::shared_ptr<model::Runtime> runtime_ = std::make_shared<model::Runtime>();
    std::map<std::string, Json> given_;  ///< documents of the models that the user named
};

/// "--version N" or "--time T" to a version of this history; neither: the last.
struct When {
    std::optional<std::uint64_t> version;
    std::string time;
};
[[nodiscard]] Result<Version> versionOf(const replay::History& history, const When& when);
/// A version number, or a time.
[[nodiscard]] Result<Version> versionFromText(const replay::History& history, const std::string& text);

/// A state as `state` and `states` print it. `result`: what the model shows of it, where that is another document.
[[nodiscard]] Result<std::string> stateJson(Desk& desk, const replay::EntityReplay& replay, const replay::StateAt& at,
                                            const std::optional<Json>& result = {});
[[nodiscard]] std::string errorJson(const replay::ReplayError& error);
/// "the model failed at version 3 (account.evolve.Paid, bank.mjs:12): no amount", on one line.
[[nodiscard]] std::string failureText(const replay::ReplayError& error);
/// Why a field has no history.
[[nodiscard]] inline std::string neverSet(const std::optional<replay::ReplayError>& error)
{
    return "no event ever set it" + (error ? ", and " + failureText(*error) : std::string());
}
/// What was shown rests on a model that failed: says so on stderr and gives kInPart; else kDone. `stopped`: before the event at which
/// it failed, else it went on.
int withError(const std::optional<replay::ReplayError>& error, bool stopped = false);
/// "~ /name  "Ann" → "Bea"".
[[nodiscard]] std::string describeChange(const Change& change);

}  // namespace hindcast::cli
