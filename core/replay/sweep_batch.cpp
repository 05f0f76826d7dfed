#include "core/replay/sweep_batch.h"

#include <algorithm>

namespace hindcast::replay {

namespace {

constexpr std::size_t kEventsPerStop = 4096;
constexpr std::uint64_t kEventsPerTell = 8192;
constexpr std::uint64_t kIdsAtOnce = 1u << 15;

std::unexpected<Error> cancelled() { return fail("the replay was stopped", "", "", Error::Kind::Cancelled); }

}  // namespace

SweepBatch::SweepBatch(store::Reader& reader, PayloadSource& payloads, bool withRecords, std::stop_token stop)
    : reader_(reader), payloads_(payloads), withRecords_(withRecords), stop_(std::move(stop))
{
}

SweptEvent SweepBatch::event(std::size_t entity, Version version) const
{
    const Slot& slot = slots_[firstSlot_[entity] + version.value - 1];
    SweptEvent swept{histories_[entity].events[version.value - 1], version, {slot.payload, slot.size}, std::nullopt, {}};
    if (withRecords_) {
        const Kept& kept = records_[slot.record];
        swept.key = kept.key;
        swept.headers = std::span(headers_).subspan(kept.firstHeader, kept.headerCount);
    }
    return swept;
}

std::string_view SweepBatch::typeName(TypeId id) const
{
    if (id.value >= typeNames_.size()) typeNames_.resize(id.value + std::size_t{1});
    auto& name = typeNames_[id.value];
    if (!name) name = reader_.typeName(id);
    return *name;
}

Result<void> SweepBatch::walk(std::size_t entity, Version after, const Visit& visit)
{
    const BareHistory& of = histories_[entity];
    if (held_) {
        for (std::uint64_t v = after.value + 1; v <= of.events.size(); ++v) {
            if (++sinceStop_ % kEventsPerStop == 0 && stop_.stop_requested()) return cancelled();
            auto goOn = visit(event(entity, Version{v}));
            if (!goOn) return std::unexpected(goOn.error());
            noteWalked(entity, v);
            if (!*goOn) break;
        }
        return {};
    }
    std::vector<EventId> ids;
    std::uint64_t version = after.value;
    Result<bool> goOn = true;
    while (goOn && *goOn && version < of.events.size()) {
        const std::uint64_t end = std::min<std::uint64_t>(of.events.size(), version + kIdsAtOnce);
        ids.clear();
        for (std::uint64_t v = version; v < end; ++v) ids.push_back(of.events[v].id);
        auto read = reader_.records(ids, [&](EventId id, const RawRecord& record, std::span<const Header> headers) {
            const HistoryEvent& event = of.events[version++];
            const SweptEvent swept{event, Version{version}, payloads_.payload(id, record, headers), record.key, headers};
            goOn = ++sinceStop_ % kEventsPerStop == 0 && stop_.stop_requested() ? Result<bool>(cancelled()) : visit(swept);
            noteWalked(entity, version);
            return goOn && *goOn;
        });
        if (!read) return read;
    }
    if (!goOn) return std::unexpected(goOn.error());
    return {};
}

Result<bool> SweepBatch::hold(std::vector<BareHistory> histories, std::size_t most)
{
    histories_ = std::move(histories);
    reached_.assign(histories_.size(), 0);
    // Where each record goes: by id, as the log is read; an event of two entities has two places.
    struct Place {
        EventId id;
        std::uint32_t slot;
    };
    std::vector<Place> places;
    for (const BareHistory& each : histories_) {
        firstSlot_.push_back(places.size());
        for (const HistoryEvent& event : each.events) places.push_back({event.id, static_cast<std::uint32_t>(places.size())});
    }
    slots_.resize(places.size());
    std::ranges::sort(places, {}, &Place::id);
    std::vector<EventId> ids;
    ids.reserve(places.size());
    for (const Place& place : places)
        if (ids.empty() || ids.back() != place.id) ids.push_back(place.id);

    enum class End { None, TooMuch, Stopped } end = End::None;
    std::size_t at = 0;
    std::size_t read = 0;
    auto done = reader_.records(ids, [&](EventId id, const RawRecord& record, std::span<const Header> headers) {
        Slot slot;
        const std::string_view payload = bytes_.keep(payloads_.payload(id, record, headers));
        slot.payload = payload.data();
        slot.size = static_cast<std::uint32_t>(payload.size());
        if (withRecords_) {
            slot.record = static_cast<std::uint32_t>(records_.size());
            Kept& kept = records_.emplace_back();
            if (record.key) kept.key = bytes_.keep(*record.key);
            kept.firstHeader = static_cast<std::uint32_t>(headers_.size());
            kept.headerCount = static_cast<std::uint32_t>(headers.size());
            for (const Header& header : headers) {
                Header& copy = headers_.emplace_back();
                copy.name = bytes_.keep(header.name);
                if (header.value) copy.value = bytes_.keep(*header.value);
            }
        }
        for (; at < places.size() && places[at].id == id; ++at) slots_[places[at].slot] = slot;
        if (bytes_.bytes() > most) end = End::TooMuch;
        if (++read % kEventsPerStop == 0 && stop_.stop_requested()) end = End::Stopped;
        return end == End::None;
    });
    if (!done) return std::unexpected(done.error());
    if (end == End::Stopped) return cancelled();
    held_ = end == End::None;
    return held_;
}

void SweepBatch::stream(BareHistory history)
{
    histories_.clear();
    histories_.push_back(std::move(history));
    reached_.assign(1, 0);
    held_ = false;
}

std::vector<BareHistory> SweepBatch::release() { return std::move(histories_); }

void SweepBatch::noteWalked(std::size_t entity, std::uint64_t version)
{
    if (version <= reached_[entity]) return;
    untold_ += version - reached_[entity];
    reached_[entity] = version;
    if (untold_ < kEventsPerTell) return;
    walked_ += untold_;
    if (onWalked) onWalked(untold_);
    untold_ = 0;
}

}  // namespace hindcast::replay
