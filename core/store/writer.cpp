#include "core/store/writer.h"

#include "core/store/writer_impl.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace hindcast::store {

namespace {

constexpr std::uint64_t kCheckpointBytes = 16u << 20;

}  // namespace

Writer::Writer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Writer::~Writer() = default;

Writer::Impl::~Impl()
{
    transaction.reset();
    parts.clear();
    dictionary.reset();
    // Readers keep the workspace open after a reading has stopped, and no connection that closes clears the log away then.
    if (connection != nullptr) connection->cutLog();
    if (onClose) onClose();
}

Result<std::unique_ptr<Writer::Impl>> Writer::Impl::open(const std::string& path, std::shared_ptr<WriteTurn> turn)
{
    auto connection = Connection::open(path, Connection::Access::Write);
    if (!connection) return std::unexpected(connection.error());
    auto impl = std::make_unique<Impl>();
    impl->connection = std::move(*connection);
    impl->turn = std::move(turn);
    // NORMAL: a commit survives the death of this process; after a power cut the file is whole and the checkpoint says what to
    // read again. Checkpoints are ours to time: a reader that stays must not let the log grow without end.
    if (auto done =
            impl->connection->execute("PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -32768;"
                                      "PRAGMA temp_store = MEMORY");
        !done)
        return std::unexpected(done.error());
    if (auto loaded = impl->load(); !loaded) return std::unexpected(loaded.error());
    return impl;
}

Result<void> Writer::Impl::load()
{
    auto names = Dictionary::load(*connection);
    if (!names) return std::unexpected(names.error());
    dictionary = std::make_unique<Dictionary>(std::move(*names));
    auto known = loadTotals(*connection);
    if (!known) return std::unexpected(known.error());
    totals = *known;
    if (auto loaded = density.load(*connection, totals); !loaded) return loaded;
    auto select = connection->prepare(
        "SELECT id, source, topic, epoch, partition, log_start, compacted, start_reason, next, read, records, rejects FROM "
        "parts");
    if (!select) return std::unexpected(select.error());
    parts.clear();
    while (true) {
        auto row = select->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) break;
        auto part = std::make_unique<PartState>();
        part->info = partFromRow(*select);
        if (!select->isNull(8)) part->next = Offset{select->integer(8)};
        part->readBefore = part->info.read;
        parts.emplace(part->info.id.value, std::move(part));
    }
    return {};
}

Result<Totals> loadTotals(Connection& connection)
{
    Totals totals;
    auto meta = connection.prepare("SELECT name, value FROM meta");
    if (!meta) return std::unexpected(meta.error());
    while (true) {
        auto row = meta->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) return totals;
        for (const auto& [name, field] : Totals::fields())
            if (meta->text(0) == name) totals.*field = meta->integer(1);
    }
}

Result<void> saveTotals(Connection& connection, const Totals& totals)
{
    auto meta = connection.prepare("INSERT OR REPLACE INTO meta(name, value) VALUES(?1, ?2)");
    if (!meta) return std::unexpected(meta.error());
    for (const auto& [name, field] : Totals::fields())
        if (auto done = meta->bind(1, name).bind(2, totals.*field).run(); !done) return done;
    return {};
}

Part partFromRow(const Statement& row)
{
    Part part;
    part.id = PartId{static_cast<std::uint32_t>(row.integer(0))};
    part.source = SourceId{static_cast<std::uint32_t>(row.integer(1))};
    part.topic = row.text(2);
    part.epoch = static_cast<std::uint32_t>(row.integer(3));
    part.partition = Partition{static_cast<std::int32_t>(row.integer(4))};
    part.logStart = Offset{row.integer(5)};
    part.compacted = row.integer(6) != 0;
    part.startReason = row.text(7);
    part.read = decodeRanges(row.blob(9));
    part.records = static_cast<std::uint64_t>(row.integer(10));
    part.rejects = static_cast<std::uint64_t>(row.integer(11));
    return part;
}

