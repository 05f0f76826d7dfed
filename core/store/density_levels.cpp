#include "core/store/density_levels.h"

#include "core/store/posting_block.h"
#include "core/store/writer_impl.h"

#include <algorithm>

namespace hindcast::store {

namespace {

constexpr std::int64_t kRowBytes = 12;  // what a row costs beside its blob
constexpr std::int64_t kPayloadShare = 64;
constexpr std::int64_t kAnywayBytes = 256 * 1024;  // small workspaces are as fine as they like
constexpr std::int64_t kEventsAPage = 256;
constexpr std::int64_t kAnywayPages = 4096;
constexpr std::int64_t kEventsACell = 4;
constexpr std::int64_t kAnywayCells = 64 * 1024;
constexpr std::uint64_t kBucketsAnyway = 4096;  // of the whole log, whatever the types

std::int64_t pageOf(const DensityCell& cell) { return cell.bucket >> DensityKey::kPageBits; }

std::uint64_t placeOf(const DensityCell& cell)
{
    return std::uint64_t{cell.row} << DensityKey::kPageBits |
           static_cast<std::uint64_t>(cell.bucket & (DensityKey::kBuckets - 1));
}

bool earlierInPage(const DensityCell& a, const DensityCell& b) { return placeOf(a) < placeOf(b); }

/// In place: the same cells, as the next level has them.
void coarsen(std::vector<DensityCell>& cells)
{
    for (DensityCell& cell : cells) cell.bucket >>= DensityKey::kStep;
}

/// Adds up neighbours of the same bucket and row.
void join(std::vector<DensityCell>& cells, std::size_t from)
{
    std::size_t kept = from;
    for (std::size_t i = from; i < cells.size(); ++i) {
        if (kept > from && cells[kept - 1].bucket == cells[i].bucket && cells[kept - 1].row == cells[i].row)
            cells[kept - 1].count += cells[i].count;
        else
            cells[kept++] = cells[i];
    }
    cells.resize(kept);
}

Error damaged(const Connection& connection)
{
    return {"cannot read all of " + connection.path(), "the counts of its overview are damaged",
            "read the source into a new workspace", Error::Kind::BadInput};
}

}  // namespace

void DensityLevels::endBucket()
{
    if (touched_.empty()) return;
    for (const std::uint32_t row : touched_) {
        cells_.push_back({bucket_, row, inBucket_[row]});
        inBucket_[row] = 0;
    }
    touched_.clear();
}

void DensityLevels::compact()
{
    endBucket();
    std::ranges::sort(cells_, [](const DensityCell& a, const DensityCell& b) {
        return a.bucket != b.bucket ? a.bucket < b.bucket : a.row < b.row;
    });
    join(cells_, 0);
}

Result<void> DensityLevels::load(Connection& connection, const Totals& totals)
{
    *this = {};
    finest_ = static_cast<unsigned>(std::clamp<std::int64_t>(totals.densityFinest, DensityKey::kFirst, DensityKey::kLast));
    auto select = connection.prepare("SELECT data FROM density WHERE id < ?1 ORDER BY id");
    if (!select) return std::unexpected(select.error());
    select->bind(1, DensityKey::endOf(0));
    while (true) {
        auto row = select->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) return {};
        if (!decodeDensityCells(select->blob(0), waiting_)) return std::unexpected(damaged(connection));
        ++waitingRows_;
    }
}

void DensityLevels::clear(Totals& totals)
{
    *this = {};
    totals.densityFinest = finest_;
    totals.densityBytes = 0;
    totals.densityPages = 0;
    totals.densityCells = 0;
    totals.unplaced = 0;
    totals.unplacedRejects = 0;
}

Result<void> DensityLevels::save(Connection& connection, Totals& totals, bool all)
{
    endBucket();
    if (cells_.empty() && !(all && waits())) return {};
    if (all || waitingRows_ >= kMostRows || waiting_.size() + cells_.size() > kMostWaiting) return merge(connection, totals);
    auto insert = connection.prepare("INSERT INTO density(id, data) VALUES(?1, ?2)");
    if (!insert) return std::unexpected(insert.error());
    const std::string data = encodeDensityCells(cells_);
    if (auto done = insert->bind(1, ++waitingRows_).bindBlob(2, data).run(); !done) return done;
    waiting_.insert(waiting_.end(), cells_.begin(), cells_.end());
    cells_.clear();
    return {};
}

