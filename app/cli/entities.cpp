// entities: which there are, and which of them have a state as it is asked for.
#include "app/cli/expression_words.h"
#include "app/cli/over_all.h"
#include "core/event/number_text.h"
#include "core/replay/state_search.h"

#include <fmt/core.h>
#include <algorithm>

namespace hindcast::cli {

namespace {

Error nobodyMatches(const std::string& match)
{
    return {"no entity matches " + match, "no id and no category holds that text", "hindcast-cli entities lists them all",
            Error::Kind::BadInput};
}

/// Prints entities with their counts and times.
class Lister {
public:
    Lister(Desk& desk, const Common& common, const replay::SweepScope& scope, std::uint64_t limit)
        : desk_(desk), common_(common), scope_(scope), limit_(limit)
    {
    }
    Result<void> start()
    {
        auto directory = desk_.reader().directory();
        if (!directory) return std::unexpected(directory.error());
        directory_ = std::move(*directory);
        return {};
    }
    Result<void> all()
    {
        for (std::uint32_t id = 0; id < directory_->size() && printed_ < limit_ && !failed_; ++id) print(EntityId{id});
        return failed_ ? std::unexpected(*failed_) : Result<void>();
    }
    Result<void> matching(const std::string& match)
    {
        auto done = desk_.reader().searchEntities(match, common_.stop, [this](std::span<const EntityId> ids) {
            for (const EntityId id : ids) print(id);
        });
        return failed_ ? std::unexpected(*failed_) : done;
    }
    [[nodiscard]] std::uint64_t printed() const { return printed_; }

private:
    void print(EntityId id)
    {
        if (failed_ || printed_ >= limit_ || id.value >= directory_->size()) return;
        if (scope_.categories &&
            std::ranges::find(*scope_.categories, directory_->category[id.value]) == scope_.categories->end())
            return;
        auto key = desk_.reader().entityKey(id);
        if (!key) {
            failed_ = key.error();
            return;
        }
        ++printed_;
        const std::uint32_t count = directory_->counts[id.value];
        if (common_.json) {
            JsonLine line;
            line.text("entity", key->text()).text("category", key->category).text("id", key->id).number("events", count);
            if (count > 0) line.time("first", directory_->first[id.value]).time("last", directory_->last[id.value]);
            fmt::print("{}\n", line.done());
        } else {
            fmt::print("{:>10}  {:<30}  {}\n", grouped(count), count > 0 ? timeText(directory_->last[id.value]) : "",
                       key->text());
        }
    }

    Desk& desk_;
    const Common& common_;
    const replay::SweepScope& scope_;
    std::uint64_t limit_;
    std::shared_ptr<const store::Directory> directory_;
    std::uint64_t printed_ = 0;
    std::optional<Error> failed_;
};

int list(Desk& desk, const Common& common, const EntitiesOptions& options, const replay::SweepScope& scope)
{
    Lister lister(desk, common, scope, options.limit);
    if (auto started = lister.start(); !started) return tell(started.error());
    auto done = options.match.empty() ? lister.all() : lister.matching(options.match);
    if (!done) return tell(done.error());
    if (lister.printed() == 0 && !options.match.empty() && options.limit > 0) return tell(nobodyMatches(options.match));
    return kDone;
}

/// Prints what a search in states finds, up to the limit. Hits come from threads of the sweep, one at a time; nobody else uses the
/// desk meanwhile.
class HitPrinter {
public:
    HitPrinter(Desk& desk, bool json, std::uint64_t limit, std::stop_source stop)
        : desk_(desk), json_(json), limit_(limit), stop_(std::move(stop))
    {
    }
    void operator()(const replay::StateHit& hit)
    {
        if (printed_ >= limit_) return;
        if (json_)
            fmt::print("{}\n", jsonOf(hit));
        else
            fmt::print("{:<30}  v{}  {}  {}  {}{}{}\n", hit.key.text(), hit.version.value, timeText(hit.time), hit.type,
                       positionOf(desk_, hit.event), textOf(hit),
                       hit.completeness->complete ? "" : "  (partial life: " + hit.completeness->because + ")");
        if (++printed_ >= limit_) stop_.request_stop();
    }
    [[nodiscard]] bool reachedLimit() const { return printed_ >= limit_; }

private:
    std::string jsonOf(const replay::StateHit& hit)
    {
        JsonLine line;
        line.text("entity", hit.key.text()).text("category", hit.key.category).text("id", hit.key.id);
        line.number("version", static_cast<std::int64_t>(hit.version.value));
        line.number("of", static_cast<std::int64_t>(hit.of.value)).time("time", hit.time);
        line.raw("event", eventReference(desk_, hit.event, hit.type));
        if (hit.alive) line.boolean("alive", *hit.alive);
        std::string found = "[";
        for (const auto& each : hit.found)
            found += (found.size() > 1 ? "," : "") + JsonLine().text("pointer", each.at.text()).value("value", each.value).done();
        line.raw("found", found + "]");
        if (hit.places > 0) line.number("places", static_cast<std::int64_t>(hit.places));
        if (hit.failures > 0) line.number("failed_events", static_cast<std::int64_t>(hit.failures));
        addCompleteness(line, *hit.completeness);
        return line.done();
    }
    static std::string textOf(const replay::StateHit& hit)
    {
        std::string text = hit.alive == false ? "  (does not live)" : "";
        for (const auto& each : hit.found)
            text += "  " + (each.at.isRoot() ? std::string("state") : each.at.text()) + " " + oneLine(toText(each.value), 60);
        if (hit.places > replay::StateHit::kMostFound) text += "  … at " + grouped(hit.places) + " places";
        return text;
    }

