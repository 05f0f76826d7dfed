#include "ui/session/sample_view.h"

#include "core/decode/decoder.h"

#include <span>

namespace hindcast::ui {

std::vector<SampleView> viewsOf(const RecordBatch& samples, const std::string& topic, const decode::Mapping& mapping)
{
    decode::Decoder decoder(mapping, topic);
    std::vector<SampleView> views;
    views.reserve(samples.records.size());
    for (const RawRecord& record : samples.records) {
        const auto first = samples.headers.begin() + static_cast<std::ptrdiff_t>(record.firstHeader);
        SampleView view;
        view.event = decode::describe(decoder, record, std::span<const Header>(first, record.headerCount));
        view.event.position.topic = topic;
        view.event.position.offset = record.offset;
        if (samples.streams && record.stream < samples.streams->size())
            view.event.position.partition = (*samples.streams)[record.stream].partition;
        views.push_back(std::move(view));
    }
    return views;
}

}  // namespace hindcast::ui
