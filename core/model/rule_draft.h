#pragma once
#include "core/event/error.h"
#include "core/event/json.h"

#include <optional>
#include <string>
#include <string_view>

namespace hindcast::model {

/// One rule as a person makes it from a field: "when OrderPlaced, add the payload's /total to /spent".
struct RuleDraft {
    std::string type;           ///< of the events; "*": of all
    std::string operation;      ///< set, add, append, remove, merge, end
    std::string target;         ///< pointer into the state; of no meaning for end
    std::optional<Json> value;  ///< as in the set-rules file: {"at": pointer}, {"const": …}, {"meta": name}
};

/// The draft as an operation of the set-rules file.
[[nodiscard]] Json operationOf(const RuleDraft& draft);

/// Whether rules can take over from a category's present model without losing what it shows: from rules, and from *merge*.
/// Empty, or why not. `model`: what "models" holds for the category, if anything; `rows`: its entities are table rows.
[[nodiscard]] std::string whyNoRules(const std::optional<Json>& model, bool rows);

/// The category's model with the rule at the end of its type's rules. Where it is *merge* so far, a document that goes on merging
/// everything but what the rule sets. The error names the rule.
[[nodiscard]] Result<Json> withRule(const std::optional<Json>& model, std::string_view category, bool rows,
                                    const RuleDraft& draft);

/// The setting "models" with another model for a category; without: the default again.
[[nodiscard]] Json withModel(const std::optional<Json>& models, std::string_view category, const std::optional<Json>& model);

}  // namespace hindcast::model
