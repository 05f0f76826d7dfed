#pragma once
#include <QString>
#include <QStringList>
#include <QWidget>

#include <initializer_list>

namespace hindcast::ui {

class WrappedLabel;

/// A page of the panel of what was found: a title with its count for the tab, and some words that stand beside the tabs. In it a bar,
/// beneath that what must be said, in as many lines as it takes, and what was found. Escape cancels what runs. GUI thread only.
class FoundPage : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    [[nodiscard]] virtual QString title() const = 0;  ///< "Findings (5)"
    [[nodiscard]] virtual QString words() const = 0;  ///< "grouped by cause: …"; empty: nothing is to be said
    /// The same in fewer and fewer words, for where there is no room.
    [[nodiscard]] virtual QStringList shorterWords() const { return {}; }
    /// The keyboard goes to where one begins.
    virtual void takeFocus() = 0;
    [[nodiscard]] QString message() const;  ///< what must be said; empty: nothing

signals:
    void viewChanged();  ///< title or words, too
    void cancelWanted();

protected:
    [[nodiscard]] virtual bool isRunning() const = 0;
    /// For the constructor. The last of `found` takes the room that there is.
    void layOut(QWidget& bar, std::initializer_list<QWidget*> found);
    void say(const QString& message);
    [[nodiscard]] WrappedLabel& messageLine() { return *message_; }
    void keyPressEvent(QKeyEvent* event) override;

private:
    WrappedLabel* message_ = nullptr;
};

}  // namespace hindcast::ui
