#include "app/bench/figures.h"

#include "core/ingest/ingest.h"
#include "core/source/file.h"

#include <fmt/core.h>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <random>

namespace hindcast::bench {

void stop(const std::string& why)
{
    fmt::print(stderr, "hindcast-bench: {}\n", why);
    std::exit(1);
}

namespace {

/// `alone`: the large entity has all events, else each tenth.
std::string writeLines(const Setup& setup, const std::string& path, bool alone)
{
    if (std::filesystem::exists(path)) return path;
    std::FILE* file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) stop("cannot write " + path);
    std::mt19937_64 random(7);
    static constexpr const char* kTypes[] = {"Deposited", "Withdrawn", "FeeCharged", "AddressChanged", "LimitRaised"};
    const std::uint64_t accounts = std::max<std::uint64_t>(1, setup.events / 10);
    for (std::uint64_t i = 0; i < setup.events; ++i) {
        const std::string account = alone || i % 10 == 3 ? kLargeEntity : "account-" + std::to_string(random() % accounts);
        const std::uint64_t amount = random() % 100'000;
        fmt::print(file,
                   "{{\"event_type\":\"{}\",\"account_id\":\"{}\",\"timestamp\":{},\"amount\":{}.{:02},\"currency\":\"EUR\","
                   "\"balance\":{},"
                   "\"branch\":\"b-{}\",\"note\":\"{:016x}\",\"channel\":\"{}\",\"seq\":{}}}\n",
                   kTypes[random() % 5], account, 1'700'000'000'000 + i * 20, amount / 100, amount % 100, random() % 1'000'000,
                   random() % 400, random(), random() % 2 == 0 ? "online" : "counter", i);
    }
    std::fclose(file);
    return path;
}

}  // namespace

std::string makeJsonLines(const Setup& setup) { return writeLines(setup, setup.folder + "/events.jsonl", false); }

namespace {

decode::Mapping accountsMapping()
{
    decode::Mapping mapping;
    mapping.topic = "accounts";
    mapping.envelope = decode::Envelope::Plain;
    const auto value = [](const char* pointer) {
        decode::FieldSource field;
        field.from = decode::FieldSource::From::Value;
        field.at = *Pointer::parse(pointer);
        return field;
    };
    decode::FieldSource account;
    account.constant = "account";
    mapping.entities = {{account, {value("/account_id")}}};
    mapping.type = value("/event_type");
    mapping.time = decode::TimeRule{value("/timestamp"), TimeUnit::Milliseconds, 0};
    return mapping;
}

}  // namespace

ingest::Progress importLines(const std::string& lines, const std::string& workspace, double* seconds)
{
    auto source = source::makeJsonLinesSource({lines, "accounts"});
    auto store = store::Store::open(workspace, store::Mode::CreateOrOpen);
    if (!store) stop(store.error().text());
    ingest::Options options;
    options.mappings = {accountsMapping()};
    const auto began = std::chrono::steady_clock::now();
    auto summary = ingest::run(**store, *source, options, {}, {});
    if (!summary) stop(summary.error().text());
    if (seconds != nullptr) *seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return summary->progress;
}

namespace {

std::string importOnce(const Setup& setup, const std::string& lines, const std::string& path, double* seconds)
{
    if (std::filesystem::exists(path)) return path;
    const auto progress = importLines(lines, path, seconds);
    if (progress.stored != setup.events) stop("the import brought in " + std::to_string(progress.stored) + " events");
    return path;
}

}  // namespace

std::string makeWorkspace(const Setup& setup, const std::string& lines, double* seconds)
{
    return importOnce(setup, lines, setup.folder + "/events.hindcast", seconds);
}

std::string makeLongLife(const Setup& setup)
{
    return importOnce(setup, writeLines(setup, setup.folder + "/one.jsonl", true), setup.folder + "/one.hindcast", nullptr);
}

}  // namespace hindcast::bench
