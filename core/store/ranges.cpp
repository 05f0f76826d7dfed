#include "core/store/ranges.h"

#include "core/store/bytes.h"

#include <algorithm>

namespace hindcast::store {

bool covers(const std::vector<Range>& ranges, Offset offset)
{
    return std::ranges::any_of(ranges, [&](const Range& range) { return range.from <= offset && offset < range.to; });
}

void addRange(std::vector<Range>& ranges, Range added)
{
    if (added.to <= added.from) return;
    auto first = std::ranges::find_if(ranges, [&](const Range& range) { return range.to >= added.from; });
    auto last = first;
    while (last != ranges.end() && last->from <= added.to) {
        added.from = std::min(added.from, last->from);
        added.to = std::max(added.to, last->to);
        ++last;
    }
    first = ranges.erase(first, last);
    ranges.insert(first, added);
}

std::string encodeRanges(const std::vector<Range>& ranges)
{
    std::string stored;
    ByteWriter out(stored);
    std::int64_t at = 0;
    for (const Range& range : ranges) {
        out.difference(range.from.value, at);
        out.difference(range.to.value, range.from.value);
        at = range.to.value;
    }
    return stored;
}

std::vector<Range> decodeRanges(std::string_view stored)
{
    std::vector<Range> ranges;
    ByteReader in(stored);
    std::int64_t at = 0;
    while (!in.atEnd() && !in.failed()) {
        const std::int64_t from = in.difference(at);
        at = in.difference(from);
        ranges.push_back({Offset{from}, Offset{at}});
    }
    return ranges;
}

}  // namespace hindcast::store
