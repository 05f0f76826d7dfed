#include "core/replay/first_time_follower.h"

namespace hindcast::replay {

namespace {

constexpr std::size_t kMostKept = 2'000;  // events whose bytes are kept before all is waited for

Json nothing() { return Json(Json::value_t::discarded); }

}  // namespace

FirstTimeFollower::FirstTimeFollower(FirstTimeSearch& search)
    : search_(search),
      evaluator_(search.expression),
      values_(search.expression->statePaths().size(), nothing()),
      before_(values_),
      now_(values_.size()),
      previous_(values_.size()),
      met_(*search.expression)
{
}

FirstTimeFollower::~FirstTimeFollower()
{
    const std::scoped_lock lock(search_.mutex);
    search_.summary.failures.add(failures_);
    search_.met->add(met_);
    addMismatches(search_.summary.mismatches, evaluator_.mismatches());
}

Result<void> FirstTimeFollower::start(const model::Reducer& reducer, const std::stop_token& stop)
{
    model::RunOptions options;
    options.fields = search_.expression->statePaths();
    options.stop = stop;
    auto run = search_.models->start(reducer, *this, std::move(options));
    if (!run) return std::unexpected(run.error());
    run_ = std::move(*run);
    atOnce_ = !reducer.isRemote();
    return {};
}

Result<void> FirstTimeFollower::fold(SweepBatch& batch, std::size_t entity)
{
    batch_ = &batch;
    order_.push_back({entity, 0});
    if (order_.size() == 1) reset();
    if (run_) {
        auto begun = run_->begin(entity, batch.history(entity).key, Version{}, nullptr, model::Detail::Fields);
        if (!begun) return begun;
    }
    const bool keeps = search_.wantsRecord && !batch.held();
    return batch.walk(entity, Version{}, [&](const SweptEvent& swept) -> Result<bool> {
        order_.back().fed = swept.version.value;
        if (keeps) kept_.emplace_back(swept);
        if (run_)
            if (auto fed = run_->feed(batch.input(entity, swept)); !fed) return std::unexpected(fed.error());
        if (!atOnce_ && kept_.size() >= kMostKept)
            if (auto told = run_->drain(); !told) return std::unexpected(told.error());
        if (atOnce_ || kept_.size() >= kMostKept) {
            goTo(entity);
            advance(swept.version.value);
            kept_.clear();
        }
        return order_.front().entity != entity || !done_;
    });
}

Result<void> FirstTimeFollower::finish()
{
    if (order_.empty()) return {};
    if (run_)
        if (auto told = run_->drain(); !told) return told;
    while (!order_.empty()) endFront();
    kept_.clear();
    return {};
}

void FirstTimeFollower::failed(std::uint64_t tag, Version version, const model::EvolveError& error)
{
    failures_.add(*batch_, tag, version, error);
}

void FirstTimeFollower::fields(std::uint64_t tag, Version version, std::span<const Json> values)
{
    goTo(tag);
    if (version.value == 0 || order_.empty()) return;
    advance(version.value - 1);
    if (done_) return;
    before_.swap(values_);
    values_.assign(values.begin(), values.end());
    for (std::size_t i = 0; i < values_.size(); ++i)
        if (!values_[i].is_discarded()) met_.state[i] = true;
    known_ = version.value;
    fresh_ = true;
    ask(before_);
}

void FirstTimeFollower::reset()
{
    std::ranges::fill(values_, nothing());
    known_ = 0;
    fresh_ = done_ = false;
}

void FirstTimeFollower::endFront()
{
    advance(order_.front().fed);
    order_.pop_front();
    reset();
}

void FirstTimeFollower::goTo(std::size_t entity)
{
    while (!order_.empty() && order_.front().entity != entity) endFront();
}

void FirstTimeFollower::advance(std::uint64_t to)
{
    while (!done_ && known_ < to) {
        const bool worth = search_.everyEvent || known_ == 0 || (fresh_ && search_.expression->usesPrevious());
        if (!worth) {
            known_ = to;
            return;
        }
        ++known_;
        fresh_ = false;
        ask(values_);
    }
}

void FirstTimeFollower::ask(const std::vector<Json>& before)
{
    const std::size_t entity = order_.front().entity;
    const BareHistory& history = batch_->history(entity);
    const HistoryEvent& event = history.events[known_ - 1];
    expression::Facts facts = search_.parts.factsOf(*batch_, entity, Version{known_});
    if (search_.wantsRecord) {
        addRecord(facts, entity);
        met_.addPayload(*search_.expression, facts.payload, parsed_);
    }
    for (std::size_t i = 0; i < values_.size(); ++i) {
        now_[i] = values_[i].is_discarded() ? nullptr : &values_[i];
        previous_[i] = before[i].is_discarded() ? nullptr : &before[i];
    }
    facts.state = now_;
    facts.previous = previous_;
    if (evaluator_(facts) != expression::Verdict::True) return;
    done_ = true;
    tell(history, event, before);
}

void FirstTimeFollower::addRecord(expression::Facts& facts, std::size_t entity) const
{
    if (batch_->held()) return addTo(facts, batch_->event(entity, Version{known_}));
    const auto kept = std::ranges::lower_bound(kept_, known_, {}, &KeptEvent::version);
    if (kept != kept_.end() && kept->version == known_) kept->addTo(facts);
}

void FirstTimeFollower::tell(const BareHistory& history, const HistoryEvent& event, const std::vector<Json>& before)
{
    FirstHit hit;
    hit.entity = history.entity;
    hit.key = history.key;
    hit.version = Version{known_};
    hit.of = history.last();
    hit.event = event.id;
    hit.type = batch_->typeName(event.type);
    hit.time = event.time;
    hit.before = before;
    hit.after = values_;
    hit.completeness = history.completeness;
    const std::scoped_lock lock(search_.mutex);
    ++search_.summary.hits;
    search_.hit(hit);
}

}  // namespace hindcast::replay
