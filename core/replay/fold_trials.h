#pragma once
#include "core/replay/reduce.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace hindcast::replay {

/// Folds parts of a list of events, many in one run, and says which of them show a symptom at their last event.
/// Threads: one at a time.
class FoldTrials {
public:
    /// Everything given must outlive this object.
    FoldTrials(const EventsInMemory& events, const model::Reducer& reducer, const Symptom& symptom, const ReduceOptions& options);
    ~FoldTrials();

    /// Indices of events, ascending.
    using Part = std::vector<std::uint32_t>;

    /// The first event of the whole list at which the symptom shows, as an index; empty: it shows nowhere. Learns which events no
    /// command would make. `only`: asks of this one alone.
    [[nodiscard]] Result<std::optional<std::uint32_t>> firstShown(std::optional<std::uint32_t> only);
    /// Where the life begins in which firstShown() found it, as an index.
    [[nodiscard]] std::uint32_t beginOfLife() const;
    /// The first of these parts that shows it; empty: none does. What was tried before is not folded again.
    [[nodiscard]] Result<std::optional<std::size_t>> firstThatShows(std::span<const Part> parts);
    /// Folds a part that shows it and keeps all that a person wants to see of it.
    [[nodiscard]] Result<void> describe(const Part& part, Reproducer& into);

    [[nodiscard]] std::uint64_t folds() const { return folds_; }
    [[nodiscard]] std::uint64_t known() const { return known_; }
    /// Something was left untried, as that would have been one fold too many.
    [[nodiscard]] bool ranOut() const { return ranOut_; }
    [[nodiscard]] const std::vector<std::uint32_t>& refused() const { return refused_; }

private:
    class Sink;
    struct Key {
        std::uint64_t a = 0;
        std::uint64_t b = 0;
        bool operator==(const Key&) const = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const { return static_cast<std::size_t>(key.a); }
    };
    [[nodiscard]] static Key keyOf(const Part& part);
    [[nodiscard]] Result<void> needRun();
    [[nodiscard]] Result<void> feedOne(std::uint32_t index, Version version);
    [[nodiscard]] Result<void> feedPart(std::uint64_t tag, const Part& part, model::Detail detail);
    /// Folds these parts and says of each whether it shows.
    [[nodiscard]] Result<void> fold(std::span<const Part* const> parts);
    /// With a fresh run where the old one has died of it.
    [[nodiscard]] Result<void> foldSafely(std::span<const Part* const> parts);

    const EventsInMemory& events_;
    const model::Reducer& reducer_;
    const Symptom& symptom_;
    const ReduceOptions& options_;
    std::unique_ptr<Sink> sink_;
    std::unique_ptr<model::Run> run_;
    std::unordered_map<Key, bool, Hash> tried_;
    std::vector<std::uint32_t> refused_;
    std::uint64_t folds_ = 0;
    std::uint64_t known_ = 0;
    std::size_t most_ = 1;  // parts to a batch
    bool asksAccepted_ = false;
    bool ranOut_ = false;
};

}  // namespace hindcast::replay
