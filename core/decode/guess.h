#pragma once
#include "core/decode/mapping.h"
#include "core/event/record.h"

#include <span>
#include <string>
#include <vector>

namespace hindcast::decode {

/// A mapping proposed from samples, with a sentence for each choice ("type: /event_type, 4 values in 200 records").
struct Guess {
    Mapping mapping;
    std::vector<std::string> reasons;
};

/// Guesses from up to a few hundred records of one topic. Never proposes a category, or a type, that would give nearly every
/// record one of its own. Deterministic.
[[nodiscard]] Guess guessMapping(std::string_view topic, std::span<const RawRecord> samples, std::span<const Header> headers);

}  // namespace hindcast::decode
