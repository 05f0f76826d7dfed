#pragma once
#include "core/model/reducer.h"
#include "core/replay/feed.h"
#include "core/replay/replay.h"
#include "tests/unit/model/model_test.h"

#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace hindcast::test {

/// Records in memory, as a log and an index would hold them.
struct TestLog {
    struct Entry {
        std::string payload;
        EventKind kind = EventKind::Plain;
        TypeId type;
    };
    std::map<EventId, Entry> entries;
    std::vector<std::string> types{"Changed"};
    std::uint64_t read = 0;             // records handed out
    std::chrono::microseconds slow{0};  // what reading one takes

    EventId add(std::string payload, EventKind kind = EventKind::Plain, TypeId type = TypeId{0})
    {
        const EventId id(PartId{1}, Offset{static_cast<std::int64_t>(entries.size())});
        entries[id] = {std::move(payload), kind, type};
        return id;
    }
    [[nodiscard]] std::shared_ptr<replay::History> history() const
    {
        auto history = std::make_shared<replay::History>();
        history->key = {"user", "1"};
        for (const auto& [id, entry] : entries) {
            const Timestamp time = Timestamp::fromSeconds(id.offset().value);
            history->events.push_back({id, time, time, entry.type, entry.kind, true});
        }
        return history;
    }
};

class TestFeed final : public replay::RecordFeed {
public:
    explicit TestFeed(TestLog& log) : log_(log) {}
    Result<void> records(std::span<const EventId> ids, const store::Reader::Visit& visit) override
    {
        std::string buffer;
        for (const EventId id : ids) {
            const auto found = log_.entries.find(id);
            if (found == log_.entries.end()) continue;
            ++log_.read;
            if (log_.slow.count() > 0) std::this_thread::sleep_for(log_.slow);
            buffer = found->second.payload;
            buffer.reserve(buffer.size() + 64);
            RawRecord record;
            record.offset = id.offset();
            if (found->second.kind != EventKind::Tombstone) record.value = buffer;
            if (!visit(id, record, {})) break;
        }
        return {};
    }
    std::string typeName(TypeId id) override { return log_.types.at(id.value); }

private:
    TestLog& log_;
};

class TestPayloads final : public PayloadSource {
public:
    std::string_view payload(EventId, const RawRecord& record, std::span<const Header>) override
    {
        return record.value.value_or(std::string_view());
    }
};

inline replay::EntityReplay replayOf(TestLog& log, std::shared_ptr<const replay::History> history,
                                     std::unique_ptr<model::Reducer> reducer, std::size_t snapshotBytes = 64u << 20)
{
    return replay::EntityReplay(std::make_unique<TestFeed>(log), std::move(history), std::move(reducer),
                                std::make_unique<TestPayloads>(), snapshotBytes);
}

/// The states after 0, 1, 2, … events, folded without any cache.
inline std::vector<model::FoldState> naiveStates(const TestLog& log, const replay::History& history, model::Reducer& reducer)
{
    std::vector<model::FoldState> states(1);
    for (std::size_t i = 0; i < history.events.size(); ++i) {
        const replay::HistoryEvent& event = history.events[i];
        model::FoldState state = states.back();
        std::string payload = log.entries.at(event.id).payload;
        payload.reserve(payload.size() + 64);
        (void)reducer.evolve(state,
                             {.id = event.id,
                              .version = Version{i + 1},
                              .category = history.key.category,
                              .entity = history.key.id,
                              .type = log.types.at(event.type.value),
                              .kind = event.kind,
                              .time = event.time,
                              .payload = event.kind == EventKind::Tombstone ? std::string_view() : std::string_view(payload)},
                             nullptr);
        states.push_back(std::move(state));
    }
    return states;
}

}  // namespace hindcast::test
