#pragma once
#include "core/event/event.h"

#include <optional>
#include <string_view>

namespace hindcast::decode {

/// What a Debezium `source` block says of a change's place in its database, as raw texts; empty where absent.
struct SourcePlace {
    std::string_view connector{};
    std::string_view sequence{};  ///< PostgreSQL: ["commit LSN","LSN"], a JSON text, maybe inside of a JSON string
    std::string_view file{};      ///< MySQL, MariaDB: "mysql-bin.000003"
    std::string_view pos{};
    std::string_view row{};
    std::string_view commitLsn{};  ///< SQL Server: "00000027:00000758:0005"
    std::string_view changeLsn{};
    std::string_view eventSerial{};
    std::string_view commitScn{};  ///< Oracle
    std::string_view scn{};
};

/// The database's own order (contracts 3):
/// PostgreSQL (last commit LSN, LSN); MySQL and MariaDB (number of the binlog file, position, row); SQL Server (commit LSN, change
/// LSN, event serial number), where an LSN's three numbers are packed as 24, 26 and 14 bits, each held at its largest; Oracle
/// (commit SCN, SCN). A null is 0, the lowest. Other databases, and places that cannot be read: absent.
[[nodiscard]] SourceOrder sourceOrder(const SourcePlace& place);

/// A whole decimal number, nothing around it.
[[nodiscard]] std::optional<std::uint64_t> unsignedFrom(std::string_view text);

}  // namespace hindcast::decode
