#pragma once
#include "core/event/kept_bytes.h"
#include "core/event/payload_source.h"
#include "core/model/reducer.h"
#include "core/replay/bare_histories.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::replay {

/// An event as a sweep hands it out, in the order of its entity's history. Views live during the visit.
struct SweptEvent {
    const HistoryEvent& event;
    Version version;
    std::string_view payload;  ///< JSON text, followed by at least 64 readable bytes; empty: none
    // Only where the sweep was asked for records:
    std::optional<std::string_view> key;
    std::span<const Header> headers;
};

/// Some entities with their histories, and their events to be walked through. Of a usual batch all payloads are held in memory, so
/// that every chunk of the log was opened once for all of them; a long life is a batch of its own and is read as it is walked.
/// Threads: the one that it was handed to.
class SweepBatch {
public:
    SweepBatch(store::Reader& reader, PayloadSource& payloads, bool withRecords, std::stop_token stop);

    [[nodiscard]] std::size_t size() const { return histories_.size(); }
    [[nodiscard]] const BareHistory& history(std::size_t entity) const { return histories_[entity]; }
    /// Whether payloads are in memory: a second walk costs no reading then, and event() may be asked.
    [[nodiscard]] bool held() const { return held_; }
    /// REQUIRES: held(), 1 ≤ version ≤ history(entity).last().
    [[nodiscard]] SweptEvent event(std::size_t entity, Version version) const;
    [[nodiscard]] std::string_view typeName(TypeId id) const;

    /// Visits the events after version `after`, in order; the visit returns false to stop. May be called again and again.
    using Visit = std::function<Result<bool>(const SweptEvent&)>;
    [[nodiscard]] Result<void> walk(std::size_t entity, Version after, const Visit& visit);

    [[nodiscard]] model::Input input(std::size_t entity, const SweptEvent& swept) const
    {
        const BareHistory& of = histories_[entity];
        return {.id = swept.event.id,
                .version = swept.version,
                .category = of.key.category,
                .entity = of.key.id,
                .type = typeName(swept.event.type),
                .kind = swept.event.kind,
                .time = swept.event.time,
                .payload = swept.payload};
    }
    [[nodiscard]] const std::stop_token& stop() const { return stop_; }

    // For who makes batches:

    /// Takes these histories and reads their payloads into memory. False: they would take more than `most` bytes; nothing is held.
    [[nodiscard]] Result<bool> hold(std::vector<BareHistory> histories, std::size_t most);
    /// Takes one history, to be read as it is walked.
    void stream(BareHistory history);
    /// Gives the histories back.
    [[nodiscard]] std::vector<BareHistory> release();
    /// Called with the number of events that were walked since the last call, each event counted once.
    std::function<void(std::uint64_t)> onWalked;
    /// Events that onWalked has told of.
    [[nodiscard]] std::uint64_t walked() const { return walked_; }

private:
    struct Slot {
        const char* payload = nullptr;
        std::uint32_t size = 0;
        std::uint32_t record = 0;  ///< into records_, where they are wanted
    };
    struct Kept {
        std::optional<std::string_view> key;
        std::uint32_t firstHeader = 0;
        std::uint32_t headerCount = 0;
    };
    void noteWalked(std::size_t entity, std::uint64_t version);

    store::Reader& reader_;
    PayloadSource& payloads_;
    bool withRecords_;
    std::stop_token stop_;
    std::vector<BareHistory> histories_;
    bool held_ = false;
    std::vector<std::size_t> firstSlot_;  ///< of each entity
    std::vector<Slot> slots_;
    std::vector<Kept> records_;
    std::vector<Header> headers_;
    KeptBytes bytes_{KeptBytes::kLarge, KeptBytes::kJsonPadding};
    std::vector<std::uint64_t> reached_;  ///< by entity: the version that a walk has come to
    std::uint64_t walked_ = 0;
    std::uint64_t untold_ = 0;
    std::uint64_t sinceStop_ = 0;  ///< events visited
    mutable std::vector<std::optional<std::string>> typeNames_;
};

}  // namespace hindcast::replay
