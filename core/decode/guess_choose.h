#pragma once
#include "core/decode/guess_samples.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::decode {

// The single choices of a guess. Each is a pure function of what was counted; where nothing is convincing, nothing is chosen.

struct TimeChoice {
    const Trait* trait = nullptr;
    TimeUnit unit = TimeUnit::Iso;
    std::size_t readable = 0;  ///< records of the sample that it can be read in
};
[[nodiscard]] std::optional<TimeChoice> chooseTime(const SampleFacts& facts);

[[nodiscard]] const Trait* chooseType(const SampleFacts& facts);

/// "correlation_id", "traceId" …; `words`: the plain names in order of preference.
[[nodiscard]] const Trait* chooseByName(const SampleFacts& facts, std::span<const std::string_view> names);

struct EntityChoice {
    const Trait* id = nullptr;
    std::string noun;                 ///< the category, where it is constant
    const Trait* category = nullptr;  ///< the category, where the records tell it
    std::string why;
};
[[nodiscard]] std::optional<EntityChoice> chooseEntity(const SampleFacts& facts, std::string_view topic, const Trait* type,
                                                       const Trait* time);
/// Further entities: an id of another noun, where the types speak of that noun (OrderPlaced with order_id and user_id).
[[nodiscard]] std::vector<EntityChoice> chooseFurther(const SampleFacts& facts, const EntityChoice& primary, const Trait* type);

/// Whether hardly any two records share the text: no type, and no category.
[[nodiscard]] bool nearlyAllDiffer(const Trait& trait);

}  // namespace hindcast::decode
