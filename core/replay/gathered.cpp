#include "core/replay/gathered.h"

#include <algorithm>

namespace hindcast::replay {

namespace {

constexpr std::size_t kEventsPerStop = 4096;

}  // namespace

class GatheredFeed final : public RecordFeed {
public:
    explicit GatheredFeed(std::shared_ptr<const GatheredRecords> from) : from_(std::move(from)) {}
    Result<void> records(std::span<const EventId> ids, const store::Reader::Visit& visit) override
    {
        for (const EventId id : ids) {
            const auto* held = from_->find(id);
            if (held == nullptr) continue;
            const std::span headers(from_->headers_.data() + held->record.firstHeader, held->record.headerCount);
            if (!visit(id, held->record, headers)) break;
        }
        return {};
    }
    std::string typeName(TypeId id) override { return from_->reader_->typeName(id); }

private:
    std::shared_ptr<const GatheredRecords> from_;
};

Result<std::shared_ptr<const GatheredRecords>> GatheredRecords::read(store::Reader& reader, std::vector<EventId> ids,
                                                                     const std::stop_token& stop)
{
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    auto gathered = std::make_shared<GatheredRecords>();
    gathered->reader_ = &reader;
    gathered->held_.reserve(ids.size());
    bool stopped = false;
    auto read = reader.records(ids, [&](EventId id, const RawRecord& record, std::span<const Header> headers) {
        Held& held = gathered->held_.emplace_back(id, record);
        if (record.key) held.record.key = gathered->bytes_.keep(*record.key);
        if (record.value) held.record.value = gathered->bytes_.keep(*record.value);
        held.record.defect = gathered->bytes_.keep(record.defect);
        held.record.firstHeader = static_cast<std::uint32_t>(gathered->headers_.size());
        for (const Header& header : headers) {
            Header& kept = gathered->headers_.emplace_back();
            kept.name = gathered->bytes_.keep(header.name);
            if (header.value) kept.value = gathered->bytes_.keep(*header.value);
        }
        stopped = gathered->held_.size() % kEventsPerStop == 0 && stop.stop_requested();
        return !stopped;
    });
    if (!read) return std::unexpected(read.error());
    if (stopped) return fail("the replay was stopped", "", "", Error::Kind::Cancelled);
    return gathered;
}

std::unique_ptr<RecordFeed> GatheredRecords::feed(std::shared_ptr<const GatheredRecords> records)
{
    return std::make_unique<GatheredFeed>(std::move(records));
}

const GatheredRecords::Held* GatheredRecords::find(EventId id) const
{
    const auto at = std::ranges::lower_bound(held_, id, {}, &Held::id);
    return at != held_.end() && at->id == id ? &*at : nullptr;
}

}  // namespace hindcast::replay
