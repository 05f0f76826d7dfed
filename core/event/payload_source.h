#pragma once
#include "core/event/ids.h"
#include "core/event/record.h"

#include <span>
#include <string_view>

namespace hindcast {

/// Gives the JSON payload of a stored record. Replay reads through it, so that it need know no wire format; core/ingest makes one
/// from a workspace's mappings. The view lives until the next call and is followed by at least 64 readable bytes.
/// Threads: one at a time.
class PayloadSource {
public:
    PayloadSource() = default;
    PayloadSource(const PayloadSource&) = delete;
    PayloadSource& operator=(const PayloadSource&) = delete;
    virtual ~PayloadSource() = default;
    [[nodiscard]] virtual std::string_view payload(EventId id, const RawRecord& record, std::span<const Header> headers) = 0;
};

}  // namespace hindcast
