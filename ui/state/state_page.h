#pragma once
#include "ui/look/theme.h"
#include "ui/session/branch_views.h"
#include "ui/session/watch_views.h"
#include "ui/state/state_words.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QMenu;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace hindcast::ui {

class ChangesList;
class EventDetails;
class FindBar;
class Notice;
class ResultPanel;
class StateTree;
class WritesPanel;

/// The state as of the playhead: what the event changed, what must be said about the state, the tree, and the event in brief. Each
/// of the three has a height that the user can change and that stays, so that nothing jumps while the playhead moves.
class StatePage final : public QWidget {
    Q_OBJECT
public:
    explicit StatePage(const Theme& theme, QWidget* parent = nullptr);

    void setTypeNames(TypeNames names);
    void setNoEntities(bool none);  ///< the workspace holds none: there is nothing to select
    void setHistory(std::shared_ptr<const replay::History> history);
    void setState(std::shared_ptr<const StateView> state);
    void setEvent(std::shared_ptr<const EventView> event);
    /// The branch whose state stands beside the real one, by its name (empty: none), and that state: null while it is worked out.
    void setBranch(const QString& name, std::shared_ptr<const BranchStateView> state);
    /// The watched fields of the entity's category, by their pointers; whether a field is one of them.
    void setWatched(const QStringList& pointers) { watched_ = pointers; }
    /// Their values as far as they are known: they tell who changed an item that is named by what it is. May be null.
    void setWatches(std::shared_ptr<const WatchesView> watches);
    void setWrites(const std::shared_ptr<const WriteRows>& writes);
    /// Opens the panel that lists who ever wrote a field, and goes to that field.
    void showWrites(const QString& pointer);
    void closeWrites();
    /// Another model has been saved for a category: offers to undo it. Empty: no more.
    void offerUndo(const QString& category);

    /// Why the state cannot be rebuilt: a program that waits to be allowed, a model that was given up; empty: nothing. `offers`: links
    /// by what policyWanted() tells of them and their words.
    using Offers = QList<std::pair<QString, QString>>;
    void setTrouble(const QString& words, const Offers& offers);

    /// The state there is so long in coming that it has to be said, over the one that is shown; none: it is there.
    void setAwaited(std::optional<Version> version);

    /// What a projection shows of the state; as ResultPanel::setResult().
    void setResult(std::shared_ptr<const StateView> result);
    [[nodiscard]] ResultPanel& resultPanel() { return *result_; }

    [[nodiscard]] StateTree& tree() { return *tree_; }
    [[nodiscard]] ChangesList& changes() { return *changes_; }
    [[nodiscard]] QLineEdit& filterField() { return *filter_; }
    [[nodiscard]] FindBar& findBar() { return *find_; }
    [[nodiscard]] QToolButton& modelButton() { return *modelButton_; }
    [[nodiscard]] QToolButton& changedOnlyButton() { return *changedOnly_; }
    [[nodiscard]] QSplitter& splitter() { return *splitter_; }
    [[nodiscard]] WritesPanel& writesPanel() { return *writes_; }
    /// Fills the model's menu as it is when it opens.
    void fillModelMenu(QMenu& menu);
    void fillCopyMenu(QMenu& menu);
    /// The whole state, as `hindcast-cli state --json` prints it, to the clipboard.
    void copyState();
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString notice() const;  ///< what the strips say, as HTML; empty: nothing
    [[nodiscard]] QString nothing()
        const;  ///< what stands in the tree's place where there is no state, as HTML; empty: there is one
    void follow(const QString& link);

signals:
    void versionChosen(hindcast::Version version);
    void watchToggled(const QString& pointer);
    void valuesWanted(const QString& pointer, const hindcast::ui::VersionRuns& runs);
    void entityChosen(const QString& entity);
    void rejectChosen(hindcast::EventId id, hindcast::Timestamp time);  ///< a record that could not be decoded
    void rawWanted();
    void ruleWanted(const QString& target, const QString& source);
    void compareWanted(hindcast::Version version);
    void undoModelWanted(const QString& category);
    void modelEditWanted();
    void policyWanted(const QString& what);          ///< "stop", "go on", or an offer of setTrouble()
    void modelPlaceWanted(int line, int column);     ///< of the script in force, from 1; column 0: not known
    void smallestWanted(hindcast::Version version);  ///< the fewest events at which the model still fails as it does there
    void failed(const QString& what, const QString& why, const QString& hint);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] QWidget* buildTop();
    [[nodiscard]] QWidget* buildMiddle();
    [[nodiscard]] QWidget* buildBottom();
    void connectWrites();
    void followField(const QString& pointer);
    void fillFieldMenu(QMenu& menu, const QString& pointer);
    void fitHeights();
    void restoreLayout();
    void connectParts();
    void connectMenus();
    void updateWords();
    void updateModel();
    void updateHits();
    void exportRules();
    [[nodiscard]] QString lifeNotice() const;
    /// What is said of a partial life, with all the words or in few.
    [[nodiscard]] QString partialNotice(bool brief) const;
    void showReasons();
    [[nodiscard]] QString modelNotice() const;
    [[nodiscard]] QString troubleNotice() const;
    void sayWhatIsShown();
    [[nodiscard]] QString branchNotice() const;
    void addBranchCopies(QMenu& menu);
    [[nodiscard]] bool isBranchHere() const;  ///< its state is of the shown version
    [[nodiscard]] QString nothingText() const;
    [[nodiscard]] QString link(const QString& to, const QString& words) const;
    [[nodiscard]] QString versionLink(Version version) const;

    const Theme& theme_;
    TypeNames names_;
    bool noEntities_ = false;
    std::shared_ptr<const replay::History> history_;
    std::shared_ptr<const StateView> state_;
    std::shared_ptr<const EventView> event_;
    QString branchName_;
    std::shared_ptr<const BranchStateView> branch_;
    QString undoCategory_;
    QString troubleWords_;
    std::optional<Version> awaited_;
    Offers troubleOffers_;
    QString modelFitted_;  ///< all that the words on the model's button depend on
    QSplitter* splitter_;
    QLabel* title_;
    QToolButton* copyButton_;
    ChangesList* changes_;
    Notice* life_;
    Notice* model_;
    Notice* trouble_;
    Notice* saved_;
    QLineEdit* filter_;
    FindBar* find_;
    QToolButton* changedOnly_;
    QToolButton* modelButton_;
    QStackedWidget* stack_;
    StateTree* tree_;
    QSplitter* middle_;  ///< the tree over who wrote a field
    WritesPanel* writes_;
    ResultPanel* result_;
    QStringList watched_;
    std::shared_ptr<const WatchesView> watches_;
    QLabel* nothing_;
    QLabel* eventTitle_;
    EventDetails* details_;
};

}  // namespace hindcast::ui
