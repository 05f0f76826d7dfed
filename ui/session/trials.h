#pragma once
#include "core/expression/expression.h"
#include "ui/session/session_facet.h"
#include "ui/session/trial_views.h"

#include <QStringList>

#include <memory>
#include <optional>

namespace hindcast::ui {

class DeclaredInvariants;
class DeterminismWorker;
class ModelDiffWorker;
class SmallestWorker;

/// What is tried out beside what is in force: the fewest events that still show a symptom, the difference that another model makes,
/// and whether a model is deterministic. Each is asked for, tells how it goes, and can be stopped; a newer request takes the place
/// of an older one of its kind. Nothing of it is saved.
/// GUI thread only.
class Trials final : public SessionFacet {
    Q_OBJECT
public:
    explicit Trials(Session& session);
    ~Trials() override;

    void open(const Opened& opened) override;
    void close() override;
    void madeAnew() override;
    void modelChanged(const QString& category) override;
    [[nodiscard]] bool isBusy() const override;

    // ---- the smallest case
    /// Of that entity, by smallestChanged(). `at`: the event that shows the symptom; empty: the first that does. The place where an
    /// expression is wrong, where it is: then nothing is done.
    std::optional<expression::SyntaxError> requestSmallest(EntityId entity, const WantedSymptom& wanted,
                                                           std::optional<EventId> at = {});
    void cancelSmallest();
    void forgetSmallest();                                                                    ///< as if it had not been asked for
    [[nodiscard]] std::shared_ptr<const SmallestView> smallest() const { return smallest_; }  ///< null: nothing was asked
    /// That the model of the selected entity's category declares, as of invariantsChanged().
    [[nodiscard]] const QStringList& invariants() const { return invariants_; }

    // ---- two models
    /// Compares them over all entities of the category (store::Category::text), by modelDiffChanged().
    void requestModelDiff(const QString& category, const ModelChoice& first, const ModelChoice& second);
    void cancelModelDiff();
    [[nodiscard]] std::shared_ptr<const ModelDiffView> modelDiff() const { return modelDiff_; }  ///< null: nothing was asked

    // ---- determinism
    /// Of the models in force, over the category (store::Category::text) or, where that is empty, all entities: by
    /// determinismChanged(). What was found goes as soon as one of these models is another one.
    void checkDeterminism(const QString& category);
    void cancelDeterminism();
    [[nodiscard]] std::shared_ptr<const DeterminismView> determinism() const { return determinism_; }  ///< null: not checked

    /// What the session's audit and the check for determinism have found, together; null: not known yet. findingsChanged().
    [[nodiscard]] std::shared_ptr<const FindingsView> findings() const { return findings_; }

signals:
    void smallestChanged();
    void invariantsChanged();
    void modelDiffChanged();
    void determinismChanged();
    void findingsChanged();

private:
    void forget();
    void readInvariants();
    void joinFindings();
    [[nodiscard]] std::optional<CategoryId> categoryOf(const QString& text) const;

    // They belong to the workspace; null where none is open.
    std::shared_ptr<SmallestWorker> smallestWorker_;
    std::shared_ptr<ModelDiffWorker> modelDiffWorker_;
    std::shared_ptr<DeterminismWorker> determinismWorker_;
    std::shared_ptr<DeclaredInvariants> declared_;

    std::shared_ptr<const SmallestView> smallest_;
    std::shared_ptr<const ModelDiffView> modelDiff_;
    std::shared_ptr<const DeterminismView> determinism_;
    std::shared_ptr<const FindingsView> findings_;
    QString invariantsOf_;  ///< the category
    QStringList invariants_;
};

}  // namespace hindcast::ui
