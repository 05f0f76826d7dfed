#pragma once
#include "core/replay/watch.h"
#include "tests/ui/timeline/timeline_fixture.h"

#include <functional>

namespace hindcast::ui::test {

/// The runs of a field "v" whose value at each version is that JSON text; empty: it is not there.
inline std::shared_ptr<const replay::WatchRuns> runsOf(std::uint64_t versions,
                                                       const std::function<std::string(std::uint64_t)>& value)
{
    replay::Watch watch(*replay::WatchPointer::parse("/v"));
    for (std::uint64_t v = 1; v <= versions; ++v) {
        const std::string text = value(v);
        watch.add(Version{v}, *parseJson(text.empty() ? "{}" : "{\"v\":" + text + "}"));
    }
    return watch.share();
}

inline std::shared_ptr<const replay::WatchRuns> runsOf(const std::vector<std::string>& values)
{
    return runsOf(values.size(), [&](std::uint64_t v) { return values[v - 1]; });
}

}  // namespace hindcast::ui::test
