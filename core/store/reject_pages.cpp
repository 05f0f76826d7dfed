// The rejects, and pages of them: the table has no index but its ids, so a row is found from the nearest place whose row is known.
#include "core/store/reader.h"
#include "core/store/reader_impl.h"

#include <algorithm>
#include <cstdlib>

namespace hindcast::store {

namespace {

std::int64_t key(EventId id) { return static_cast<std::int64_t>(id.packed); }

/// An id and how many rejects have a smaller one.
struct Place {
    std::int64_t id = 0;
    std::int64_t row = 0;
};

/// The rejects as of one transaction.
class RejectRows {
public:
    /// `near`: a place that is known already.
    static Result<RejectRows> open(Connection& connection, std::optional<Place> near)
    {
        RejectRows rows(connection);
        auto parts = connection.prepare("SELECT id, rejects FROM parts ORDER BY id");
        if (!parts) return std::unexpected(parts.error());
        while (true) {
            auto row = parts->step();
            if (!row) return std::unexpected(row.error());
            if (!*row) break;
            // Where a part begins its row is known: each tells how many rejects it has.
            rows.places_.push_back({key(EventId(PartId{static_cast<std::uint32_t>(parts->integer(0))}, Offset{0})), rows.total_});
            rows.total_ += parts->integer(1);
        }
        rows.places_.push_back({INT64_MAX, rows.total_});
        if (near) rows.learn(*near);
        return rows;
    }

    [[nodiscard]] std::int64_t total() const { return total_; }

    /// How many have a smaller id. From then on a place that is known.
    [[nodiscard]] Result<std::int64_t> rank(EventId id)
    {
        auto row = count(id);
        if (row) learn({key(id), *row});
        return row;
    }

    /// The id that stands in a row; INT64_MAX behind the last one.
    [[nodiscard]] Result<std::int64_t> idAt(std::int64_t row)
    {
        if (row >= total_) return INT64_MAX;
        const Place nearest = *std::ranges::min_element(places_, {}, [&](const Place& at) { return std::abs(at.row - row); });
        const bool forward = nearest.row <= row;
        auto select = connection_.prepare(forward ? "SELECT id FROM rejects WHERE id >= ?1 ORDER BY id LIMIT 1 OFFSET ?2"
                                                  : "SELECT id FROM rejects WHERE id < ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2");
        if (!select) return std::unexpected(select.error());
        select->bind(1, nearest.id).bind(2, forward ? row - nearest.row : nearest.row - row - 1);
        auto found = select->step();
        if (!found) return std::unexpected(found.error());
        return *found ? select->integer(0) : INT64_MAX;
    }

private:
    explicit RejectRows(Connection& connection) : connection_(connection) {}

    void learn(Place place) { places_.insert(std::ranges::lower_bound(places_, place.id, {}, &Place::id), place); }

    [[nodiscard]] Result<std::int64_t> count(EventId id)
    {
        const auto above = std::ranges::lower_bound(places_, key(id), {}, &Place::id);
        const Place end = above == places_.end() ? places_.back() : *above;
        const Place begin = above == places_.begin() ? Place{} : *(above - 1);
        if (begin.row == end.row) return begin.row;
        // Both ends are known, and nobody knows which is nearer: they are counted from both, further each time.
        auto select = connection_.prepare("SELECT count(*) FROM (SELECT 1 FROM rejects WHERE id >= ?1 AND id < ?2 LIMIT ?3)");
        if (!select) return std::unexpected(select.error());
        for (std::int64_t most = kStep;; most *= 16) {
            for (const bool forward : {true, false}) {
                select->bind(1, forward ? begin.id : key(id)).bind(2, forward ? key(id) : end.id).bind(3, most);
                auto row = select->step();
                if (!row) return std::unexpected(row.error());
                const std::int64_t counted = select->integer(0);
                select->reset();
                if (counted < most) return forward ? begin.row + counted : end.row - counted;
            }
        }
    }

    static constexpr std::int64_t kStep = 4096;

    Connection& connection_;
    std::vector<Place> places_;  ///< by id, and so by row; not empty
    std::int64_t total_ = 0;
};

}  // namespace

Result<RejectPage> Reader::rejectPage(const RejectQuery& query)
{
    ReadScope scope(*impl_->connection);
    if (!scope.begun()) return std::unexpected(scope.begun().error());
    auto now = impl_->generation();
    if (!now) return std::unexpected(now.error());
    Impl::RejectPlace& last = impl_->lastReject;
    const bool known = last.generation == *now;
    auto rows = RejectRows::open(*impl_->connection, known ? std::optional(Place{last.id, last.row}) : std::nullopt);
    if (!rows) return std::unexpected(rows.error());
    RejectPage page;
    page.total = rows->total();
    page.first = query.first;
    if (query.anchor) {
        auto row = rows->rank(*query.anchor);
        if (!row) return std::unexpected(row.error());
        page.anchorRow = *row;
        page.first += *row;
    }
    page.first = std::clamp<std::int64_t>(page.first, 0, page.total);
    if (query.mark) {
        auto marked = rejectAt(*query.mark);
        if (!marked) return std::unexpected(marked.error());
        if (*marked) {
            auto row = rows->rank(*query.mark);
            if (!row) return std::unexpected(row.error());
            page.markRow = *row;
        }
    }
    auto from = rows->idAt(page.first);
    if (!from) return std::unexpected(from.error());
    if (*from == INT64_MAX) return page;
    last = {*now, *from, page.first};
    auto select = impl_->connection->prepare("SELECT id, time, entity, reason FROM rejects WHERE id >= ?1 ORDER BY id LIMIT ?2");
    if (!select) return std::unexpected(select.error());
    select->bind(1, *from).bind(2, static_cast<std::int64_t>(std::min<std::size_t>(query.limit, INT32_MAX)));
    while (true) {
        auto row = select->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) return page;
        Reject& reject = page.rows.emplace_back();
        reject.id = EventId(static_cast<std::uint64_t>(select->integer(0)));
        reject.time = Timestamp{select->integer(1)};
        reject.reason = std::string(select->text(3));
        if (!select->isNull(2)) reject.entity = EntityId{static_cast<std::uint32_t>(select->integer(2))};
    }
}

Result<std::vector<Reject>> Reader::rejects(std::size_t limit)
{
    std::vector<Reject> rejects;
    const auto most = static_cast<std::int64_t>(std::min<std::size_t>(limit, INT64_MAX));
    auto done =
        query(*impl_->connection, "SELECT id, time, entity, reason FROM rejects ORDER BY id LIMIT " + std::to_string(most),
              [&](const Statement& row) {
                  Reject reject{EventId(static_cast<std::uint64_t>(row.integer(0))), Timestamp{row.integer(1)},
                                std::string(row.text(3)), std::nullopt};
                  if (!row.isNull(2)) reject.entity = EntityId{static_cast<std::uint32_t>(row.integer(2))};
                  rejects.push_back(std::move(reject));
              });
    if (!done) return std::unexpected(done.error());
    return rejects;
}

Result<std::optional<Reject>> Reader::rejectAt(EventId id)
{
    std::optional<Reject> found;
    auto done = query(*impl_->connection, "SELECT id, time, entity, reason FROM rejects WHERE id = " + std::to_string(id.packed),
                      [&](const Statement& row) {
                          found = Reject{id, Timestamp{row.integer(1)}, std::string(row.text(3)), std::nullopt};
                          if (!row.isNull(2)) found->entity = EntityId{static_cast<std::uint32_t>(row.integer(2))};
                      });
    if (!done) return std::unexpected(done.error());
    return found;
}

}  // namespace hindcast::store
