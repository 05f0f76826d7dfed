#pragma once
#include "tests/ui/fixtures.h"

namespace hindcast::ui::test {

/// The first `count` accounts, each at an event of its own: odd ones by a fee, at falling times. `fill(row, i)` adds what else is in it.
template <class Row, class Fill>
std::shared_ptr<const std::vector<Row>> accountRows(std::uint32_t count, Fill fill)
{
    auto rows = std::make_shared<std::vector<Row>>();
    for (std::uint32_t i = 0; i < count; ++i) {
        Row row;
        row.entity = EntityId{i};
        row.key = {"account", "account-" + std::to_string(i)};
        row.version = Version{i % 7 + 2};
        row.of = Version{i % 7 + 5};
        row.event = EventId(PartId{1}, Offset{i});
        row.type = i % 2 == 0 ? "Withdrawn" : "FeeCharged";
        row.time = Timestamp{at("2025-11-06T11:02:19Z").ns - std::int64_t{i} * 1'000'000'000};
        fill(row, i);
        rows->push_back(std::move(row));
    }
    return rows;
}

/// How many of them by what, the most frequent first.
inline std::vector<std::pair<QString, std::uint64_t>> accountCauses(std::uint32_t count)
{
    return {{QStringLiteral("Withdrawn"), (count + 1) / 2}, {QStringLiteral("FeeCharged"), count / 2}};
}

}  // namespace hindcast::ui::test
