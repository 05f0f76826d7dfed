#include "ui/session/comparison.h"

#include "ui/session/session.h"

#include <algorithm>
#include <utility>

namespace hindcast::ui {

Comparison::Comparison(Session& session) : SessionFacet(session)
{
    connect(session.marks(), &Marks::changed, this, &Comparison::update);
    connect(session.playhead(), &Playhead::moved, this, &Comparison::update);
    connect(&session, &Session::selectionChanged, this, [this] {
        loadLives();
        update();
    });
    connect(&session, &Session::historyChanged, this, &Comparison::update);
    connect(&session, &Session::directoryChanged, this, [this] { loadLives(); });
}

Comparison::~Comparison() = default;

void Comparison::open(const Opened& opened)
{
    ComparisonWorker::Answers answers;
    answers.lives = [this](std::vector<ComparisonWorker::Life> lives) {
        lives_ = std::move(lives);
        update();
    };
    answers.compared = [this](std::shared_ptr<const ComparisonView> view) {
        view_ = std::move(view);
        emit viewChanged();
    };
    answers.changes = [this](const std::shared_ptr<const BetweenChanges>& changes) { emit changesReady(changes); };
    answers.found = [this](const QString& text, const std::vector<GoToHit>& hits) { emit entitiesFound(text, hits); };
    answers.failed = [this](const Error& error) {
        emit session().failed(QString::fromStdString(error.what), QString::fromStdString(error.why),
                              QString::fromStdString(error.hint));
    };
    worker_ = opened.keep(std::make_shared<ComparisonWorker>(opened.store, opened.runtime, opened.post, std::move(answers)));
}

void Comparison::close()
{
    worker_.reset();
    lives_.clear();
    chosen_ = {};
    atPlayhead_ = false;
    sides_ = {};
    isAsked_ = false;
    view_.reset();
    emit sidesChanged();
    emit viewChanged();
}

void Comparison::madeAnew()
{
    if (worker_) worker_->forget();
    loadLives();
    ask(true);
}

void Comparison::modelChanged(const QString&)
{
    if (worker_) worker_->forget();
    ask(true);
}

bool Comparison::isBusy() const { return worker_ && worker_->busy(); }

void Comparison::setWanted(bool wanted)
{
    if (std::exchange(wanted_, wanted) != wanted) ask();
}

QString Comparison::selectedText() const
{
    const auto history = session().history();
    return history ? QString::fromStdString(history->key.text()) : QString();
}

void Comparison::compareWith(const QString& entity)
{
    chosen_ = {selectedText(), entity};
    atPlayhead_ = true;
    takeChosen();
}

void Comparison::setEntity(Which which, const QString& entity)
{
    const Which other = which == Marks::A ? Marks::B : Marks::A;
    if (!isOfTwo()) atPlayhead_ = true;
    // What it is compared with stays, whatever is selected from now on.
    if (!entity.isEmpty() && chosen_[other].isEmpty()) chosen_[other] = sides_[other].entity;
    chosen_[which] = entity;
    takeChosen();
}

/// The selected entity with itself is what it is without any choice.
void Comparison::takeChosen()
{
    const QString selected = selectedText();
    const auto isSelected = [&](const QString& entity) { return entity.isEmpty() || entity == selected; };
    if (isSelected(chosen_[Marks::A]) && isSelected(chosen_[Marks::B])) chosen_ = {};
    loadLives();
    update();
}

void Comparison::setAtPlayhead(bool on)
{
    if (std::exchange(atPlayhead_, on) != on) update();
}

void Comparison::hold(Which which, std::optional<Version> version)
{
    const auto& history = sides_[which].history;
    if (!history) return;
    Marks& marks = *session().marks();
    const Playhead& playhead = *session().playhead();
    std::array<std::optional<Marks::Mark>, 2> wanted{marks.get(Marks::A), marks.get(Marks::B)};
    if (isOfTwo() && atPlayhead_) wanted = {};
    // A stays what it was, so that one side moves at a time.
    if (which == Marks::B && !isOfTwo() && !sides_[Marks::A].held) wanted[Marks::A] = markOf(*history, sides_[Marks::A].version);
    const bool follows = which == Marks::B && playhead.history() == history && version == playhead.version();
    wanted[which] = version && !follows ? std::optional(markOf(*history, std::min(*version, history->last()))) : std::nullopt;
    atPlayhead_ = false;
    marks.setBoth(wanted[Marks::A], wanted[Marks::B]);
    update();
}

void Comparison::compareFrom(Version version)
{
    const auto history = session().history();
    if (!history) return;
    chosen_ = {};
    atPlayhead_ = false;
    update();
    session().marks()->setBoth(markOf(*history, std::min(version, history->last())), std::nullopt);
}

void Comparison::swap()
{
    const auto mark = [this](Which which) -> std::optional<Marks::Mark> {
        const ComparedSide& side = sides_[which];
        if (!side.history) return session().marks()->get(which);
        const auto& own = session().marks()->get(which);
        return own && side.held ? own : std::optional(markOf(*side.history, side.version));
    };
    const auto a = mark(Marks::A);
    const auto b = mark(Marks::B);
    std::swap(chosen_[Marks::A], chosen_[Marks::B]);
    if (isOfTwo() && atPlayhead_) return update();
    session().marks()->setBoth(b, a);
    update();
}

void Comparison::reset()
{
    chosen_ = {};
    atPlayhead_ = false;
    session().marks()->clear();
    update();
}

void Comparison::requestChanges(std::size_t first, std::size_t last)
{
    if (worker_ && view_) worker_->requestChanges(view_, first, last);
}

/// So that going to one of the events between does not make other ones of them.
void Comparison::holdAll()
{
    std::array<std::optional<Marks::Mark>, 2> marks;
    for (const Which which : {Marks::A, Marks::B}) {
        const ComparedSide& side = sides_[which];
        if (!side.history) return;
        marks[which] = side.held ? session().marks()->get(which) : std::optional(markOf(*side.history, side.version));
        // A moment between two events stays that moment.
        if (side.atPlayhead && marks[which]->time != side.time) marks[which] = Marks::Mark{side.time, std::nullopt};
    }
    if (isOfTwo())
        for (const Which which : {Marks::A, Marks::B}) chosen_[which] = sides_[which].entity;
    atPlayhead_ = false;
    session().marks()->setBoth(marks[Marks::A], marks[Marks::B]);
}

void Comparison::goTo(const Between::Row& row)
{
    if (!view_) return;
    const auto history = view_->sides[row.side].history;
    if (row.version.value == 0 || row.version > history->last()) return;
    holdAll();
    if (session().selected() == history->entity)
        session().playhead()->setVersion(row.version);
    else
        session().selectEvent(history->entity, history->events[row.version.value - 1].id);
}

void Comparison::findEntities(const QString& text)
{
    if (worker_) worker_->find(text);
}

}  // namespace hindcast::ui

#include "moc_comparison.cpp"
