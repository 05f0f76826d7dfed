#include "core/expression/parser.h"

#include "core/event/time.h"
#include "core/expression/text_tools.h"

#include <re2/re2.h>
#include <algorithm>

namespace hindcast::expression {

namespace {

constexpr std::string_view kWords[] = {"true", "false", "null"};

NodePtr nodeOf(NodeKind kind)
{
    auto node = std::make_unique<Node>();
    node->kind = kind;
    return node;
}

}  // namespace

NodePtr Parser::name()
{
    const Token token = peek();
    ++at_;
    if (std::ranges::find(kWords, token.value) != std::end(kWords)) {
        auto node = std::make_unique<Node>();
        node->value = token.value == "null" ? Value::null() : Value::of(token.value == "true");
        return made(std::move(node), token.offset);
    }
    if (sees("(")) return token.value == "has" ? has(token.offset) : call(token, nullptr);

    // The innermost of the same name.
    const auto variable = std::find(variables_.rbegin(), variables_.rend(), token.value);
    if (variable != variables_.rend()) {
        NodePtr node = nodeOf(NodeKind::Variable);
        node->slot = static_cast<std::uint32_t>(variables_.rend() - variable - 1);
        return made(std::move(node), token.offset);
    }
    const auto known = nameFromText(token.value);
    if (!known) {
        if (token.value == "not" || token.value == "NOT") return fail("not is written !", token);
        if (token.value == "in") return fail("a value is missing before in", token);
        return fail(unknownName(token.value, variables_), token);
    }
    NodePtr node = nodeOf(NodeKind::Name);
    node->name = *known;
    if (known == Name::Headers) node->kind = NodeKind::Headers;
    if (known == Name::Payload || known == Name::State || known == Name::Previous) node->kind = NodeKind::Path;
    return made(std::move(node), token.offset);
}

NodePtr Parser::has(std::size_t offset)
{
    std::vector<NodePtr> operands;
    if (!arguments(operands)) return nullptr;
    const bool one = operands.size() == 1;
    const Node* asked = one ? operands.front().get() : nullptr;
    const bool field = one && (asked->kind == NodeKind::Member || asked->kind == NodeKind::Index ||
                               (asked->kind == NodeKind::Path && !asked->tokens.empty()));
    if (!field) {
        const Token& last = tokens_[at_ - 1];
        return fail("has() asks for a member: has(payload.total)", offset, last.offset + last.length - offset);
    }
    NodePtr node = nodeOf(NodeKind::Has);
    node->children = std::move(operands);
    return made(std::move(node), offset);
}

bool Parser::arguments(std::vector<NodePtr>& out)
{
    if (!expect("(", "behind the function's name")) return false;
    while (!sees(")")) {
        NodePtr operand = expression();
        if (!operand) return false;
        out.push_back(std::move(operand));
        if (!take(",")) break;
    }
    return expect(")", "behind the arguments");
}

NodePtr Parser::call(const Token& name, NodePtr receiver)
{
    const std::size_t offset = receiver ? receiver->offset : name.offset;
    if (const auto known = macroFromText(name.value)) {
        if (receiver) return macro(*known, std::move(receiver), offset);
        return fail(name.value + "() is asked of a list: payload.items." + name.value + "(x, …)", name);
    }
    const auto known = functionFromText(name.value);
    if (!known) {
        if (name.value == "has") return fail("has() stands before what it asks for: has(payload.total)", name);
        return fail(unknownFunction(name.value), name);
    }
    std::vector<NodePtr> operands;
    if (receiver) operands.push_back(std::move(receiver));
    if (!arguments(operands)) return nullptr;
    return function(*known, name, std::move(operands));
}

NodePtr Parser::function(Function function, const Token& name, std::vector<NodePtr> operands)
{
    const std::size_t wanted = operandsOf(function);
    if (operands.size() != wanted) {
        const std::string usage = wanted == 2 ? "payload.note." + name.value + "(\"…\")" : name.value + "(payload.note)";
        return fail(name.value + "() takes " + (wanted == 2 ? "two operands" : "one operand") + ": " + usage, name);
    }
    const std::size_t offset = std::min(name.offset, operands.front()->offset);
    NodePtr node = nodeOf(NodeKind::Call);
    node->function = function;
    node->children = std::move(operands);
    return folded(made(std::move(node), offset));
}

/// What can be told of a call with a constant is told at once: its value, or that it never has one.
NodePtr Parser::folded(NodePtr call)
{
    if (!call) return nullptr;
    const Node& last = *call->children.back();
    if (last.kind != NodeKind::Constant || !last.value.is(Value::Kind::Text)) return call;
    const auto wrong = [&](const std::string& what) { return fail(what, last.offset, last.length); };
    if (call->function == Function::Matches) {
        re2::RE2::Options options;
        options.set_log_errors(false);
        auto pattern = std::make_shared<re2::RE2>(last.text, options);
        if (!pattern->ok()) return wrong("this is no regular expression: " + pattern->error());
        call->pattern = std::move(pattern);
        return call;
    }
    Value value;
    if (call->function == Function::Timestamp) {
        const auto time = timestampFromIso(last.text);
        if (!time) return wrong("this is no time: write timestamp(\"2025-11-04T09:14:22Z\")");
        value = Value::of(*time);
    } else if (call->function == Function::Duration) {
        const auto ns = durationFromText(last.text);
        if (!ns) return wrong("this is no duration: write duration(\"1h30m\"), \"250ms\" or \"2d\"");
        value = Value::duration(*ns);
    } else {
        return call;
    }
    auto node = std::make_unique<Node>();
    node->value = value;
    return made(std::move(node), call->offset);
}

NodePtr Parser::macro(Macro macro, NodePtr receiver, std::size_t offset)
{
    if (!expect("(", "behind the function's name")) return nullptr;
    const Token variable = peek();
    const bool named = variable.kind == Token::Kind::Name && std::ranges::find(kWords, variable.value) == std::end(kWords) &&
                       variable.value != "in";
    if (!named) return fail("a name for each item comes first: items.exists(x, x.total > 5)", variable);
    ++at_;
    if (!expect(",", "behind the name for each item")) return nullptr;
    NodePtr node = nodeOf(NodeKind::Macro);
    node->macro = macro;
    node->children.push_back(std::move(receiver));
    node->slot = static_cast<std::uint32_t>(variables_.size());
    variables_.push_back(variable.value);
    mostVariables_ = std::max(mostVariables_, variables_.size());
    do {
        NodePtr asked = expression();
        if (!asked) return nullptr;
        node->children.push_back(std::move(asked));
    } while (macro == Macro::Map && node->children.size() < 3 && take(","));
    variables_.pop_back();
    if (!expect(")", "behind what is asked of each item")) return nullptr;
    return made(std::move(node), offset);
}

}  // namespace hindcast::expression
