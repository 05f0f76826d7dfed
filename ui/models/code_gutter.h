#pragma once
#include <QWidget>

namespace hindcast::ui {

class CodeEditor;

/// The line numbers beside a script, with a sign where a line is wrong. Belongs to its editor.
class CodeGutter final : public QWidget {
    Q_OBJECT
public:
    explicit CodeGutter(CodeEditor& editor);

    [[nodiscard]] int wantedWidth() const;  ///< px, for as many lines as there are

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] int lineAt(int y) const;  ///< from 1; 0: none

    CodeEditor& editor_;
};

}  // namespace hindcast::ui