bool DensityLevels::tooFine(const Totals& totals, std::span<const DensityCell> more) const
{
    // Neighbours that are the same are joined already, so `more` is near to what it will be in the pages.
    const auto cells = totals.densityCells + static_cast<std::int64_t>(more.size());
    std::int64_t pages = 0;
    for (std::size_t i = 0; i < more.size(); ++i)
        if (i == 0 || pageOf(more[i]) != pageOf(more[i - 1])) ++pages;
    const std::int64_t bytes = totals.densityBytes + pages * kRowBytes + static_cast<std::int64_t>(more.size());
    if (bytes > totals.payloadBytes / kPayloadShare + kAnywayBytes) return true;
    if (totals.densityPages + pages > std::max(totals.events / kEventsAPage, kAnywayPages)) return true;
    const std::uint64_t span = static_cast<std::uint64_t>(totals.lastTime) - static_cast<std::uint64_t>(totals.firstTime);
    return cells > std::max(totals.events / kEventsACell, kAnywayCells) &&
           span >> (finest_ + DensityKey::kStep) >= kBucketsAnyway;
}

Result<void> DensityLevels::merge(Connection& connection, Totals& totals)
{
    std::vector<DensityCell> cells = std::move(waiting_);
    cells.insert(cells.end(), cells_.begin(), cells_.end());
    cells_.clear();
    waiting_.clear();
    if (waitingRows_ > 0) {
        auto remove = connection.prepare("DELETE FROM density WHERE id < ?1");
        if (!remove) return std::unexpected(remove.error());
        if (auto done = remove->bind(1, DensityKey::endOf(0)).run(); !done) return done;
        waitingRows_ = 0;
    }
    auto select = connection.prepare("SELECT data FROM density WHERE id = ?1");
    if (!select) return std::unexpected(select.error());
    auto upsert = connection.prepare("INSERT OR REPLACE INTO density(id, data) VALUES(?1, ?2)");
    if (!upsert) return std::unexpected(upsert.error());
    select_ = std::move(*select);
    upsert_ = std::move(*upsert);
    // Pages that ascend at the finest level do so at all others.
    const auto earlierPage = [](const DensityCell& a, const DensityCell& b) { return pageOf(a) < pageOf(b); };
    if (!std::ranges::is_sorted(cells, earlierPage)) std::ranges::sort(cells, earlierPage);
    // Before anything is written: a level that will not stay costs nothing then.
    while (finest_ < DensityKey::kLast && tooFine(totals, cells)) {
        if (auto done = giveUpFinest(connection, totals); !done) return done;
        coarsen(cells);
        join(cells, 0);
    }
    std::vector<DensityCell> coarser;
    std::vector<DensityCell> one;
    for (unsigned level = finest_; level <= DensityKey::kLast; level += DensityKey::kStep) {
        coarser.clear();
        for (std::size_t i = 0; i < cells.size();) {
            std::size_t end = i + 1;
            while (end < cells.size() && pageOf(cells[end]) == pageOf(cells[i])) ++end;
            one.assign(cells.begin() + static_cast<std::ptrdiff_t>(i), cells.begin() + static_cast<std::ptrdiff_t>(end));
            std::ranges::sort(one, earlierInPage);
            join(one, 0);
            if (auto done = mergePage(one, level, totals); !done) return std::unexpected(done.error());
            const std::size_t had = coarser.size();
            for (DensityCell cell : one) {
                cell.bucket >>= DensityKey::kStep;
                coarser.push_back(cell);
            }
            join(coarser, had);
            i = end;
        }
        std::swap(cells, coarser);
    }
    select_ = {};
    upsert_ = {};
    return {};
}

Result<void> DensityLevels::mergePage(std::span<const DensityCell> cells, unsigned level, Totals& totals)
{
    const std::int64_t page = pageOf(cells.front());
    const std::int64_t key = DensityKey::of(level, page);
    auto row = select_.bind(1, key).step();
    if (!row) return std::unexpected(row.error());
    page_.clear();
    if (*row) {
        const std::string_view stored = select_.blob(0);
        totals.densityBytes -= static_cast<std::int64_t>(stored.size()) + kRowBytes;
        DensityPageReader reader(stored);
        while (reader.next()) {
            if (DensityRow::isSum(reader.row())) continue;
            reader.cells([&](std::uint32_t bucket, std::uint32_t count) {
                page_.push_back({(page << DensityKey::kPageBits) + bucket, reader.row(), count});
            });
        }
        if (reader.damaged())
            return fail("cannot write to the workspace", "the counts of its overview are damaged",
                        "read the source into a new workspace", Error::Kind::BadInput);
        select_.reset();
    } else if (level == finest_) {
        ++totals.densityPages;
    }
    merged_.resize(page_.size() + cells.size());
    std::ranges::merge(page_, cells, merged_.begin(), earlierInPage);
    join(merged_, 0);
    if (level == finest_)
        totals.densityCells += static_cast<std::int64_t>(merged_.size()) - static_cast<std::int64_t>(page_.size());
    const std::string data = encodeDensityPage(merged_);
    totals.densityBytes += static_cast<std::int64_t>(data.size()) + kRowBytes;
    return upsert_.bind(1, key).bindBlob(2, data).run();
}

