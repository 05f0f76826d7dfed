#include "app/cli/over_all.h"

#include "core/event/number_text.h"

#include <fmt/core.h>
#include <unistd.h>
#include <algorithm>
#include <map>
#include <numeric>
#include <vector>

namespace hindcast::cli {

replay::SweepSource sourceOf(Desk& desk)
{
    replay::SweepSource source;
    source.store = desk.shared();
    source.payloads = [](store::Reader& reader) -> Result<std::unique_ptr<PayloadSource>> {
        auto saved = ingest::loadMappings(reader);
        if (!saved) return std::unexpected(saved.error());
        auto decoders = std::make_shared<ingest::Decoders>(std::move(*saved));
        if (auto done = decoders->refresh(reader); !done) return std::unexpected(done.error());
        return ingest::payloadsOf(std::move(decoders));
    };
    return source;
}

Result<replay::SweepScope> scopeOf(Desk& desk, const std::string& category)
{
    replay::SweepScope scope;
    if (category.empty()) return scope;
    const auto categories = desk.reader().categories();
    if (!categories) return std::unexpected(categories.error());
    const std::string unescaped = EntityKey::fromText(category + "/").category;  // as it is written before an entity's id
    std::vector<std::string> names;
    for (const store::Category& each : *categories) {
        names.push_back(each.text);
        if (each.text == category || each.text == unescaped) scope.categories = {each.id};
    }
    if (scope.categories) return scope;
    std::string known;
    for (const std::string& name : names) known += (known.empty() ? "" : ", ") + name;
    return fail("no such category: " + category, "the workspace holds " + (known.empty() ? "none" : known), {},
                Error::Kind::BadInput);
}

Result<replay::ModelOf> modelsOf(Desk& desk, const replay::SweepScope& scope, const std::string& model)
{
    const auto categories = desk.reader().categories();
    if (!categories) return std::unexpected(categories.error());
    std::map<CategoryId, std::shared_ptr<const model::Reducer>> models;
    std::optional<Error> error;
    std::string passedOver;
    for (const store::Category& each : *categories) {
        if (scope.categories && std::ranges::find(*scope.categories, each.id) == scope.categories->end()) continue;
        auto reducer = desk.reducer(each.text, each.rows, model);
        if (reducer) {
            models[each.id] = std::move(*reducer);
            continue;
        }
        if (!error) error = reducer.error();
        passedOver += (passedOver.empty() ? "" : ", ") + each.text;
    }
    if (models.empty() && error) return std::unexpected(std::move(*error));
    if (error) fmt::print(stderr, "hindcast-cli: {} passed over: {}\n", passedOver, error->text());
    return [models = std::move(models)](const store::Category& category) -> Result<std::shared_ptr<const model::Reducer>> {
        const auto found = models.find(category.id);
        return found == models.end() ? nullptr : found->second;
    };
}

SweepMeter::SweepMeter() : shown_(::isatty(STDERR_FILENO) == 1) {}

SweepMeter::~SweepMeter() { clear(); }

void SweepMeter::show(const replay::SweepProgress& progress)
{
    const std::scoped_lock lock(mutex_);
    last_ = progress;
    if (!shown_) return;
    fmt::print(stderr, "\r\033[K{} of {} events, {} of {} entities", grouped(progress.events), grouped(progress.eventsTotal),
               grouped(progress.entities), grouped(progress.entitiesTotal));
    std::fflush(stderr);
    drawn_ = true;
}

replay::SweepProgress SweepMeter::last() const
{
    const std::scoped_lock lock(mutex_);
    return last_;
}

void SweepMeter::clear()
{
    const std::scoped_lock lock(mutex_);
    if (drawn_) fmt::print(stderr, "\r\033[K");
    drawn_ = false;
}

int tellEnd(const Error& error, const SweepMeter& meter)
{
    if (error.kind != Error::Kind::Cancelled) return tell(error);
    fmt::print(stderr, "hindcast-cli: stopped after {} of {} events: what was printed is true, and not all\n",
               grouped(meter.last().events), grouped(meter.last().eventsTotal));
    return kInPart;
}

bool tellFailures(Desk& desk, const replay::SweepFailures& failures, std::string_view whose)
{
    if (failures.events == 0) return false;
    const auto& example = failures.first.front();
    fmt::print(
        stderr,
        "hindcast-cli: the model{}{} failed at {} events of {} entities, whose states lack those events; the first: {} v{} "
        "({}, {}): {}\n",
        whose.empty() ? "" : " ", whose, grouped(failures.events), grouped(failures.entities), example.key.text(),
        example.version.value, example.type, positionOf(desk, example.event),
        oneLine(
            example.error.message +
                (example.error.line > 0 ? " at " + example.error.file + ":" + std::to_string(example.error.line) : std::string()),
            300));
    return true;
}

std::string didYouMean(std::string_view name, std::span<const std::string> names)
{
    // How many letters are to be set, left out, put in or exchanged with their neighbour.
    const auto distance = [](std::string_view a, std::string_view b) {
        std::vector<std::vector<std::size_t>> rows(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
        for (std::size_t i = 0; i <= a.size(); ++i) rows[i][0] = i;
        std::iota(rows[0].begin(), rows[0].end(), std::size_t{0});
        for (std::size_t i = 1; i <= a.size(); ++i)
            for (std::size_t j = 1; j <= b.size(); ++j) {
                rows[i][j] =
                    std::min({rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i][j] = std::min(rows[i][j], rows[i - 2][j - 2] + 1);
            }
        return rows[a.size()][b.size()];
    };
    constexpr std::size_t kLongest = 200;
    if (name.size() > kLongest) return {};
    std::size_t nearest = name.size() / 3 + 1;
    const std::string* best = nullptr;
    for (const std::string& each : names) {
        if (each.size() > kLongest) continue;
        const std::size_t far = distance(name, each);
        if (far > nearest || (best && far == nearest)) continue;
        nearest = far;
        best = &each;
    }
    return best ? "; did you mean " + *best + "?" : std::string();
}

std::string eventReference(Desk& desk, EventId event, std::string_view type)
{
    JsonLine line;
    line.text("type", type);
    const auto position = desk.reader().position(event);
    if (position)
        line.raw("position", positionJson(*position));
    else
        line.null("position");
    return line.done();
}

std::string positionOf(Desk& desk, EventId event)
{
    const auto position = desk.reader().position(event);
    return position ? positionText(*position) : std::string("?");
}

}  // namespace hindcast::cli
