#include "core/store/runs.h"

#include <algorithm>
#include <queue>

namespace hindcast::store {

namespace {

bool before(const EntityPosting& a, const EntityPosting& b)
{
    return a.entity != b.entity ? a.entity < b.entity : a.posting.id < b.posting.id;
}

Error damaged(const Connection& connection)
{
    return {"cannot read all of " + connection.path(), "a block of its index is damaged", "read the source into a new workspace",
            Error::Kind::BadInput};
}

/// What the entity list counts: a reject takes no version.
bool counts(const EntityPosting& each) { return !each.posting.reject && each.counted; }

std::vector<EntityStat> statsOf(std::span<const EntityPosting> sorted)
{
    std::vector<EntityStat> stats;
    for (const auto& each : sorted) {
        if (stats.empty() || stats.back().entity != each.entity) stats.push_back({each.entity});
        if (!counts(each)) continue;
        auto& stat = stats.back();
        ++stat.count;
        if (!each.posting.time.isKnown()) continue;
        stat.first = std::min(stat.first, each.posting.time);
        stat.last = std::max(stat.last, each.posting.time);
    }
    return stats;
}

Result<std::int64_t> unusedRun(Connection& connection)
{
    // The smallest free number, so that numbers do not run out however long a tail goes on.
    auto taken = connection.prepare("SELECT id FROM runs ORDER BY id");
    if (!taken) return std::unexpected(taken.error());
    std::int64_t run = 1;
    while (true) {
        auto row = taken->step();
        if (!row) return std::unexpected(row.error());
        if (!*row || taken->integer(0) != run) break;
        ++run;
    }
    taken->reset();
    return run;
}

Result<void> saveStats(Connection& connection, std::int64_t run, std::span<const EntityStat> stats)
{
    auto insert = connection.prepare("INSERT INTO stats(run, data) VALUES(?1, ?2)");
    if (!insert) return std::unexpected(insert.error());
    const std::string data = encodeStats(stats);
    return insert->bind(1, run).bindBlob(2, data).run();
}

Result<void> saveRun(Connection& connection, std::int64_t run, std::int64_t level, std::int64_t from, std::int64_t to,
                     std::uint64_t postings)
{
    auto insert =
        connection.prepare("INSERT INTO runs(id, level, from_generation, to_generation, postings) VALUES(?1, ?2, ?3, ?4, ?5)");
    if (!insert) return std::unexpected(insert.error());
    return insert->bind(1, run).bind(2, level).bind(3, from).bind(4, to).bind(5, static_cast<std::int64_t>(postings)).run();
}

/// One run being read in order.
class Cursor {
public:
    static Result<Cursor> create(Connection& connection, std::int64_t run)
    {
        auto statement = connection.prepare("SELECT data FROM postings WHERE id >= ?1 AND id < ?2 ORDER BY id");
        if (!statement) return std::unexpected(statement.error());
        statement->bind(1, run << BlockKey::kRunShift).bind(2, (run + 1) << BlockKey::kRunShift);
        Cursor cursor;
        cursor.connection_ = &connection;
        cursor.statement_ = std::move(*statement);
        return cursor;
    }
    Result<bool> next()
    {
        if (++at_ < block_.size()) return true;
        auto row = statement_.step();
        if (!row) return row;
        block_.clear();
        at_ = 0;
        if (!*row) return false;
        if (!decodePostings(statement_.blob(0), block_) || block_.empty()) return std::unexpected(damaged(*connection_));
        return true;
    }
    [[nodiscard]] const EntityPosting& current() const { return block_[at_]; }

private:
    Connection* connection_ = nullptr;
    Statement statement_;
    std::vector<EntityPosting> block_;
    std::size_t at_ = static_cast<std::size_t>(-1);
};

struct RunRow {
    std::int64_t id, from, to;
    std::uint64_t postings;
};

Result<void> mergeStats(Connection& connection, std::span<const RunRow> runs, std::int64_t target)
{
    std::vector<EntityStat> all;
    auto select = connection.prepare("SELECT data FROM stats WHERE run = ?1");
    if (!select) return std::unexpected(select.error());
    for (const auto& run : runs) {
        select->bind(1, run.id);
        auto row = select->step();
        if (!row) return std::unexpected(row.error());
        if (!*row || !decodeStats(select->blob(0), all)) return std::unexpected(damaged(connection));
        select->reset();
    }
    std::ranges::sort(all, {}, &EntityStat::entity);
    std::vector<EntityStat> merged;
    for (const auto& stat : all) {
        if (merged.empty() || merged.back().entity != stat.entity) {
            merged.push_back(stat);
            continue;
        }
        auto& into = merged.back();
        into.count += stat.count;
        into.first = std::min(into.first, stat.first);
        into.last = std::max(into.last, stat.last);
    }
    return saveStats(connection, target, merged);
}

Result<void> mergeInto(Connection& connection, std::span<const RunRow> runs, std::int64_t level)
{
    auto target = unusedRun(connection);
    if (!target) return std::unexpected(target.error());
    auto writer = RunWriter::create(connection, *target);
    if (!writer) return std::unexpected(writer.error());
    {
        std::vector<Cursor> cursors;
        for (const auto& run : runs) {
            auto cursor = Cursor::create(connection, run.id);
            if (!cursor) return std::unexpected(cursor.error());
            cursors.push_back(std::move(*cursor));
        }
        const auto later = [&](std::size_t a, std::size_t b) { return before(cursors[b].current(), cursors[a].current()); };
        std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(later)> heap(later);
        for (std::size_t i = 0; i < cursors.size(); ++i) {
            auto more = cursors[i].next();
            if (!more) return std::unexpected(more.error());
            if (*more) heap.push(i);
        }
        while (!heap.empty()) {
            const std::size_t i = heap.top();
            heap.pop();
            // While one run is ahead of all others its postings pass without touching the heap.
            bool more = true;
            while (more && (heap.empty() || !before(cursors[heap.top()].current(), cursors[i].current()))) {
                if (auto added = writer->add(cursors[i].current()); !added) return added;
                auto next = cursors[i].next();
                if (!next) return std::unexpected(next.error());
                more = *next;
            }
            if (more) heap.push(i);
        }
        if (auto finished = writer->finish(); !finished) return finished;
    }
    if (auto merged = mergeStats(connection, runs, *target); !merged) return merged;
    for (const auto& run : runs) {
        const std::string id = std::to_string(run.id);
        std::string sql = "DELETE FROM postings WHERE id >= ";
        sql += std::to_string(run.id << BlockKey::kRunShift);
        sql += " AND id < ";
        sql += std::to_string((run.id + 1) << BlockKey::kRunShift);
        sql += "; DELETE FROM stats WHERE run = ";
        sql += id;
        sql += "; DELETE FROM runs WHERE id = ";
        sql += id;
        if (auto done = connection.execute(sql.c_str()); !done) return done;
    }
    return saveRun(connection, *target, level, runs.front().from, runs.back().to, writer->postings());
}

}  // namespace

Result<RunWriter> RunWriter::create(Connection& connection, std::int64_t run)
{
    auto insert = connection.prepare("INSERT INTO postings(id, data) VALUES(?1, ?2)");
    if (!insert) return std::unexpected(insert.error());
    return RunWriter(std::move(*insert), run);
}

Result<void> RunWriter::add(const EntityPosting& posting)
{
    if (!pending_.empty()) {
        const bool sameEntity = pending_.back().entity == posting.entity;
        if (!sameEntity && pending_.size() >= kTarget) {
            if (auto done = flush(pending_.size()); !done) return done;
            sequence_ = 0;
        } else if (sameEntity && pending_.size() >= kLargest * (1 + sequence_ / 64)) {
            std::size_t start = pending_.size();
            while (start > 0 && pending_[start - 1].entity == posting.entity) --start;
            const bool whole = start == 0;
            if (auto done = flush(whole ? pending_.size() : start); !done) return done;
            sequence_ = whole ? sequence_ + 1 : 0;
        }
    }
    pending_.push_back(posting);
    ++postings_;
    return {};
}

Result<void> RunWriter::finish() { return pending_.empty() ? Result<void>{} : flush(pending_.size()); }

Result<void> RunWriter::flush(std::size_t count)
{
    const std::string data = encodePostings(std::span(pending_).first(count));
    insert_.bind(1, BlockKey::of(run_, pending_.front().entity, sequence_)).bindBlob(2, data);
    auto done = insert_.run();
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(count));
    return done;
}

