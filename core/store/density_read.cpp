#include "core/store/density_page.h"
#include "core/store/reader_impl.h"
#include "core/store/writer_impl.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace hindcast::store {

namespace {

/// Where a bucket lies on the columns.
struct Reach {
    double from = 0;  ///< in columns; before 0 or beyond the last where it reaches out of what was asked
    double to = 0;
    std::int64_t first = 0;
    std::int64_t last = -1;  ///< < first: not in what was asked

    template <class Add>
    void share(std::uint32_t count, const Add& add) const
    {
        if (first == last && from >= static_cast<double>(first) && to <= static_cast<double>(last + 1))
            return add(static_cast<std::size_t>(first), count);
        const auto before = [&](std::int64_t column) {
            const double part = (static_cast<double>(column) - from) / (to - from);
            return std::llround(std::clamp(part, 0.0, 1.0) * count);
        };
        std::int64_t given = before(first);
        for (std::int64_t column = first; column <= last; ++column) {
            const std::int64_t until = before(column + 1);
            if (until > given) add(static_cast<std::size_t>(column), static_cast<std::uint32_t>(until - given));
            given = until;
        }
    }
};

/// Lays buckets of a level on the columns. Nothing that is counted lies outside of [first, last], so buckets end there.
class Columns {
public:
    Columns(const DensityQuery& query, Timestamp first, Timestamp last)
        : from_(query.from.ns),
          to_(std::max(query.to.ns, query.from.ns + 1)),
          first_(first.ns),
          last_(last.ns),
          columns_(query.columns),
          perNs_(query.columns / distance(from_, to_))
    {
    }
    [[nodiscard]] std::int64_t from() const { return from_; }
    [[nodiscard]] std::int64_t to() const { return to_; }

    [[nodiscard]] Reach reach(std::int64_t bucket, unsigned level) const
    {
        const auto width = (std::int64_t{1} << level) - 1;
        std::int64_t start = static_cast<std::int64_t>(static_cast<std::uint64_t>(bucket) << level);
        std::int64_t end = start + width;  // within it
        if (start <= last_ && end >= first_) {
            start = std::max(start, first_);
            end = std::min(end, last_);
        }
        Reach reach;
        if (end < from_ || start >= to_) return reach;
        reach.from = distance(from_, start) * perNs_;
        reach.to = (distance(from_, end) + 1) * perNs_;
        // What lies wholly within must not lose its last event to a rounding.
        if (start >= from_) reach.from = std::clamp(reach.from, 0.0, static_cast<double>(columns_));
        if (end < to_) reach.to = std::clamp(reach.to, 0.0, static_cast<double>(columns_));
        const auto most = static_cast<std::int64_t>(columns_) - 1;
        reach.first = std::clamp(static_cast<std::int64_t>(std::floor(std::max(reach.from, 0.0))), std::int64_t{0}, most);
        const double until = std::min(reach.to, static_cast<double>(columns_));
        reach.last = std::clamp(static_cast<std::int64_t>(std::ceil(until)) - 1, reach.first, most);
        if (!(reach.to > reach.from)) reach.to = reach.from + 1e-9;
        return reach;
    }

private:
    static double distance(std::int64_t from, std::int64_t to)
    {
        return to >= from ? static_cast<double>(static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from))
                          : -static_cast<double>(static_cast<std::uint64_t>(from) - static_cast<std::uint64_t>(to));
    }
    std::int64_t from_, to_, first_, last_;
    std::uint32_t columns_;
    double perNs_;
};

/// Adds cells of a row up where they belong.
class Tally {
public:
    Tally(const DensityQuery& query, std::span<const TypeCount> types, Density& out) : query_(query), out_(out)
    {
        filtered_ = query.only || !query.named.empty();
        std::vector<TypeCount> order;
        for (const TypeCount& type : types)
            if (type.events > 0 && query.shows(type.id)) order.push_back({type.id, {}, type.events});
        const std::size_t apart = std::min<std::size_t>(query.types, order.size());
        std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(apart), [](const auto& a, const auto& b) {
            return a.events != b.events ? a.events > b.events : a.id < b.id;
        });
        for (std::size_t i = 0; i < apart; ++i) {
            out.types.push_back(order[i].id);
            if (order[i].id.value >= slots_.size()) slots_.resize(order[i].id.value + 1, kNone);
            slots_[order[i].id.value] = i;
        }
        out.total.assign(query.columns, 0);
        out.deaths.assign(query.columns, 0);
        out.rejects.assign(query.columns, 0);
        out.counts.assign(apart * query.columns, 0);
    }

    /// Up to three rows of figures that one row of a page adds to.
    struct Into {
        std::array<std::uint32_t*, 3> rows{};
        std::size_t count = 0;
        void add(std::uint32_t* row) { rows[count++] = row; }
    };
    [[nodiscard]] Into into(std::uint32_t row, bool sums) const
    {
        Into into;
        if (row == DensityRow::kRejects) {
            into.add(out_.rejects.data());
        } else if (DensityRow::isSum(row)) {
            if (!filtered_) into.add(row == DensityRow::kAll ? out_.total.data() : out_.deaths.data());
        } else if (DensityRow::isType(row)) {
            const TypeId type = DensityRow::type(row);
            if (filtered_ && !query_.shows(type)) return into;
            const std::size_t slot = type.value < slots_.size() ? slots_[type.value] : kNone;
            if (slot != kNone) into.add(out_.counts.data() + slot * out_.columns);
            // Types are counted in the sums already, where there are some and they are wanted.
            if (sums && !filtered_) return into;
            into.add(out_.total.data());
            if (DensityRow::isDeath(row)) into.add(out_.deaths.data());
        }
        return into;
    }

