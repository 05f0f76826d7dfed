#include "ui/look/type_colors.h"

#include <algorithm>

namespace hindcast::ui {

void TypeColors::update(std::vector<Count> counts)
{
    std::erase_if(counts, [&](const Count& count) { return indices_.contains(count.first.value); });
    std::sort(counts.begin(), counts.end(), [](const Count& a, const Count& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    for (const Count& count : counts) indices_.emplace(count.first.value, static_cast<int>(indices_.size()));
}

int TypeColors::index(TypeId type) const
{
    const auto at = indices_.find(type.value);
    return at == indices_.end() ? -1 : at->second;
}

}  // namespace hindcast::ui
