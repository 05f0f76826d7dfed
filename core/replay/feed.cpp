#include "core/replay/feed.h"

namespace hindcast::replay {

namespace {

class ReaderFeed final : public RecordFeed {
public:
    explicit ReaderFeed(store::Reader& reader) : reader_(reader) {}
    Result<void> records(std::span<const EventId> ids, const store::Reader::Visit& visit) override
    {
        return reader_.records(ids, visit);
    }
    std::string typeName(TypeId id) override { return reader_.typeName(id); }

private:
    store::Reader& reader_;
};

}  // namespace

std::unique_ptr<RecordFeed> feedFrom(store::Reader& reader) { return std::make_unique<ReaderFeed>(reader); }

}  // namespace hindcast::replay