private:
    static constexpr std::size_t kNone = SIZE_MAX;
    const DensityQuery& query_;
    Density& out_;
    std::vector<std::size_t> slots_;  ///< by type
    bool filtered_ = false;
};

void put(const Tally::Into& into, const Reach& reach, std::uint32_t count)
{
    if (reach.last < reach.first) return;
    for (std::size_t i = 0; i < into.count; ++i)
        reach.share(count, [row = into.rows[i]](std::size_t column, std::uint32_t part) { row[column] += part; });
}

/// False: damaged.
bool addPage(std::string_view stored, std::int64_t page, unsigned level, const Columns& columns, const Columns& ofRejects,
             const Tally& tally)
{
    using Reaches = std::array<Reach, static_cast<std::size_t>(DensityKey::kBuckets)>;
    const auto reachesOn = [&](const Columns& on) {
        Reaches reaches;
        for (std::size_t i = 0; i < reaches.size(); ++i)
            reaches[i] = on.reach((page << DensityKey::kPageBits) + static_cast<std::int64_t>(i), level);
        return reaches;
    };
    const Reaches ofEvents = reachesOn(columns);
    DensityPageReader reader(stored);
    bool sums = false;
    while (reader.next()) {
        sums = sums || reader.row() == DensityRow::kAll;
        const Tally::Into into = tally.into(reader.row(), sums);
        if (into.count == 0) continue;
        const auto add = [&](const Reaches& reaches) {
            reader.cells([&](std::uint32_t bucket, std::uint32_t count) { put(into, reaches[bucket], count); });
        };
        if (reader.row() == DensityRow::kRejects)
            add(reachesOn(ofRejects));
        else
            add(ofEvents);
    }
    return !reader.damaged();
}

}  // namespace

Result<Density> Reader::density(const DensityQuery& query)
{
    auto& impl = *impl_;
    if (auto done = impl.refreshNames(); !done) return std::unexpected(done.error());
    ReadScope scope(*impl.connection);
    if (!scope.begun()) return std::unexpected(scope.begun().error());
    auto totals = loadTotals(*impl.connection);
    if (!totals) return std::unexpected(totals.error());
    Density density;
    if (totals->densityFinest < DensityKey::kFirst || totals->densityFinest > DensityKey::kLast) return density;
    DensityQuery asked = query;
    asked.columns = std::clamp(query.columns, std::uint32_t{1}, DensityQuery::kMostColumns);
    if (asked.from == Timestamp::max()) asked.from.ns -= 1;
    const bool any = totals->firstTime != 0;
    const Columns columns(asked, any ? Timestamp{totals->firstTime} : Timestamp::min(),
                          any ? Timestamp{totals->lastTime} : Timestamp::max());
    // Rejects have times of their own, which may lie before the first event or after the last.
    const bool noted = totals->firstReject != 0;
    const Columns ofRejects = noted ? Columns(asked, Timestamp{totals->firstReject}, Timestamp{totals->lastReject}) : columns;
    density.available = true;
    density.from = asked.from;
    density.to = Timestamp{columns.to()};
    density.columns = asked.columns;
    density.unplaced = static_cast<std::uint64_t>(totals->unplaced);
    density.unplacedRejects = static_cast<std::uint64_t>(totals->unplacedRejects);
    const Tally tally(asked, impl.types, density);

    // The coarsest level of which each column still has a bucket or more.
    const auto finest = static_cast<unsigned>(totals->densityFinest);
    const std::uint64_t span = static_cast<std::uint64_t>(columns.to()) - static_cast<std::uint64_t>(columns.from());
    unsigned level = finest;
    while (level + DensityKey::kStep <= DensityKey::kLast && (span >> (level + DensityKey::kStep)) >= asked.columns)
        level += DensityKey::kStep;
    density.bucketNs = std::int64_t{1} << level;

    const auto damaged = [&] {
        return fail("cannot count all of " + impl.connection->path(), "the counts of its overview are damaged",
                    "read the source into a new workspace", Error::Kind::BadInput);
    };
    auto select = impl.connection->prepare("SELECT id, data FROM density WHERE id >= ?1 AND id <= ?2 ORDER BY id");
    if (!select) return std::unexpected(select.error());
    const unsigned shift = level + DensityKey::kPageBits;
    const auto pageAt = [&](std::int64_t ns) { return shift < 64 ? ns >> shift : (ns < 0 ? -1 : 0); };
    select->bind(1, DensityKey::of(level, pageAt(columns.from()))).bind(2, DensityKey::of(level, pageAt(columns.to() - 1)));
    while (true) {
        auto row = select->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) break;
        if (!addPage(select->blob(1), DensityKey::page(select->integer(0)), level, columns, ofRejects, tally)) return damaged();
    }
    select->bind(1, 0).bind(2, DensityKey::endOf(0) - 1);
    std::vector<DensityCell> cells;
    while (true) {
        auto row = select->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) break;
        if (!decodeDensityCells(select->blob(1), cells)) return damaged();
    }
    Reach reach;
    std::optional<std::int64_t> reached;
    for (const DensityCell& cell : cells) {
        const std::int64_t bucket = cell.bucket >> (level - finest);
        if (cell.row == DensityRow::kRejects) {
            put(tally.into(cell.row, false), ofRejects.reach(bucket, level), cell.count);
            continue;
        }
        if (reached != bucket) {
            reach = columns.reach(bucket, level);
            reached = bucket;
        }
        put(tally.into(cell.row, false), reach, cell.count);
    }
    return density;
}

}  // namespace hindcast::store
