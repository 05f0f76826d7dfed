#pragma once
#include "core/model/run.h"
#include "core/replay/replay_impl.h"

#include <deque>
#include <memory>
#include <optional>

namespace hindcast::replay {

/// Folds an entity's history by a model in another process, for EntityReplay::Impl: events go there in packets, and states come
/// back where they are asked for, that is at snapshots and at the end. The fold over there is kept from call to call, so that a
/// step of the playhead sends one event.
/// Threads: one at a time.
class RemoteFold final : private model::RunSink {
public:
    explicit RemoteFold(EntityReplay::Impl& host) : host_(host) {}

    /// EntityReplay::Impl::advance of such a model.
    [[nodiscard]] Result<void> advance(std::uint64_t to, std::uint64_t changesFrom, std::uint64_t statesFrom,
                                       const std::stop_token& stop, const std::function<bool(Version)>& each);

private:
    [[nodiscard]] Result<void> begin();
    [[nodiscard]] Result<void> feed(std::uint64_t to, const std::stop_token& stop);
    [[nodiscard]] Result<void> feedOne(std::uint64_t version, const RawRecord* record, std::span<const Header> headers);
    void take(std::uint64_t version, const model::GivenState& given);

    void failed(std::uint64_t tag, Version version, const model::EvolveError& error) override;
    void state(std::uint64_t tag, Version version, const model::GivenState& given) override;
    void changes(std::uint64_t tag, Version version, const Changes& changes) override;

    EntityReplay::Impl& host_;
    std::unique_ptr<model::Run> run_;
    std::uint64_t tag_ = 0;                  ///< of the present fold
    std::optional<std::uint64_t> standsAt_;  ///< so many events were fed; empty: it cannot be gone on with
    model::Detail detail_ = model::Detail::Nothing;
    std::deque<std::uint64_t> asked_;  ///< versions whose states are on their way
    std::uint64_t askEvery_ = 256;     ///< events from one snapshot to the next

    // During a call.
    std::uint64_t fed_ = 0;
    std::uint64_t lastAsked_ = 0;
    std::uint64_t lastTaken_ = 0;
    std::uint64_t changesFrom_ = 0;
    std::uint64_t statesFrom_ = 0;
    std::chrono::steady_clock::time_point since_;
    const std::function<bool(Version)>* each_ = nullptr;
    bool goOn_ = true;
};

}  // namespace hindcast::replay
