#include "ui/session/kafka_positions.h"

namespace hindcast::ui {

std::map<std::string, std::vector<source::Resume>> kafkaPositions(const std::vector<store::Source>& sources,
                                                                  const std::vector<store::Part>& parts)
{
    std::map<std::string, std::vector<source::Resume>> out;
    for (const store::Source& source : sources) {
        if (source.kind != source::nameOf(source::Kind::Kafka)) continue;
        std::map<SourceStream, const store::Part*> newest;
        for (const store::Part& part : parts) {
            if (part.source != source.id || part.read.empty()) continue;
            const store::Part*& held = newest[{part.topic, part.partition}];
            if (held == nullptr || held->epoch < part.epoch) held = &part;
        }
        for (const auto& [stream, part] : newest) out[source.identity].push_back({stream, part->read.back().to});
    }
    return out;
}

}  // namespace hindcast::ui
