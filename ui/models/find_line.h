#pragma once
#include "ui/look/theme.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace hindcast::ui {

class CodeEditor;
class SearchField;

/// The line under a script in which one looks for a text: which hit of how many, to the next and the one before. Hidden until
/// begin(). GUI thread only.
class FindLine final : public QWidget {
    Q_OBJECT
public:
    /// Both must outlive it.
    FindLine(const Theme& theme, CodeEditor& editor, QWidget* parent = nullptr);

    /// Shows it, with what is selected in the editor, and takes the keyboard.
    void begin();
    /// Hides it; the keyboard goes back to the text.
    void end();
    [[nodiscard]] SearchField& field() { return *field_; }
    [[nodiscard]] QString countText() const;  ///< "hit 2 of 7"

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showCount();

    CodeEditor& editor_;
    SearchField* field_;
    QLabel* count_;
    QToolButton* previous_;
    QToolButton* next_;
};

}  // namespace hindcast::ui