    Desk& desk_;
    bool json_;
    std::uint64_t limit_;
    std::stop_source stop_;
    std::uint64_t printed_ = 0;
};

/// Narrows the scope to those whose names match. The error: none does.
Result<void> narrow(Desk& desk, const Common& common, const std::string& match, replay::SweepScope& scope)
{
    if (match.empty()) return {};
    std::vector<EntityId>& named = scope.entities.emplace();
    auto done = desk.reader().searchEntities(
        match, common.stop, [&](std::span<const EntityId> ids) { named.insert(named.end(), ids.begin(), ids.end()); });
    if (!done) return done;
    if (named.empty()) return std::unexpected(nobodyMatches(match));
    return {};
}

Result<replay::StateQuery> queryOf(const EntitiesOptions& options, std::shared_ptr<const expression::Expression> expression)
{
    replay::StateQuery query;
    query.expression = std::move(expression);
    query.withDead = options.withDeleted;
    if (options.contains) {
        auto value = replay::SoughtValue::fromText(*options.contains);
        if (!value) return std::unexpected(value.error());
        query.value = std::move(*value);
    }
    if (!options.at.empty()) {
        auto moment = timestampFromUser(options.at, Timestamp::now());
        if (!moment) return std::unexpected(moment.error());
        query.moment = *moment;
    }
    return query;
}

int search(Desk& desk, const Common& common, const EntitiesOptions& options, const replay::SweepScope& scope,
           const replay::StateQuery& query)
{
    replay::ModelOf models = [](const store::Category&) -> Result<std::shared_ptr<const model::Reducer>> { return nullptr; };
    if (query.usesState()) {
        auto chosen = modelsOf(desk, scope, options.model);
        if (!chosen) return tell(chosen.error());
        models = std::move(*chosen);
    }
    std::stop_source stop;
    const std::stop_callback stopped(common.stop, [&stop] { stop.request_stop(); });
    SweepMeter meter;
    replay::SweepOptions sweeping;
    sweeping.stop = stop.get_token();
    sweeping.progress = [&meter](const replay::SweepProgress& progress) { meter.show(progress); };
    HitPrinter print(desk, common.json, options.limit, stop);
    const auto found = replay::searchStates(sourceOf(desk), scope, query, models, sweeping, [&](const replay::StateHit& hit) {
        meter.clear();
        print(hit);
    });
    meter.clear();
    if (!found && print.reachedLimit() && !common.stop.stop_requested()) return kDone;
    if (!found) return tellEnd(found.error(), meter);
    for (const expression::Mismatch& mismatch : found->mismatches)
        fmt::print(stderr, "hindcast-cli: {}\n", mismatch.text("entity", "entities"));
    for (const std::string& path : found->absentPaths)
        fmt::print(stderr, "hindcast-cli: nothing stands at {} in any of the {} entities\n", path, grouped(found->asked));
    const bool failed = tellFailures(desk, found->failures, {});
    if (!common.json)
        fmt::print(stderr, "hindcast-cli: {} of {} entities{}\n", grouped(found->hits), grouped(found->asked),
                   query.moment ? " as of " + toIso(*query.moment) : std::string());
    return failed ? kInPart : kDone;
}

}  // namespace

int entities(const Common& common, const EntitiesOptions& options)
{
    std::shared_ptr<const expression::Expression> expression;
    if (options.where) {
        auto read = expression::Expression::parse(*options.where);
        if (!read) return tellSyntax(*options.where, read.error());
        expression = std::move(*read);
    }
    auto query = queryOf(options, expression);
    if (!query) return tellMisuse(query.error());
    auto desk = Desk::open(common.workspace, store::Mode::ReadOnly);
    if (!desk) return tell(desk.error());
    auto scope = scopeOf(*desk, options.category);
    if (!scope) return tell(scope.error());
    if (!query->expression && !query->value && !query->moment) return list(*desk, common, options, *scope);
    if (options.limit == 0) return kDone;
    if (auto narrowed = narrow(*desk, common, options.match, *scope); !narrowed) return tell(narrowed.error());
    if (expression)
        if (auto told = tellUnknownTypes(*desk, *expression); !told) return tell(told.error());
    return search(*desk, common, options, *scope, *query);
}

}  // namespace hindcast::cli