Result<void> writeRun(Connection& connection, std::vector<EntityPosting>& postings, std::int64_t generation)
{
    std::ranges::sort(postings, before);
    auto run = unusedRun(connection);
    if (!run) return std::unexpected(run.error());
    auto writer = RunWriter::create(connection, *run);
    if (!writer) return std::unexpected(writer.error());
    for (const auto& posting : postings)
        if (auto added = writer->add(posting); !added) return added;
    if (auto finished = writer->finish(); !finished) return finished;
    if (auto saved = saveStats(connection, *run, statsOf(postings)); !saved) return saved;
    return saveRun(connection, *run, 0, generation, generation, postings.size());
}

Result<void> mergeRuns(Connection& connection)
{
    for (std::int64_t level = 0; level < 16; ++level) {
        auto select = connection.prepare(
            "SELECT id, from_generation, to_generation, postings FROM runs WHERE level = ?1 AND postings < ?2 ORDER BY "
            "from_generation");
        if (!select) return std::unexpected(select.error());
        select->bind(1, level).bind(2, static_cast<std::int64_t>(kLargestMerge));
        std::vector<RunRow> runs;
        while (true) {
            auto row = select->step();
            if (!row) return std::unexpected(row.error());
            if (!*row) break;
            runs.push_back(
                {select->integer(0), select->integer(1), select->integer(2), static_cast<std::uint64_t>(select->integer(3))});
        }
        if (runs.size() < static_cast<std::size_t>(kFanIn)) return {};
        if (auto merged = mergeInto(connection, runs, level + 1); !merged) return merged;
    }
    return {};
}

