#include "ui/session/payloads.h"

namespace hindcast::ui {

namespace {

class DecodedPayloads final : public replay::PayloadSource {
public:
    explicit DecodedPayloads(std::shared_ptr<PartDecoders> decoders) : decoders_(std::move(decoders)) {}

    std::string_view payload(EventId id, const RawRecord& record, std::span<const Header> headers) override
    {
        decode::Decoder* decoder = decoders_->of(id.part());
        if (!decoder) return {};
        facts_.clear();
        decoder->decode(record, headers, facts_);
        return facts_.reject.empty() ? facts_.payload : std::string_view{};
    }

private:
    std::shared_ptr<PartDecoders> decoders_;
    EventFacts facts_;
};

}  // namespace

PartDecoders::PartDecoders(std::vector<store::Part> parts, std::vector<decode::Mapping> mappings) : mappings_(std::move(mappings))
{
    addParts(std::move(parts));
}

void PartDecoders::addParts(std::vector<store::Part> parts)
{
    for (store::Part& part : parts) topics_.emplace(part.id, std::move(part.topic));
}

decode::Decoder* PartDecoders::of(PartId part)
{
    const auto topic = topics_.find(part);
    if (topic == topics_.end()) return nullptr;
    std::unique_ptr<decode::Decoder>& decoder = decoders_[topic->second];
    if (!decoder) {
        const decode::Mapping* mapping = decode::mappingFor(mappings_, topic->second);
        decode::Mapping none;
        none.topic = topic->second;
        decoder = std::make_unique<decode::Decoder>(mapping ? *mapping : none, topic->second);
    }
    return decoder.get();
}

std::unique_ptr<replay::PayloadSource> payloadsOf(std::shared_ptr<PartDecoders> decoders)
{
    return std::make_unique<DecodedPayloads>(std::move(decoders));
}

}  // namespace hindcast::ui
