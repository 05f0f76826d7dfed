#pragma once
// Private to core/replay: what searches over many entities have in common that ask an expression of events and states.
#include "core/expression/expression.h"
#include "core/model/payload.h"
#include "core/replay/sweep_batch.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace hindcast::replay {

/// At which of the paths of an expression anything stood so far.
struct Met {
    std::vector<bool> state, payload;

    explicit Met(const expression::Expression& expression)
        : state(expression.statePaths().size()), payload(expression.payloadPaths().size())
    {
    }
    void add(const Met& other);
    /// Looks into a payload for the paths at which nothing was met yet. `scratch` is the caller's, to be used again.
    void addPayload(const expression::Expression& expression, std::string_view payload, model::Payload& scratch);
    [[nodiscard]] bool allPayloads() const { return std::ranges::find(payload, false) == payload.end(); }
    /// "state.balanse", "payload.totl": where nothing stood.
    [[nodiscard]] std::vector<std::string> absentPaths(const expression::Expression& expression) const;
};

/// Topic and partition by part: what an expression's `topic` and `partition` mean.
class PartNames {
public:
    [[nodiscard]] static Result<PartNames> load(store::Reader& reader);
    /// The facts of an event but for what its record holds, and for states. Views live as long as the batch and this.
    [[nodiscard]] expression::Facts factsOf(const SweepBatch& batch, std::size_t entity, Version version) const;

private:
    std::unordered_map<std::uint32_t, std::pair<std::string, Partition>> parts_;
};

/// An event's bytes, where the batch does not hold them until its fold is told of.
struct KeptEvent {
    std::uint64_t version = 0;
    std::string payload;
    std::optional<std::string> key;
    std::vector<std::pair<std::string, std::optional<std::string>>> headerTexts;
    std::vector<Header> headers;  ///< views into those

    explicit KeptEvent(const SweptEvent& swept);
    void addTo(expression::Facts& facts) const;
};
void addTo(expression::Facts& facts, const SweptEvent& swept);

/// Adds counts of what is the same.
void addMismatches(std::vector<expression::Mismatch>& to, const std::vector<expression::Mismatch>& from);

}  // namespace hindcast::replay
