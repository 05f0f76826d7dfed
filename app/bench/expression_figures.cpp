// Expressions over payloads and over states, in memory: what a filter costs beside reading the events.
#include "app/bench/figures.h"

#include "core/expression/expression.h"

#include <fmt/core.h>
#include <simdjson.h>
#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace hindcast::bench {

namespace {

constexpr std::size_t kPadding = 64;
constexpr int kTimes = 5;

struct Payloads {
    std::string bytes;
    std::vector<std::string_view> each;
};

/// Events as makeJsonLines() writes them.
Payloads makePayloads(std::size_t count)
{
    Payloads payloads;
    std::vector<std::size_t> ends;
    std::uint64_t random = 7;
    for (std::size_t i = 0; i < count; ++i) {
        random = random * 6'364'136'223'846'793'005 + 1'442'695'040'888'963'407;
        const std::uint64_t amount = (random >> 20) % 100'000;
        payloads.bytes += fmt::format(
            "{{\"event_type\":\"Withdrawn\",\"account_id\":\"account-{}\",\"timestamp\":{},\"amount\":{}.{:02},\"currency\":"
            "\"EUR\","
            "\"balance\":{},\"branch\":\"b-{}\",\"note\":\"{:016x}\",\"channel\":\"online\",\"seq\":{}}}",
            random % 100'000, 1'700'000'000'000 + i * 20, amount / 100, amount % 100, (random >> 10) % 1'000'000, random % 400,
            random, i);
        ends.push_back(payloads.bytes.size());
    }
    payloads.bytes.append(kPadding, '\0');
    std::size_t begin = 0;
    for (const std::size_t end : ends) {
        payloads.each.emplace_back(payloads.bytes.data() + begin, end - begin);
        begin = end;
    }
    return payloads;
}

/// The most of a few runs, in a second.
template <class Run>
double perSecond(std::size_t count, std::size_t expected, const Run& run)
{
    double best = 0;
    for (int i = 0; i < kTimes; ++i) {
        const auto began = std::chrono::steady_clock::now();
        const std::size_t matches = run();
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
        if (matches != expected) stop(fmt::format("{} events match where {} should", matches, expected));
        best = std::max(best, static_cast<double>(count) / took.count());
    }
    return best;
}

expression::Evaluator evaluatorOf(std::string_view text)
{
    auto parsed = expression::Expression::parse(text);
    if (!parsed) stop(parsed.error().message);
    return expression::Evaluator(std::move(*parsed));
}

std::size_t bareMatches(const Payloads& payloads)
{
    simdjson::ondemand::parser parser;
    std::size_t matches = 0;
    for (const std::string_view payload : payloads.each) {
        simdjson::ondemand::document document;
        double amount = 0;
        const simdjson::padded_string_view padded(payload, payload.size() + kPadding);
        if (parser.iterate(padded).get(document) != simdjson::SUCCESS) continue;
        if (document["amount"].get(amount) == simdjson::SUCCESS && amount > 500) ++matches;
    }
    return matches;
}

void payloadFigure(std::size_t count, const Report& report)
{
    const Payloads payloads = makePayloads(count);
    const std::size_t expected = bareMatches(payloads);
    const double bare = perSecond(count, expected, [&] { return bareMatches(payloads); });
    expression::Evaluator evaluator = evaluatorOf(R"(payload.amount > 500 && type == "Withdrawn")");
    const double ours = perSecond(count, expected, [&] {
        std::size_t matches = 0;
        expression::Facts facts;
        facts.type = "Withdrawn";
        for (const std::string_view payload : payloads.each) {
            facts.payload = payload;
            matches += evaluator(facts) == expression::Verdict::True ? 1 : 0;
        }
        return matches;
    });
    report({"expression-events-per-second", ours, "events/s",
            fmt::format("{:.2f} × bare simdjson On-Demand taking one number as a double ({:.0f})", ours / bare, bare)});
}

void stateFigure(std::size_t count, const Report& report)
{
    std::vector<Json> totals;
    for (std::size_t i = 0; i < 1000; ++i) totals.push_back(numberFromText(fmt::format("{}.{:02}", i, i % 100)));
    const Json name("Ada");
    std::size_t expected = 0;
    for (std::size_t i = 0; i < count; ++i) expected += i % 1000 > 500 ? 1 : 0;
    expression::Evaluator evaluator = evaluatorOf(R"(state.total >= 501 && state.name == "Ada")");
    const double ours = perSecond(count, expected, [&] {
        std::size_t matches = 0;
        const Json* slots[] = {&name, nullptr};
        expression::Facts facts;
        facts.state = slots;
        for (std::size_t i = 0; i < count; ++i) {
            slots[1] = &totals[i % totals.size()];
            matches += evaluator(facts) == expression::Verdict::True ? 1 : 0;
        }
        return matches;
    });
    report({"expression-states-per-second", ours, "states/s", ""});
}

}  // namespace

void expressionFigures(const Setup& setup, const Report& report)
{
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(setup.events, 1'000'000));
    if (setup.wanted("expression-events-per-second")) payloadFigure(count, report);
    if (setup.wanted("expression-states-per-second")) stateFigure(count, report);
}

}  // namespace hindcast::bench
