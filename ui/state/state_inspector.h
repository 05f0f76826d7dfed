#pragma once
#include "ui/look/theme.h"
#include "ui/session/watch_views.h"
#include "ui/state/state_words.h"

#include <QPointer>
#include <QStringList>
#include <QWidget>

class QMenu;
class QStackedWidget;
class QTabBar;
class QTimer;

namespace hindcast::ui {

class DiffPage;
class ElidedLabel;
class EventDetails;
class HexView;
class RawPage;
class RuleDialog;
class StatePage;

/// The right side of the window: state, event, differences and raw bytes as of the playhead, under one bar of tabs. Knows no
/// session: bind() joins the two.
class StateInspector final : public QWidget {
    Q_OBJECT
public:
    enum Tab { State, Event, Diff, Raw };
    /// `theme` must outlive the widget.
    explicit StateInspector(const Theme& theme, QWidget* parent = nullptr);

    void setTypeNames(TypeNames names);
    /// Of the events of the shown history, the most frequent first: offered where a rule is made.
    void setTypes(QStringList types) { types_ = std::move(types); }
    void setNoEntities(bool none);  ///< the workspace holds none: there is nothing to select
    void setReadOnly(const QString& because) { readOnlyBecause_ = because; }  ///< empty: models can be saved
    void setHistory(std::shared_ptr<const replay::History> history);
    void setPlayhead(Version version);
    void setState(std::shared_ptr<const StateView> state);
    void setEvent(std::shared_ptr<const EventView> event);
    /// Of the watches: which fields they are, and their values as far as they are known.
    void setWatched(const QStringList& pointers);
    void setWatches(std::shared_ptr<const WatchesView> watches);
    void setWrites(const std::shared_ptr<const WriteRows>& writes);
    void setPreview(const std::shared_ptr<const ModelPreview>& preview);
    /// A model was saved or taken back.
    void modelChanged(const QString& category, bool undone);

    [[nodiscard]] StatePage& statePage() { return *page_; }
    [[nodiscard]] EventDetails& eventDetails() { return *details_; }
    [[nodiscard]] DiffPage& diffPage() { return *diff_; }
    [[nodiscard]] RawPage& rawPage() { return *raw_; }
    [[nodiscard]] HexView& bytes();
    void showTab(Tab tab);
    [[nodiscard]] Tab tab() const;
    [[nodiscard]] QString where() const;  ///< what the right of the bar says
    /// The field stood upon in the tree; empty: none.
    [[nodiscard]] QString currentField() const;
    [[nodiscard]] bool hasPreviousChange() const;  ///< of that field, from the shown state
    [[nodiscard]] bool hasNextChange() const;
    /// Opens the dialog that makes a rule; either may be empty.
    void makeRule(const QString& target, const QString& source);
    [[nodiscard]] RuleDialog* ruleDialog() const;  ///< null: none is open

public slots:
    void toPreviousChange();  ///< of that field
    void toNextChange();
    void showWrites(const QString& pointer);  ///< who ever wrote that field

signals:
    void tabChanged();  ///< another one is shown: by the user or by showTab()
    void versionChosen(hindcast::Version version);
    void watchToggled(const QString& pointer);
    void valuesWanted(const QString& pointer, const hindcast::ui::VersionRuns& runs);
    void entityChosen(const QString& entity);
    void rejectChosen(hindcast::EventId id, hindcast::Timestamp time);  ///< a record of this life that could not be decoded
    void fieldChanged(const QString& pointer);
    void compareFromWanted(hindcast::Version version);  ///< as A, with the playhead
    void previewWanted(quint64 ticket, const hindcast::Json& rules);
    void modelMade(const QString& category, const hindcast::Json& rules);
    void undoModelWanted(const QString& category);
    void smallestWanted(hindcast::Version version);  ///< the fewest events at which the model still fails as it does there
    void modelEditWanted();                          ///< as a script, of the selected entity's category
    void failed(const QString& what, const QString& why, const QString& hint);

private:
    void connectParts();
    void updateWhere();

    const Theme& theme_;
    QStringList types_;
    QString readOnlyBecause_;
    std::shared_ptr<const replay::History> history_;
    std::shared_ptr<const StateView> state_;
    std::shared_ptr<const EventView> event_;
    Version playhead_;
    QTimer* late_;  ///< the state at the playhead takes so long that one has to be told
    QTabBar* tabs_;
    ElidedLabel* where_;
    QStackedWidget* pages_;
    StatePage* page_;
    EventDetails* details_;
    DiffPage* diff_;
    RawPage* raw_;
    QPointer<RuleDialog> rule_;
};

}  // namespace hindcast::ui