Result<void> Writer::Impl::begin()
{
    if (broken) return std::unexpected(*broken);
    if (transaction) return {};
    auto held = turn->take();
    auto begun = Transaction::begin(*connection);
    if (!begun) return std::unexpected(begun.error());
    transaction = std::make_unique<Open>(std::move(held), std::move(*begun));
    return {};
}

std::unexpected<Error> Writer::Impl::giveUp(Error error)
{
    transaction.reset();  // rolls back
    broken = error;
    return std::unexpected(std::move(error));
}

Result<SourceId> Writer::addSource(std::string_view kind, std::string_view identity, std::string_view name,
                                   std::string_view detail)
{
    if (auto begun = impl_->begin(); !begun) return std::unexpected(begun.error());
    auto select = impl_->connection->prepare("SELECT id FROM sources WHERE kind = ?1 AND identity = ?2");
    if (!select) return impl_->giveUp(select.error());
    auto row = select->bind(1, kind).bind(2, identity).step();
    if (!row) return impl_->giveUp(row.error());
    if (*row) return SourceId{static_cast<std::uint32_t>(select->integer(0))};
    auto insert = impl_->connection->prepare("INSERT INTO sources(kind, identity, name, detail) VALUES(?1, ?2, ?3, ?4)");
    if (!insert) return impl_->giveUp(insert.error());
    if (auto done = insert->bind(1, kind).bind(2, identity).bind(3, name).bind(4, detail).run(); !done)
        return impl_->giveUp(done.error());
    impl_->changed = true;
    return SourceId{static_cast<std::uint32_t>(impl_->connection->lastRowId())};
}

Result<PartId> Writer::Impl::insertPart(const Part& like, std::uint32_t epoch)
{
    if (auto begun = begin(); !begun) return std::unexpected(begun.error());
    std::uint32_t id = 1;
    for (const auto& [known, state] : parts) id = std::max(id, known + 1);
    if (id > EventId::kMaxPart)
        return std::unexpected(Error{"cannot add " + like.topic, "the workspace is at its limit of 524,287 partitions",
                                     "use a second workspace", Error::Kind::NoSpace});
    auto part = std::make_unique<PartState>();
    part->info.id = PartId{id};
    part->info.source = like.source;
    part->info.topic = like.topic;
    part->info.partition = like.partition;
    part->info.epoch = epoch;
    part->dirty = true;
    changed = true;
    parts.emplace(id, std::move(part));
    return PartId{id};
}

Result<PartId> Writer::addPart(SourceId source, std::string_view topic, Partition partition)
{
    const PartState* newest = nullptr;
    for (const auto& [id, part] : impl_->parts)
        if (part->info.source == source && part->info.topic == topic && part->info.partition == partition &&
            (newest == nullptr || part->info.epoch > newest->info.epoch))
            newest = part.get();
    if (newest != nullptr) return newest->info.id;
    Part like;
    like.source = source;
    like.topic = topic;
    like.partition = partition;
    return impl_->insertPart(like, 0);
}

Result<PartId> Writer::newEpoch(PartId part)
{
    auto& before = *impl_->parts.at(part.value);
    // What this run has read of the old one was read, though the run's progress will be the new one's.
    if (auto opened = impl_->openLog(before); !opened) return std::unexpected(opened.error());
    if (!before.log->empty() && (!before.next || *before.next <= before.log->highest()))
        setProgress(part, Offset{before.log->highest().value + 1});
    const Part old = before.info;
    auto created = impl_->insertPart(old, old.epoch + 1);
    if (!created) return created;
    auto& state = *impl_->parts.at(created->value);
    state.info.logStart = old.logStart;
    state.info.compacted = old.compacted;
    state.info.startReason = old.startReason;
    state.startedAt = before.startedAt;
    auto insert = impl_->connection->prepare("INSERT INTO notices(time, text) VALUES(?1, ?2)");
    if (!insert) return impl_->giveUp(insert.error());
    const std::string text = old.topic + "/" + std::to_string(old.partition.value) +
                             " holds other records at the same offsets than before: epoch " + std::to_string(old.epoch + 1) +
                             " begins";
    if (auto done = insert->bind(1, Timestamp::now().ns).bind(2, text).run(); !done) return impl_->giveUp(done.error());
    return created;
}

