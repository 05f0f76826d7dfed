#include "app/bench/figures.h"

#include "core/ingest/ingest.h"
#include "core/platform/paths.h"

#include <fmt/core.h>
#include <sqlite3.h>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace hindcast::bench {

namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point began) { return std::chrono::duration<double>(Clock::now() - began).count(); }

/// The plain way: a row an event, an index on the entity, a transaction each 10,000 rows. Fields are found by position of their
/// names, so that parsing costs this side next to nothing.
double rowInsertSeconds(const std::string& lines, const std::string& database)
{
    sqlite3* db = nullptr;
    if (sqlite3_open(database.c_str(), &db) != SQLITE_OK) stop("cannot open " + database);
    sqlite3_exec(db,
                 "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE events(id INTEGER PRIMARY KEY, entity "
                 "TEXT, type TEXT, "
                 "time INTEGER, payload TEXT); CREATE INDEX by_entity ON events(entity)",
                 nullptr, nullptr, nullptr);
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(db, "INSERT INTO events VALUES(?1, ?2, ?3, ?4, ?5)", -1, &insert, nullptr);
    std::ifstream file(lines, std::ios::binary);
    const auto began = Clock::now();
    std::string line;
    std::int64_t id = 0;
    sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
    const auto field = [&](const char* name) {
        const auto at = line.find(name) + std::char_traits<char>::length(name);
        return std::string_view(line).substr(at, line.find_first_of(",\"", at) - at);
    };
    while (std::getline(file, line)) {
        const auto entity = field("\"account_id\":\"");
        const auto type = field("\"event_type\":\"");
        sqlite3_bind_int64(insert, 1, ++id);
        sqlite3_bind_text(insert, 2, entity.data(), static_cast<int>(entity.size()), SQLITE_STATIC);
        sqlite3_bind_text(insert, 3, type.data(), static_cast<int>(type.size()), SQLITE_STATIC);
        sqlite3_bind_int64(insert, 4, std::strtoll(field("\"timestamp\":").data(), nullptr, 10));
        sqlite3_bind_text(insert, 5, line.data(), static_cast<int>(line.size()), SQLITE_STATIC);
        sqlite3_step(insert);
        sqlite3_reset(insert);
        if (id % 10'000 == 0) sqlite3_exec(db, "COMMIT; BEGIN", nullptr, nullptr, nullptr);
    }
    sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
    const double seconds = since(began);
    sqlite3_finalize(insert);
    sqlite3_close(db);
    std::filesystem::remove(database);
    return seconds;
}

double residentInOwnProcess(const std::string& workspace)
{
    const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
    std::FILE* child = ::popen(("'" + self + "' --resident '" + workspace + "'").c_str(), "r");
    double bytes = 0;
    if (child == nullptr || std::fscanf(child, "%lf", &bytes) != 1) stop("cannot measure a process of its own");
    ::pclose(child);
    return bytes;
}

}  // namespace

int printResident(const std::string& workspace)
{
    auto store = store::Store::open(workspace, store::Mode::ReadOnly);
    if (!store) stop(store.error().text());
    auto reader = (*store)->reader();
    if (!reader) stop(reader.error().text());
    auto directory = (*reader)->directory();
    auto large = (*reader)->findById(kLargeEntity);
    if (!directory || !large || large->empty()) stop("the workspace is not the benchmark's");
    auto postings = (*reader)->postings(large->front());
    if (!postings) stop(postings.error().text());
    fmt::print("{}\n", platform::residentBytes());
    return 0;
}

void storeFigures(const Setup& setup, const Report& report)
{
    const std::string lines = makeJsonLines(setup);
    double seconds = 0;
    const std::string workspace = makeWorkspace(setup, lines, &seconds);
    const double rate = static_cast<double>(setup.events) / seconds;
    if (setup.wanted("import-events-per-second")) report({"import-events-per-second", rate, "events/s", ""});
    if (setup.wanted("import-ratio")) {
        const double rows = static_cast<double>(setup.events) / rowInsertSeconds(lines, setup.folder + "/rows.sqlite");
        report({"import-ratio", rate / rows, "",
                fmt::format("a SQLite row an event with an index on the entity: {:.0f} events/s", rows)});
    }
    if (setup.wanted("file-ratio")) {
        const auto payload = static_cast<double>(std::filesystem::file_size(lines) - setup.events);
        const auto file = static_cast<double>(std::filesystem::file_size(workspace));
        report({"file-ratio", file / payload, "",
                fmt::format("{:.1f} bytes an event in the file, {:.1f} of payload", file / static_cast<double>(setup.events),
                            payload / static_cast<double>(setup.events))});
    }
    if (setup.wanted("import-again-events-per-second")) {
        const auto again = importLines(lines, workspace, &seconds);
        report({"import-again-events-per-second", static_cast<double>(again.duplicates) / seconds, "events/s",
                "the same file once more: every record is compared with what is stored"});
    }
    if (setup.wanted("rss-mb"))
        report({"rss-mb", residentInOwnProcess(workspace) / 1e6, "MB",
                fmt::format("{} events open, the list of entities and one history of {} held", setup.events, setup.events / 10)});
}

}  // namespace hindcast::bench
