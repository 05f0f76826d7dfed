#include "core/replay/sweep_facts.h"

namespace hindcast::replay {

namespace {

/// "/items/0" of a state as the expression has it: "state.items.0".
std::string nameOf(std::string_view root, const Pointer& pointer)
{
    std::string name(root);
    for (const std::string& token : pointer.tokens()) name += "." + token;
    return name;
}

}  // namespace

void Met::add(const Met& other)
{
    for (std::size_t i = 0; i < state.size(); ++i) state[i] = state[i] || other.state[i];
    for (std::size_t i = 0; i < payload.size(); ++i) payload[i] = payload[i] || other.payload[i];
}

void Met::addPayload(const expression::Expression& expression, std::string_view text, model::Payload& scratch)
{
    if (allPayloads() || text.empty() || !scratch.parse(text)) return;
    const model::ValueView root(scratch, model::Payload::kRoot);
    const auto& paths = expression.payloadPaths();
    for (std::size_t i = 0; i < paths.size(); ++i)
        if (!payload[i] && root.at(paths[i].tokens())) payload[i] = true;
}

std::vector<std::string> Met::absentPaths(const expression::Expression& expression) const
{
    std::vector<std::string> absent;
    for (std::size_t i = 0; i < state.size(); ++i)
        if (!state[i]) absent.push_back(nameOf("state", expression.statePaths()[i]));
    for (std::size_t i = 0; i < payload.size(); ++i)
        if (!payload[i]) absent.push_back(nameOf("payload", expression.payloadPaths()[i]));
    return absent;
}

Result<PartNames> PartNames::load(store::Reader& reader)
{
    const auto parts = reader.parts();
    if (!parts) return std::unexpected(parts.error());
    PartNames names;
    for (const store::Part& part : *parts) names.parts_.emplace(part.id.value, std::pair(part.topic, part.partition));
    return names;
}

expression::Facts PartNames::factsOf(const SweepBatch& batch, std::size_t entity, Version version) const
{
    const BareHistory& history = batch.history(entity);
    const HistoryEvent& event = history.events[version.value - 1];
    expression::Facts facts;
    facts.category = history.key.category;
    facts.id = history.key.id;
    facts.version = version;
    facts.type = batch.typeName(event.type);
    facts.time = event.time;
    facts.offset = event.id.offset();
    if (const auto part = parts_.find(event.id.part().value); part != parts_.end()) {
        facts.topic = part->second.first;
        facts.partition = part->second.second;
    }
    return facts;
}

KeptEvent::KeptEvent(const SweptEvent& swept) : version(swept.version.value)
{
    payload.reserve(swept.payload.size() + 64);
    payload = swept.payload;
    if (swept.key) key = std::string(*swept.key);
    for (const Header& header : swept.headers)
        headerTexts.emplace_back(std::string(header.name),
                                 header.value ? std::optional(std::string(*header.value)) : std::nullopt);
    for (const auto& [name, value] : headerTexts) {
        Header& header = headers.emplace_back();
        header.name = name;
        if (value) header.value = *value;
    }
}

void KeptEvent::addTo(expression::Facts& facts) const
{
    facts.payload = payload;
    if (key) facts.key = *key;
    facts.headers = headers;
}

void addTo(expression::Facts& facts, const SweptEvent& swept)
{
    facts.payload = swept.payload;
    facts.key = swept.key;
    facts.headers = swept.headers;
}

void addMismatches(std::vector<expression::Mismatch>& to, const std::vector<expression::Mismatch>& from)
{
    for (const expression::Mismatch& each : from) {
        const auto same = [&](const expression::Mismatch& known) {
            return known.path == each.path && known.found == each.found && known.wanted == each.wanted;
        };
        const auto known = std::ranges::find_if(to, same);
        if (known == to.end())
            to.push_back(each);
        else
            known->count += each.count;
    }
}

}  // namespace hindcast::replay
