#pragma once
#include "ui/findings/found_page.h"

#include <QStringList>

class QLabel;
class QMenu;
class QToolButton;

namespace hindcast::ui {

class ElidedLabel;

/// A page on which one asks: what is asked stands in its bar, beside a button that asks it or stops what runs, and a summary of how it
/// went. GUI thread only.
class AskingPage : public FoundPage {
    Q_OBJECT
public:
    using FoundPage::FoundPage;

    /// Asks what stands in the bar; nothing where it cannot be asked.
    virtual void ask() = 0;
    [[nodiscard]] QToolButton& goButton() { return *go_; }
    [[nodiscard]] QString summary() const;

protected:
    // Parts of a bar: words before or between others, and a button by whose menu one chooses.
    [[nodiscard]] static QLabel* quiet(const QString& words);
    [[nodiscard]] static QToolButton* choiceButton(QMenu& menu);
    /// Of a part of the bar: its share of what the others leave; 0: as it is.
    struct InBar {
        QWidget* widget;
        int stretch = 0;
    };
    /// `asked`, the button and the summary, for layOut().
    [[nodiscard]] QWidget& makeBar(std::initializer_list<InBar> asked);
    [[nodiscard]] virtual bool canAsk() const = 0;
    /// What the button says while nothing runs.
    [[nodiscard]] virtual QString askWords() const { return tr("Find"); }
    [[nodiscard]] virtual QString askTip() const { return {}; }
    void updateGo();
    [[nodiscard]] ElidedLabel& summaryLine() { return *summary_; }

    [[nodiscard]] bool isOpen() const { return open_; }
    void setOpen(bool open) { open_ = open; }

    /// That what was found was found by a model which is no longer in force; empty: it was not.
    void setStale(const QString& words) { stale_ = words; }
    /// What was copied or written of it.
    void setNotice(const QString& words) { notice_ = words; }
    /// In one line: `remarks`, between these two.
    [[nodiscard]] QString joined(const QStringList& remarks) const;

private:
    QToolButton* go_ = nullptr;
    ElidedLabel* summary_ = nullptr;
    bool open_ = false;
    QString stale_;
    QString notice_;
};

}  // namespace hindcast::ui
