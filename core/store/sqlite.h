#pragma once
#include "core/event/error.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace hindcast::store {

/// A prepared statement. Bind, step() until false, reset() (or let the next bind do it). Owned by one thread.
class Statement {
public:
    Statement() = default;
    Statement(sqlite3_stmt* statement, const std::string* path) : statement_(statement), path_(path) {}

    Statement& bind(int index, std::int64_t value);
    Statement& bind(int index, std::string_view text);
    Statement& bindBlob(int index, std::string_view bytes);  ///< the bytes must live until the next reset
    Statement& bindNull(int index);

    /// True: a row is there. False: done (and reset).
    [[nodiscard]] Result<bool> step();
    /// For statements that give no rows.
    [[nodiscard]] Result<void> run();
    void reset();

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::string_view blob(int column) const;
    [[nodiscard]] bool isNull(int column) const;

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    const std::string* path_ = nullptr;
};

/// The file that the one who writes a workspace holds locked.
[[nodiscard]] inline std::string lockPath(const std::string& workspace) { return workspace + "-lock"; }

/// One SQLite connection. Errors name the file and say what to do.
class Connection {
public:
    enum class Access : std::uint8_t { Read, Write, Create };
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const std::string& path, Access access);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    [[nodiscard]] Result<Statement> prepare(std::string_view sql);
    [[nodiscard]] Result<void> execute(const char* sql);
    [[nodiscard]] Result<std::int64_t> integer(const char* sql);
    [[nodiscard]] const std::string& path() const { return path_; }
    /// Bytes of all pages of the database, as this connection sees it: with what it has changed itself, without the write-ahead log.
    [[nodiscard]] Result<std::uint64_t> databaseBytes();
    /// Moves the write-ahead log into the file as far as readers allow.
    void checkpoint();
    /// The same, and cuts the log to nothing, where no reader needs it for a moment: waits for that a fraction of a second at most,
    /// and leaves it as it is otherwise. Not on the GUI thread.
    void cutLog();
    [[nodiscard]] std::int64_t lastRowId() const;
    [[nodiscard]] sqlite3* handle() { return database_.get(); }

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    Connection(sqlite3* database, std::string path, Access access) : database_(database), path_(std::move(path)), access_(access)
    {
    }
    std::unique_ptr<sqlite3, Close> database_;
    std::string path_;
    Access access_;
};

/// A write transaction that rolls back unless committed.
class Transaction {
public:
    [[nodiscard]] static Result<Transaction> begin(Connection& connection);
    [[nodiscard]] Result<void> commit();
    Transaction(Transaction&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

private:
    explicit Transaction(Connection& connection) : connection_(&connection) {}
    Connection* connection_;
};

/// The Error for a SQLite result code on this file.
[[nodiscard]] Error sqliteError(sqlite3* database, int code, const std::string& path);

}  // namespace hindcast::store
