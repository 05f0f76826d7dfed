#pragma once
#include "core/expression/expression.h"
#include "core/replay/history.h"
#include "core/store/reader.h"

#include <span>
#include <string>

namespace hindcast::test {

/// What an expression's names mean at one event of a life, read one by one from the store. `history` must outlive it.
class FactsAt {
public:
    FactsAt(store::Reader& reader, const replay::History& history, Version version)
        : key_(history.key),
          version_(version),
          event_(history.events[version.value - 1]),
          record_(**reader.record(event_.id)),
          position_(*reader.position(event_.id)),
          type_(reader.typeName(event_.type)),
          payload_(record_.record.value.value_or(""))
    {
        payload_.reserve(payload_.size() + 64);
    }
    /// With these values at the paths that it looks at, after the event and before it.
    [[nodiscard]] expression::Facts with(std::span<const Json* const> state, std::span<const Json* const> previous) const
    {
        return {.category = key_.category,
                .id = key_.id,
                .version = version_,
                .type = type_,
                .time = event_.time,
                .topic = position_.topic,
                .partition = position_.partition,
                .offset = position_.offset,
                .key = record_.record.key,
                .headers = record_.headers,
                .payload = payload_,
                .state = state,
                .previous = previous};
    }

private:
    const EntityKey& key_;
    Version version_;
    const replay::HistoryEvent& event_;
    store::StoredRecord record_;
    Position position_;
    std::string type_;
    std::string payload_;
};

}  // namespace hindcast::test
