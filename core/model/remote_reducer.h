#pragma once
#include "core/model/run.h"

#include <memory>
#include <optional>
#include <string>

namespace hindcast::model {

/// A reducer that runs in another process: evolve() by a run of its own, one round trip an event.
class RemoteReducer : public Reducer {
public:
    Json initial() const final { return Json(Json::value_t::discarded); }
    bool isRemote() const final { return true; }
    std::expected<void, EvolveError> evolve(FoldState& state, const Input& input, Changes* changes) final;

protected:
    /// What an error of the run itself is said to have happened in; may be empty.
    [[nodiscard]] virtual std::string whereItFails() const { return {}; }

private:
    /// Remembers what is told of one event.
    class OneEvent final : public RunSink {
    public:
        void failed(std::uint64_t, Version, const EvolveError& error) override { failure = error; }
        void state(std::uint64_t, Version, const GivenState& given) override { after = given.foldState(); }
        std::optional<EvolveError> failure;
        FoldState after;
    };

    OneEvent sink_;
    std::unique_ptr<Run> run_;  ///< started when first needed
};

}  // namespace hindcast::model
