#include "core/expression/javascript.h"

#include "core/expression/node.h"

#include <algorithm>

namespace hindcast::expression {

namespace {

std::string_view symbolOf(Comparison comparison)
{
    switch (comparison) {
        case Comparison::Equal: return "==";
        case Comparison::NotEqual: return "!=";
        case Comparison::Less: return "<";
        case Comparison::LessEqual: return "<=";
        case Comparison::Greater: return ">";
        case Comparison::GreaterEqual: return ">=";
    }
    return "==";
}

std::string inQuotes(std::string_view text)
{
    std::string out;
    appendJsonString(out, text);
    return out;
}

class Translation {
public:
    explicit Translation(const Expression::Impl& of) : of_(of) {}

    /// Empty where it cannot be said.
    std::optional<std::string> text()
    {
        std::string out;
        return say(*of_.root, out) ? std::optional(std::move(out)) : std::nullopt;
    }

private:
    bool say(const Node& node, std::string& out)
    {
        switch (node.kind) {
            case NodeKind::Constant: return literal(node.value, out);
            case NodeKind::Path: return path(node, out);
            case NodeKind::Has:
                if (node.children[0]->kind != NodeKind::Path || !path(*node.children[0], out)) return false;
                out += " !== undefined";
                return true;
            case NodeKind::Not: return call("not", node, out);
            case NodeKind::And: return call("and", node, out);
            case NodeKind::Or: return call("or", node, out);
            case NodeKind::In: return call("within", node, out);
            case NodeKind::Compare: {
                out += "is(";
                if (!say(*node.children[0], out)) return false;
                out.append(", \"").append(symbolOf(node.comparison)).append("\", ");
                if (!say(*node.children[1], out)) return false;
                out += ')';
                return true;
            }
            case NodeKind::List: return list(node, out);
            default: return false;
        }
    }
    bool path(const Node& node, std::string& out) const
    {
        if (node.name == Name::Payload) return false;
        std::vector<std::string> tokens = of_.statePaths[node.slot].tokens();
        tokens.insert(tokens.end(), node.tokens.begin(), node.tokens.end());
        out += pathInJavaScript(node.name == Name::State ? "state" : "previous", Pointer(std::move(tokens)));
        return true;
    }
    bool call(std::string_view name, const Node& node, std::string& out)
    {
        out.append(name).append(1, '(');
        if (!arguments(node, out)) return false;
        out += ')';
        return true;
    }
    bool list(const Node& node, std::string& out)
    {
        out += '[';
        if (!arguments(node, out)) return false;
        out += ']';
        return true;
    }
    bool arguments(const Node& node, std::string& out)
    {
        for (const NodePtr& child : node.children) {
            if (child != node.children.front()) out += ", ";
            if (!say(*child, out)) return false;
        }
        return true;
    }
    static bool literal(const Value& value, std::string& out)
    {
        switch (value.kind) {
            case Value::Kind::Null: out += "null"; return true;
            case Value::Kind::Boolean: out += value.isTrue() ? "true" : "false"; return true;
            case Value::Kind::Text: out += inQuotes(value.text); return true;
            case Value::Kind::Number: {
                // Of so few digits each is told from all others by a double, and doubles are in the same order.
                constexpr std::ptrdiff_t kExactDigits = 15;
                const std::string text = textOf(value.number());
                if (text.find_first_of("eE") != std::string::npos) return false;
                if (std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }) > kExactDigits) return false;
                out += text;
                return true;
            }
            case Value::Kind::List:
                out += '[';
                for (const Value& item : *value.list) {
                    if (&item != &value.list->front()) out += ", ";
                    if (!literal(item, out)) return false;
                }
                out += ']';
                return true;
            default: return false;
        }
    }

    const Expression::Impl& of_;
};

}  // namespace

std::optional<std::string> inJavaScript(const Expression& expression) { return Translation(expression.impl()).text(); }

std::string pathInJavaScript(std::string_view root, const Pointer& pointer)
{
    std::string out = "at(" + std::string(root);
    for (const std::string& token : pointer.tokens()) out += ", " + inQuotes(token);
    return out + ")";
}

std::string_view javaScriptRules()
{
    return R"js(// The rules of the expression: what is not there, or of another kind, is no match (undefined).
const inside = (value, key) => {
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value) && !/^(0|[1-9]\d*)$/.test(key)) return undefined;
  return Object.hasOwn(value, key) ? value[key] : undefined;
};
const at = (value, ...path) => path.reduce(inside, value);
const isSimple = (value) => value !== null && typeof value !== "object";
function is(a, operator, b) {
  if (a === undefined || b === undefined) return undefined;
  const alike = isSimple(a) && typeof a === typeof b;
  if (operator === "==" || operator === "!=") {
    if (a !== null && b !== null && !alike && (isSimple(a) || isSimple(b))) return undefined;
    return isDeepStrictEqual(a, b) === (operator === "==");
  }
  if (!alike) return undefined;
  const order = typeof a === "string" ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : a - b;
  return { "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0 }[operator];
}
function within(a, range) {
  if (a === undefined || typeof range !== "object" || range === null) return undefined;
  if (!Array.isArray(range)) return typeof a === "string" ? Object.hasOwn(range, a) : undefined;
  if (range.some((item) => isDeepStrictEqual(a, item))) return true;
  const comparable = !isSimple(a) || range.some((item) => !isSimple(item) || typeof item === typeof a);
  return comparable || range.length === 0 ? false : undefined;
}
const truth = (value) => (typeof value === "boolean" ? value : undefined);
const not = (value) => (truth(value) === undefined ? undefined : !value);
const decided = (by, values) =>
  values.some((value) => truth(value) === by) ? by : values.some((value) => truth(value) === undefined) ? undefined : !by;
const and = (...values) => decided(false, values);
const or = (...values) => decided(true, values);
)js";
}

}  // namespace hindcast::expression