void Writer::describePart(PartId part, Offset logStart, bool compacted, std::string_view startReason, Offset startedAt)
{
    auto& state = *impl_->parts.at(part.value);
    state.startedAt = startedAt;
    // What a later run starts from says nothing about how the first one began; one that begins before it has more.
    const bool first = state.info.read.empty();
    const Offset start = first ? logStart : std::min(logStart, state.info.logStart);
    const bool same = state.info.compacted == (state.info.compacted || compacted) && state.info.logStart == start &&
                      (!first || state.info.startReason == startReason);
    if (same) return;
    state.info.compacted = state.info.compacted || compacted;
    state.info.logStart = start;
    if (first) state.info.startReason = startReason;
    state.dirty = true;
    impl_->changed = true;
}

std::optional<Offset> Writer::checkpoint(PartId part) const { return impl_->parts.at(part.value)->next; }

void Writer::setProgress(PartId part, Offset next)
{
    auto& state = *impl_->parts.at(part.value);
    const Offset from = state.startedAt.value_or(state.next.value_or(Offset{0}));
    // Also where the end is the same: a file may have been filled up at its front.
    if (state.next == next && (state.info.read.empty() || state.info.read.front().from <= from)) return;
    addRange(state.info.read, {from, next});
    state.next = next;
    state.dirty = true;
    impl_->changed = true;
}

Result<Writer::Appended> Writer::append(PartId part, const RawRecord& record, std::span<const Header> headers,
                                        const EventFacts& facts)
{
    if (auto begun = impl_->begin(); !begun) return std::unexpected(begun.error());
    auto& state = *impl_->parts.at(part.value);
    if (auto opened = impl_->openLog(state); !opened) return std::unexpected(opened.error());
    // A later epoch holds what differs: what an earlier one has with the same bytes is no news, however often it is read again.
    if (state.info.epoch > 0) {
        auto known = impl_->earlierEpochHolds(state.info, record, headers.data());
        if (!known) return std::unexpected(known.error());
        if (*known == PartLog::Held::Same) return Appended::Duplicate;
        // When this epoch was read the position had the earlier bytes: that it has others now is another epoch.
        if (*known == PartLog::Held::OtherBytes && covers(state.readBefore, record.offset)) {
            auto here = state.log->holds(*impl_->connection, record, headers.data());
            if (!here) return impl_->giveUp(here.error());
            return *here == PartLog::Held::Same ? Appended::Duplicate : Appended::OtherBytes;
        }
    }
    auto placed = state.log->add(*impl_->connection, record, headers.data());
    if (!placed) return impl_->giveUp(placed.error());
    if (*placed == PartLog::Placed::Duplicate) return Appended::Duplicate;
    if (*placed == PartLog::Placed::OtherBytes) return Appended::OtherBytes;
    state.unsaved = true;
    state.dirty = true;
    impl_->changed = true;
    if (auto noted = impl_->note(state.info, record, facts); !noted) return std::unexpected(noted.error());
    return Appended::Stored;
}

Result<void> Writer::Impl::openLog(PartState& state)
{
    if (state.log != nullptr) return {};
    auto log = PartLog::load(*connection, state.info.id);
    if (!log) return giveUp(log.error());
    state.log = std::make_unique<PartLog>(std::move(*log));
    return {};
}

Result<PartLog::Held> Writer::Impl::earlierEpochHolds(const Part& later, const RawRecord& record, const Header* headers)
{
    PartLog::Held found = PartLog::Held::Nothing;
    for (auto& [id, state] : parts) {
        const Part& info = state->info;
        const bool earlier = info.source == later.source && info.topic == later.topic && info.partition == later.partition &&
                             info.epoch < later.epoch;
        if (!earlier) continue;
        if (auto opened = openLog(*state); !opened) return std::unexpected(opened.error());
        if (state->log->empty() || record.offset > state->log->highest()) continue;
        auto held = state->log->holds(*connection, record, headers);
        if (!held) return giveUp(held.error());
        if (*held == PartLog::Held::Same) return held;
        if (*held == PartLog::Held::OtherBytes) found = *held;
    }
    return found;
}

