// What the overview strip asks for: the whole log, and a hundredth of it, in 1,500 columns.
#include "app/bench/figures.h"

#include "core/store/store.h"

#include <fmt/core.h>
#include <algorithm>
#include <chrono>
#include <random>
#include <vector>

namespace hindcast::bench {

namespace {

constexpr std::uint32_t kColumns = 1500;
constexpr int kAnswers = 200;

struct Times {
    double median = 0;
    double p99 = 0;
};

Times timesOf(const std::function<store::DensityQuery()>& next, store::Reader& reader)
{
    std::vector<double> times;
    for (int i = 0; i < kAnswers; ++i) {
        const store::DensityQuery query = next();
        const auto began = std::chrono::steady_clock::now();
        auto density = reader.density(query);
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count());
        if (!density) stop(density.error().text());
        if (!density->available) stop("the workspace has no density levels");
    }
    std::ranges::sort(times);
    return {times[times.size() / 2], times[times.size() * 99 / 100]};
}

}  // namespace

void densityFigures(const Setup& setup, const Report& report)
{
    const std::string lines = makeJsonLines(setup);
    const std::string workspace = makeWorkspace(setup, lines, nullptr);
    auto store = store::Store::open(workspace, store::Mode::ReadOnly);
    if (!store) stop(store.error().text());
    auto reader = (*store)->reader();
    if (!reader) stop(reader.error().text());
    const auto counts = (*reader)->counts();
    if (!counts || !counts->firstTime) stop("the workspace has no times");
    store::DensityQuery whole;
    whole.from = *counts->firstTime;
    whole.to = Timestamp{counts->lastTime->ns + 1};
    whole.columns = kColumns;
    std::mt19937_64 random(9);
    const std::int64_t span = whole.to.ns - whole.from.ns;
    const Times full = timesOf([&] { return whole; }, **reader);
    const Times zoomed = timesOf(
        [&] {
            store::DensityQuery part = whole;
            part.from.ns += static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(span - span / 100));
            part.to.ns = part.from.ns + span / 100;
            return part;
        },
        **reader);
    report({"density-ms", full.p99, "ms",
            fmt::format("99 % of {} answers of {} columns over {} events, median {:.2f} ms; a hundredth of it: median {:.2f} ms, "
                        "99 % {:.2f} ms",
                        kAnswers, kColumns, setup.events, full.median, zoomed.median, zoomed.p99)});
}

}  // namespace hindcast::bench
