// diff: how two states differ, of one entity or of two.
#include "app/cli/commands.h"
#include "app/cli/print.h"

#include <fmt/core.h>

#include <array>
#include <utility>

namespace hindcast::cli {

namespace {

/// One of the two states, with the replay that it comes from.
struct Side {
    std::shared_ptr<const replay::History> history;
    replay::StateAt at;
};

Result<Side> rebuild(const Common& common, Desk& desk, const std::string& entity, const std::string& when,
                     const std::string& model)
{
    auto id = desk.entity(entity);
    if (!id) return std::unexpected(id.error());
    auto history = desk.history(*id);
    if (!history) return std::unexpected(history.error());
    const auto version = versionFromText(**history, when);
    if (!version) return std::unexpected(version.error());
    auto replay = desk.replay(*history, model);
    if (!replay) return std::unexpected(replay.error());
    auto at = (*replay)->at(*version, common.stop);
    if (!at) return std::unexpected(at.error());
    return Side{std::move(*history), std::move(*at)};
}

/// Of both lives: what is known of the whole comparison.
replay::Completeness completenessOf(const Side& from, const Side& to, bool two)
{
    if (!two) return from.history->completeness;
    replay::Completeness all;
    for (const Side* side : {&from, &to}) {
        const replay::Completeness& one = side->history->completeness;
        if (one.complete) continue;
        all.complete = false;
        all.because += (all.because.empty() ? "" : "; ") + side->history->key.text() + ": " + one.because;
    }
    return all;
}

}  // namespace

int diff(const Common& common, const std::string& entity, const std::string& other, const std::string& a, const std::string& b,
         const std::string& model)
{
    auto desk = Desk::open(common.workspace, store::Mode::ReadOnly);
    if (!desk) return tell(desk.error());
    const auto from = rebuild(common, *desk, entity, a, model);
    if (!from) return tell(from.error());
    const auto to = rebuild(common, *desk, other.empty() ? entity : other, b, model);
    if (!to) return tell(to.error());
    const bool two = from->history->entity != to->history->entity;
    const Json none(Json::value_t::discarded);
    const Changes changes = difference(from->at.alive ? from->at.document : none, to->at.alive ? to->at.document : none);
    // Of one life the later state has gone through what befell the earlier one; of two each has its own.
    const auto& error = to->at.error || !two ? to->at.error : from->at.error;
    const std::string name = from->history->key.text();
    const std::string otherName = to->history->key.text();
    if (common.json) {
        JsonLine line;
        line.text("entity", name);
        if (two) line.text("with", otherName);
        line.number("from", static_cast<std::int64_t>(from->at.version.value));
        line.number("to", static_cast<std::int64_t>(to->at.version.value)).value("patch", toPatch(changes));
        addCompleteness(line, completenessOf(*from, *to, two));
        if (error) line.raw("error", errorJson(*error));
        fmt::print("{}\n", line.done());
        return withError(error);
    }
    fmt::print("{}  v{} → {}v{}\n", name, from->at.version.value, two ? otherName + "  " : std::string(), to->at.version.value);
    for (const Change& change : changes) fmt::print("{}\n", describeChange(change));
    return withError(error);
}

}  // namespace hindcast::cli
