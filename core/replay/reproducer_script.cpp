// A reproducer as a JavaScript test.
#include "core/replay/reproducer_text.h"

#include "core/event/number_text.h"
#include "core/event/pointer.h"
#include "core/expression/expression.h"
#include "core/expression/javascript.h"
#include "core/model/script_packet.h"

#include <cstdint>
#include <utility>

namespace hindcast::replay {

namespace {

std::string inQuotes(std::string_view text)
{
    std::string out;
    appendJsonString(out, text);
    return out;
}

/// Numbers of an event are what the helper makes of them, those of a state are JavaScript's own.
enum class Of : std::uint8_t { Event, State };

void appendScript(std::string& out, const Json& json, Of of)
{
    if (json.is_object()) {
        out += '{';
        bool first = true;
        for (const auto& [name, value] : json.get_ref<const Json::object_t&>()) {
            if (!std::exchange(first, false)) out += ", ";
            // In a literal this name alone would be the prototype.
            out += name == "__proto__" ? "[\"__proto__\"]" : inQuotes(name);
            out += ": ";
            appendScript(out, value, of);
        }
        out += '}';
    } else if (json.is_array()) {
        out += '[';
        for (std::size_t i = 0; i < json.size(); ++i) {
            if (i > 0) out += ", ";
            appendScript(out, json[i], of);
        }
        out += ']';
    } else {
        const std::string text = toText(json);
        out += of == Of::Event && isNumber(json) && model::goesAsText(text) ? inQuotes(text) : text;
    }
}

std::string script(const Json& json, Of of)
{
    std::string out;
    appendScript(out, json, of);
    return out;
}

/// Where a module lies, as `import` takes it: a URL.
std::string specifier(std::string_view file)
{
    std::string out;
    for (const char c : file) {
        if (c == '%' || c == '#' || c == '?')
            out += c == '%' ? "%25" : c == '#' ? "%23" : "%3F";
        else
            out += c;
    }
    return out;
}

std::string eventLiteral(const EventsInMemory& events, std::size_t index, std::size_t version)
{
    const auto& each = events.events[index];
    const auto payload = parseJson(each.payload);
    std::string out = "  { type: " + inQuotes(each.type) + ", version: " + std::to_string(version);
    out += ", time: " + (each.event.time.isKnown() ? inQuotes(toIso(each.event.time)) : "null");
    out += ", kind: " + inQuotes(nameOf(each.event.kind)) + ",\n    payload: ";
    out += payload ? script(*payload, Of::Event) : "undefined";
    return out + " },\n";
}

// The models' own rules (contracts 5), as app/script/js has them: what a handler may see and give, what ends a life, what stays where
// one fails.
constexpr std::string_view kRules = R"js(
// The rules of the models. They have no clock and no random but where they say so, no time zone, and nothing of node's.
process.env.TZ = "UTC";
const { entities, uses = [] } = { ...module.default, ...module };
const own = (object, key) => (object && Object.hasOwn(object, key) ? object[key] : undefined);
const need = (what) => {
  if (!uses.includes(what)) throw new Error(`a model has no ${what}`);
};
const { random } = Math;
Math.random = () => (need("random"), random());
globalThis.Date = new Proxy(Date, {
  construct: (date, given, as) => (given.length > 0 || need("clock"), Reflect.construct(date, given, as)),
  apply: (date) => (need("clock"), date()),
  get: (date, name) => (name === "now" ? () => (need("clock"), date.now()) : date[name]),
});
globalThis.refuse = (reason) => {
  throw new Error(reason);
};

// A state is plain data.
function check(value, depth = 0) {
  if (["function", "symbol", "bigint"].includes(typeof value)) throw new TypeError(`the state has a ${typeof value} in it`);
  if (typeof value !== "object" || value === null) return;
  if (depth >= 256) throw new TypeError("the state is nested more than 256 levels deep, or contains itself");
  const kind = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && kind !== Object.prototype && kind !== null)
    throw new TypeError(`the state has a ${kind.constructor?.name} in it`);
  for (const inner of Object.values(value)) check(inner, depth + 1);
}

const born = ({ initial }) => (typeof initial === "function" ? initial() : structuredClone(initial)) ?? {};

// The state after an event; null where the entity does not live.
function step({ initial, evolve }, before, event) {
  if (event.kind === "tombstone") return null;
  const state = before ?? born({ initial });
  const handler = typeof evolve === "function" ? evolve : own(evolve, event.type) ?? own(evolve, "$any");
  const next = handler?.call(evolve, state, event);
  if (event.kind === "delete" || event.kind === "truncate") return null;
  return next === undefined ? state : next;
}

const beyond = ["process", "Buffer", "crypto", "URL", "URLSearchParams", "TextEncoder", "TextDecoder", "btoa", "atob", "fetch",
  "setTimeout", "setInterval", "setImmediate", "queueMicrotask", "performance", "SharedArrayBuffer", "Atomics"];
function without(names, run) {
  const there = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]).filter(([, what]) => what);
  for (const [name] of there) delete globalThis[name];
  try {
    return run();
  } finally {
    for (const [name, what] of there) Object.defineProperty(globalThis, name, what);
  }
}

// The state after each event. One that fails leaves the state as it was.
function fold(entity, events) {
  const hidden = uses.includes("random") ? beyond : [...beyond, "WeakRef", "FinalizationRegistry"];
  let state = null;
  return events.map((event) => {
    const before = structuredClone(state);
    let error = null;
    try {
      const given = structuredClone(event);
      state = without(hidden, () => step(entity, state, given));
      check(state);
    } catch (thrown) {
      state = before;
      error = thrown ?? new Error(`threw ${thrown}`);
    }
    return { state: structuredClone(state), error };
  });
}
)js";

