#pragma once
// What the tests of expressions share: one event with everything that can be asked of, and the asking.
#include "core/expression/expression.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::expression::test {

inline constexpr std::string_view kPayload = R"({
  "total": 119.90, "count": 3, "zero": 0, "negative": -7, "big": 123456789012345678901234567890, "tiny": 1e-400, "huge": 1e400,
  "max": 9223372036854775807, "min": -9223372036854775808, "text": "Grüße, \"Ada\"\n", "number_text": "41.5", "note": "paid by card",
  "at": "2025-11-04T09:14:22.118Z", "epoch": 1700000000, "yes": true, "no": false, "nothing": null, "empty": {}, "none": [],
  "items": [{"sku": "a", "qty": 1}, {"sku": "b", "qty": 5, "gift": true}, {"sku": "c", "qty": 3}],
  "tags": ["new", "paid", "new"], "mixed": [1, "1", true, null], "numbers": [1, 2.0, 3e0],
  "address": {"city": "Köln", "geo": {"lat": 50.94, "lon": 6.96}, "a/b": 1, "a.b": 2, "~": 3, "0": "zero"}
})";
inline constexpr std::string_view kState =
    R"({"balance": -5.25, "orders": 2, "name": "Ada", "big": 123456789012345678901234567890,
  "items": [{"qty": 1}, {"qty": 2}], "limits": {"daily": 500, "monthly": 5000.50}, "closed": false})";
inline constexpr std::string_view kPrevious = R"({"balance": 10.00, "orders": 1, "name": "Ada", "items": []})";

struct Sample {
    std::string payload = std::string(kPayload);
    std::optional<Json> state = parseJson(kState).value();
    std::optional<Json> previous = parseJson(kPrevious).value();
    std::vector<Header> headers{{"trace-id", "t-77"}, {"tenant", "blue"}, {"tenant", "green"}, {"nothing", std::nullopt}};
    std::optional<std::string_view> key = "o-1001";
    std::string_view type = "OrderPlaced";
    Timestamp time = *timestampFromIso("2025-11-04T09:14:22.118Z");

    /// Calls with the facts, whose views live as long.
    template <class F>
    auto with(const Expression& expression, const F& call) const
    {
        std::vector<const Json*> now;
        std::vector<const Json*> before;
        for (const Pointer& path : expression.statePaths()) {
            now.push_back(state ? valueAt(*state, path) : nullptr);
            before.push_back(previous ? valueAt(*previous, path) : nullptr);
        }
        // The bytes behind a payload can be read, but are not its own.
        const std::string padded = payload + std::string(64, '}');
        Facts facts;
        facts.category = "order";
        facts.id = "1001";
        facts.version = Version{7};
        facts.type = type;
        facts.time = time;
        facts.topic = "shop.orders";
        facts.partition = Partition{2};
        facts.offset = Offset{48211};
        facts.key = key;
        facts.headers = headers;
        facts.payload = std::string_view(padded).substr(0, payload.size());
        facts.state = now;
        facts.previous = before;
        return call(facts);
    }
};

/// "true", "false", "absent", or "wrong: " and the message.
inline std::string verdictOf(std::string_view text, const Sample& sample = {})
{
    const auto parsed = Expression::parse(text);
    if (!parsed) return "wrong: " + parsed.error().message;
    Evaluator evaluator(*parsed);
    switch (sample.with(**parsed, [&](const Facts& facts) { return evaluator(facts); })) {
        case Verdict::True: return "true";
        case Verdict::False: return "false";
        case Verdict::Absent: return "absent";
    }
    return {};
}

/// The value as JSON text; "absent", or "wrong: " and the message.
inline std::string valueOf(std::string_view text, const Sample& sample = {})
{
    const auto parsed = Expression::parse(text);
    if (!parsed) return "wrong: " + parsed.error().message;
    Evaluator evaluator(*parsed);
    const Json value = sample.with(**parsed, [&](const Facts& facts) { return evaluator.value(facts); });
    return value.is_discarded() ? "absent" : toText(value);
}

}  // namespace hindcast::expression::test
