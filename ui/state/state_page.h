#pragma once
#include "ui/look/theme.h"
#include "ui/state/state_words.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QSplitter;
class QToolButton;

namespace hindcast::ui {

class ChangesList;
class EventDetails;
class Notice;
class StateTree;

/// The state as of the playhead: what the event changed, what must be said about the state, the tree, and the event in brief.
class StatePage final : public QWidget {
    Q_OBJECT
public:
    explicit StatePage(const Theme& theme, QWidget* parent = nullptr);

    void setTypeNames(TypeNames names);
    void setHistory(std::shared_ptr<const replay::History> history);
    void setState(std::shared_ptr<const StateView> state);
    void setEvent(std::shared_ptr<const EventView> event);

    [[nodiscard]] StateTree& tree() { return *tree_; }
    [[nodiscard]] ChangesList& changes() { return *changes_; }
    [[nodiscard]] QLineEdit& filterField() { return *filter_; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString notice() const;  ///< what the strips say, as HTML; empty: nothing

signals:
    void versionChosen(hindcast::Version version);
    void entityChosen(const QString& entity);
    void rawWanted();

private:
    void updateWords();
    [[nodiscard]] QString lifeNotice() const;
    [[nodiscard]] QString modelNotice() const;
    [[nodiscard]] QString versionLink(Version version) const;

    const Theme& theme_;
    TypeNames names_;
    std::shared_ptr<const replay::History> history_;
    std::shared_ptr<const StateView> state_;
    std::shared_ptr<const EventView> event_;
    QLabel* title_;
    ChangesList* changes_;
    Notice* life_;
    Notice* model_;
    QLineEdit* filter_;
    QToolButton* changedOnly_;
    QLabel* modelName_;
    StateTree* tree_;
    QLabel* eventTitle_;
    EventDetails* details_;
};

}  // namespace hindcast::ui
