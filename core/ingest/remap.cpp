#include "core/ingest/decoders.h"
#include "core/ingest/ingest.h"

#include <algorithm>

namespace hindcast::ingest {

// Decoding anew what is stored.

Result<void> remap(store::Store& store, const std::vector<decode::Mapping>& given, std::stop_token stop,
                   const std::function<void(std::uint64_t done, std::uint64_t total)>& onProgress)
{
    auto reader = store.reader();
    if (!reader) return std::unexpected(reader.error());
    auto counts = (*reader)->counts();
    if (!counts) return std::unexpected(counts.error());
    auto saved = loadMappings(**reader);
    if (!saved) return std::unexpected(saved.error());
    std::vector<decode::Mapping> mappings = given;
    for (const decode::Mapping& old : saved->mappings)
        if (std::ranges::find(given, old.topic, &decode::Mapping::topic) == given.end()) mappings.push_back(old);
    auto writer = store.writer();
    if (!writer) return std::unexpected(writer.error());
    Json json = Json::array();
    for (const decode::Mapping& mapping : mappings) json.push_back(decode::toJson(mapping));
    // What is saved must be readable again: a mapping that was put together by hand may say what no file can.
    if (auto readable = decode::mappingsFromJson(json); !readable) return std::unexpected(readable.error());
    Decoders decoders({mappings, saved->tables});
    if (auto done = decoders.refresh(**reader); !done) return done;
    return (*writer)->remap(
        [&](PartId part, const RawRecord& record, std::span<const Header> headers, EventFacts& facts) {
            if (decode::Decoder* decoder = decoders.of(part)) decoder->decode(record, headers, facts);
        },
        [&](std::uint64_t done) {
            if (onProgress) onProgress(done, counts->records);
            return !stop.stop_requested();
        },
        {{"mappings", std::move(json)}});
}

Result<std::vector<decode::Mapping>> savedMappings(store::Reader& reader)
{
    auto saved = loadMappings(reader);
    if (!saved) return std::unexpected(saved.error());
    return std::move(saved->mappings);
}

}  // namespace hindcast::ingest
