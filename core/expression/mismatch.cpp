#include "core/event/number_text.h"
#include "core/expression/evaluation.h"

#include <algorithm>

namespace hindcast::expression {

namespace {

constexpr std::size_t kMostMismatches = 100;

/// The function that makes the one of the other; empty where there is none.
std::string_view conversion(std::string_view found, std::string_view wanted)
{
    if (found == "text" && (wanted == "number" || wanted == "timestamp" || wanted == "duration")) return wanted;
    if (found == "number" && wanted == "timestamp") return wanted;
    if (wanted == "text" && found != "list" && found != "map") return "string";
    return {};
}

}  // namespace

std::string Mismatch::text(std::string_view one, std::string_view many) const
{
    const std::string asked = grouped(count) + ' ' + std::string(count == 1 ? one : many) + (count == 1 ? " holds " : " hold ");
    const std::string where = asked + found + " at " + path;
    if (wanted == "divisor") return where + ", by which nothing can be divided";
    if (const std::string_view function = conversion(found, wanted); !function.empty())
        return where + ": use " + std::string(function) + "(" + path + ")";
    if (wanted.empty() || found.starts_with("text that is") || found.starts_with("a number that is")) return where;
    return where + ", where " + wanted + " is needed";
}

Value Evaluator::Impl::mismatch(const Node& node, std::string_view found, std::string_view wanted)
{
    const auto known = std::ranges::find_if(
        counted, [&](const Counted& each) { return each.node == &node && each.found == found && each.wanted == wanted; });
    if (known != counted.end()) {
        count(known->index);
        return {};
    }
    if (counted.size() >= kMostMismatches) return {};
    // The same path written twice is one thing to tell.
    const std::string_view path = std::string_view(expression->text()).substr(node.offset, node.length);
    const auto same = std::ranges::find_if(
        mismatches, [&](const Mismatch& each) { return each.path == path && each.found == found && each.wanted == wanted; });
    const auto index = static_cast<std::size_t>(same - mismatches.begin());
    if (same == mismatches.end()) {
        mismatches.push_back({std::string(path), std::string(found), std::string(wanted), 0});
        lastRuns.push_back(0);
    }
    counted.push_back({&node, found, wanted, index});
    count(index);
    return {};
}

void Evaluator::Impl::count(std::size_t index)
{
    if (lastRuns[index] == runs) return;  // an event counts once, however many of its items are wrong
    lastRuns[index] = runs;
    ++mismatches[index].count;
}

Value Evaluator::Impl::mismatch(const Node& left, const Value& leftValue, const Node& right, const Value& rightValue)
{
    const bool leftIsFixed = left.kind == NodeKind::Constant;
    const bool rightIsFixed = right.kind == NodeKind::Constant;
    const bool tellsRight = leftIsFixed || (!rightIsFixed && rightValue.is(Value::Kind::Text));
    if (tellsRight) return mismatch(right, nameOf(rightValue), nameOf(leftValue));
    return mismatch(left, nameOf(leftValue), nameOf(rightValue));
}

}  // namespace hindcast::expression
