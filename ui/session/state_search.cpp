#include "ui/session/state_search.h"

#include "ui/session/session.h"
#include "ui/session/state_search_worker.h"

#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kStillMs = 300;                         // that the playhead has stood
constexpr std::chrono::milliseconds kUnnoticed{400};  // that an answer may take to be asked for by itself

/// REQUIRES: troubleOf() finds none.
replay::StateQuery queryOf(const StateQuestion& question)
{
    replay::StateQuery query;
    const std::string text = question.text.toStdString();
    if (question.as == SoughtAs::Expression)
        query.expression = *expression::Expression::parse(text);
    else
        query.value = *replay::SoughtValue::fromText(text);
    return query;
}

}  // namespace

std::optional<expression::SyntaxError> troubleOf(const std::string& text, SoughtAs as)
{
    if (as == SoughtAs::Expression) {
        const auto read = expression::Expression::parse(text);
        return read ? std::nullopt : std::optional(read.error());
    }
    const auto read = replay::SoughtValue::fromText(text);
    return read ? std::nullopt : std::optional(expression::SyntaxError{read.error().why, 0, text.size()});
}

StateSearch::StateSearch(Session& session) : SessionFacet(session)
{
    anew_.setSingleShot(true);
    anew_.setInterval(kStillMs);
    connect(&anew_, &QTimer::timeout, this, &StateSearch::askAnew);
    connect(session.playhead(), &Playhead::moved, this, &StateSearch::askAnewSoon);
}

StateSearch::~StateSearch() = default;

void StateSearch::open(const Opened& opened)
{
    worker_ = opened.keep(std::make_shared<StateSearchWorker>(
        opened.store, opened.runtime, opened.post, [this](std::shared_ptr<const StatesView> view) { take(std::move(view)); }));
}

void StateSearch::close()
{
    anew_.stop();
    worker_.reset();
    view_.reset();
    emit changed();
}

void StateSearch::madeAnew()
{
    anew_.stop();
    if (worker_) worker_->forget();
    view_.reset();
    emit changed();
}

void StateSearch::modelChanged(const QString&)
{
    if (view_ && view_->readsState) askAnewSoon();
}

bool StateSearch::isBusy() const { return anew_.isActive() || (worker_ && worker_->busy()); }

std::optional<Timestamp> StateSearch::moment() const
{
    const Timestamp time = session().playhead()->time();
    return time.isKnown() ? std::optional(time) : std::nullopt;
}

std::optional<expression::SyntaxError> StateSearch::request(const StateQuestion& question)
{
    if (auto trouble = troubleOf(question.text.toStdString(), question.as)) return trouble;
    (void)ask(question, false);
    return {};
}

bool StateSearch::ask(const StateQuestion& question, bool quietly)
{
    if (!worker_) return false;
    StateSearchWorker::Request request{question, queryOf(question), {}, {}};
    request.query.moment = moment();
    if (question.scope != FirstTimeScope::All) {
        const auto& history = session().playhead()->history();
        const auto all = session().directory();
        if (!history || !all || history->entity.value >= all->size()) return false;
        request.category = all->category[history->entity.value];
        request.of = QString::fromStdString(history->key.category);
    }
    anew_.stop();
    quiet_ = quietly;
    if (!quietly) {
        auto begun = std::make_shared<StatesView>();
        begun->question = question;
        begun->of = request.of;
        begun->moment = request.query.moment;
        begun->readsState = request.query.usesState();
        begun->running = true;
        view_ = std::move(begun);
    }
    worker_->request(std::move(request));
    if (!quietly) emit changed();
    return true;
}

void StateSearch::take(std::shared_ptr<const StatesView> view)
{
    if (quiet_ && view->running) return;
    quiet_ = false;
    view_ = std::move(view);
    emit changed();
}

void StateSearch::cancel()
{
    anew_.stop();
    if (worker_) worker_->cancel();
}

void StateSearch::setFollowing(bool on)
{
    following_ = on;
    if (!on) return anew_.stop();
    if (view_ && view_->moment != moment()) askAnewSoon();
}

void StateSearch::askAnewSoon()
{
    const bool quick = view_ && !view_->running && !view_->cancelled && view_->error.isEmpty() && view_->took < kUnnoticed;
    if (following_ && quick) anew_.start();
}

void StateSearch::askAnew()
{
    // Of a category whose entity is selected no more, nobody asked.
    const auto& history = session().playhead()->history();
    const bool elsewhere =
        view_->question.scope != FirstTimeScope::All && (!history || view_->of != QString::fromStdString(history->key.category));
    if (!elsewhere) (void)ask(view_->question, true);
}

}  // namespace hindcast::ui
