#include "core/expression/evaluation.h"

namespace hindcast::expression {

namespace {

/// An item of a list, a key of a map.
Value itemOf(const Value& range, std::size_t index, Arena& arena)
{
    if (!range.isMap()) return range.item(index, arena);
    const auto member = range.document->get_ref<const Json::object_t&>().begin() + static_cast<std::ptrdiff_t>(index);
    return Value::of(std::string_view(member->first));
}

}  // namespace

Value Evaluator::Impl::macro(const Node& node)
{
    const Value range = eval(*node.children[0]);
    if (range.isAbsent() || range.is(Value::Kind::Null)) return Value::absent();
    if (!range.isList() && !range.isMap()) return mismatch(*node.children[0], nameOf(range), "list");
    const bool makesList = node.macro == Macro::Map || node.macro == Macro::Filter;
    return makesList ? mapped(node, range) : quantified(node, range);
}

/// exists and all: one item alone decides, as with || and &&, be others absent. exists_one needs to know of each.
Value Evaluator::Impl::quantified(const Node& node, const Value& range)
{
    const Arena::Mark mark = arena.mark();
    const std::size_t size = range.size();
    std::size_t holding = 0;
    bool absent = false;
    for (std::size_t i = 0; i < size; ++i) {
        variables[node.slot] = itemOf(range, i, arena);
        const Value value = truth(*node.children[1]);
        arena.rewind(mark);
        if (value.isAbsent()) {
            absent = true;
            if (node.macro == Macro::ExistsOne) return value;
        } else if (value.isTrue()) {
            ++holding;
            if (node.macro == Macro::Exists) return value;
        } else if (node.macro == Macro::All) {
            return value;
        }
    }
    if (absent) return Value::absent();
    if (node.macro == Macro::All) return Value::of(true);
    return Value::of(node.macro == Macro::ExistsOne && holding == 1);
}

Value Evaluator::Impl::mapped(const Node& node, const Value& range)
{
    std::vector<Value>& items = arena.freshList();
    const std::size_t size = range.size();
    const bool filters = node.macro == Macro::Filter || node.children.size() == 3;
    for (std::size_t i = 0; i < size; ++i) {
        const Value item = itemOf(range, i, arena);
        variables[node.slot] = item;
        if (filters) {
            const Value kept = truth(*node.children[1]);
            if (kept.isAbsent()) return kept;
            if (kept.isFalse()) continue;
        }
        const Value result = node.macro == Macro::Filter ? item : eval(*node.children.back());
        if (result.isAbsent()) return result;
        items.push_back(result);
    }
    return Value::of(items);
}

}  // namespace hindcast::expression
