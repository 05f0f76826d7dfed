#pragma once
#include "ui/look/theme.h"
#include "ui/session/model_diagnostic.h"

#include <QPlainTextEdit>
#include <QTextCursor>

#include <utility>
#include <vector>

namespace hindcast::ui {

class CodeGutter;
class JavaScriptHighlighter;

/// An editor for JavaScript: colours, line numbers, brackets that go together, indenting, comments, and marks where a model is wrong.
/// Tab indents; Escape and then Tab leaves it. Works on a text alone: knows neither files nor sessions.
class CodeEditor final : public QPlainTextEdit {
    Q_OBJECT
public:
    /// `theme` must outlive the editor; its font is Theme::mono().
    explicit CodeEditor(const Theme& theme, QWidget* parent = nullptr);

    /// Another text; what could be undone in the one before is forgotten. The caret stays in its line where there is one.
    void setSource(const QString& source);

    /// Marks these places until others are given; the marks go with the text as it is edited.
    void setDiagnostics(const std::vector<ModelDiagnostic>& diagnostics);
    /// As they were given, those with a place.
    [[nodiscard]] std::vector<ModelDiagnostic> diagnostics() const;
    /// Where each is marked now: from, to.
    [[nodiscard]] std::vector<std::pair<int, int>> marked() const;
    /// The message of what is marked there, several on lines of their own; empty: nothing is. A position in the document.
    [[nodiscard]] QString messageAt(int position) const;
    /// The caret goes there and comes into view; both from 1, beyond the text to its end.
    void goTo(int line, int column);

    /// Marks what holds this text, whatever its case; empty: nothing. Returns how many there are, at most kMostHits.
    std::size_t setFound(const QString& text);
    [[nodiscard]] std::size_t hits() const { return hits_.size(); }
    /// The number of the hit that is selected, from 1; 0: none is.
    [[nodiscard]] std::size_t hitNumber() const;
    /// Selects the next hit behind the caret (1), the one before it (-1), or the first one from its selection on (0); around at the
    /// ends.
    void stepFound(int direction);
    static constexpr std::size_t kMostHits = 10'000;

    /// The positions of the bracket at the caret and of the one that belongs to it; -1: there is none.
    [[nodiscard]] std::pair<int, int> brackets() const;
    [[nodiscard]] JavaScriptHighlighter& highlighter() { return *highlighter_; }
    [[nodiscard]] CodeGutter& gutter() { return *gutter_; }

signals:
    void findWanted();
    void findStepWanted(int direction);
    void hitsChanged();

protected:
    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    friend class CodeGutter;
    struct Mark {
        QTextCursor at;
        ModelDiagnostic what;
    };
    [[nodiscard]] bool editByKey(const QKeyEvent& event);
    [[nodiscard]] bool typePlain(const QKeyEvent& event);
    [[nodiscard]] bool isProseAt(const QTextCursor& cursor) const;
    void dress();
    void placeGutter();
    void lookAtShown();
    void updateMarks();
    void addFound(QList<QTextEdit::ExtraSelection>& marks) const;
    void addBrackets(QList<QTextEdit::ExtraSelection>& marks) const;
    void addDiagnostics(QList<QTextEdit::ExtraSelection>& marks) const;
    void findHits();
    [[nodiscard]] int matchOf(int position) const;
    [[nodiscard]] std::pair<int, int> shownLines() const;

    const Theme& theme_;
    JavaScriptHighlighter* highlighter_;
    CodeGutter* gutter_;
    std::vector<Mark> marks_;
    QString found_;
    std::vector<int> hits_;  ///< where each begins
};

}  // namespace hindcast::ui
