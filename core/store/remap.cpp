#include "core/store/writer_impl.h"

namespace hindcast::store {

namespace {

constexpr std::size_t kPostingsARun = 1u << 18;
constexpr std::uint64_t kProgressEvery = 4096;

}  // namespace

Result<void> Writer::remap(const Decode& decode, const std::function<bool(std::uint64_t)>& progress,
                           const std::vector<std::pair<std::string, Json>>& settings)
{
    auto& impl = *impl_;
    if (auto committed = commit(); !committed) return committed;
    if (auto begun = impl.begin(); !begun) return begun;
    const auto undo = [&](Error error) -> std::unexpected<Error> {
        impl.transaction.reset();  // rolls back: the file is as it was, so memory is read from it again
        impl.pending.clear();
        impl.settings.clear();
        impl.changed = false;
        if (auto loaded = impl.load(); !loaded) impl.broken = loaded.error();
        return std::unexpected(std::move(error));
    };
    if (auto done = impl.connection->execute("DELETE FROM runs; DELETE FROM stats; DELETE FROM postings; DELETE FROM entities;"
                                             "DELETE FROM categories; DELETE FROM types; DELETE FROM rejects; DELETE FROM links;"
                                             "DELETE FROM density");
        !done)
        return undo(done.error());
    auto names = Dictionary::load(*impl.connection);
    if (!names) return undo(names.error());
    *impl.dictionary = std::move(*names);
    const Totals before = impl.totals;
    impl.totals = {};
    impl.totals.generation = before.generation;
    impl.totals.madeAnew = before.madeAnew + 1;
    impl.density.clear(impl.totals);
    for (auto& [id, part] : impl.parts) {
        part->info.records = 0;
        part->info.rejects = 0;
        part->dirty = true;
    }
    auto select = impl.connection->prepare("SELECT id, data FROM chunks ORDER BY id");
    if (!select) return undo(select.error());
    EventFacts facts;
    std::uint64_t done = 0;
    std::uint64_t told = 0;
    while (true) {
        auto row = select->step();
        if (!row) return undo(row.error());
        if (!*row) break;
        const EventId first(static_cast<std::uint64_t>(select->integer(0)));
        const auto chunk = Chunk::decode(first.offset(), select->blob(1));
        const auto part = impl.parts.find(first.part().value);
        if (chunk == nullptr || part == impl.parts.end())
            return undo({"cannot decode anew", "a chunk of the log is damaged", "read the source into a new workspace",
                         Error::Kind::BadInput});
        for (std::size_t i = 0; i < chunk->size(); ++i) {
            const RawRecord record = chunk->record(i);
            facts.clear();
            decode(first.part(), record, std::span(chunk->headers(record), record.headerCount), facts);
            if (auto noted = impl.note(part->second->info, record, facts); !noted) {
                Error error = noted.error();
                impl.broken.reset();
                return undo(std::move(error));
            }
        }
        done += chunk->size();
        if (impl.pending.size() >= kPostingsARun) {
            ++impl.totals.generation;
            if (auto flushed = impl.flushPostings(); !flushed) {
                Error error = flushed.error();
                impl.broken.reset();
                return undo(std::move(error));
            }
        }
        if (impl.density.added() >= kPostingsARun) {
            if (auto saved = impl.density.save(*impl.connection, impl.totals); !saved) return undo(saved.error());
        }
        if (done - told >= kProgressEvery) {
            told = done;
            if (!progress(done))
                return undo({"decoding anew was stopped", "nothing has been changed", {}, Error::Kind::Cancelled});
        }
    }
    for (const auto& [name, value] : settings) setSetting(name, value);
    impl.changed = true;
    auto committed = commit();
    if (committed) progress(done);
    return committed;
}

}  // namespace hindcast::store