constexpr std::string_view kVerdict = R"js(
// What an invariant says against a state; "": nothing.
function complaint(holds, state, previous) {
  let verdict;
  try {
    verdict = holds(state, previous);
  } catch (thrown) {
    return String(thrown?.message ?? thrown);
  }
  if (typeof verdict === "string") return verdict;
  return verdict || verdict === undefined ? "" : "does not hold";
}
)js";

constexpr std::string_view kPlain = R"js(
// A state as JSON has it; undefined where the entity does not live.
const plain = (state) => (state === null ? undefined : JSON.parse(JSON.stringify(state)));
)js";

/// What stands where an expression looks, before and after the last event.
std::string looked(const Reproducer& made, const expression::Expression& expression)
{
    const auto list = [&](std::size_t back) {
        std::string out = "[";
        for (const Pointer& path : expression.statePaths()) {
            if (out.size() > 1) out += ", ";
            const bool there = made.states.size() >= back && made.states[made.states.size() - back].alive;
            const Json* value = there ? valueAt(made.states[made.states.size() - back].document, path) : nullptr;
            out += value == nullptr ? "undefined" : script(*value, Of::State);
        }
        return out + "]";
    };
    return expression.usesPrevious() ? "[" + list(1) + ", " + list(2) + "]" : list(1);
}

std::string lookingAt(const expression::Expression& expression)
{
    const auto list = [&](std::string_view root) {
        std::string out = "[";
        for (const Pointer& path : expression.statePaths())
            out += (out.size() > 1 ? ", " : "") + expression::pathInJavaScript(root, path);
        return out + "]";
    };
    return expression.usesPrevious() ? "[" + list("state") + ", " + list("previous") + "]" : list("state");
}

std::string ofError() { return "  const { error } = fold(entity, events).at(-1);\n  assert.ifError(error);\n"; }

std::string ofInvariant(const std::string& name)
{
    return "  const { invariants } = entity;\n"
           "  const [before, after] = [{ state: null }, ...fold(entity, events)].slice(-2);\n"
           "  const holds = invariants[" +
           inQuotes(name) +
           "].bind(invariants);\n"
           "  const why = complaint(holds, after.state, before.state ?? born(entity));\n"
           "  assert.equal(why, \"\", `the state is ${JSON.stringify(after.state)}`);\n";
}

std::string ofState(const Symptom& symptom, const Reproducer& made, const expression::Expression& expression)
{
    std::string out =
        "  const [previous, state] = [{ state: null }, ...fold(entity, events)].slice(-2).map((each) => plain(each.state));\n";
    out += "  // " + onOneLine(symptom.text) + "\n";
    if (const auto holds = expression::inJavaScript(expression))
        return out + "  assert.notEqual(" + *holds + ", true, `the state is ${JSON.stringify(state)}`);\n";
    out += "  // What it looked at when it held:\n";
    return out + "  assert.notDeepEqual(" + lookingAt(expression) + ", " + looked(made, expression) + ");\n";
}

}  // namespace

std::string javaScriptTest(const EventsInMemory& events, const Symptom& symptom, const Reproducer& made, std::string_view module)
{
    const auto expression = symptom.kind == Symptom::Kind::State ? expression::Expression::parse(symptom.text) : nullptr;
    const std::string title = events.key.text() + ": " + symptomText(symptom, made);
    std::string out = "// " + grouped(made.kept.size()) + " of " + grouped(made.of.value) + " events of " +
                      onOneLine(events.key.text()) + (made.minimal ? ": the fewest that show it." : ".") +
                      " Run it with: node --test\n";
    out +=
        "import { test } from \"node:test\";\n"
        "import assert from \"node:assert/strict\";\n";
    if (symptom.kind == Symptom::Kind::State) out += "import { isDeepStrictEqual } from \"node:util\";\n";
    out += "import * as module from " + inQuotes(specifier(module)) + ";\n\n";
    out += "const category = " + inQuotes(events.key.category) + ";\nconst id = " + inQuotes(events.key.id) +
           ";\nconst name = " + inQuotes(events.key.text()) + ";\n";
    out += "const events = [\n";
    for (std::size_t i = 0; i < made.kept.size(); ++i)
        out += eventLiteral(events, static_cast<std::size_t>(made.kept[i].value - 1), i + 1);
    out += "].map((event) => ({ ...event, category, id, entity: name }));\n";
    out += kRules;
    if (symptom.kind == Symptom::Kind::Invariant) out += kVerdict;
    if (symptom.kind == Symptom::Kind::State) out.append(kPlain).append("\n").append(expression::javaScriptRules());
    if (made.shown.starts_with("it took more than "))
        out += "\n// The model does not end there, and neither does this test: stop it with Ctrl+C.";
    out += "\ntest(" + inQuotes(title) + ", () => {\n  const entity = own(entities, category);\n";
    switch (symptom.kind) {
        case Symptom::Kind::Error: out += ofError(); break;
        case Symptom::Kind::Invariant: out += ofInvariant(made.invariant.empty() ? symptom.name : made.invariant); break;
        case Symptom::Kind::State:
            if (expression) out += ofState(symptom, made, **expression);
            break;
    }
    return out + "});\n";
}

}  // namespace hindcast::replay
