#include "core/store/schema.h"

#include "core/store/density_levels.h"

#include <array>
#include <filesystem>
#include <fstream>

namespace hindcast::store {

namespace {

// chunks.id is the EventId of the first record (part << 44 | offset). postings.id is run << 44 | first entity << 12 | sequence.
// Entities carry no text index: names are found by hash, text is scanned.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE sources(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, identity TEXT NOT NULL, name TEXT NOT NULL, detail TEXT NOT NULL,
                     UNIQUE(kind, identity));
CREATE TABLE parts(id INTEGER PRIMARY KEY, source INTEGER NOT NULL, topic TEXT NOT NULL, epoch INTEGER NOT NULL,
                   partition INTEGER NOT NULL, log_start INTEGER NOT NULL, compacted INTEGER NOT NULL, start_reason TEXT NOT NULL,
                   next INTEGER, read BLOB NOT NULL, records INTEGER NOT NULL, rejects INTEGER NOT NULL,
                   UNIQUE(source, topic, partition, epoch));
CREATE TABLE chunks(id INTEGER PRIMARY KEY, last INTEGER NOT NULL, count INTEGER NOT NULL, data BLOB NOT NULL);
CREATE TABLE categories(id INTEGER PRIMARY KEY, server TEXT NOT NULL, name TEXT NOT NULL, rows INTEGER NOT NULL, UNIQUE(server, name));
CREATE TABLE types(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, events INTEGER NOT NULL);
CREATE TABLE entities(id INTEGER PRIMARY KEY, category INTEGER NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL, key TEXT NOT NULL);
CREATE INDEX entities_by_hash ON entities(low, high);
CREATE TABLE runs(id INTEGER PRIMARY KEY, level INTEGER NOT NULL, from_generation INTEGER NOT NULL, to_generation INTEGER NOT NULL,
                  postings INTEGER NOT NULL);
CREATE TABLE stats(run INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE postings(id INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE rejects(id INTEGER PRIMARY KEY, time INTEGER NOT NULL, entity INTEGER, reason TEXT NOT NULL);
CREATE TABLE links(event INTEGER NOT NULL, from_entity INTEGER NOT NULL, to_entity INTEGER NOT NULL,
                   PRIMARY KEY(event, from_entity)) WITHOUT ROWID;
CREATE INDEX links_from ON links(from_entity);
CREATE INDEX links_to ON links(to_entity);
CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE notices(id INTEGER PRIMARY KEY, time INTEGER NOT NULL, text TEXT NOT NULL);
)sql";

// density.id is level << 40 | page (density_page.h).
constexpr const char* kVersion2 = "CREATE TABLE density(id INTEGER PRIMARY KEY, data BLOB NOT NULL)";

constexpr std::array<Migration, 2> kMigrations{{{1, kVersion1}, {2, kVersion2, buildDensity}}};

}  // namespace

std::span<const Migration> migrations() { return kMigrations; }

Result<void> migrate(Connection& connection, std::span<const Migration> steps, std::stop_token stop,
                     const RaiseProgress& progress)
{
    auto version = connection.integer("PRAGMA user_version");
    if (!version) return std::unexpected(version.error());
    for (const Migration& step : steps) {
        if (step.to <= *version) continue;
        auto transaction = Transaction::begin(connection);
        if (!transaction) return std::unexpected(transaction.error());
        const std::string pragmas =
            "PRAGMA user_version = " + std::to_string(step.to) + "; PRAGMA application_id = " + std::to_string(kApplicationId);
        if (auto done = connection.execute(step.sql); !done) return done;
        if (step.then != nullptr)
            if (auto done = step.then(connection, stop, progress); !done) return done;
        if (auto done = connection.execute(pragmas.c_str()); !done) return done;
        if (auto done = transaction->commit(); !done) return done;
    }
    return {};
}

Result<void> checkWorkspace(Connection& connection)
{
    auto application = connection.integer("PRAGMA application_id");
    if (!application) return std::unexpected(application.error());
    const std::string what = "cannot open " + connection.path();
    if (*application != kApplicationId)
        return fail(what, "the file is a SQLite database, but no Hindcast workspace", "choose a *.hindcast file",
                    Error::Kind::BadInput);
    auto version = connection.integer("PRAGMA user_version");
    if (!version) return std::unexpected(version.error());
    if (*version > kSchemaVersion)
        return fail(what,
                    "it was made by a later release (layout " + std::to_string(*version) + ", this one knows " +
                        std::to_string(kSchemaVersion) + ")",
                    "update Hindcast", Error::Kind::Unsupported);
    return {};
}

Result<void> checkLength(const std::string& path)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    // While a log stands beside it the file may rightly be shorter than its header says.
    if (error || size == 0 || std::filesystem::exists(path + "-wal")) return {};
    std::ifstream file(path, std::ios::binary);
    std::array<unsigned char, 100> header{};
    file.read(reinterpret_cast<char*>(header.data()), header.size());
    if (static_cast<std::size_t>(file.gcount()) < header.size()) {
        return fail("cannot open " + path, "the file is no Hindcast workspace (only " + std::to_string(size) + " bytes)",
                    "choose a *.hindcast file, or import this one into a workspace", Error::Kind::BadInput);
    }
    if (std::string_view(reinterpret_cast<const char*>(header.data()), 15) != "SQLite format 3")
        return {};  // told by SQLite itself
    const auto big = [&](std::size_t at, std::size_t bytes) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < bytes; ++i) value = value << 8 | header[at + i];
        return value;
    };
    std::uint64_t page = big(16, 2);
    if (page == 1) page = 65536;
    const std::uint64_t expected = page * big(28, 4);
    if (size < expected)
        return fail("cannot open " + path,
                    "the file is cut short: " + std::to_string(size) + " of " + std::to_string(expected) + " bytes are there",
                    "copy it again, or read the source into a new workspace", Error::Kind::BadInput);
    return {};
}

}  // namespace hindcast::store
