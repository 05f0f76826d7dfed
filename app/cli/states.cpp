// states: a table as of an instant.
#include "app/cli/commands.h"
#include "app/cli/print.h"
#include "core/replay/gathered.h"

#include <fmt/core.h>

namespace hindcast::cli {

namespace {

/// Prints the states of many entities. Their records are read together, some hundred thousand at a time, in the log's order.
class StatesPrinter {
public:
    StatesPrinter(Desk& desk, const Common& common, const std::string& model, bool withDeleted)
        : desk_(desk), common_(common), model_(model), withDeleted_(withDeleted)
    {
    }
    Result<void> add(std::shared_ptr<const replay::History> history, Version version)
    {
        for (std::uint64_t v = 0; v < version.value; ++v) ids_.push_back(history->events[v].id);
        waiting_.emplace_back(std::move(history), version);
        return ids_.size() >= kRecordsAtOnce ? flush() : Result<void>();
    }
    Result<void> flush()
    {
        // A single long history needs no gathering: it is read as it is folded.
        std::shared_ptr<const replay::GatheredRecords> records;
        if (waiting_.size() > 1) {
            auto gathered = replay::GatheredRecords::read(desk_.reader(), std::move(ids_), common_.stop);
            if (!gathered) return std::unexpected(gathered.error());
            records = std::move(*gathered);
        }
        for (const auto& [history, version] : waiting_) {
            auto replay = desk_.replay(history, model_,
                                       records ? replay::GatheredRecords::feed(records) : replay::feedFrom(desk_.reader()));
            if (!replay) return std::unexpected(replay.error());
            auto at = (*replay)->at(version, common_.stop);
            if (!at && at.error().kind != Error::Kind::Cancelled && ++givenUpInTurn_ < kMostGivenUpInTurn) {
                fmt::print(stderr, "hindcast-cli: no state of {}: {}\n", history->key.text(), at.error().text());
                ++givenUp_;
                continue;
            }
            if (!at) return std::unexpected(at.error());
            givenUpInTurn_ = 0;
            if (auto printed = print(**replay, *at); !printed) return printed;
        }
        waiting_.clear();
        ids_.clear();
        return {};
    }
    [[nodiscard]] std::uint64_t failing() const { return failing_; }
    /// Entities of which there is no state: their model was given up.
    [[nodiscard]] std::uint64_t givenUp() const { return givenUp_; }

private:
    static constexpr std::size_t kRecordsAtOnce = 200'000;
    static constexpr std::uint64_t kMostGivenUpInTurn = 5;  ///< then it is the model, not the entity

    Result<void> print(const replay::EntityReplay& replay, const replay::StateAt& at)
    {
        if (!at.alive && !withDeleted_) return {};
        if (at.error) ++failing_;
        if (common_.json) {
            auto line = stateJson(desk_, replay, at);
            if (!line) return std::unexpected(line.error());
            fmt::print("{}\n", *line);
        } else {
            fmt::print("{:<30}  v{}  {}\n", replay.history().key.text(), at.version.value,
                       at.alive ? toText(at.document) : "(does not live)");
        }
        return {};
    }

    Desk& desk_;
    const Common& common_;
    const std::string& model_;
    bool withDeleted_;
    std::vector<std::pair<std::shared_ptr<const replay::History>, Version>> waiting_;
    std::vector<EventId> ids_;
    std::uint64_t failing_ = 0;
    std::uint64_t givenUp_ = 0;
    std::uint64_t givenUpInTurn_ = 0;
};

}  // namespace

int states(const Common& common, const std::string& category, const std::string& time, const std::string& model, bool withDeleted)
{
    auto desk = Desk::open(common.workspace, store::Mode::ReadOnly);
    if (!desk) return tell(desk.error());
    auto categories = desk->reader().categories();
    if (!categories) return tell(categories.error());
    auto directory = desk->reader().directory();
    if (!directory) return tell(directory.error());
    std::optional<CategoryId> wanted;
    const std::string unescaped = EntityKey::fromText(category + "/").category;  // as it is written before an entity's id
    std::string known;
    for (const store::Category& each : *categories) {
        if (each.text == category || (!wanted && each.text == unescaped)) wanted = each.id;
        known += (known.empty() ? "" : ", ") + each.text;
    }
    if (!wanted)
        return tell({"no such category: " + category,
                     "the workspace holds " + (known.empty() ? "none" : known),
                     {},
                     Error::Kind::BadInput});
    StatesPrinter printer(*desk, common, model, withDeleted);
    for (std::uint32_t id = 0; id < (*directory)->size(); ++id) {
        if (common.stop.stop_requested()) return kInPart;
        if ((*directory)->category[id] != *wanted) continue;
        auto history = desk->history(EntityId{id});
        if (!history) return tell(history.error());
        auto version = versionOf(**history, {std::nullopt, time});
        if (!version) return tell(version.error());
        if (version->value == 0) continue;
        if (auto added = printer.add(std::move(*history), *version); !added) return tell(added.error());
    }
    if (auto rest = printer.flush(); !rest) return tell(rest.error());
    if (printer.failing() > 0)
        fmt::print(stderr, "hindcast-cli: the model failed on {} entities: their states lack the events that it failed at\n",
                   printer.failing());
    return printer.failing() + printer.givenUp() > 0 ? kInPart : kDone;
}

}  // namespace hindcast::cli
