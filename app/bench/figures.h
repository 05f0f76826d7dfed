#pragma once
// What hindcast-bench measures (contracts 7). Each function makes what it needs, measures, and reports figures; a figure that compares
// has both sides measured in the same run.
#include "core/ingest/ingest.h"

#include <cstdint>
#include <functional>
#include <string>

namespace hindcast::bench {

struct Figure {
    std::string name;
    double value = 0;
    std::string unit;
    std::string against;  ///< what it was compared with, and that figure; may be empty
};
using Report = std::function<void(const Figure&)>;

struct Setup {
    std::string folder;  ///< scratch, removed at the end
    std::uint64_t events = 1'000'000;
    std::string brokers;  ///< a Kafka to read from, with `topic` filled; empty: Kafka figures are left out
    std::string topic;
    std::function<bool(const char*)> wanted;  ///< was this figure asked for?
};

/// Writes `events` JSON lines of about 200 bytes: a tenth of them of one entity, the rest spread over events / 10 others.
[[nodiscard]] std::string makeJsonLines(const Setup& setup);
/// A workspace with as many such events, all of one entity; gives its path.
[[nodiscard]] std::string makeLongLife(const Setup& setup);
/// Imports it; what an import of it has brought in before is only compared.
ingest::Progress importLines(const std::string& lines, const std::string& workspace, double* seconds);
/// Imports that file into a new workspace; gives its path. Seconds by `seconds`.
[[nodiscard]] std::string makeWorkspace(const Setup& setup, const std::string& lines, double* seconds);
inline constexpr const char* kLargeEntity = "account-large";

void storeFigures(const Setup& setup, const Report& report);
/// commit-p99-ms, live-commit-p99-ms: the writer alone, without source and decoding.
void commitFigures(const Setup& setup, const Report& report);
/// density-ms: what the overview of the whole log asks for.
void densityFigures(const Setup& setup, const Report& report);
/// expression-events-per-second, expression-states-per-second: one filter asked of every payload, of every state, in memory.
void expressionFigures(const Setup& setup, const Report& report);
/// first-state-ms, any-version-p99-ms, replay-native-…: one entity that has all events.
void replayFigures(const Setup& setup, const Report& report);
/// The same by a JavaScript model in the helper.
void scriptFigures(const Setup& setup, const Report& report);
/// first-time-when-s, state-search-s, model-diff-s: work over all entities.
void timeTravelFigures(const Setup& setup, const Report& report);
/// replay-program-events-per-second, replay-program-ratio: a model that is a Python program.
void programFigures(const Setup& setup, const Report& report);
/// first-paint-ms, frame-p99-ms, scrub-step-p99-ms, gui-block-max-ms (this one with a Kafka): the window, drawn offscreen.
void windowFigures(const Setup& setup, const Report& report);
void kafkaFigures(const Setup& setup, const Report& report);
/// For rss-mb, in a process of its own: opens the workspace as the window does and prints the bytes resident.
int printResident(const std::string& workspace);

[[noreturn]] void stop(const std::string& why);

}  // namespace hindcast::bench