Result<void> DensityLevels::giveUpFinest(Connection& connection, Totals& totals)
{
    auto remove = connection.prepare("DELETE FROM density WHERE id >= ?1 AND id < ?2");
    if (!remove) return std::unexpected(remove.error());
    if (totals.densityPages > 0)
        if (auto done = remove->bind(1, DensityKey::firstOf(finest_)).bind(2, DensityKey::endOf(finest_)).run(); !done)
            return done;
    finest_ += DensityKey::kStep;
    // What is left is looked at as a whole: that happens a few times in a workspace's life.
    totals.densityFinest = finest_;
    totals.densityBytes = 0;
    totals.densityPages = 0;
    totals.densityCells = 0;
    auto select = connection.prepare("SELECT id, data FROM density WHERE id >= ?1");
    if (!select) return std::unexpected(select.error());
    select->bind(1, DensityKey::firstOf(finest_));
    while (true) {
        auto row = select->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) return {};
        totals.densityBytes += static_cast<std::int64_t>(select->blob(1).size()) + kRowBytes;
        if (select->integer(0) >= DensityKey::endOf(finest_)) continue;
        ++totals.densityPages;
        DensityPageReader reader(select->blob(1));
        while (reader.next())
            if (!DensityRow::isSum(reader.row())) reader.cells([&](std::uint32_t, std::uint32_t) { ++totals.densityCells; });
        if (reader.damaged()) return std::unexpected(damaged(connection));
    }
}

Result<void> buildDensity(Connection& connection, std::stop_token stop, const RaiseProgress& progress)
{
    // Entity by entity the times go over the whole log again and again: what is merged into the pages in small portions touches most
    // pages for each of them.
    constexpr std::size_t kAtOnce = 4 * 1024 * 1024;
    constexpr std::uint64_t kTellEvery = 64 * 1024;
    auto totals = loadTotals(connection);
    if (!totals) return std::unexpected(totals.error());
    auto names = Dictionary::load(connection);
    if (!names) return std::unexpected(names.error());
    DensityLevels levels;
    levels.clear(*totals);
    std::int64_t placed = 0;
    std::uint64_t seen = 0;
    std::uint64_t told = 0;
    std::vector<EntityPosting> block;
    auto postings = connection.prepare("SELECT data FROM postings ORDER BY id");
    if (!postings) return std::unexpected(postings.error());
    while (true) {
        auto row = postings->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) break;
        block.clear();
        if (!decodePostings(postings->blob(0), block)) return std::unexpected(damaged(connection));
        const EntityPosting* last = nullptr;
        for (const EntityPosting& each : block) {
            // An event that names one entity twice has two postings there.
            const bool again = last != nullptr && last->entity == each.entity && last->posting.id == each.posting.id;
            last = &each;
            const Posting& posting = each.posting;
            if (again || !posting.primary || posting.reject || !posting.time.isKnown()) continue;
            if (each.entity.value >= names->entities()) return std::unexpected(damaged(connection));
            levels.add(posting.time, DensityRow::of(posting.type, isDeath(posting.kind, names->isRow(each.entity))));
            ++placed;
        }
        if (stop.stop_requested())
            return fail("cannot open " + connection.path(), "stopped while its overview was being made", {},
                        Error::Kind::Cancelled);
        seen += block.size();
        if (progress && seen - told >= kTellEvery) {
            told = seen;
            const auto total = static_cast<std::uint64_t>(totals->events);
            progress(std::min(seen, total), total);  // an event of two entities is seen twice
        }
        if (levels.added() < kAtOnce) continue;
        levels.compact();
        if (levels.added() < kAtOnce / 2) continue;
        if (auto saved = levels.save(connection, *totals); !saved) return saved;
    }
    auto rejects = connection.prepare("SELECT time FROM rejects");
    if (!rejects) return std::unexpected(rejects.error());
    while (true) {
        auto row = rejects->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) break;
        const Timestamp time{rejects->integer(0)};
        if (!time.isKnown()) {
            ++totals->unplacedRejects;
            continue;
        }
        levels.add(time, DensityRow::kRejects);
        widen(totals->firstReject, totals->lastReject, time);
    }
    levels.compact();
    if (auto saved = levels.save(connection, *totals); !saved) return saved;
    totals->unplaced = totals->events - placed;
    return saveTotals(connection, *totals);
}

}  // namespace hindcast::store
