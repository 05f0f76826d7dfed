#include "core/model/remote_reducer.h"

#include <iterator>
#include <utility>

namespace hindcast::model {

std::expected<void, EvolveError> RemoteReducer::evolve(FoldState& state, const Input& input, Changes* changes)
{
    if (!run_) {
        auto run = start(sink_, {});
        if (!run) return std::unexpected(EvolveError{run.error().text(), whereItFails()});
        run_ = std::move(*run);
    }
    sink_.failure.reset();
    const EntityKey key{std::string(input.category), std::string(input.entity)};
    auto done = run_->begin(0, key, Version{input.version.value - 1}, state.alive ? &state : nullptr, Detail::Nothing);
    if (done) done = run_->feed(input);
    if (done) done = run_->askState();
    if (done) done = run_->drain();
    if (!done) {
        run_.reset();
        return std::unexpected(EvolveError{done.error().text(), whereItFails()});
    }
    if (sink_.failure) return std::unexpected(*sink_.failure);
    if (changes) {
        const Json nothing(Json::value_t::discarded);
        Changes made = difference(state.alive ? state.document : nothing, sink_.after.alive ? sink_.after.document : nothing);
        changes->insert(changes->end(), std::make_move_iterator(made.begin()), std::make_move_iterator(made.end()));
    }
    state = sink_.after;
    return {};
}

}  // namespace hindcast::model
