#include "core/expression/evaluation.h"

namespace hindcast::expression {

namespace {

using Kind = Value::Kind;

template <class Order>
bool holds(Comparison comparison, Order order)
{
    switch (comparison) {
        case Comparison::Equal: return order == 0;
        case Comparison::NotEqual: return order != 0;
        case Comparison::Less: return order < 0;
        case Comparison::LessEqual: return order <= 0;
        case Comparison::Greater: return order > 0;
        case Comparison::GreaterEqual: return order >= 0;
    }
    return false;
}

bool isEquality(Comparison comparison) { return comparison == Comparison::Equal || comparison == Comparison::NotEqual; }
bool isContainer(const Value& value) { return value.is(Kind::List) || value.is(Kind::Document); }

}  // namespace

Value Evaluator::Impl::compared(const Node& node)
{
    const Node& left = *node.children[0];
    const Node& right = *node.children[1];
    const Value a = eval(left);
    if (a.isAbsent()) return a;
    const Value b = eval(right);
    if (b.isAbsent()) return b;
    const Comparison comparison = node.comparison;
    if (a.kind == b.kind) {
        switch (a.kind) {
            case Kind::Number: return Value::of(holds(comparison, compare(a.number(), b.number())));
            case Kind::Text:
                if (isEquality(comparison)) return Value::of((a.text == b.text) == (comparison == Comparison::Equal));
                return Value::of(holds(comparison, a.text <=> b.text));
            case Kind::Boolean:
            case Kind::Time:
            case Kind::Duration: return Value::of(holds(comparison, a.integer <=> b.integer));
            default: break;
        }
    }
    const bool nulls = a.is(Kind::Null) || b.is(Kind::Null);
    if (!isEquality(comparison)) {
        if (nulls) return Value::absent();
        return isContainer(a) && isContainer(b) ? mismatch(left, nameOf(a), "number") : mismatch(left, a, right, b);
    }
    if (!nulls && isContainer(a) != isContainer(b)) return mismatch(left, a, right, b);
    if (!nulls && !isContainer(a)) return mismatch(left, a, right, b);
    return Value::of(sameValues(a, b, arena) == (comparison == Comparison::Equal));
}

Value Evaluator::Impl::within(const Node& node)
{
    const Node& left = *node.children[0];
    const Node& right = *node.children[1];
    const Value wanted = eval(left);
    if (wanted.isAbsent()) return wanted;
    const Value range = eval(right);
    if (range.isAbsent() || range.is(Kind::Null)) return Value::absent();
    if (range.isMap()) {
        if (!wanted.is(Kind::Text)) return wanted.is(Kind::Null) ? Value::absent() : mismatch(left, nameOf(wanted), "text");
        return Value::of(!member(range, wanted.text).isAbsent());
    }
    if (!range.isList()) return mismatch(right, nameOf(range), "list");
    const Arena::Mark mark = arena.mark();
    bool comparable = range.size() == 0 || wanted.is(Kind::Null) || isContainer(wanted);
    Value other;
    for (std::size_t i = 0; i < range.size(); ++i) {
        const Value item = range.item(i, arena);
        if (sameValues(wanted, item, arena)) return Value::of(true);
        comparable |= item.kind == wanted.kind || item.is(Kind::Null) || isContainer(item);
        other = item;
        arena.rewind(mark);
    }
    if (comparable) return Value::of(false);
    return mismatch(left, nameOf(wanted), nameOf(other));
}

}  // namespace hindcast::expression
