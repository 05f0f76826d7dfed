#pragma once
#include "ui/look/theme.h"
#include "ui/state/state_words.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QStackedWidget;
class QTabBar;

namespace hindcast::ui {

class EventDetails;
class HexView;
class StatePage;

/// The right side of the window: state, event and raw bytes as of the playhead, under one bar of tabs. Knows no session: bind()
/// joins the two.
class StateInspector final : public QWidget {
    Q_OBJECT
public:
    enum Tab { State, Event, Raw };
    /// `theme` must outlive the widget.
    explicit StateInspector(const Theme& theme, QWidget* parent = nullptr);

    void setTypeNames(TypeNames names);
    void setHistory(std::shared_ptr<const replay::History> history);
    void setPlayhead(Version version);
    void setState(std::shared_ptr<const StateView> state);
    void setEvent(std::shared_ptr<const EventView> event);

    [[nodiscard]] StatePage& statePage() { return *page_; }
    [[nodiscard]] EventDetails& eventDetails() { return *details_; }
    [[nodiscard]] HexView& bytes() { return *hex_; }
    void showTab(Tab tab);
    [[nodiscard]] QString where() const;  ///< what the right of the bar says
    /// The field stood upon in the tree; empty: none.
    [[nodiscard]] QString currentField() const;
    [[nodiscard]] bool hasPreviousChange() const;  ///< of that field, from the shown state
    [[nodiscard]] bool hasNextChange() const;

public slots:
    void toPreviousChange();  ///< of that field
    void toNextChange();

signals:
    void versionChosen(hindcast::Version version);
    void entityChosen(const QString& entity);
    void fieldChanged(const QString& pointer);

private:
    void updateWhere();
    void updateBytes();

    std::shared_ptr<const replay::History> history_;
    std::shared_ptr<const StateView> state_;
    std::shared_ptr<const EventView> event_;
    Version playhead_;
    QTabBar* tabs_;
    QLabel* where_;
    QStackedWidget* pages_;
    StatePage* page_;
    EventDetails* details_;
    QComboBox* part_;
    HexView* hex_;
};

}  // namespace hindcast::ui
