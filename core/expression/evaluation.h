#pragma once
#include "core/expression/arena.h"
#include "core/expression/expression.h"
#include "core/expression/node.h"
#include "core/expression/payload_scan.h"
#include "core/expression/value.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::expression {

/// The asking itself: a walk over the nodes. What is null counts as a value only where it is compared for equality, elsewhere as
/// absent; what is of another kind than is needed is absent too, and counted.
struct Evaluator::Impl {
    explicit Impl(std::shared_ptr<const Expression> asked);

    [[nodiscard]] Value run(const Facts& of);
    Value eval(const Node& node);

    // evaluator.cpp
    Value logic(const Node& node);
    Value negation(const Node& node);
    Value conditional(const Node& node);
    Value arithmetic(const Node& node);
    Value listOf(const Node& node);
    Value mapOf(const Node& node);
    /// True or False; else Absent, told where it is no null.
    Value truth(const Node& node);
    // evaluator_names.cpp
    Value nameValue(Name name);
    Value path(const Node& node);
    Value payload(std::size_t slot);
    [[nodiscard]] const Json* stateAt(const Node& node) const;
    Value headers();
    [[nodiscard]] Value header(std::string_view name) const;
    Value member(const Value& object, std::string_view name);
    Value index(const Node& node);
    bool has(const Node& node);
    // compare.cpp
    Value compared(const Node& node);
    Value within(const Node& node);
    // functions.cpp
    Value call(const Node& node);
    Value textCall(const Node& node);
    Value matches(const Node& node, std::string_view subject, std::string_view pattern);
    // macros.cpp
    Value macro(const Node& node);
    Value quantified(const Node& node, const Value& range);
    Value mapped(const Node& node, const Value& range);

    // mismatch.cpp: both give Absent.
    Value mismatch(const Node& node, std::string_view found, std::string_view wanted);
    /// Of two operands that do not go together, the one that is to be told of.
    Value mismatch(const Node& left, const Value& leftValue, const Node& right, const Value& rightValue);

    void count(std::size_t index);

    struct PayloadValue {
        Value value;
        bool read = false;
        std::string text;
        Json document;
    };
    struct Counted {
        const Node* node = nullptr;
        std::string_view found;
        std::string_view wanted;
        std::size_t index = 0;  ///< among the mismatches
    };

    std::shared_ptr<const Expression> expression;
    const Facts* facts = nullptr;
    Arena arena;
    PayloadScan scan;
    bool scanned = false;
    std::vector<PayloadValue> payloads;
    std::vector<Value> variables;
    std::uint64_t runs = 0;
    std::vector<Mismatch> mismatches;
    std::vector<std::uint64_t> lastRuns;  ///< that counted each mismatch
    std::vector<Counted> counted;
    std::string patternText;
    std::shared_ptr<const re2::RE2> pattern;  ///< of patternText, for patterns that are computed
};

}  // namespace hindcast::expression
