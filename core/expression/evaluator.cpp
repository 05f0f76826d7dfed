#include "core/expression/evaluation.h"

#include <algorithm>

namespace hindcast::expression {

Evaluator::Evaluator(std::shared_ptr<const Expression> expression) : impl_(std::make_unique<Impl>(std::move(expression))) {}
Evaluator::~Evaluator() = default;
Evaluator::Evaluator(Evaluator&&) noexcept = default;
Evaluator& Evaluator::operator=(Evaluator&&) noexcept = default;

Verdict Evaluator::operator()(const Facts& facts)
{
    const Value value = impl_->run(facts);
    if (value.is(Value::Kind::Boolean)) return value.isTrue() ? Verdict::True : Verdict::False;
    if (!value.isAbsent() && !value.is(Value::Kind::Null))
        impl_->mismatch(*impl_->expression->impl().root, nameOf(value), nameOf(Value::of(true)));
    return Verdict::Absent;
}

Json Evaluator::value(const Facts& facts) { return toJson(impl_->run(facts), impl_->arena); }

const std::vector<Mismatch>& Evaluator::mismatches() const { return impl_->mismatches; }

Evaluator::Impl::Impl(std::shared_ptr<const Expression> asked)
    : expression(std::move(asked)),
      scan(expression->payloadPaths()),
      payloads(expression->payloadPaths().size()),
      variables(expression->impl().mostVariables)
{
}

Value Evaluator::Impl::run(const Facts& of)
{
    facts = &of;
    arena.rewind({});
    scanned = false;
    ++runs;
    return eval(*expression->impl().root);
}

Value Evaluator::Impl::eval(const Node& node)
{
    switch (node.kind) {
        case NodeKind::Constant: return node.value;
        case NodeKind::Name: return nameValue(node.name);
        case NodeKind::Headers: return headers();
        case NodeKind::Path: return path(node);
        case NodeKind::Variable: return variables[node.slot];
        case NodeKind::Member:
            if (node.children[0]->kind == NodeKind::Headers) return header(node.text);
            return member(eval(*node.children[0]), node.text);
        case NodeKind::Index: return index(node);
        case NodeKind::Has: return Value::of(has(*node.children[0]));
        case NodeKind::Not: {
            const Value operand = truth(*node.children[0]);
            return operand.isAbsent() ? operand : Value::of(operand.isFalse());
        }
        case NodeKind::Negate: return negation(node);
        case NodeKind::And:
        case NodeKind::Or: return logic(node);
        case NodeKind::Conditional: return conditional(node);
        case NodeKind::Compare: return compared(node);
        case NodeKind::In: return within(node);
        case NodeKind::Arithmetic: return arithmetic(node);
        case NodeKind::List: return listOf(node);
        case NodeKind::Map: return mapOf(node);
        case NodeKind::Call: return call(node);
        case NodeKind::Macro: return macro(node);
    }
    return {};
}

Value Evaluator::Impl::truth(const Node& node)
{
    const Value value = eval(node);
    if (value.is(Value::Kind::Boolean)) return value;
    if (value.isAbsent() || value.is(Value::Kind::Null)) return Value::absent();
    return mismatch(node, nameOf(value), nameOf(Value::of(true)));
}

Value Evaluator::Impl::logic(const Node& node)
{
    const bool decides = node.kind == NodeKind::Or;
    bool absent = false;
    for (const NodePtr& child : node.children) {
        const Value value = truth(*child);
        if (value.isAbsent())
            absent = true;
        else if (value.isTrue() == decides)
            return value;
    }
    return absent ? Value::absent() : Value::of(!decides);
}

Value Evaluator::Impl::conditional(const Node& node)
{
    const Value condition = truth(*node.children[0]);
    if (condition.isAbsent()) return condition;
    return eval(*node.children[condition.isTrue() ? 1 : 2]);
}

Value Evaluator::Impl::negation(const Node& node)
{
    const Node& operand = *node.children[0];
    const Value value = eval(operand);
    if (value.is(Value::Kind::Number)) {
        const auto negative = compute(Operation::Subtract, Number{}, value.number(), arena);
        return negative ? Value::of(*negative) : mismatch(operand, "a number too large to compute with", "");
    }
    if (value.is(Value::Kind::Duration) && value.integer != INT64_MIN) return Value::duration(-value.integer);
    if (value.isAbsent() || value.is(Value::Kind::Null)) return Value::absent();
    return mismatch(operand, nameOf(value), "number");
}

namespace {

/// Sums and differences of times and durations; Absent where the kinds do not go together, `beyond` where the result has no place in
/// our years.
Value computeTimes(Operation operation, const Value& a, const Value& b, bool& beyond)
{
    using Kind = Value::Kind;
    Kind result = Kind::Absent;
    if (operation == Operation::Add) {
        if (a.is(Kind::Time) && b.is(Kind::Duration)) result = Kind::Time;
        if (a.is(Kind::Duration) && b.is(Kind::Time)) result = Kind::Time;
        if (a.is(Kind::Duration) && b.is(Kind::Duration)) result = Kind::Duration;
    } else if (operation == Operation::Subtract) {
        if (a.is(Kind::Time) && b.is(Kind::Duration)) result = Kind::Time;
        if (a.kind == b.kind && (a.is(Kind::Time) || a.is(Kind::Duration))) result = Kind::Duration;
    }
    if (result == Kind::Absent) return {};
    std::int64_t ns = 0;
    beyond = operation == Operation::Add ? __builtin_add_overflow(a.integer, b.integer, &ns)
                                         : __builtin_sub_overflow(a.integer, b.integer, &ns);
    if (beyond) return {};
    return result == Kind::Time ? Value::of(Timestamp{ns}) : Value::duration(ns);
}

}  // namespace

Value Evaluator::Impl::arithmetic(const Node& node)
{
    const Node& left = *node.children[0];
    const Node& right = *node.children[1];
    const Value a = eval(left);
    if (a.isAbsent() || a.is(Value::Kind::Null)) return Value::absent();
    const Value b = eval(right);
    if (b.isAbsent() || b.is(Value::Kind::Null)) return Value::absent();
    if (a.is(Value::Kind::Number) && b.is(Value::Kind::Number)) {
        const auto result = compute(node.operation, a.number(), b.number(), arena);
        if (result) return Value::of(*result);
        if (result.error() == Fault::DivisionByZero) return mismatch(right, "zero", "divisor");
        return mismatch(node, "a number too large to compute with", "");
    }
    if (node.operation == Operation::Add && a.is(Value::Kind::Text) && b.is(Value::Kind::Text)) {
        std::string& text = arena.freshText();
        text.append(a.text).append(b.text);
        return Value::of(std::string_view(text));
    }
    if (node.operation == Operation::Add && a.isList() && b.isList()) {
        std::vector<Value>& items = arena.freshList();
        for (const Value* each : {&a, &b})
            for (std::size_t i = 0; i < each->size(); ++i) items.push_back(each->item(i, arena));
        return Value::of(items);
    }
    bool beyond = false;
    const Value time = computeTimes(node.operation, a, b, beyond);
    if (beyond) return mismatch(node, "a time beyond the years 1678 to 2262", "");
    if (!time.isAbsent()) return time;
    if (a.kind == b.kind) return mismatch(left, nameOf(a), "number");
    return mismatch(left, a, right, b);
}

Value Evaluator::Impl::listOf(const Node& node)
{
    std::vector<Value>& items = arena.freshList();
    for (const NodePtr& child : node.children) {
        const Value item = eval(*child);
        if (item.isAbsent()) return item;
        items.push_back(item);
    }
    return Value::of(items);
}

Value Evaluator::Impl::mapOf(const Node& node)
{
    Json map(Json::value_t::object);
    auto& members = map.get_ref<Json::object_t&>();
    for (std::size_t i = 0; i < node.children.size(); i += 2) {
        const Value key = eval(*node.children[i]);
        if (key.isAbsent()) return key;
        if (!key.is(Value::Kind::Text)) return mismatch(*node.children[i], nameOf(key), "text");
        const Value value = eval(*node.children[i + 1]);
        if (value.isAbsent()) return value;
        members[std::string(key.text)] = toJson(value, arena);
    }
    return Value::of(arena.keep(std::move(map)), arena);
}

}  // namespace hindcast::expression
