#include "core/replay/state_asker.h"

namespace hindcast::replay {

StateAsker::StateAsker(StateSearching& search) : search_(search)
{
    const auto& expression = search.query.expression;
    if (!expression) return;
    evaluator_.emplace(expression);
    met_.emplace(*expression);
    now_.resize(expression->statePaths().size());
    before_.resize(now_.size());
}

StateAsker::~StateAsker()
{
    const std::scoped_lock lock(search_.mutex);
    search_.summary.asked += asked_;
    search_.summary.failures.add(failures_);
    if (!met_) return;
    search_.met->add(*met_);
    addMismatches(search_.summary.mismatches, evaluator_->mismatches());
}

Result<void> StateAsker::start(const model::Reducer& reducer, const std::stop_token& stop)
{
    model::RunOptions options;
    options.stop = stop;
    auto run = search_.models->start(reducer, *this, std::move(options));
    if (!run) return std::unexpected(run.error());
    run_ = std::move(*run);
    return {};
}

Result<void> StateAsker::fold(SweepBatch& batch, std::size_t entity)
{
    batch_ = &batch;
    if (!run_) return askEvent(entity);
    const Version last = batch.history(entity).last();
    const bool asksPrevious = evaluator_ && search_.query.expression->usesPrevious();
    const bool keeps = search_.wantsRecord && !batch.held();
    auto begun = run_->begin(entity, batch.history(entity).key, Version{}, nullptr, model::Detail::Nothing);
    if (!begun) return begun;
    auto walked = batch.walk(entity, Version{}, [&](const SweptEvent& swept) -> Result<bool> {
        const bool atLast = swept.version == last;
        if (atLast && keeps) kept_.emplace(swept);
        if (atLast && asksPrevious && last.value > 1)
            if (auto asked = run_->askState(); !asked) return std::unexpected(asked.error());
        if (auto fed = run_->feed(batch.input(entity, swept)); !fed) return std::unexpected(fed.error());
        return true;
    });
    if (!walked) return walked;
    return run_->askState();
}

Result<void> StateAsker::finish()
{
    if (run_)
        if (auto told = run_->drain(); !told) return told;
    kept_.reset();
    previousOf_.reset();
    failing_ = {UINT64_MAX, 0};
    return {};
}

void StateAsker::failed(std::uint64_t tag, Version version, const model::EvolveError& error)
{
    if (failing_.first != tag) failing_ = {tag, 0};
    ++failing_.second;
    failures_.add(*batch_, tag, version, error);
}

void StateAsker::state(std::uint64_t tag, Version version, const model::GivenState& state)
{
    Json parsed;
    const Json* document = documentOf(state, parsed);
    if (version < batch_->history(tag).last()) {
        previous_ = document ? *document : Json(Json::value_t::discarded);
        previousOf_ = tag;
        return;
    }
    if (previousOf_ != tag) previous_ = Json(Json::value_t::discarded);
    judge(tag, document, document != nullptr);
}

const Json* StateAsker::documentOf(const model::GivenState& state, Json& parsed)
{
    if (!state.alive()) return nullptr;
    if (const Json* inPlace = state.inPlace()) return inPlace;
    parsed = state.document();
    return &parsed;
}

Result<void> StateAsker::askEvent(std::size_t entity)
{
    const Version last = batch_->history(entity).last();
    if (search_.wantsRecord && !batch_->held()) {
        auto read = batch_->walk(entity, Version{last.value - 1}, [this](const SweptEvent& swept) -> Result<bool> {
            kept_.emplace(swept);
            return true;
        });
        if (!read) return read;
    }
    judge(entity, nullptr, std::nullopt);
    return {};
}

void StateAsker::judge(std::size_t entity, const Json* state, std::optional<bool> alive)
{
    if (alive == false && !search_.query.withDead) return;
    ++asked_;
    StateHit hit;
    hit.alive = alive;
    if (!holds(entity, state, hit) || !stands(state, hit)) return;
    tell(entity, hit);
}

bool StateAsker::holds(std::size_t entity, const Json* state, StateHit& hit)
{
    if (!evaluator_) return true;
    const expression::Expression& expression = *search_.query.expression;
    const Version last = batch_->history(entity).last();
    expression::Facts facts = search_.parts.factsOf(*batch_, entity, last);
    if (search_.wantsRecord) {
        if (batch_->held())
            addTo(facts, batch_->event(entity, last));
        else if (kept_)
            kept_->addTo(facts);
        met_->addPayload(expression, facts.payload, payload_);
    }
    const auto& paths = expression.statePaths();
    for (std::size_t i = 0; i < paths.size(); ++i) {
        now_[i] = state ? valueAt(*state, paths[i]) : nullptr;
        before_[i] = previous_.is_discarded() ? nullptr : valueAt(previous_, paths[i]);
        if (now_[i]) met_->state[i] = true;
    }
    facts.state = now_;
    facts.previous = before_;
    if ((*evaluator_)(facts) != expression::Verdict::True) return false;
    for (std::size_t i = 0; i < paths.size(); ++i)
        if (now_[i]) hit.found.push_back({paths[i], *now_[i]});
    return true;
}

bool StateAsker::stands(const Json* state, StateHit& hit)
{
    if (!search_.query.value) return true;
    if (state == nullptr) return false;
    search_.query.value->findIn(*state, scratch_, [&hit](const std::vector<std::string>& tokens, const Json& value) {
        if (++hit.places <= StateHit::kMostFound) hit.found.push_back({Pointer(tokens), value});
    });
    return hit.places > 0;
}

void StateAsker::tell(std::size_t entity, StateHit& hit)
{
    const BareHistory& history = batch_->history(entity);
    const HistoryEvent& event = history.events.back();
    hit.entity = history.entity;
    hit.key = history.key;
    hit.version = history.last();
    hit.of = Version{history.last().value + history.later};
    hit.event = event.id;
    hit.type = batch_->typeName(event.type);
    hit.time = event.time;
    if (failing_.first == entity) hit.failures = failing_.second;
    hit.completeness = history.completeness;
    const std::scoped_lock lock(search_.mutex);
    ++search_.summary.hits;
    search_.hit(hit);
}

}  // namespace hindcast::replay
