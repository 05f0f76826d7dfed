#include "ui/types/type_search.h"

#include <algorithm>

namespace hindcast::ui {

TypeSearch nextOfType(const replay::History& history, TypeId type, Version from, bool forward, std::size_t most)
{
    const std::uint64_t last = history.events.size();
    // Backwards from version v the first candidate is v − 1, forwards v + 1; from behind the last one there is a step back to it.
    std::uint64_t version = std::min(from.value, last + 1);
    for (std::size_t walked = 0; walked < most; ++walked) {
        if (forward ? version >= last : version <= 1) return {{}, true, Version{version}};
        version = forward ? version + 1 : version - 1;
        if (history.events[version - 1].type == type) return {Version{version}, false, Version{version}};
    }
    return {{}, false, Version{version}};
}

}  // namespace hindcast::ui
