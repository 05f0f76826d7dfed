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

/// What was found over all entities, in tabs: the first time that an expression holds, and what an audit finds. Knows no session.
class FindingsPanel final : public QWidget {
    Q_OBJECT
public:
    enum Tab { FirstTime, Findings };

    /// `theme` must outlive the panel.
    explicit FindingsPanel(const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] FirstTimePage& firstTime() { return *firstTime_; }
    [[nodiscard]] FindingsPage& findings() { return *findings_; }
    [[nodiscard]] QToolButton& closeButton() { return *close_; }
    [[nodiscard]] QTabBar& tabs() { return *tabs_; }
    [[nodiscard]] Tab tab() const;
    void showTab(Tab tab);
    [[nodiscard]] QString words() const;  ///< beside the tabs
    /// The keyboard goes to the field, or to the findings.
    void takeFocus();

signals:
    void tabChanged(int tab);
    void closeWanted();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QWidget* makeHeader();
    void updateWords();

    const Theme& theme_;
    QTabBar* tabs_;
    ElidedLabel* words_;
    QToolButton* close_;
    QStackedWidget* pages_;
    FirstTimePage* firstTime_;
    FindingsPage* findings_;
};

}  // namespace hindcast::ui
