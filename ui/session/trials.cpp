#include "ui/session/trials.h"

#include "ui/session/declared_invariants.h"
#include "ui/session/determinism_worker.h"
#include "ui/session/model_diff_worker.h"
#include "ui/session/session.h"
#include "ui/session/smallest_worker.h"

#include <algorithm>
#include <utility>

namespace hindcast::ui {

Trials::Trials(Session& session) : SessionFacet(session)
{
    connect(&session, &Session::historyChanged, this, &Trials::readInvariants);
    connect(&session, &Session::findingsChanged, this, &Trials::joinFindings);
}

Trials::~Trials() = default;

void Trials::open(const Opened& opened)
{
    smallestWorker_ = opened.keep(std::make_shared<SmallestWorker>(opened.store, opened.runtime, opened.post,
                                                                   [this](std::shared_ptr<const SmallestView> view) {
                                                                       smallest_ = std::move(view);
                                                                       emit smallestChanged();
                                                                   }));
    modelDiffWorker_ = opened.keep(std::make_shared<ModelDiffWorker>(opened.store, opened.runtime, opened.post,
                                                                     [this](std::shared_ptr<const ModelDiffView> view) {
                                                                         modelDiff_ = std::move(view);
                                                                         emit modelDiffChanged();
                                                                     }));
    determinismWorker_ = opened.keep(std::make_shared<DeterminismWorker>(opened.store, opened.runtime, opened.post,
                                                                         [this](std::shared_ptr<const DeterminismView> view) {
                                                                             determinism_ = std::move(view);
                                                                             joinFindings();
                                                                             emit determinismChanged();
                                                                         }));
    declared_ = opened.keep(std::make_shared<DeclaredInvariants>(opened.store, opened.runtime, opened.post,
                                                                 [this](const QString&, const QStringList& names) {
                                                                     if (names == invariants_) return;
                                                                     invariants_ = names;
                                                                     emit invariantsChanged();
                                                                 }));
}

void Trials::close()
{
    smallestWorker_.reset();
    modelDiffWorker_.reset();
    determinismWorker_.reset();
    declared_.reset();
    forget();
}

void Trials::madeAnew()
{
    if (smallestWorker_) smallestWorker_->forget();
    if (modelDiffWorker_) modelDiffWorker_->forget();
    if (determinismWorker_) determinismWorker_->forget();
    forget();
}

void Trials::forget()
{
    smallest_.reset();
    modelDiff_.reset();
    determinism_.reset();
    invariantsOf_.clear();
    invariants_.clear();
    emit smallestChanged();
    emit modelDiffChanged();
    emit determinismChanged();
    emit invariantsChanged();
    joinFindings();
}

void Trials::modelChanged(const QString& category)
{
    if (category == invariantsOf_ && declared_) declared_->request(category);
    if (!determinism_ || (!determinism_->category.isEmpty() && determinism_->category != category)) return;
    determinismWorker_->forget();
    determinism_.reset();
    joinFindings();
    emit determinismChanged();
}

bool Trials::isBusy() const
{
    return smallestWorker_ &&
           (smallestWorker_->busy() || modelDiffWorker_->busy() || determinismWorker_->busy() || declared_->busy());
}

std::optional<expression::SyntaxError> Trials::requestSmallest(EntityId entity, const WantedSymptom& wanted,
                                                               std::optional<EventId> at)
{
    SmallestWorker::Request request{entity, wanted, {}, at};
    if (wanted.kind == WantedSymptom::Kind::Expression) {
        auto read = expression::Expression::parse(wanted.text.toStdString());
        if (!read) return read.error();
        request.expression = std::move(*read);
    }
    if (!smallestWorker_) return {};
    auto begun = std::make_shared<SmallestView>();
    begun->entity = entity;
    begun->wanted = wanted;
    begun->running = true;
    smallestWorker_->request(std::move(request));
    smallest_ = std::move(begun);
    emit smallestChanged();
    return {};
}

void Trials::cancelSmallest()
{
    if (smallestWorker_) smallestWorker_->cancel();
}

void Trials::forgetSmallest()
{
    if (smallestWorker_) smallestWorker_->forget();
    if (!std::exchange(smallest_, nullptr)) return;
    emit smallestChanged();
}

void Trials::readInvariants()
{
    const auto history = session().history();
    const QString category = history ? QString::fromStdString(history->key.category) : QString();
    if (category.isEmpty() || category == invariantsOf_ || !declared_) return;
    invariantsOf_ = category;
    if (!invariants_.isEmpty()) {
        invariants_.clear();
        emit invariantsChanged();
    }
    declared_->request(category);
}

void Trials::requestModelDiff(const QString& category, const ModelChoice& first, const ModelChoice& second)
{
    if (!modelDiffWorker_) return;
    auto begun = std::make_shared<ModelDiffView>();
    begun->category = category;
    begun->first = first.name;
    begun->second = second.name;
    begun->running = true;
    modelDiffWorker_->request({category, first, second});
    modelDiff_ = std::move(begun);
    emit modelDiffChanged();
}

void Trials::cancelModelDiff()
{
    if (modelDiffWorker_) modelDiffWorker_->cancel();
}

void Trials::checkDeterminism(const QString& category)
{
    if (!determinismWorker_) return;
    const auto id = categoryOf(category);
    auto begun = std::make_shared<DeterminismView>();
    begun->category = id ? category : QString();
    begun->running = true;
    determinismWorker_->request(begun->category, id);
    determinism_ = std::move(begun);
    joinFindings();
    emit determinismChanged();
}

void Trials::cancelDeterminism()
{
    if (determinismWorker_) determinismWorker_->cancel();
}

std::optional<CategoryId> Trials::categoryOf(const QString& text) const
{
    const auto& all = session().categories();
    const auto found = std::ranges::find(all, text.toStdString(), &store::Category::text);
    return found == all.end() ? std::nullopt : std::optional(found->id);
}

void Trials::joinFindings()
{
    auto audited = session().findings();
    if (!determinism_ || determinism_->groups.empty()) {
        findings_ = std::move(audited);
    } else {
        auto both = audited ? std::make_shared<FindingsView>(*audited) : std::make_shared<FindingsView>();
        both->groups.insert(both->groups.end(), determinism_->groups.begin(), determinism_->groups.end());
        std::ranges::stable_sort(both->groups, std::ranges::greater(),
                                 [](const FindingGroupView& group) { return group.rows.size(); });
        both->findings += determinism_->findings;
        both->cut = both->cut || determinism_->cut;
        findings_ = std::move(both);
    }
    emit findingsChanged();
}

}  // namespace hindcast::ui
