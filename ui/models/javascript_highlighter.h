#pragma once
#include "ui/look/theme.h"
#include "ui/models/javascript_tokens.h"

#include <QSyntaxHighlighter>
#include <QTextBlockUserData>

#include <map>
#include <vector>

namespace hindcast::ui {

/// What is kept of each line: its brackets that are code, and what its colours were made for.
struct LineFacts final : QTextBlockUserData {
    struct Bracket {
        int at = 0;  ///< in the line
        QChar sign;
    };
    std::vector<Bracket> brackets;
    int colored = 0;  ///< for which call of recolor(); 0: not yet
};

/// The colours of JavaScript in a document. Every line is looked at when it changes, and those after it while that changes what they
/// begin with; only lines in view are given colours, the others when they come into view. GUI thread only.
class JavaScriptHighlighter final : public QSyntaxHighlighter {
    Q_OBJECT
public:
    /// `theme` must outlive it.
    JavaScriptHighlighter(QTextDocument& document, const Theme& theme);

    /// The lines in view, by their numbers from 0.
    void setShown(int first, int last);
    /// Whether the text at this place stands within a string, a template's text, a regular expression or a comment.
    [[nodiscard]] bool isProse(const QTextBlock& block, int column) const;
    /// How many lines have been looked at since this was made.
    [[nodiscard]] int looked() const { return looked_; }

protected:
    void highlightBlock(const QString& text) override;

private:
    void recolor();
    [[nodiscard]] int numberOf(const LineState& state);

    const Theme& theme_;
    std::vector<LineState> states_;  ///< by the number that a block has for it
    std::map<LineState, int> numbers_;
    std::vector<Token> tokens_;
    int first_ = 0;
    int last_ = 100;
    int color_ = 1;
    int looked_ = 0;
};

}  // namespace hindcast::ui
