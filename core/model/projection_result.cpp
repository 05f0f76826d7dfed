#include "core/model/projection_result.h"

#include "core/model/run.h"
#include "core/model/script.h"

#include <utility>

namespace hindcast::model {

struct ProjectionResult::Impl final : RunSink {
    std::unique_ptr<Reducer> reducer;
    std::unique_ptr<Run> run;
    Json told;

    void failed(std::uint64_t, Version, const EvolveError&) override {}
    void result(std::uint64_t, Version, const Json& result) override { told = result; }
};

ProjectionResult::ProjectionResult(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

ProjectionResult::~ProjectionResult() = default;

std::unique_ptr<ProjectionResult> ProjectionResult::of(const std::shared_ptr<Runtime>& runtime, const Json& document,
                                                       std::string_view category)
{
    const auto script = scriptFrom(document);
    if (!script || !runtime) return nullptr;
    const auto facts = runtime->scripts().facts(script->name, script->source);
    if (!facts || !*facts || !(*facts)->transforms) return nullptr;
    auto reducer = scriptReducer(runtime, *script, category);
    if (!reducer) return nullptr;
    auto impl = std::make_unique<Impl>();
    impl->reducer = std::move(*reducer);
    return std::unique_ptr<ProjectionResult>(new ProjectionResult(std::move(impl)));
}

Result<Json> ProjectionResult::at(const EntityKey& entity, Version version, const FoldState& state)
{
    Impl& impl = *impl_;
    if (!impl.run) {
        auto run = impl.reducer->start(impl, {});
        if (!run) return std::unexpected(run.error());
        impl.run = std::move(*run);
    }
    impl.told = Json();
    auto done = impl.run->begin(0, entity, version, state.alive ? &state : nullptr, Detail::Nothing);
    if (done) done = impl.run->askResult();
    if (done) done = impl.run->drain();
    if (done) return impl.told;
    impl.run.reset();  // a run that gave up is of no use any more
    return std::unexpected(std::move(done.error()));
}

}  // namespace hindcast::model
