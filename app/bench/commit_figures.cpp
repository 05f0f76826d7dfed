// What a commit costs: in bulk, where every eighth merges runs of postings, and in the live tail, where it carries a single event.
#include "app/bench/figures.h"

#include "core/event/facts.h"
#include "core/store/store.h"

#include <fmt/core.h>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <numeric>
#include <random>
#include <vector>

namespace hindcast::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kBulk = 10'000;  // events a commit, as fast reading makes them
constexpr int kLive = 2000;              // commits of one event

/// Appends events that need no decoding, so that only the store is measured.
class Filler {
public:
    Filler(store::Writer& writer, std::uint64_t entities, std::int64_t next = 0)
        : writer_(writer), entities_(entities), next_(next)
    {
        auto source = writer_.addSource("bench", "bench", "bench", "");
        if (!source) stop(source.error().text());
        auto part = writer_.addPart(*source, "accounts", Partition{0});
        if (!part) stop(part.error().text());
        part_ = *part;
        facts_.entities = {{"", "account", ""}};
        facts_.type = "Deposited";
    }
    /// Milliseconds that the commit took.
    double commitOf(std::uint64_t events)
    {
        for (std::uint64_t i = 0; i < events; ++i) append();
        writer_.setProgress(part_, Offset{next_});
        const auto began = Clock::now();
        if (auto done = writer_.commit(); !done) stop(done.error().text());
        return std::chrono::duration<double, std::milli>(Clock::now() - began).count();
    }

private:
    void append()
    {
        const std::string id = std::to_string(random_() % entities_);
        facts_.entities.front().id = id;
        facts_.time = Timestamp::fromMilliseconds(1'700'000'000'000 + next_ * 20);
        const std::string value =
            fmt::format(R"({{"account":"{}","amount":{},"note":"{:016x}","channel":"online","currency":"EUR"}})",
                        facts_.entities.front().id, random_() % 100'000, random_());
        RawRecord record;
        record.offset = Offset{next_++};
        record.value = value;
        if (auto done = writer_.append(part_, record, {}, facts_); !done) stop(done.error().text());
    }

    store::Writer& writer_;
    std::uint64_t entities_;
    std::mt19937_64 random_{5};
    PartId part_;
    EventFacts facts_;
    std::int64_t next_;
};

void reportTimes(const Report& report, const char* name, std::vector<double> times, const std::string& what)
{
    const double total = std::accumulate(times.begin(), times.end(), 0.0);
    std::ranges::sort(times);
    const double median = times[times.size() / 2];
    report({name, times[times.size() * 99 / 100], "ms",
            fmt::format("99 % of {}; median {:.2f} ms, longest {:.1f} ms, mean {:.2f} ms", what, median, times.back(),
                        total / static_cast<double>(times.size()))});
}

}  // namespace

void commitFigures(const Setup& setup, const Report& report)
{
    const std::string path = setup.folder + "/commits.hindcast";
    auto store = store::Store::open(path, store::Mode::CreateOrOpen);
    if (!store) stop(store.error().text());
    auto writer = (*store)->writer();
    if (!writer) stop(writer.error().text());
    Filler filler(**writer, std::max<std::uint64_t>(1, setup.events / 10));
    std::vector<double> bulk;
    for (std::uint64_t done = 0; done < setup.events; done += kBulk) bulk.push_back(filler.commitOf(kBulk));
    if (setup.wanted("commit-p99-ms"))
        reportTimes(report, "commit-p99-ms", bulk,
                    fmt::format("{} commits of {} events, merging of runs included", bulk.size(), kBulk));
    if (!setup.wanted("live-commit-p99-ms")) return;
    // The write-ahead log, which closing the writer empties, is not counted.
    const auto sizeOf = [&] { return static_cast<double>(std::filesystem::file_size(path)); };
    writer->reset();
    const double before = sizeOf();
    writer = (*store)->writer();
    if (!writer) stop(writer.error().text());
    Filler tail(**writer, std::max<std::uint64_t>(1, setup.events / 10), static_cast<std::int64_t>(bulk.size() * kBulk));
    std::vector<double> live;
    live.reserve(kLive);
    for (int i = 0; i < kLive; ++i) live.push_back(tail.commitOf(1));
    writer->reset();
    const double grown = sizeOf() - before;
    reportTimes(report, "live-commit-p99-ms", live,
                fmt::format("{} commits of one event after {} events, the file {:.0f} bytes larger an event", kLive, setup.events,
                            grown / kLive));
}

}  // namespace hindcast::bench
