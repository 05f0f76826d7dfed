// A reproducer as a JavaScript test.
#include "core/replay/reproducer_text.h"

#include "core/event/number_text.h"

#include <cctype>
#include <cstdlib>
#include <utility>

namespace hindcast::replay {

namespace {

std::string inQuotes(std::string_view text)
{
    std::string out;
    appendJsonString(out, text);
    return out;
}

/// A number as models get it: as text where JavaScript's own numbers would round it.
std::string scriptNumber(const Json& number)
{
    const std::string text = numberText(number);
    std::size_t digits = 0;
    bool leading = true;
    bool whole = true;
    for (const char c : text) {
        if (c == 'e' || c == 'E' || c == '.') whole = false;
        if (c == 'e' || c == 'E') break;
        if (c < '0' || c > '9') continue;
        leading = leading && c == '0';
        if (!leading) ++digits;
    }
    constexpr double kMostWhole = 9007199254740991.0;
    const bool exact =
        whole ? digits <= 15 || (digits == 16 && std::abs(std::strtod(text.c_str(), nullptr)) <= kMostWhole) : digits <= 15;
    return exact ? text : inQuotes(text);
}

void appendScript(std::string& out, const Json& json)
{
    if (json.is_object()) {
        out += '{';
        bool first = true;
        for (const auto& [name, value] : json.get_ref<const Json::object_t&>()) {
            if (!std::exchange(first, false)) out += ", ";
            // In a literal this name alone would be the prototype.
            out += name == "__proto__" ? "[\"__proto__\"]" : inQuotes(name);
            out += ": ";
            appendScript(out, value);
        }
        out += '}';
    } else if (json.is_array()) {
        out += '[';
        for (std::size_t i = 0; i < json.size(); ++i) {
            if (i > 0) out += ", ";
            appendScript(out, json[i]);
        }
        out += ']';
    } else {
        out += isNumber(json) ? scriptNumber(json) : toText(json);
    }
}

std::string script(const Json& json)
{
    std::string out;
    appendScript(out, json);
    return out;
}

std::string stateLiteral(const model::FoldState& state) { return state.alive ? script(state.document) : "null"; }

std::string eventLiteral(const EventsInMemory& events, std::size_t index, std::size_t version)
{
    const auto& each = events.events[index];
    const auto payload = parseJson(each.payload);
    std::string out = "  { type: " + inQuotes(each.type) + ", version: " + std::to_string(version);
    if (each.event.time.isKnown()) out += ", time: " + inQuotes(toIso(each.event.time));
    out += ", kind: " + inQuotes(nameOf(each.event.kind)) + ",\n    payload: " + (payload ? script(*payload) : "undefined");
    return out + " },\n";
}

// The models' own rules (contracts 5): what ends a life, what is kept where nothing is returned.
constexpr std::string_view kFold = R"js(].map((event) => ({ ...event, category, id, entity: name }));

const born = ({ initial }) => (typeof initial === "function" ? initial() : structuredClone(initial)) ?? {};

// The states after each event; null where the entity does not live.
function fold(entity, events) {
  const { evolve } = entity;
  let state = null;
  return events.map((event) => {
    if (event.kind === "tombstone") return (state = null);
    state ??= born(entity);
    const handler = typeof evolve === "function" ? evolve : evolve[event.type] ?? evolve.$any;
    const next = handler?.call(evolve, state, event);
    if (next !== undefined) state = next;
    if (event.kind === "delete" || event.kind === "truncate") state = null;
    return structuredClone(state);
  });
}

)js";

bool isNameStart(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool isNamePart(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

}  // namespace

std::optional<std::string> inJavaScript(std::string_view expression)
{
    std::string out;
    bool afterPath = false;  // what comes next may go on with it
    for (std::size_t i = 0; i < expression.size();) {
        const char c = expression[i];
        if (c == ' ' || c == '\t' || c == '\n') {
            out += ' ';
            ++i;
            continue;
        }
        if (isNameStart(c)) {
            std::size_t end = i;
            while (end < expression.size() && isNamePart(expression[end])) ++end;
            const std::string_view name = expression.substr(i, end - i);
            const std::size_t next = expression.find_first_not_of(" \t\n", end);
            if (next != std::string_view::npos && expression[next] == '(') return std::nullopt;  // a function
            const bool member = afterPath && out.ends_with("?.");
            const bool known = name == "state" || name == "previous" || name == "true" || name == "false" || name == "null";
            if (!member && !known) return std::nullopt;
            out += name;
            afterPath = true;
            i = end;
            continue;
        }
        if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
            std::size_t end = i;
            while (end < expression.size() && (isNamePart(expression[end]) || expression[end] == '.')) ++end;
            out += expression.substr(i, end - i);
            afterPath = false;
            i = end;
            continue;
        }
        if (c == '"' || c == '\'') {
            std::size_t end = i + 1;
            while (end < expression.size() && expression[end] != c) end += expression[end] == '\\' ? 2 : 1;
            if (end >= expression.size()) return std::nullopt;
            out += expression.substr(i, end + 1 - i);
            afterPath = false;
            i = end + 1;
            continue;
        }
        if (c == '.' && afterPath) {
            out += "?.";
            ++i;
            continue;
        }
        if (c == '[') {
            if (!afterPath) return std::nullopt;
            out += "?.[";
            afterPath = false;
            ++i;
            continue;
        }
        const std::string_view two = expression.substr(i, 2);
        if (two == "==" || two == "!=") {
            out += std::string(two) + "=";
            i += 2;
        } else if (two == "<=" || two == ">=" || two == "&&" || two == "||") {
            out += two;
            i += 2;
        } else if (std::string_view("<>!+-*/%()?:]").find(c) != std::string_view::npos) {
            out += c;
            ++i;
        } else {
            return std::nullopt;
        }
        afterPath = c == ']' || c == ')';
    }
    return out;
}

std::string javaScriptTest(const EventsInMemory& events, const Symptom& symptom, const Reproducer& made, std::string_view module)
{
    const std::string title = events.key.text() + ": " + symptomText(symptom, made);
    std::string out = "// " + grouped(made.kept.size()) + " of " + grouped(made.of.value) + " events of " + events.key.text() +
                      (made.minimal ? ": the fewest that show it." : ".") + " Run it with: node --test\n";
    out +=
        "import { test } from \"node:test\";\n"
        "import assert from \"node:assert/strict\";\n"
        "import { entities } from " +
        inQuotes(module) + ";\n\n";
    out += "const category = " + inQuotes(events.key.category) + ";\nconst id = " + inQuotes(events.key.id) +
           ";\nconst name = " + inQuotes(events.key.text()) + ";\n";
    out += "const events = [\n";
    for (std::size_t i = 0; i < made.kept.size(); ++i)
        out += eventLiteral(events, static_cast<std::size_t>(made.kept[i].value - 1), i + 1);
    out += kFold;
    out += "test(" + inQuotes(title) + ", () => {\n  const entity = entities[category];\n";
    const std::string actual = made.states.empty() ? "null" : stateLiteral(made.states.back());
    switch (symptom.kind) {
        case Symptom::Kind::Error: out += "  assert.doesNotThrow(() => fold(entity, events));\n"; break;
        case Symptom::Kind::Invariant: {
            const std::string name = inQuotes(made.invariant.empty() ? symptom.name : made.invariant);
            out += "  const states = fold(entity, events);\n";
            out += "  const verdict = entity.invariants[" + name + "](states.at(-1), states.at(-2) ?? born(entity));\n";
            out += "  const holds = verdict === undefined || verdict === \"\" ? true : verdict;\n";
            out += "  assert.equal(holds, true, `the state is ${JSON.stringify(states.at(-1))}`);\n";
            break;
        }
        case Symptom::Kind::State:
            out += "  const states = fold(entity, events);\n  const state = states.at(-1);\n";
            if (const auto expression = inJavaScript(symptom.text)) {
                if (expression->find("previous") != std::string::npos) out += "  const previous = states.at(-2);\n";
                out += "  assert.equal(" + *expression + ", false, `the state is ${JSON.stringify(state)}`);\n";
            } else {
                out += "  // What came of it, though it should not: " + symptom.text + "\n";
                out += "  assert.notDeepEqual(state, " + actual + ");\n";
            }
            break;
    }
    return out + "});\n";
}

}  // namespace hindcast::replay
