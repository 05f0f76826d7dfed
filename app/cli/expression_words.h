#pragma once
// What is said of an expression that a user gave.
#include "app/cli/desk.h"
#include "core/expression/expression.h"

#include <string>

namespace hindcast::cli {

/// The expression with a caret under the place where it is wrong. Gives kUsage.
int tellSyntax(const std::string& text, const expression::SyntaxError& error);
/// Says which of the event types that the expression names no event has: then it can hardly mean what it says.
Result<void> tellUnknownTypes(Desk& desk, const expression::Expression& expression);

}  // namespace hindcast::cli
