#pragma once
#include "core/store/sqlite.h"
#include "core/store/types.h"

#include <span>
#include <stop_token>

namespace hindcast::store {

/// "Hind" as SQLite's application_id: how a workspace is told from other databases.
inline constexpr std::int64_t kApplicationId = 0x48696e64;
/// The layout that this release writes (SQLite's user_version).
inline constexpr std::int64_t kSchemaVersion = 2;

/// One step from the version before to `to`.
struct Migration {
    std::int64_t to = 0;
    const char* sql = "";
    /// What SQL cannot do, after it and in the same transaction. Stopped, it fails with Kind::Cancelled.
    Result<void> (*then)(Connection& connection, std::stop_token stop, const RaiseProgress& progress) = nullptr;
};
/// All steps that ever were, from the empty file on.
[[nodiscard]] std::span<const Migration> migrations();

/// Brings a database to the newest of `steps`, each step in a transaction of its own: stopped, the file is as after one of them.
[[nodiscard]] Result<void> migrate(Connection& connection, std::span<const Migration> steps, std::stop_token stop = {},
                                   const RaiseProgress& progress = {});
/// Is this a workspace, whole, and not of a later release? Nothing is changed.
[[nodiscard]] Result<void> checkWorkspace(Connection& connection);
/// The same, where the only question is whether bytes are missing at the end.
[[nodiscard]] Result<void> checkLength(const std::string& path);

}  // namespace hindcast::store