namespace {

/// Postings of several runs, each in order, as one list in order.
void putInOrder(Postings& postings)
{
    if (!postings.orders.empty()) postings.orders.resize(postings.items.size());
    const auto byId = [](const Posting& a, const Posting& b) { return a.id < b.id; };
    if (std::ranges::is_sorted(postings.items, byId)) return;
    if (postings.orders.empty()) {
        std::ranges::sort(postings.items, byId);
        return;
    }
    std::vector<std::uint32_t> order(postings.items.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) { return postings.items[a].id < postings.items[b].id; });
    Postings sorted;
    sorted.items.reserve(order.size());
    sorted.orders.reserve(order.size());
    for (const std::uint32_t i : order) {
        sorted.items.push_back(postings.items[i]);
        sorted.orders.push_back(postings.orders[i]);
    }
    postings = std::move(sorted);
}

void append(Postings& to, const EntityPosting& each)
{
    const bool ordered = !each.order.absent() || !to.orders.empty();
    if (ordered) to.orders.resize(to.items.size());
    to.items.push_back(each.posting);
    if (ordered) to.orders.push_back(each.order);
}

}  // namespace

Result<PostingReader> PostingReader::create(Connection& connection)
{
    PostingReader reader;
    reader.connection_ = &connection;
    auto runs = connection.prepare("SELECT id FROM runs ORDER BY from_generation");
    if (!runs) return std::unexpected(runs.error());
    auto seek = connection.prepare("SELECT id, data FROM postings WHERE id <= ?1 AND id >= ?2 ORDER BY id DESC LIMIT 1");
    if (!seek) return std::unexpected(seek.error());
    auto follow = connection.prepare("SELECT data FROM postings WHERE id > ?1 AND id <= ?2 ORDER BY id");
    if (!follow) return std::unexpected(follow.error());
    auto walk = connection.prepare("SELECT id, data FROM postings WHERE id >= ?1 AND id < ?2 ORDER BY id");
    if (!walk) return std::unexpected(walk.error());
    reader.walk_ = std::move(*walk);
    reader.runs_ = std::move(*runs);
    reader.seek_ = std::move(*seek);
    reader.follow_ = std::move(*follow);
    return reader;
}

