// hindcast-bench (contracts 7): prints the environment, then a JSON line a figure.
#include "app/bench/figures.h"

#include "core/event/json.h"
#include "core/platform/paths.h"

#include <fmt/core.h>
#include <librdkafka/rdkafka.h>
#include <sqlite3.h>
#include <unistd.h>
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

using namespace hindcast;

int main(int argc, char** argv)
{
    static constexpr const char* kStore[] = {"import-events-per-second", "import-ratio", "import-again-events-per-second",
                                             "file-ratio", "rss-mb"};
    static constexpr const char* kCommit[] = {"commit-p99-ms", "live-commit-p99-ms"};
    static constexpr const char* kDensity[] = {"density-ms"};
    static constexpr const char* kExpression[] = {"expression-events-per-second", "expression-states-per-second"};
    static constexpr const char* kReplay[] = {"first-state-ms", "any-version-p99-ms", "replay-native-events-per-second",
                                              "replay-native-ratio"};
    static constexpr const char* kScript[] = {"replay-script-events-per-second", "replay-script-ratio",
                                              "any-version-script-p99-ms"};
    static constexpr const char* kTimeTravel[] = {"first-time-when-s", "state-search-s", "model-diff-s"};
    static constexpr const char* kProgram[] = {"replay-program-events-per-second", "replay-program-ratio"};
    static constexpr const char* kWindow[] = {"first-paint-ms", "frame-p99-ms", "scrub-step-p99-ms", "gui-block-max-ms"};
    static constexpr const char* kKafka[] = {"kafka-ingest-ratio"};

    CLI::App app{"Measures Hindcast: figures, never a verdict", "hindcast-bench"};
    bench::Setup setup;
    std::vector<std::string> names;
    bool json = false;
    std::string resident;
    app.add_option("NAME", names, "figures; default: all that can be measured here");
    app.add_option("--events", setup.events, "events in the workspace")->check(CLI::Range(1000, 100'000'000));
    app.add_flag("--json", json, "only JSON lines: the environment too");
    app.add_option("--brokers", setup.brokers, "a Kafka with a filled topic, for kafka-ingest-ratio");
    app.add_option("--topic", setup.topic, "that topic");
    app.add_option("--resident", resident)->group("");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    if (!resident.empty()) return bench::printResident(resident);
    if (setup.brokers.empty())
        if (const char* brokers = std::getenv("HINDCAST_TEST_BROKERS"); brokers != nullptr) setup.brokers = brokers;

    for (const std::string& name : names) {
        const auto known = [&](const auto& list) { return std::ranges::find(list, name) != std::end(list); };
        if (known(kStore) || known(kCommit) || known(kDensity) || known(kExpression) || known(kReplay) || known(kScript) ||
            known(kTimeTravel) || known(kProgram) || known(kWindow) || known(kKafka))
            continue;
        fmt::print(stderr, "hindcast-bench: there is no figure {}\n", name);
        return 2;
    }
    setup.wanted = [&](const char* name) { return names.empty() || std::ranges::find(names, name) != names.end(); };
    const auto any = [&](const auto& list) { return std::ranges::any_of(list, setup.wanted); };

    std::string pattern = (std::filesystem::temp_directory_path() / "hindcast-bench-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) bench::stop("cannot make a scratch folder");
    setup.folder = pattern;

    const std::string environment = fmt::format("{}; SQLite {}, librdkafka {}, GCC {}, {} events", platform::machine(),
                                                sqlite3_libversion(), rd_kafka_version_str(), __VERSION__, setup.events);
    if (json)
        fmt::print("{{\"environment\":{}}}\n", toText(Json(environment)));
    else
        fmt::print("{}\n", environment);
    const bench::Report report = [&](const bench::Figure& figure) {
        fmt::print("{{\"name\":{},\"value\":{:.6g},\"unit\":{},\"against\":{}}}\n", toText(Json(figure.name)), figure.value,
                   toText(Json(figure.unit)), toText(Json(figure.against)));
        std::fflush(stdout);
    };
    if (any(kStore)) bench::storeFigures(setup, report);
    if (any(kCommit)) bench::commitFigures(setup, report);
    if (any(kDensity)) bench::densityFigures(setup, report);
    if (any(kExpression)) bench::expressionFigures(setup, report);
    if (any(kReplay)) bench::replayFigures(setup, report);
    if (any(kScript)) bench::scriptFigures(setup, report);
    if (any(kTimeTravel)) bench::timeTravelFigures(setup, report);
    if (any(kProgram)) bench::programFigures(setup, report);
    if (any(kWindow)) bench::windowFigures(setup, report);
    if (any(kKafka)) {
        if (!setup.brokers.empty() && !setup.topic.empty())
            bench::kafkaFigures(setup, report);
        else if (!names.empty())
            fmt::print(stderr,
                       "hindcast-bench: kafka-ingest-ratio needs --brokers and --topic (packaging/with-kafka gives one)\n");
    }
    std::error_code ignored;
    std::filesystem::remove_all(setup.folder, ignored);
    return 0;
}
