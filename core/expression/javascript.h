#pragma once
#include "core/expression/expression.h"

#include <optional>
#include <string>
#include <string_view>

namespace hindcast::expression {

/// An expression as JavaScript over the names `state` and `previous`, in the words of javaScriptRules(): true exactly where the verdict is
/// True. Empty where it asks for more than paths, literals, comparisons, `in`, has() and logic, such as functions, exact
/// arithmetic or the event; and for numbers that JavaScript rounds.
[[nodiscard]] std::optional<std::string> inJavaScript(const Expression& expression);
/// `at(state, "a", "0")`: where a pointer into the state leads, undefined where nowhere.
[[nodiscard]] std::string pathInJavaScript(std::string_view root, const Pointer& pointer);
/// Definitions for a module that imports isDeepStrictEqual from node:util. REQUIRES there: states are plain data, as JSON.parse()
/// makes it, and undefined where an entity does not live.
[[nodiscard]] std::string_view javaScriptRules();

}  // namespace hindcast::expression