Result<void> Writer::Impl::note(Part& part, const RawRecord& record, const EventFacts& facts)
{
    const EventId id(part.id, record.offset);
    const bool rejected = !facts.reject.empty();
    ++part.records;
    ++totals.records;
    totals.payloadBytes += static_cast<std::int64_t>(record.value ? record.value->size() : 0);
    const bool row = facts.kind != EventKind::Plain && facts.kind != EventKind::Tombstone && facts.kind != EventKind::Message;
    std::optional<EntityId> primary;
    TypeId type;
    if (!facts.entities.empty() || !rejected) {
        auto found = dictionary->type(facts.type);
        if (!found) return giveUp(found.error());
        type = *found;
    }
    for (const EntityRef& ref : facts.entities) {
        auto entity = dictionary->entity(ref, row);
        if (!entity) return giveUp(entity.error());
        if (!primary) primary = *entity;
        EntityPosting& posting = pending.emplace_back();
        posting.entity = *entity;
        posting.posting = {id, facts.time, type, facts.kind, *entity == *primary, rejected};
        posting.order = facts.order;
        posting.counted = facts.kind != EventKind::Tombstone || !dictionary->isRow(*entity);
    }
    place(facts, type, primary);
    if (rejected) {
        ++part.rejects;
        ++totals.rejects;
        return reject(id, facts, primary);
    }
    ++totals.events;
    dictionary->countType(type);
    if (facts.entities.empty()) ++totals.withoutEntity;
    if (facts.time.isKnown()) widen(totals.firstTime, totals.lastTime, facts.time);
    if (primary && facts.linkedTo)
        if (auto done = link(id, *primary, *facts.linkedTo, true); !done) return done;
    if (primary && facts.linkedFrom)
        if (auto done = link(id, *primary, *facts.linkedFrom, false); !done) return done;
    return {};
}

void Writer::Impl::place(const EventFacts& facts, TypeId type, std::optional<EntityId> primary)
{
    const bool rejected = !facts.reject.empty();
    if (!facts.time.isKnown()) {
        ++(rejected ? totals.unplacedRejects : totals.unplaced);
        return;
    }
    if (rejected) widen(totals.firstReject, totals.lastReject, facts.time);
    // Looked up for tombstones only: it is a step into cold memory.
    const bool ofRow = facts.kind == EventKind::Tombstone && primary && dictionary->isRow(*primary);
    density.add(facts.time, rejected ? DensityRow::kRejects : DensityRow::of(type, isDeath(facts.kind, ofRow)));
}

Result<void> Writer::Impl::reject(EventId id, const EventFacts& facts, std::optional<EntityId> entity)
{
    auto insert = connection->prepare("INSERT OR REPLACE INTO rejects(id, time, entity, reason) VALUES(?1, ?2, ?3, ?4)");
    if (!insert) return giveUp(insert.error());
    insert->bind(1, static_cast<std::int64_t>(id.packed)).bind(2, facts.time.ns).bind(4, facts.reject);
    if (entity) insert->bind(3, entity->value);
    if (auto done = insert->run(); !done) return giveUp(done.error());
    return {};
}

Result<void> Writer::Impl::link(EventId id, EntityId entity, const EntityRef& other, bool forwards)
{
    auto linked = dictionary->entity(other, true);
    if (!linked) return giveUp(linked.error());
    auto insert = connection->prepare("INSERT OR REPLACE INTO links(event, from_entity, to_entity) VALUES(?1, ?2, ?3)");
    if (!insert) return giveUp(insert.error());
    insert->bind(1, static_cast<std::int64_t>(id.packed))
        .bind(2, (forwards ? entity : *linked).value)
        .bind(3, (forwards ? *linked : entity).value);
    if (auto done = insert->run(); !done) return giveUp(done.error());
    return {};
}

