#include "core/replay/reproducer_text.h"

#include "core/event/number_text.h"
#include "core/replay/event_dump.h"

namespace hindcast::replay {

namespace {

const EventsInMemory::Each& eventAt(const EventsInMemory& events, Version version)
{
    return events.events[static_cast<std::size_t>(version.value - 1)];
}

std::string payloadText(const EventsInMemory::Each& each)
{
    const auto json = parseJson(each.payload);
    if (json) return toText(*json);
    return each.payload.empty() ? "(no payload)" : std::string(each.payload);
}

std::string stateText(const model::FoldState& state) { return state.alive ? toText(state.document) : "(does not live)"; }

std::string counted(const Reproducer& made)
{
    std::string text = grouped(made.kept.size()) + " of " + grouped(made.of.value) + (made.of.value == 1 ? " event" : " events");
    if (!made.minimal) text += ", maybe not the fewest: " + made.because;
    return text;
}

}  // namespace

std::string onOneLine(std::string_view text)
{
    // LINE SEPARATOR and PARAGRAPH SEPARATOR end a line of JavaScript, too.
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = text.substr(i);
        const bool separator = rest.starts_with("\u2028") || rest.starts_with("\u2029");
        if (separator) i += 2;
        out += separator || text[i] == '\n' || text[i] == '\r' ? ' ' : text[i];
    }
    return out;
}

std::string symptomText(const Symptom& symptom, const Reproducer& made)
{
    switch (symptom.kind) {
        case Symptom::Kind::Error: return "the model fails: " + made.shown + (made.handler.empty() ? "" : " in " + made.handler);
        case Symptom::Kind::Invariant:
            return "the invariant \"" + (made.invariant.empty() ? symptom.name : made.invariant) + "\" is broken" +
                   (made.shown.empty() ? "" : ": " + made.shown);
        case Symptom::Kind::State: break;
    }
    return symptom.text;
}

std::string givenWhenThen(const EventsInMemory& events, const Symptom& symptom, const Reproducer& made, std::string_view model)
{
    std::string out = "# " + counted(made) + " of " + onOneLine(events.key.text()) + "; model: " + onOneLine(model) + "\n";
    out += "Scenario: " + onOneLine(events.key.text() + ": " + symptomText(symptom, made)) + "\n";
    for (std::size_t i = 0; i < made.kept.size(); ++i) {
        const auto& each = eventAt(events, made.kept[i]);
        const bool last = i + 1 == made.kept.size();
        out += last ? "   When " : i == 0 ? "  Given " : "    And ";
        out += onOneLine(each.type + " " + payloadText(each));
        out += "  # version " + std::to_string(made.kept[i].value);
        if (each.event.time.isKnown()) out += ", " + toIso(each.event.time);
        out += "\n";
    }
    out += "   Then " + onOneLine(symptomText(symptom, made)) + "\n";
    if (!made.states.empty()) out += "    And the state is " + stateText(made.states.back()) + "\n";
    if (made.states.size() > 1) out += "    And before it was " + stateText(made.states[made.states.size() - 2]) + "\n";
    return out;
}

std::string recordDump(const EventsInMemory& events, const Reproducer& made, std::string_view topic,
                       const std::function<std::optional<std::string>(EventId)>& bytes)
{
    std::string out;
    std::int64_t offset = 0;
    for (const Version version : made.kept) {
        const auto& each = eventAt(events, version);
        if (each.gone) continue;
        const auto value = each.payload.empty() ? bytes(each.event.id) : std::nullopt;
        appendDumpLine(out, {.key = events.key,
                             .topic = topic,
                             .offset = offset++,
                             .type = each.type,
                             .kind = each.event.kind,
                             .time = each.event.time,
                             .payload = each.payload,
                             .bytes = value ? std::optional<std::string_view>(*value) : std::nullopt});
    }
    return out;
}

}  // namespace hindcast::replay
