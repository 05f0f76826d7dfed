#include "core/ingest/decoders.h"

namespace hindcast::ingest {

namespace {

class DecodedPayloads final : public PayloadSource {
public:
    explicit DecodedPayloads(std::shared_ptr<Decoders> decoders) : decoders_(std::move(decoders)) {}

    std::string_view payload(EventId id, const RawRecord& record, std::span<const Header> headers) override
    {
        decode::Decoder* decoder = decoders_->of(id.part());
        return decoder == nullptr ? std::string_view{} : decoder->payload(record, headers);
    }

private:
    std::shared_ptr<Decoders> decoders_;
};

}  // namespace

std::unique_ptr<PayloadSource> payloadsOf(std::shared_ptr<Decoders> decoders)
{
    return std::make_unique<DecodedPayloads>(std::move(decoders));
}

Result<SavedMappings> loadMappings(store::Reader& reader)
{
    SavedMappings saved;
    auto mappings = reader.setting("mappings");
    if (!mappings) return std::unexpected(mappings.error());
    if (*mappings) {
        auto read = decode::mappingsFromJson(**mappings);
        if (!read) return std::unexpected(read.error());
        saved.mappings = std::move(*read);
    }
    auto tables = reader.setting("tables");
    if (!tables) return std::unexpected(tables.error());
    if (*tables && (*tables)->is_object())
        for (const auto& [topic, table] : (*tables)->items()) {
            const auto text = [&table = table](const char* name) {
                const auto at = table.find(name);
                return at != table.end() && at->is_string() ? at->template get<std::string>() : std::string();
            };
            saved.tables[topic] = {text("server"), text("category")};
        }
    return saved;
}

Json tablesToJson(const std::map<std::string, decode::Decoder::Table, std::less<>>& tables)
{
    Json json = Json::object();
    for (const auto& [topic, table] : tables) {
        Json each = Json::object();
        each["server"] = table.server;
        each["category"] = table.category;
        json[topic] = std::move(each);
    }
    return json;
}

Result<void> Decoders::refresh(store::Reader& reader)
{
    auto parts = reader.parts();
    if (!parts) return std::unexpected(parts.error());
    for (const store::Part& part : *parts) topics_.try_emplace(part.id.value, part.topic);
    return {};
}

decode::Decoder* Decoders::of(PartId part)
{
    if (const auto known = byPart_.find(part.value); known != byPart_.end()) return known->second;
    const auto topic = topics_.find(part.value);
    if (topic == topics_.end()) return nullptr;
    auto& decoder = decoders_[topic->second];
    if (decoder == nullptr) {
        decode::Mapping plain;
        plain.topic = topic->second;
        const decode::Mapping* mapping = decode::mappingFor(saved_.mappings, topic->second);
        decoder = std::make_unique<decode::Decoder>(mapping != nullptr ? *mapping : plain, topic->second);
        if (const auto table = saved_.tables.find(topic->second); table != saved_.tables.end()) decoder->setTable(table->second);
    }
    byPart_[part.value] = decoder.get();
    return decoder.get();
}

Result<std::optional<Event>> describeEvent(store::Reader& reader, Decoders& decoders, EventId id)
{
    auto record = reader.record(id);
    if (!record) return std::unexpected(record.error());
    if (!*record) return std::optional<Event>{};
    if (decoders.of(id.part()) == nullptr)
        if (auto done = decoders.refresh(reader); !done) return std::unexpected(done.error());
    decode::Decoder* decoder = decoders.of(id.part());
    if (decoder == nullptr) return std::optional<Event>{};
    Event event = decode::describe(*decoder, (*record)->record, (*record)->headers);
    event.id = id;
    if (auto position = reader.position(id)) event.position = std::move(*position);
    return event;
}

}  // namespace hindcast::ingest
