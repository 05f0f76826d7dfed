#pragma once
#include "core/event/error.h"
#include "core/event/facts.h"
#include "core/event/json.h"
#include "core/event/record.h"
#include "core/store/types.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hindcast::store {

/// The one writing connection of a workspace. Appends gather in memory and become durable, all together with their checkpoints,
/// at commit(); a process killed between two commits loses only what the source will deliver again.
/// Threads: one at a time.
class Writer {
public:
    /// Drops what was not committed, and cuts the write-ahead log unless a reader needs it just then: the next one does it in that case.
    ~Writer();

    [[nodiscard]] Result<SourceId> addSource(std::string_view kind, std::string_view identity, std::string_view name,
                                             std::string_view detail);
    /// The newest epoch of that partition, made where there is none.
    [[nodiscard]] Result<PartId> addPart(SourceId source, std::string_view topic, Partition partition);
    /// What the source told of the stream, for completeness.
    void describePart(PartId part, Offset logStart, bool compacted, std::string_view startReason, Offset startedAt);
    /// Where to go on reading, as committed.
    [[nodiscard]] std::optional<Offset> checkpoint(PartId part) const;

    enum class Appended : std::uint8_t {
        Stored,
        Duplicate,   ///< the position is stored with the same bytes: nothing done
        OtherBytes,  ///< the position is stored with other bytes: nothing done; the caller begins a new epoch
    };
    /// REQUIRES: record.offset within EventId::kMaxOffset.
    [[nodiscard]] Result<Appended> append(PartId part, const RawRecord& record, std::span<const Header> headers,
                                          const EventFacts& facts);
    /// A further epoch of the part's topic partition; said in the workspace's log of notices.
    [[nodiscard]] Result<PartId> newEpoch(PartId part);
    /// Everything before `next` has been delivered.
    void setProgress(PartId part, Offset next);

    /// At the next commit what waits to be merged is merged: where a reading ends, so that the same records give the same pages,
    /// whatever commits they came in.
    void settle();
    [[nodiscard]] Result<void> commit();
    [[nodiscard]] std::size_t uncommittedBytes() const;  ///< in memory, and given back by a commit
    /// Counts::fileBytes as of now: what has been written since the last commit is counted, what is in memory is not.
    [[nodiscard]] Result<std::uint64_t> fileBytes() const;

    void setSetting(std::string_view name, const Json& value);  ///< with the next commit

    /// Decodes every stored record anew and rebuilds what was derived from the bytes (entities, postings, types, rejects, links)
    /// in one transaction, with the settings that go with it. `decode` is called in EventId order. `progress` may return false to cancel: nothing has changed then.
    using Decode = std::function<void(PartId, const RawRecord&, std::span<const Header>, EventFacts&)>;
    [[nodiscard]] Result<void> remap(const Decode& decode, const std::function<bool(std::uint64_t done)>& progress,
                                     const std::vector<std::pair<std::string, Json>>& settings = {});

private:
    friend class Store;
    struct Impl;
    explicit Writer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::store
