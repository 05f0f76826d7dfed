#include "core/ingest/topic_decoders.h"

namespace hindcast::ingest {

namespace {

constexpr std::size_t kSamples = 300;

}  // namespace

TopicDecoders::TopicDecoders(SavedMappings saved, const std::vector<decode::Mapping>& given,
                             const std::vector<decode::Mapping>& proposals)
    : saved_(std::move(saved))
{
    std::vector<decode::Mapping> all = given;
    for (decode::Mapping& old : saved_.mappings) {
        bool replaced = false;
        for (const decode::Mapping& mapping : given) replaced = replaced || mapping.topic == old.topic;
        if (!replaced) all.push_back(std::move(old));
    }
    changed_ = !given.empty();
    for (const decode::Mapping& mapping : proposals) {
        if (decode::mappingFor(all, mapping.topic) != nullptr) continue;
        all.push_back(mapping);
        changed_ = true;
    }
    saved_.mappings = std::move(all);
}

decode::Decoder* TopicDecoders::find(const std::string& topic)
{
    const auto at = decoders_.find(topic);
    return at == decoders_.end() ? nullptr : at->second.get();
}

decode::Decoder& TopicDecoders::make(const std::string& topic, const std::deque<Delivery>& waiting,
                                     std::vector<std::string>& notices)
{
    const decode::Mapping* mapping = decode::mappingFor(saved_.mappings, topic);
    decode::Mapping guessed;
    if (mapping == nullptr) {
        std::vector<RawRecord> samples;
        std::vector<Header> headers;
        for (const auto& [batch, streams] : waiting) {
            for (const RawRecord& record : batch.records) {
                if (samples.size() >= kSamples) break;
                if ((*batch.streams)[record.stream].topic != topic || !record.defect.empty()) continue;
                RawRecord& sample = samples.emplace_back(record);
                sample.firstHeader = static_cast<std::uint32_t>(headers.size());
                headers.insert(headers.end(), batch.headers.begin() + record.firstHeader,
                               batch.headers.begin() + record.firstHeader + record.headerCount);
            }
        }
        decode::Guess guess = decode::guessMapping(topic, samples, headers);
        std::string notice = topic + ": mapping guessed from " + std::to_string(samples.size()) + " records";
        for (const std::string& reason : guess.reasons) notice += "; " + reason;
        notices.push_back(std::move(notice));
        guessed = std::move(guess.mapping);
        mapping = &guessed;
        saved_.mappings.push_back(guessed);
        changed_ = true;
    }
    auto& decoder = decoders_[topic];
    decoder = std::make_unique<decode::Decoder>(*mapping, topic);
    if (const auto table = saved_.tables.find(topic); table != saved_.tables.end()) decoder->setTable(table->second);
    return *decoder;
}

void TopicDecoders::save(store::Writer& writer)
{
    bool tablesChanged = false;
    for (const auto& [topic, decoder] : decoders_) {
        const auto& table = decoder->table();
        if (table.category.empty()) continue;
        auto& known = saved_.tables[topic];
        if (known.category == table.category && known.server == table.server) continue;
        known = table;
        tablesChanged = true;
    }
    if (tablesChanged) writer.setSetting("tables", tablesToJson(saved_.tables));
    if (!changed_) return;
    Json mappings = Json::array();
    for (const decode::Mapping& mapping : saved_.mappings) mappings.push_back(decode::toJson(mapping));
    writer.setSetting("mappings", mappings);
    changed_ = false;
}

}  // namespace hindcast::ingest
