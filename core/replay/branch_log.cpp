#include "core/replay/branch_history.h"

#include <span>
#include <utility>

namespace hindcast::replay {

struct BranchLog::Shared {
    std::shared_ptr<const BranchHistory> branch;
    std::shared_ptr<const BranchTypes> types;
};

namespace {

using Shared = BranchLog::Shared;
using Headers = std::span<const Header>;

class BranchFeed final : public RecordFeed {
public:
    BranchFeed(std::shared_ptr<const Shared> shared, std::unique_ptr<RecordFeed> real)
        : shared_(std::move(shared)), real_(std::move(real))
    {
    }

    Result<void> records(std::span<const EventId> ids, const store::Reader::Visit& visit) override
    {
        const auto branch = shared_->branch;
        bool goOn = true;
        std::vector<EventId> stored;  // waiting to be read together
        std::size_t first = 0;        // of those: where it stands in `ids`
        const auto read = [&]() -> Result<void> {
            std::size_t at = 0;
            auto done = real_->records(stored, [&](EventId id, const RawRecord& record, Headers headers) {
                while (at < stored.size() && stored[at] != id) ++at;  // one that is gone is passed over
                if (at == stored.size()) return false;
                goOn = visit(ids[first + at++], record, headers);
                return goOn;
            });
            stored.clear();
            return done;
        };
        for (std::size_t i = 0; i < ids.size() && goOn; ++i) {
            const auto* substitute = branch->substitute(ids[i]);
            if (substitute == nullptr || !substitute->payload) {
                if (stored.empty()) first = i;
                stored.push_back(substitute == nullptr ? ids[i] : substitute->origin);
                continue;
            }
            if (!stored.empty())
                if (auto done = read(); !done) return done;
            if (!goOn) break;
            RawRecord record;
            record.offset = ids[i].offset();
            record.value = branch->payload(ids[i]);
            goOn = visit(ids[i], record, {});
        }
        return stored.empty() || !goOn ? Result<void>() : read();
    }

    std::string typeName(TypeId id) override
    {
        if (auto own = shared_->types->ownName(id)) return std::move(*own);
        return real_->typeName(id);
    }

private:
    std::shared_ptr<const Shared> shared_;
    std::unique_ptr<RecordFeed> real_;
};

class BranchPayloads final : public PayloadSource {
public:
    BranchPayloads(std::shared_ptr<const Shared> shared, std::unique_ptr<PayloadSource> real)
        : shared_(std::move(shared)), real_(std::move(real))
    {
    }

    std::string_view payload(EventId id, const RawRecord& record, Headers headers) override
    {
        const auto* substitute = shared_->branch->substitute(id);
        if (substitute == nullptr) return real_->payload(id, record, headers);
        if (const auto own = shared_->branch->payload(id)) return *own;
        return real_->payload(substitute->origin, record, headers);
    }

private:
    std::shared_ptr<const Shared> shared_;
    std::unique_ptr<PayloadSource> real_;
};

}  // namespace

BranchLog::BranchLog(std::shared_ptr<const BranchHistory> branch, std::shared_ptr<const BranchTypes> types)
    : shared_(std::make_shared<Shared>(std::move(branch), std::move(types)))
{
}

void BranchLog::set(std::shared_ptr<const BranchHistory> branch) { shared_->branch = std::move(branch); }

std::unique_ptr<RecordFeed> BranchLog::feed(std::unique_ptr<RecordFeed> real) const
{
    return std::make_unique<BranchFeed>(shared_, std::move(real));
}

std::unique_ptr<PayloadSource> BranchLog::payloads(std::unique_ptr<PayloadSource> real) const
{
    return std::make_unique<BranchPayloads>(shared_, std::move(real));
}

}  // namespace hindcast::replay
