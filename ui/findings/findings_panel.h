#pragma once
#include "ui/look/theme.h"

#include <QWidget>

class QStackedWidget;
class QTabBar;
class QToolButton;

namespace hindcast::ui {

class ElidedLabel;
class FindingsPage;
class FirstTimePage;
class FoundPage;
class ModelDiffPage;
class SmallestPage;
class StatesPage;

/// What was found by looking at many states, in tabs: the first time that an expression holds, what an audit finds, the difference that
/// another model makes, the smallest case, in whose state something stands. Knows no session.
class FindingsPanel final : public QWidget {
    Q_OBJECT
public:
    enum Tab { FirstTime, Findings, ModelDiff, SmallestCase, States };  ///< in the order of the tabs

    /// `theme` must outlive the panel.
    explicit FindingsPanel(const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] FirstTimePage& firstTime() { return *firstTime_; }
    [[nodiscard]] FindingsPage& findings() { return *findings_; }
    [[nodiscard]] StatesPage& states() { return *states_; }
    [[nodiscard]] ModelDiffPage& modelDiff() { return *modelDiff_; }
    [[nodiscard]] SmallestPage& smallest() { return *smallest_; }
    [[nodiscard]] QToolButton& closeButton() { return *close_; }
    [[nodiscard]] QTabBar& tabs() { return *tabs_; }
    [[nodiscard]] Tab tab() const;
    void showTab(Tab tab);
    [[nodiscard]] QString words() const;  ///< beside the tabs
    /// The keyboard goes to where one begins in the page that is shown.
    void takeFocus();

signals:
    void tabChanged(int tab);
    void closeWanted();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QWidget* makeHeader();
    void add(FoundPage& page);
    [[nodiscard]] FoundPage& page() const;
    void updateWords();

    const Theme& theme_;
    QTabBar* tabs_;
    ElidedLabel* words_;
    QToolButton* close_;
    QStackedWidget* pages_;
    FirstTimePage* firstTime_;
    FindingsPage* findings_;
    StatesPage* states_;
    ModelDiffPage* modelDiff_;
    SmallestPage* smallest_;
};

}  // namespace hindcast::ui
