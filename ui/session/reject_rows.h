#pragma once
#include "core/event/error.h"
#include "core/store/reader.h"
#include "ui/session/views.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace hindcast::ui {

/// One record that could not be decoded, for a line of a list.
struct RejectRow {
    store::Reject reject;
    QString entity;                      ///< as it is called where it stands alone; empty: its key could not be read
    std::optional<std::uint64_t> bytes;  ///< of its value; empty: null
};

/// Some of them and where they stand among all: one immutable answer to Session::requestRejectRows().
struct RejectRows {
    store::RejectQuery query;  ///< as it was asked
    std::int64_t total = 0;
    std::int64_t first = 0;  ///< the row of rows.front()
    std::vector<RejectRow> rows;
    std::optional<std::int64_t> anchorRow;  ///< how many stand before query.anchor
    std::optional<std::int64_t> markRow;    ///< empty: query.mark is none
};

/// Some milliseconds; not in the GUI thread.
[[nodiscard]] Result<std::shared_ptr<const RejectRows>> readRejectRows(store::Reader& reader, const store::RejectQuery& query);

/// A reject with its bytes, whichever entity is selected and whether it has one or not; null where that is none.
/// Some milliseconds; not in the GUI thread.
[[nodiscard]] Result<std::shared_ptr<const EventView>> readReject(store::Reader& reader, EventId id);

}  // namespace hindcast::ui
