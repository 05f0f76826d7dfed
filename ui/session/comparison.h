#pragma once
#include "ui/session/comparison_view.h"
#include "ui/session/comparison_worker.h"
#include "ui/session/go_to.h"
#include "ui/session/session_facet.h"

#include <memory>
#include <vector>

namespace hindcast::ui {

/// Two sides that are compared: two versions of a life, two entities, two moments; how they differ and what happened between.
/// A side is the selected entity, or one that was named, at its mark. Where the mark is not set B is the playhead, and A the version
/// before B, or of another life the playhead as well. GUI thread only.
class Comparison final : public SessionFacet {
    Q_OBJECT
public:
    using Which = Marks::Which;

    explicit Comparison(Session& session);
    ~Comparison() override;

    void open(const Opened& opened) override;
    void close() override;
    void madeAnew() override;
    void modelChanged(const QString& category) override;
    [[nodiscard]] bool isBusy() const override;

    [[nodiscard]] const ComparedSides& sides() const { return sides_; }
    [[nodiscard]] const ComparedSide& side(Which which) const { return sides_[which]; }
    [[nodiscard]] bool isOfTwo() const { return sides_[Marks::A].entity != sides_[Marks::B].entity; }
    /// Two entities are looked at as of the playhead, whatever the marks say.
    [[nodiscard]] bool isAtPlayhead() const { return atPlayhead_; }
    /// The latest answer; it may be another's than sides() by then (ComparisonView::isOf). Null: none.
    [[nodiscard]] std::shared_ptr<const ComparisonView> view() const { return view_; }

    /// Whether anybody looks: else nothing is rebuilt.
    void setWanted(bool wanted);
    /// The selected entity with that one, both as of the playhead.
    void compareWith(const QString& entity);
    /// A side becomes that entity, "category/id", whatever is selected; empty: the selected one again.
    void setEntity(Which which, const QString& entity);
    void setAtPlayhead(bool on);
    /// Sets the side's mark upon a version of its entity, or lets it go. Nothing where its life is not known (yet).
    void hold(Which which, std::optional<Version> version);
    /// A becomes that version of its life; B is the playhead.
    void compareFrom(Version version);
    void swap();
    /// The selected entity at the playhead, and the version before it.
    void reset();

    /// What these rows of view()'s Between changed, by changesReady().
    void requestChanges(std::size_t first, std::size_t last);
    /// Goes to the event of such a row: its entity is selected. What is compared stays what it is: sides that followed are held.
    void goTo(const Between::Row& row);
    /// Entities whose id holds that, by entitiesFound().
    void findEntities(const QString& text);

signals:
    void sidesChanged();
    void viewChanged();
    void changesReady(const std::shared_ptr<const hindcast::ui::BetweenChanges>& changes);
    void entitiesFound(const QString& text, const std::vector<hindcast::ui::GoToHit>& hits);

private:
    [[nodiscard]] QString selectedText() const;
    void takeChosen();
    void loadLives();
    void update();
    void ask(bool again = false);
    [[nodiscard]] ComparedSide sideOf(Which which) const;
    void place(Which which, ComparedSide& side, const ComparedSide& other) const;
    void holdAll();

    std::shared_ptr<ComparisonWorker> worker_;   ///< null: no workspace is open
    std::vector<ComparisonWorker::Life> lives_;  ///< of entities that are not selected, as far as they have been read
    std::array<QString, 2> chosen_;              ///< "category/id"; empty: the selected one
    bool atPlayhead_ = false;
    bool wanted_ = false;
    ComparedSides sides_;
    ComparedSides asked_;
    bool isAsked_ = false;
    std::shared_ptr<const ComparisonView> view_;
};

}  // namespace hindcast::ui
