#pragma once
#include <QWidget>

namespace hindcast::ui {

/// A page of the panel of what was found: a title with its count for the tab, and some words that stand beside the tabs.
class FoundPage : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    [[nodiscard]] virtual QString title() const = 0;  ///< "Findings (5)"
    [[nodiscard]] virtual QString words() const = 0;  ///< "grouped by cause: …"; empty: nothing is to be said
    /// The keyboard goes to where one begins.
    virtual void takeFocus() = 0;

signals:
    void viewChanged();  ///< title or words, too
};

}  // namespace hindcast::ui