Result<Postings> PostingReader::read(EntityId entity)
{
    Postings postings;
    std::size_t sources = 0;
    while (true) {
        auto run = runs_.step();
        if (!run) return std::unexpected(run.error());
        if (!*run) break;
        const std::int64_t id = runs_.integer(0);
        const std::size_t had = postings.items.size();
        const std::int64_t first = BlockKey::of(id, entity, 0);
        seek_.bind(1, first).bind(2, id << BlockKey::kRunShift);
        auto row = seek_.step();
        if (!row) return std::unexpected(row.error());
        bool ok = true;
        bool exclusive = false;
        if (*row) {
            exclusive = seek_.integer(0) == first;
            ok = decodePostingsOf(seek_.blob(1), entity, postings);
        }
        seek_.reset();
        if (exclusive && ok) {
            follow_.bind(1, first).bind(2, BlockKey::of(id, entity, BlockKey::kMaxSequence));
            while (ok) {
                auto more = follow_.step();
                if (!more) return std::unexpected(more.error());
                if (!*more) break;
                ok = decodePostingsOf(follow_.blob(0), entity, postings);
            }
            follow_.reset();
        }
        if (!ok) {
            runs_.reset();
            return std::unexpected(damaged(*connection_));
        }
        if (postings.items.size() > had) ++sources;
    }
    if (sources > 1)
        putInOrder(postings);
    else if (!postings.orders.empty())
        postings.orders.resize(postings.items.size());
    return postings;
}

Result<std::vector<Postings>> PostingReader::readMany(std::span<const EntityId> entities)
{
    std::vector<Postings> postings(entities.size());
    if (entities.empty()) return postings;
    std::vector<std::int64_t> runs;
    while (true) {
        auto run = runs_.step();
        if (!run) return std::unexpected(run.error());
        if (!*run) break;
        runs.push_back(runs_.integer(0));
    }
    for (const std::int64_t run : runs)
        if (auto read = readManyOf(run, entities, postings); !read) return std::unexpected(read.error());
    for (Postings& each : postings) putInOrder(each);
    return postings;
}

Result<void> PostingReader::readManyOf(std::int64_t run, std::span<const EntityId> entities, std::vector<Postings>& into)
{
    constexpr std::uint32_t kWorthASeek = 2048;  // entities: to look for a block takes less time than to decode one
    const std::int64_t end = (run + 1) << BlockKey::kRunShift;
    std::vector<EntityPosting> block;
    std::size_t at = 0;
    std::int64_t behind = 0;  // the last block that was read
    while (at < entities.size()) {
        // The block that would hold the next one, and from there on block by block.
        std::int64_t from = run << BlockKey::kRunShift;
        seek_.bind(1, BlockKey::of(run, entities[at], 0)).bind(2, from);
        auto sought = seek_.step();
        if (!sought) return std::unexpected(sought.error());
        if (*sought) from = std::max(seek_.integer(0), behind);  // a block that was read holds no more of them
        seek_.reset();
        walk_.bind(1, from).bind(2, end);
        bool seekAnew = false;
        while (!seekAnew) {
            auto row = walk_.step();
            if (!row) return std::unexpected(row.error());
            if (!*row) return {};
            behind = walk_.integer(0) + 1;
            const EntityId first = BlockKey::entity(walk_.integer(0));
            while (at < entities.size() && entities[at] < first) ++at;
            if (at == entities.size()) break;
            block.clear();
            if (!decodePostings(walk_.blob(1), block) || block.empty()) {
                walk_.reset();
                return std::unexpected(damaged(*connection_));
            }
            for (const EntityPosting& each : block) {
                while (at < entities.size() && entities[at] < each.entity) ++at;
                if (at == entities.size()) break;
                if (entities[at] == each.entity) append(into[at], each);
            }
            // The last one may go on in the next block.
            seekAnew = at < entities.size() && entities[at].value > block.back().entity.value + kWorthASeek;
            if (at == entities.size()) break;
        }
        walk_.reset();
    }
    return {};
}

}  // namespace hindcast::store