void Writer::setSetting(std::string_view name, const Json& value)
{
    impl_->settings[std::string(name)] = toText(value);
    impl_->changed = true;
}

std::size_t Writer::uncommittedBytes() const { return impl_->pending.size() * sizeof(EntityPosting); }

Result<std::uint64_t> Writer::fileBytes() const { return impl_->connection->databaseBytes(); }

void Writer::settle()
{
    impl_->settles = true;
    impl_->changed = impl_->changed || impl_->density.waits();
}

Result<void> Writer::commit()
{
    if (!impl_->changed) {
        if (impl_->transaction == nullptr) return {};
        auto done = impl_->transaction->transaction.commit();
        if (!done) return impl_->giveUp(done.error());
        impl_->transaction.reset();
        return {};
    }
    if (auto begun = impl_->begin(); !begun) return begun;
    if (auto saved = impl_->save(); !saved) return saved;
    if (auto done = impl_->transaction->transaction.commit(); !done) return impl_->giveUp(done.error());
    impl_->transaction.reset();
    impl_->changed = false;
    std::error_code ignored;
    if (std::filesystem::file_size(impl_->connection->path() + "-wal", ignored) > kCheckpointBytes && !ignored)
        impl_->connection->checkpoint();
    return {};
}

Result<void> Writer::Impl::save()
{
    for (auto& [id, part] : parts) {
        if (!part->unsaved) continue;
        if (auto saved = part->log->save(); !saved) return giveUp(saved.error());
        part->unsaved = false;
    }
    ++totals.generation;
    if (auto flushed = flushPostings(); !flushed) return flushed;
    if (auto saved = density.save(*connection, totals, std::exchange(settles, false)); !saved) return giveUp(saved.error());
    if (auto saved = dictionary->save(); !saved) return giveUp(saved.error());
    auto upsert = connection->prepare(
        "INSERT OR REPLACE INTO parts(id, source, topic, epoch, partition, log_start, compacted, start_reason, next, read, "
        "records, rejects) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
    if (!upsert) return giveUp(upsert.error());
    for (auto& [id, part] : parts) {
        if (!part->dirty) continue;
        const Part& info = part->info;
        const std::string read = encodeRanges(info.read);
        upsert->bind(1, info.id.value)
            .bind(2, info.source.value)
            .bind(3, info.topic)
            .bind(4, info.epoch)
            .bind(5, info.partition.value);
        upsert->bind(6, info.logStart.value).bind(7, info.compacted ? 1 : 0).bind(8, info.startReason).bindBlob(10, read);
        upsert->bind(11, static_cast<std::int64_t>(info.records)).bind(12, static_cast<std::int64_t>(info.rejects));
        if (part->next)
            upsert->bind(9, part->next->value);
        else
            upsert->bindNull(9);
        if (auto done = upsert->run(); !done) return giveUp(done.error());
        part->dirty = false;
    }
    totals.entities = static_cast<std::int64_t>(dictionary->entities());
    if (auto saved = saveTotals(*connection, totals); !saved) return giveUp(saved.error());
    auto setting = connection->prepare("INSERT OR REPLACE INTO settings(name, value) VALUES(?1, ?2)");
    if (!setting) return giveUp(setting.error());
    for (const auto& [name, value] : settings)
        if (auto done = setting->bind(1, name).bind(2, value).run(); !done) return giveUp(done.error());
    settings.clear();
    return {};
}

Result<void> Writer::Impl::flushPostings()
{
    if (pending.empty()) return {};
    if (auto written = writeRun(*connection, pending, totals.generation); !written) return giveUp(written.error());
    pending.clear();
    if (auto merged = mergeRuns(*connection); !merged) return giveUp(merged.error());
    return {};
}

}  // namespace hindcast::store
