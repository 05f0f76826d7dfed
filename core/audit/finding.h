#pragma once
#include "core/event/change.h"
#include "core/event/entity.h"
#include "core/event/ids.h"
#include "core/event/time.h"
#include "core/replay/history.h"
#include "core/replay/sweep_models.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::audit {

/// Something that an audit found, at one event of one entity.
struct Finding {
    enum class Kind : std::uint8_t {
        Invariant,    ///< an invariant of the model does not hold after this event, and did before
        ModelFailed,  ///< the model failed at this event
        Determinism,  ///< two replays of the same events gave different states
    };
    enum class Severity : std::uint8_t { Warning, Error };

    Kind kind = Kind::Invariant;
    Severity severity = Severity::Error;
    EntityId entity;
    EntityKey key;
    EventId event;
    Version version;
    Timestamp time;
    std::string subject;  ///< the invariant's name, the handler, "a second replay", "a replay from version 12"
    std::string what;     ///< in words
    std::string cause;    ///< the event's type
    /// Of an invariant what the event changed; of a determinism finding what the one replay gave (before) and the other (after).
    Changes values;
    std::shared_ptr<const replay::Completeness> completeness;  ///< may be null
};
[[nodiscard]] std::string_view nameOf(Finding::Kind kind);          ///< "invariant", "model-failed", "determinism"
[[nodiscard]] std::string_view nameOf(Finding::Severity severity);  ///< "warning", "error"

/// Findings with one cause: the same subject after events of the same type.
struct FindingGroup {
    Finding::Kind kind = Finding::Kind::Invariant;
    std::string subject;
    std::string cause;
    std::uint64_t findings = 0;
    std::uint64_t entities = 0;
    Finding first;
};

/// Puts findings into groups. Threads: one at a time.
class FindingGroups {
public:
    /// How many of this group there were before.
    std::uint64_t add(const Finding& finding);
    [[nodiscard]] std::uint64_t findings() const { return findings_; }
    /// The largest first.
    [[nodiscard]] std::vector<FindingGroup> take();

private:
    std::vector<FindingGroup> groups_;
    std::vector<EntityKey> last_;  ///< of each group the entity counted last
    std::uint64_t findings_ = 0;
};

/// What a sweep kept of a model's failures, as findings.
[[nodiscard]] std::vector<Finding> findingsOf(const replay::SweepFailures& failures);

}  // namespace hindcast::audit
