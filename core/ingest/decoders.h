#pragma once
#include "core/decode/decoder.h"
#include "core/event/payload_source.h"
#include "core/store/reader.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace hindcast::ingest {

/// What a workspace was read with, as its settings keep it.
struct SavedMappings {
    std::vector<decode::Mapping> mappings;
    std::map<std::string, decode::Decoder::Table, std::less<>> tables;  ///< by topic
};
[[nodiscard]] Result<SavedMappings> loadMappings(store::Reader& reader);
[[nodiscard]] Json tablesToJson(const std::map<std::string, decode::Decoder::Table, std::less<>>& tables);

/// The decoders of a workspace's stored records: one a topic, made when first asked for. One thread.
class Decoders {
public:
    explicit Decoders(SavedMappings saved) : saved_(std::move(saved)) {}

    /// Learns the parts that have come since. Cheap where there are none.
    [[nodiscard]] Result<void> refresh(store::Reader& reader);
    /// Null for a part that refresh() has not seen.
    [[nodiscard]] decode::Decoder* of(PartId part);
    [[nodiscard]] const SavedMappings& saved() const { return saved_; }

private:
    SavedMappings saved_;
    std::map<std::uint32_t, std::string> topics_;
    std::map<std::string, std::unique_ptr<decode::Decoder>, std::less<>> decoders_;
    std::map<std::uint32_t, decode::Decoder*> byPart_;
};

/// The JSON payloads of stored records, for replay.
[[nodiscard]] std::unique_ptr<PayloadSource> payloadsOf(std::shared_ptr<Decoders> decoders);

/// The whole story of a stored event, position and reject reason filled in. Empty where nothing is stored there.
[[nodiscard]] Result<std::optional<Event>> describeEvent(store::Reader& reader, Decoders& decoders, EventId id);

}  // namespace hindcast::ingest
