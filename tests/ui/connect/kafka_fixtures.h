#pragma once
#include "core/decode/guess.h"
#include "core/source/kafka.h"
#include "tests/ui/fixtures.h"
#include "tests/ui/session/workspace_files.h"
#include "ui/session/sample_view.h"

#include <vector>

namespace hindcast::ui::test {

using decode::FieldSource;

inline source::TopicInfo topic(const char* name, int partitions, std::optional<std::uint64_t> records, bool compacted,
                               std::optional<std::string> retention)
{
    source::TopicInfo out;
    out.name = name;
    out.partitions = partitions;
    out.records = records;
    out.compacted = compacted;
    out.retention = std::move(retention);
    out.internal = out.name.starts_with("__");
    return out;
}

inline source::ClusterInfo cluster()
{
    source::ClusterInfo out;
    out.clusterId = "8UIjTq7OQn2nbdRUHc9Zkg";
    out.brokers = {"kafka-1:9094", "kafka-2:9094", "kafka-3:9094"};
    out.topics = {topic("payments", 24, 310'000'000, false, "delete · 30 d"),
                  topic("orders", 12, 48'211'000, false, "delete · 7 d"),
                  topic("inventory.public.users", 6, 1'900'000, true, "compact"),
                  topic("inventory.public.orders", 6, 12'000'000, true, "compact"),
                  topic("inventory.transaction", 1, 3'100'000, false, "delete"),
                  topic("audit", 3, std::nullopt, false, std::nullopt),
                  topic("__consumer_offsets", 50, 1000, true, "compact")};
    return out;
}

inline SampleView sample(const char* id, const char* type, const char* time, const char* payload)
{
    SampleView out;
    out.event.entities = {{"user", id}};
    out.event.type = type;
    out.event.time = test::at(time);
    out.event.wire = Wire::Json;
    out.event.decodedAs = "JSON";
    out.event.payload = payload;
    out.event.value = payload;
    out.event.headers = {{"ce_type", "x"}};
    return out;
}

inline std::vector<SampleView> samples()
{
    std::vector<SampleView> out{
        sample("user-123", "OrderPlaced", "2025-11-04T09:01:10.402Z",
               R"({"event_type":"OrderPlaced","order_id":"8840","total":42.00,"timestamp":"2025-11-04T09:01:10.402Z"})"),
        sample("user-123", "AddressChanged", "2025-11-04T09:14:22.118Z",
               R"({"event_type":"AddressChanged","new_address":"456 Oak Ave","timestamp":"2025-11-04T09:14:22.118Z"})"),
        sample("user-77", "UserRegistered", "2025-11-04T09:14:22.201Z",
               R"({"event_type":"UserRegistered","name":"Bob","timestamp":"2025-11-04T09:14:22.201Z"})"),
        sample("user-9", "tombstone", "2025-11-04T09:15:00.010Z", ""), sample("user-9", "", "2025-11-04T09:15:03.555Z", "")};
    out[3].event.value.reset();
    out[3].event.payload.clear();
    out[3].event.decodedAs.clear();
    out[4].event.value = "{\"event_type\":";
    out[4].event.payload.clear();
    out[4].event.entities.clear();
    out[4].event.reject = "unexpected end at byte 211";
    return out;
}

inline decode::Guess guess()
{
    decode::Guess out;
    out.mapping.topic = "orders";
    decode::EntityRule rule;
    rule.category = FieldSource{FieldSource::From::Const, {}, {}, "user", {}, 0, {}};
    rule.id = {FieldSource{FieldSource::From::Key, {}, {}, {}, {}, 0, {}}};
    out.mapping.entities = {rule};
    out.mapping.type = fromValue("/event_type");
    out.mapping.time = decode::TimeRule{fromValue("/timestamp"), TimeUnit::Iso, 0};
    out.reasons = {"entity: the message key, 38 ids in 200 records", "type: /event_type, 4 values in 200 records",
                   "time: /timestamp, ISO 8601 in all of them"};
    return out;
}

}  // namespace hindcast::ui::test
