#include "core/store/sqlite.h"

#include "core/platform/file_lock.h"

#include <sqlite3.h>
#include <filesystem>
#include <tuple>

namespace hindcast::store {

namespace {

constexpr int kBusyMs = 5000;  ///< to wait for another connection
constexpr int kCutMs = 200;    ///< the same where it is only about room on the disk: the next time will do as well

}  // namespace

Error sqliteError(sqlite3* database, int code, const std::string& path)
{
    const std::string message = database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(code);
    switch (code & 0xff) {
        case SQLITE_FULL:
            return {"cannot write " + path, "the disk is full", "make room and go on: what was committed before is safe",
                    Error::Kind::NoSpace};
        case SQLITE_IOERR:
            return {"cannot write or read " + path, message + " (the disk may be full or failing)",
                    "make room or check the disk: what was committed before is safe", Error::Kind::NoSpace};
        case SQLITE_READONLY:
            return {"cannot write " + path, "it, or its folder, is read-only", "copy it to a folder that can be written to",
                    Error::Kind::NoSpace};
        case SQLITE_NOTADB:
            return {"cannot open " + path, "the file is no Hindcast workspace",
                    "choose a *.hindcast file, or import this one into a workspace", Error::Kind::BadInput};
        case SQLITE_CORRUPT:
            return {"cannot read all of " + path, "the workspace is damaged (" + message + ")",
                    "take a copy from before the damage, or read the source again into a new workspace", Error::Kind::BadInput};
        case SQLITE_CANTOPEN:
            return {"cannot open " + path, message, "check that the file and its folder exist and may be read",
                    Error::Kind::Failed};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {"cannot write " + path, "another program is writing it", "try again when it has finished",
                    Error::Kind::Retry};
        default: return {"cannot use " + path, message, {}, Error::Kind::Failed};
    }
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Statement& Statement::bind(int index, std::int64_t value)
{
    sqlite3_bind_int64(statement_.get(), index, value);
    return *this;
}

Statement& Statement::bind(int index, std::string_view text)
{
    sqlite3_bind_text64(statement_.get(), index, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_TRANSIENT,
                        SQLITE_UTF8);
    return *this;
}

Statement& Statement::bindBlob(int index, std::string_view bytes)
{
    sqlite3_bind_blob64(statement_.get(), index, bytes.data() == nullptr ? "" : bytes.data(), bytes.size(), SQLITE_STATIC);
    return *this;
}

Statement& Statement::bindNull(int index)
{
    sqlite3_bind_null(statement_.get(), index);
    return *this;
}

Result<bool> Statement::step()
{
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(statement_.get());
        return false;
    }
    Error error = sqliteError(sqlite3_db_handle(statement_.get()), code, *path_);
    sqlite3_reset(statement_.get());
    return std::unexpected(std::move(error));
}

Result<void> Statement::run()
{
    const auto row = step();
    if (!row) return std::unexpected(row.error());
    reset();
    return {};
}

void Statement::reset() { sqlite3_reset(statement_.get()); }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::string_view Statement::text(int column) const
{
    const auto* bytes = sqlite3_column_text(statement_.get(), column);
    if (bytes == nullptr) return {};
    return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::string_view Statement::blob(int column) const
{
    const void* bytes = sqlite3_column_blob(statement_.get(), column);
    if (bytes == nullptr) return {};
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

bool Statement::isNull(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }

void Connection::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path, Access access)
{
    const auto attempt = [&](const std::string& name, int flags) -> std::pair<sqlite3*, int> {
        sqlite3* database = nullptr;
        int code = sqlite3_open_v2(name.c_str(), &database, flags | SQLITE_OPEN_NOMUTEX, nullptr);
        // Opening is lazy: only a first read tells whether there is a database.
        if (code == SQLITE_OK) {
            sqlite3_extended_result_codes(database, 1);
            sqlite3_busy_timeout(database, kBusyMs);
            code = sqlite3_exec(database, "SELECT count(*) FROM sqlite_master", nullptr, nullptr, nullptr);
        }
        return {database, code};
    };
    // Readers as well, where the file lets them (SQLite falls back by itself): only so does the last one to close clear the
    // write-ahead log away, and the workspace is one file again. That they write nothing is set below.
    int flags = SQLITE_OPEN_READWRITE;
    if (access == Access::Create) flags |= SQLITE_OPEN_CREATE;
    auto [database, code] = attempt(path, flags);
    if (code != SQLITE_OK && access == Access::Read && !std::filesystem::exists(path + "-wal")) {
        // On read-only media SQLite cannot make its shared memory file; nobody can be writing there either.
        sqlite3_close_v2(database);
        std::string uri = "file:";
        for (const char c : path) {
            if (c == '?' || c == '#' || c == '%') {
                constexpr char kHex[] = "0123456789ABCDEF";
                uri += '%';
                uri += kHex[static_cast<unsigned char>(c) >> 4];
                uri += kHex[static_cast<unsigned char>(c) & 15];
            } else {
                uri += c;
            }
        }
        std::tie(database, code) = attempt(uri + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    }
    std::unique_ptr<Connection> connection(new Connection(database, path, access));
    if (code != SQLITE_OK) return std::unexpected(sqliteError(database, code, path));
    if (access == Access::Read)
        if (auto set = connection->execute("PRAGMA query_only = 1"); !set) return std::unexpected(set.error());
    return connection;
}

Connection::~Connection()
{
    // The last connection to close clears the log away. A reader never does while another process writes, whatever the file's locks
    // say: a process that has closed any descriptor of a file has lost its locks on it, and would lose what it has written.
    if (access_ == Access::Read && platform::FileLock::heldElsewhere(lockPath(path_)))
        sqlite3_db_config(database_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

Result<Statement> Connection::prepare(std::string_view sql)
{
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &statement, nullptr);
    if (code != SQLITE_OK) return std::unexpected(sqliteError(database_.get(), code, path_));
    return Statement(statement, &path_);
}

Result<void> Connection::execute(const char* sql)
{
    const int code = sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return std::unexpected(sqliteError(database_.get(), code, path_));
    return {};
}

Result<std::int64_t> Connection::integer(const char* sql)
{
    auto statement = prepare(sql);
    if (!statement) return std::unexpected(statement.error());
    auto row = statement->step();
    if (!row) return std::unexpected(row.error());
    return *row ? statement->integer(0) : 0;
}

Result<std::uint64_t> Connection::databaseBytes()
{
    auto pages = integer("PRAGMA page_count");
    if (!pages) return std::unexpected(pages.error());
    auto size = integer("PRAGMA page_size");
    if (!size) return std::unexpected(size.error());
    return static_cast<std::uint64_t>(*pages) * static_cast<std::uint64_t>(*size);
}

void Connection::checkpoint()
{
    sqlite3_wal_checkpoint_v2(database_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

void Connection::cutLog()
{
    sqlite3_busy_timeout(database_.get(), kCutMs);
    sqlite3_wal_checkpoint_v2(database_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    sqlite3_busy_timeout(database_.get(), kBusyMs);
}

std::int64_t Connection::lastRowId() const { return sqlite3_last_insert_rowid(database_.get()); }

Result<Transaction> Transaction::begin(Connection& connection)
{
    if (auto begun = connection.execute("BEGIN IMMEDIATE"); !begun) return std::unexpected(begun.error());
    return Transaction(connection);
}

Result<void> Transaction::commit()
{
    auto committed = connection_->execute("COMMIT");
    if (committed) connection_ = nullptr;
    return committed;
}

Transaction::~Transaction()
{
    if (connection_ != nullptr) (void)connection_->execute("ROLLBACK");
}

}  // namespace hindcast::store
