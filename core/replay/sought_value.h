#pragma once
#include "core/event/json.h"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::replay {

/// A value that is looked for wherever it may stand in a document: in values, not in keys.
class SoughtValue {
public:
    /// What a person typed. A number finds numbers of exactly that value, however they are written, and texts that hold it as it is
    /// typed; true, false and null find themselves and such texts; a text in double quotes finds texts alone, with JSON's escapes;
    /// anything else finds texts that hold it. Case makes no difference. An error where nothing is to be looked for.
    [[nodiscard]] static Result<SoughtValue> fromText(std::string_view typed);

    /// As it was typed.
    [[nodiscard]] const std::string& text() const { return typed_; }
    /// Whether a value that holds no others is it. `scratch` is the caller's, to be used again.
    [[nodiscard]] bool matches(const Json& value, std::string& scratch) const;
    /// Calls `found` for each place where it stands, in the order of the document, with the tokens of a JSON pointer.
    using Found = std::function<void(const std::vector<std::string>& tokens, const Json& value)>;
    void findIn(const Json& document, std::string& scratch, const Found& found) const;

private:
    std::string typed_;
    std::string lower_;                            ///< what texts are to hold, in lower case
    Json exact_ = Json(Json::value_t::discarded);  ///< number, boolean or null; else discarded
};

}  // namespace hindcast::replay
