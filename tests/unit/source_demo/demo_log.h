#pragma once
#include "core/event/json.h"
#include "core/event/pointer.h"
#include "core/source/demo.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

/// One record of the demo with its bytes copied out.
struct DemoRecord {
    std::string topic;
    int partition = 0;
    std::int64_t offset = 0;
    std::int64_t brokerMs = 0;
    std::string key;
    std::optional<std::string> value;
    std::map<std::string, std::string> headers;

    bool operator==(const DemoRecord&) const = default;

    /// The payload; discarded where there is none or where it is no JSON.
    [[nodiscard]] hindcast::Json payload() const
    {
        if (!value) return hindcast::Json(hindcast::Json::value_t::discarded);
        auto parsed = hindcast::parseJson(*value);
        return parsed ? *parsed : hindcast::Json(hindcast::Json::value_t::discarded);
    }
    [[nodiscard]] bool isDatabase() const { return topic.starts_with("shop.") || topic.starts_with("__"); }
};

/// The text of a member of an object, "" where there is none.
inline std::string textAt(const hindcast::Json& json, const char* pointer)
{
    const auto parsed = hindcast::Pointer::parse(pointer);
    const hindcast::Json* at = parsed ? hindcast::valueAt(json, *parsed) : nullptr;
    return at != nullptr && at->is_string() ? at->get<std::string>() : std::string();
}

inline std::string numberAt(const hindcast::Json& json, const char* pointer)
{
    const auto parsed = hindcast::Pointer::parse(pointer);
    const hindcast::Json* at = parsed ? hindcast::valueAt(json, *parsed) : nullptr;
    return at != nullptr && hindcast::isNumber(*at) ? hindcast::numberText(*at) : std::string();
}

inline std::vector<DemoRecord> readAll(hindcast::source::Source& source)
{
    std::vector<DemoRecord> records;
    while (!source.finished()) {
        const auto batch = source.next(std::chrono::milliseconds(0));
        if (!batch) break;
        for (const hindcast::RawRecord& raw : batch->records) {
            DemoRecord record;
            record.topic = (*batch->streams)[raw.stream].topic;
            record.partition = (*batch->streams)[raw.stream].partition.value;
            record.offset = raw.offset.value;
            record.brokerMs = raw.timestamp.milliseconds();
            record.key = std::string(raw.key.value_or(""));
            if (raw.value) record.value = std::string(*raw.value);
            for (std::uint32_t i = 0; i < raw.headerCount; ++i) {
                const hindcast::Header& header = batch->headers[raw.firstHeader + i];
                record.headers[std::string(header.name)] = std::string(header.value.value_or(""));
            }
            records.push_back(std::move(record));
        }
    }
    return records;
}

inline std::vector<DemoRecord> readDemo(hindcast::source::DemoOptions options,
                                        const std::vector<hindcast::source::Resume>& resume = {})
{
    const auto source = hindcast::source::makeDemoSource(options);
    if (!source->open(resume)) return {};
    return readAll(*source);
}
