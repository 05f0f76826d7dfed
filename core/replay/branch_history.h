#pragma once
#include "core/event/payload_source.h"
#include "core/replay/branch.h"
#include "core/replay/feed.h"
#include "core/replay/history.h"
#include "core/store/types.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::replay {

/// Names of types that only branches know: they get ids of their own, which stay the same while this object lives.
/// Threads: one at a time.
class BranchTypes {
public:
    /// `known`: store::Reader::types().
    explicit BranchTypes(const std::vector<store::TypeCount>& known);
    [[nodiscard]] TypeId idOf(std::string_view name);
    /// Empty: a type of the workspace's.
    [[nodiscard]] std::optional<std::string> ownName(TypeId id) const;

private:
    std::map<std::string, TypeId, std::less<>> known_;
    std::vector<std::string> own_;
    std::uint32_t firstOwn_ = 0;
};

/// What an event of a branch is, beside the real history.
struct BranchEvent {
    EventId origin;  ///< the stored event, or the added one, whatever was done to it since
    Version real;    ///< its version in the real history; 0: added
    bool edited = false;
    bool moved = false;
    std::uint32_t skippedBefore = 0;  ///< how many events of the real history were left out between the one before and this one

    [[nodiscard]] bool added() const { return real.value == 0; }
    [[nodiscard]] bool same() const { return !added() && !edited && !moved; }
};

/// An edit that could not be applied as the history now is: it is kept, and its event may come yet.
struct NotApplied {
    std::uint64_t edit;  ///< BranchEdit::number
    std::string why;     ///< "event orders/3@48112 is not in this history"
};

/// A branch applied to a history: a history of its own, whose changed events have ids that are in no store. Immutable; share it
/// between threads. 24 bytes an event beside the history, 16 more for each behind the departure.
///
/// Times: moved and added events stand where they were put and keep their own time. Their effective time is brought between those of
/// their neighbours, so that an instant still has one version (History::versionAt) and all other events keep theirs.
class BranchHistory {
public:
    /// Edits go in order; each one sees what those before it made. One million events: some 50 ms.
    [[nodiscard]] static std::shared_ptr<const BranchHistory> apply(const Branch& branch, std::shared_ptr<const History> real,
                                                                    BranchTypes& types);

    [[nodiscard]] const std::shared_ptr<const History>& history() const { return history_; }
    [[nodiscard]] const std::shared_ptr<const History>& real() const { return real_; }
    /// Version v of the branch is `events()[v - 1]`.
    [[nodiscard]] const std::vector<BranchEvent>& events() const { return events_; }
    /// How many were left out behind the last event.
    [[nodiscard]] std::uint32_t skippedAtEnd() const { return skippedAtEnd_; }
    [[nodiscard]] const std::vector<NotApplied>& notApplied() const { return notApplied_; }

    /// So many events of both are the same, from the first on: they part at the next. The length of both where they do not.
    [[nodiscard]] Version shared() const { return shared_; }
    [[nodiscard]] bool parts() const { return shared_ != real_->last() || shared_ != history_->last(); }

    /// The version of the branch that stands beside one of the real history: all that lies before the next event that both have in its
    /// place. And back.
    [[nodiscard]] Version branchVersion(Version real) const;
    [[nodiscard]] Version realVersion(Version branch) const;

    /// What an event that is in no store is made of.
    struct Substitute {
        EventId origin;
        std::optional<std::string> payload;  ///< followed by kPadding more bytes; empty: the stored one
    };
    static constexpr std::size_t kPadding = 64;
    /// Null for events that are served as they are stored.
    [[nodiscard]] const Substitute* substitute(EventId id) const;
    /// The payload that the branch gave to one of its events, without padding; empty: the stored one.
    [[nodiscard]] std::optional<std::string_view> payload(EventId id) const;

private:
    friend class BranchBuilder;
    struct Anchor {
        std::uint64_t real;    // version of an event that stands in its place
        std::uint64_t branch;  // its version there
    };

    std::shared_ptr<const History> real_;
    std::shared_ptr<const History> history_;
    std::vector<BranchEvent> events_;
    std::vector<Anchor> anchors_;  // of events behind those that are shared, ascending in both
    std::vector<NotApplied> notApplied_;
    std::map<EventId, Substitute> substitutes_;
    Version shared_;
    std::uint32_t skippedAtEnd_ = 0;
};

/// Where a replay of a branch reads: the records and payloads of the real history, and the branch's own among them. The branch may
/// become another one while the replay lives: set() it here, then EntityReplay::setHistory(); snapshots up to the first difference are
/// kept, as an event that is edited anew has a new id.
/// Threads: one at a time, together with what it gave.
class BranchLog {
public:
    BranchLog(std::shared_ptr<const BranchHistory> branch, std::shared_ptr<const BranchTypes> types);
    void set(std::shared_ptr<const BranchHistory> branch);

    [[nodiscard]] std::unique_ptr<RecordFeed> feed(std::unique_ptr<RecordFeed> real) const;
    [[nodiscard]] std::unique_ptr<PayloadSource> payloads(std::unique_ptr<PayloadSource> real) const;

    struct Shared;

private:
    std::shared_ptr<Shared> shared_;
};

}  // namespace hindcast::replay
