#include "core/store/reader.h"

#include "core/store/reader_impl.h"
#include "core/store/writer_impl.h"

#include <utility>

namespace hindcast::store {

namespace {

// Without memory mapping: a file that somebody cuts short under an open window must be an error, and no SIGBUS. Only the long reads
// of a first replay take that risk for their moment (reader_records.cpp).
constexpr const char* kReaderPragmas = "PRAGMA cache_size = -4096";

}  // namespace

Reader::Reader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Reader::~Reader() = default;

Result<std::unique_ptr<Reader::Impl>> Reader::Impl::open(const std::string& path)
{
    auto connection = Connection::open(path, Connection::Access::Read);
    if (!connection) return std::unexpected(connection.error());
    auto impl = std::make_unique<Impl>();
    impl->connection = std::move(*connection);
    if (auto done = impl->connection->execute(kReaderPragmas); !done) return std::unexpected(done.error());
    auto postings = PostingReader::create(*impl->connection);
    if (!postings) return std::unexpected(postings.error());
    impl->postings = std::move(*postings);
    auto chunks = ChunkCache::create(*impl->connection);
    if (!chunks) return std::unexpected(chunks.error());
    impl->chunks = std::move(*chunks);
    for (auto [into, sql] : {std::pair{&impl->entityById, "SELECT category, key FROM entities WHERE id = ?1"},
                             std::pair{&impl->entityByHash, "SELECT id FROM entities WHERE low = ?1 AND high = ?2"},
                             std::pair{&impl->generation_, "SELECT value FROM meta WHERE name = 'generation'"}}) {
        auto statement = impl->connection->prepare(sql);
        if (!statement) return std::unexpected(statement.error());
        *into = std::move(*statement);
    }
    return impl;
}

Result<std::int64_t> Reader::Impl::generation()
{
    auto row = generation_.step();
    if (!row) return std::unexpected(row.error());
    const std::int64_t value = *row ? generation_.integer(0) : 0;
    generation_.reset();
    return value;
}

Result<Counts> Reader::counts()
{
    auto known = loadTotals(*impl_->connection);
    if (!known) return std::unexpected(known.error());
    const Totals& totals = *known;
    Counts counts;
    counts.records = static_cast<std::uint64_t>(totals.records);
    counts.events = static_cast<std::uint64_t>(totals.events);
    counts.entities = static_cast<std::uint64_t>(totals.entities);
    counts.rejects = static_cast<std::uint64_t>(totals.rejects);
    counts.withoutEntity = static_cast<std::uint64_t>(totals.withoutEntity);
    counts.payloadBytes = static_cast<std::uint64_t>(totals.payloadBytes);
    counts.generation = static_cast<std::uint64_t>(totals.generation);
    auto bytes = impl_->connection->databaseBytes();
    if (!bytes) return std::unexpected(bytes.error());
    counts.fileBytes = *bytes;
    if (totals.firstTime != 0) {
        counts.firstTime = Timestamp{totals.firstTime};
        counts.lastTime = Timestamp{totals.lastTime};
    }
    return counts;
}

Result<std::optional<Json>> Reader::setting(std::string_view name)
{
    auto select = impl_->connection->prepare("SELECT value FROM settings WHERE name = ?1");
    if (!select) return std::unexpected(select.error());
    auto row = select->bind(1, name).step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::optional<Json>{};
    auto json = parseJson(select->text(0));
    if (!json)
        return fail("cannot read the setting " + std::string(name) + " of " + impl_->connection->path(), json.error().message, {},
                    Error::Kind::BadInput);
    return std::move(*json);
}

Result<std::vector<Notice>> Reader::notices()
{
    std::vector<Notice> notices;
    auto done = query(*impl_->connection, "SELECT time, text FROM notices ORDER BY id",
                      [&](const Statement& row) { notices.push_back({Timestamp{row.integer(0)}, std::string(row.text(1))}); });
    if (!done) return std::unexpected(done.error());
    return notices;
}

}  // namespace hindcast::store
