#include "ui/session/sample_view.h"

#include "core/decode/decoder.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

namespace hindcast::ui {

namespace {

/// What a mapping takes from places in a record, each once: a constant and the topic are always there, a state is not the record's.
std::vector<decode::FieldSource> placesOf(const decode::Mapping& mapping)
{
    std::vector<decode::FieldSource> out;
    const auto add = [&](const decode::FieldSource& source) {
        using From = decode::FieldSource::From;
        if (source.from != From::Key && source.from != From::Value && source.from != From::Header) return;
        if (std::ranges::find(out, source) == out.end()) out.push_back(source);
    };
    const auto addAny = [&](const std::optional<decode::FieldSource>& source) {
        if (source) add(*source);
    };
    for (const decode::EntityRule& rule : mapping.entities) {
        for (const decode::FieldSource& part : rule.id) add(part);
        addAny(rule.category);
    }
    addAny(mapping.type);
    if (mapping.time) add(mapping.time->source);
    addAny(mapping.name);
    addAny(mapping.version);
    addAny(mapping.correlation);
    addAny(mapping.causation);
    return out;
}

/// Tells of one place whether records have anything there: the decoder itself says so, by a mapping of nothing else.
class PlaceSearch {
public:
    PlaceSearch(const decode::Mapping& mapping, const std::string& topic, decode::FieldSource place)
        : place_(std::move(place)), decoder_(only(mapping, place_), topic)
    {
    }

    [[nodiscard]] const decode::FieldSource& place() const { return place_; }
    [[nodiscard]] bool finds(const RawRecord& record, std::span<const Header> headers)
    {
        decoder_.decode(record, headers, facts_);
        return !facts_.correlation.empty();
    }

private:
    static decode::Mapping only(const decode::Mapping& mapping, const decode::FieldSource& place)
    {
        decode::Mapping out;
        out.topic = mapping.topic;
        out.envelope = mapping.envelope;
        out.format = mapping.format;
        out.correlation = place;
        return out;
    }

    decode::FieldSource place_;
    decode::Decoder decoder_;
    EventFacts facts_;
};

bool isSearched(const Event& event)
{
    return event.reject.empty() && event.kind != EventKind::Tombstone && event.decodedAs.find("Debezium") == std::string::npos;
}

}  // namespace

std::vector<SampleView> viewsOf(const RecordBatch& samples, const std::string& topic, const decode::Mapping& mapping)
{
    decode::Decoder decoder(mapping, topic);
    std::vector<SampleView> views;
    views.reserve(samples.records.size());
    std::vector<PlaceSearch> searches;
    for (decode::FieldSource& place : placesOf(mapping)) searches.emplace_back(mapping, topic, std::move(place));
    for (const RawRecord& record : samples.records) {
        const auto first = samples.headers.begin() + static_cast<std::ptrdiff_t>(record.firstHeader);
        SampleView view;
        const std::span<const Header> headers(first, record.headerCount);
        view.event = decode::describe(decoder, record, headers);
        view.searched = isSearched(view.event);
        for (PlaceSearch& search : searches)
            if (view.searched && !search.finds(record, headers)) view.absent.push_back(search.place());
        view.event.position.topic = topic;
        view.event.position.offset = record.offset;
        if (samples.streams && record.stream < samples.streams->size())
            view.event.position.partition = (*samples.streams)[record.stream].partition;
        views.push_back(std::move(view));
    }
    return views;
}

}  // namespace hindcast::ui
