#include "core/store/reader_impl.h"
#include "core/store/writer_impl.h"

#include <map>
#include <string_view>

namespace hindcast::store {

// What the workspace holds by name: sources, partitions, categories, types, and positions in words.

Result<void> Reader::Impl::refreshNames()
{
    auto now = generation();
    if (!now) return std::unexpected(now.error());
    if (*now == namesGeneration) return {};
    ReadScope scope(*connection);
    if (!scope.begun()) return scope.begun();
    sources.clear();
    parts.clear();
    partIndex.clear();
    categories.clear();
    types.clear();
    auto done = query(*connection, "SELECT id, kind, identity, name, detail FROM sources ORDER BY id", [&](const Statement& row) {
        sources.push_back({SourceId{static_cast<std::uint32_t>(row.integer(0))}, std::string(row.text(1)),
                           std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4))});
    });
    if (!done) return done;
    done = query(
        *connection,
        "SELECT id, source, topic, epoch, partition, log_start, compacted, start_reason, next, read, records, rejects FROM parts "
        "ORDER BY id",
        [&](const Statement& row) {
            parts.push_back(partFromRow(row));
            partIndex[parts.back().id.value] = parts.size() - 1;
        });
    if (!done) return done;
    done = query(*connection, "SELECT id, server, name, rows FROM categories ORDER BY id", [&](const Statement& row) {
        categories.push_back({CategoryId{static_cast<std::uint32_t>(row.integer(0))}, std::string(row.text(1)),
                              std::string(row.text(2)), std::string(row.text(2)), row.integer(3) != 0});
    });
    if (!done) return done;
    // Where two captures hold the same table, its name alone says nothing: the server's name comes before it.
    std::map<std::string_view, int> holders;
    for (const Category& category : categories) ++holders[category.name];
    for (Category& category : categories)
        if (holders[category.name] > 1 && !category.server.empty()) category.text = category.server + "." + category.name;
    done = query(*connection, "SELECT id, name, events FROM types ORDER BY id", [&](const Statement& row) {
        types.push_back({TypeId{static_cast<std::uint32_t>(row.integer(0))}, std::string(row.text(1)),
                         static_cast<std::uint64_t>(row.integer(2))});
    });
    if (!done) return done;
    namesGeneration = *now;
    return {};
}

Result<std::vector<Source>> Reader::sources()
{
    if (auto done = impl_->refreshNames(); !done) return std::unexpected(done.error());
    return impl_->sources;
}

Result<std::vector<Part>> Reader::parts()
{
    if (auto done = impl_->refreshNames(); !done) return std::unexpected(done.error());
    return impl_->parts;
}

Result<std::vector<Category>> Reader::categories()
{
    if (auto done = impl_->refreshNames(); !done) return std::unexpected(done.error());
    return impl_->categories;
}

Result<std::vector<TypeCount>> Reader::types()
{
    if (auto done = impl_->refreshNames(); !done) return std::unexpected(done.error());
    return impl_->types;
}

std::string Reader::typeName(TypeId id)
{
    if (id.value >= impl_->types.size() && !impl_->refreshNames()) return {};
    return id.value < impl_->types.size() ? impl_->types[id.value].name : std::string();
}

std::optional<Position> Reader::position(EventId id)
{
    if (!impl_->refreshNames()) return std::nullopt;
    const auto at = impl_->partIndex.find(id.part().value);
    if (at == impl_->partIndex.end()) return std::nullopt;
    const Part& part = impl_->parts[at->second];
    Position position{{}, part.topic, part.epoch, part.partition, id.offset()};
    for (const Source& source : impl_->sources)
        if (source.id == part.source) position.source = source.identity;
    return position;
}

std::optional<EventId> Reader::find(const Position& position)
{
    if (!impl_->refreshNames()) return std::nullopt;
    for (const Part& part : impl_->parts) {
        if (part.topic != position.topic || part.partition != position.partition || part.epoch != position.epoch) continue;
        for (const Source& source : impl_->sources)
            if (source.id == part.source && (source.identity == position.source || source.name == position.source))
                return EventId(part.id, position.offset);
    }
    return std::nullopt;
}

}  // namespace hindcast::store
