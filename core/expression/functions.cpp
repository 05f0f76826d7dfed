#include "core/expression/evaluation.h"
#include "core/expression/text_tools.h"

#include <re2/re2.h>

namespace hindcast::expression {

namespace {

using Kind = Value::Kind;

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string stringOf(const Value& value, Arena& arena)
{
    switch (value.kind) {
        case Kind::Number: return textOf(value.number());
        case Kind::Time: return toIso(Timestamp{value.integer});
        case Kind::Duration: return durationText(value.integer);
        default: return toText(toJson(value, arena));
    }
}

}  // namespace

Value Evaluator::Impl::call(const Node& node)
{
    if (node.children.size() == 2) return textCall(node);
    const Node& operand = *node.children[0];
    const Value value = eval(operand);
    if (value.isAbsent() || value.is(Kind::Null)) return Value::absent();
    const bool text = value.is(Kind::Text);
    switch (node.function) {
        case Function::Size:
            if (text) return Value::of(static_cast<std::int64_t>(codePoints(value.text)));
            if (value.isList() || value.isMap()) return Value::of(static_cast<std::int64_t>(value.size()));
            return mismatch(operand, nameOf(value), "text, list or map");
        case Function::Lower: {
            if (!text) return mismatch(operand, nameOf(value), "text");
            std::string& lower = arena.freshText();
            appendLower(lower, value.text);
            return Value::of(std::string_view(lower));
        }
        case Function::Number: {
            if (value.is(Kind::Number)) return value;
            if (!text) return mismatch(operand, nameOf(value), "number");
            const auto number = readNumber(trimmed(value.text));
            return number ? Value::of(*number) : mismatch(operand, "text that is no number", "number");
        }
        case Function::String:
            if (text) return value;
            return Value::of(arena.keep(stringOf(value, arena)));
        case Function::Timestamp: {
            if (value.is(Kind::Time)) return value;
            if (!text && !value.is(Kind::Number)) return mismatch(operand, nameOf(value), "timestamp");
            const auto time =
                text ? timestampFromIso(trimmed(value.text)) : timestampFromEpoch(textOf(value.number()), TimeUnit::Auto);
            if (time) return Value::of(*time);
            return mismatch(operand, text ? "text that is no time" : "a number that is no time", "timestamp");
        }
        case Function::Duration: {
            if (value.is(Kind::Duration)) return value;
            if (!text) return mismatch(operand, nameOf(value), "duration");
            const auto ns = durationFromText(trimmed(value.text));
            return ns ? Value::duration(*ns) : mismatch(operand, "text that is no duration", "duration");
        }
        default: return {};
    }
}

Value Evaluator::Impl::textCall(const Node& node)
{
    Value values[2];
    for (std::size_t i = 0; i < 2; ++i) {
        const Node& operand = *node.children[i];
        values[i] = eval(operand);
        if (values[i].isAbsent() || values[i].is(Kind::Null)) return Value::absent();
        if (!values[i].is(Kind::Text)) return mismatch(operand, nameOf(values[i]), "text");
    }
    const std::string_view subject = values[0].text;
    const std::string_view part = values[1].text;
    switch (node.function) {
        case Function::Contains: return Value::of(subject.find(part) != std::string_view::npos);
        case Function::StartsWith: return Value::of(subject.starts_with(part));
        case Function::EndsWith: return Value::of(subject.ends_with(part));
        default: return matches(node, subject, part);
    }
}

Value Evaluator::Impl::matches(const Node& node, std::string_view subject, std::string_view wanted)
{
    const re2::RE2* expressionOf = node.pattern.get();
    if (expressionOf == nullptr) {
        if (!pattern || patternText != wanted) {
            re2::RE2::Options options;
            options.set_log_errors(false);
            patternText = wanted;
            pattern = std::make_shared<re2::RE2>(patternText, options);
        }
        if (!pattern->ok()) return mismatch(*node.children[1], "text that is no regular expression", "");
        expressionOf = pattern.get();
    }
    return Value::of(re2::RE2::PartialMatch({subject.data(), subject.size()}, *expressionOf));
}

}  // namespace hindcast::expression
