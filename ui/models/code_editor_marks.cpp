// What is marked in a script: places that are wrong, brackets that go together, hits, the line with the caret.
#include "ui/models/code_editor.h"
#include "ui/models/code_gutter.h"
#include "ui/models/javascript_highlighter.h"

#include <QTextBlock>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr std::size_t kMostMarks = 200;
constexpr int kMostBrackets = 200'000;  // walked through for one that may not be there

bool isInWord(QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'$'; }

/// The word at a column of a line, or the sign that stands there; without a column all but the blanks at both ends. At an empty place
/// the sign before it, so that there is something to see.
std::pair<int, int> wordAt(const QString& line, int column)
{
    const auto size = static_cast<int>(line.size());
    int from = 0;
    int to = size;
    if (column <= 0) {
        while (from < to && line[from].isSpace()) ++from;
        while (to > from && line[to - 1].isSpace()) --to;
        return {from, to};
    }
    from = std::min(column - 1, size);
    to = from;
    if (from < size && isInWord(line[from])) {
        while (from > 0 && isInWord(line[from - 1])) --from;
        while (to < size && isInWord(line[to])) ++to;
    } else if (from < size && !line[from].isSpace()) {
        ++to;
    } else {
        while (from > 0 && line[from - 1].isSpace()) --from;
        if (from > 0) return {from - 1, from};
        return {0, std::min(1, size)};
    }
    return {from, to};
}

QTextEdit::ExtraSelection marking(const QTextCursor& cursor, const QColor& ground)
{
    QTextEdit::ExtraSelection mark;
    mark.cursor = cursor;
    mark.format.setBackground(ground);
    return mark;
}

QTextCursor rangeOf(QTextDocument* document, int from, int to)
{
    QTextCursor cursor(document);
    cursor.setPosition(from);
    cursor.setPosition(to, QTextCursor::KeepAnchor);
    return cursor;
}

}  // namespace

void CodeEditor::setDiagnostics(const std::vector<ModelDiagnostic>& diagnostics)
{
    marks_.clear();
    for (const ModelDiagnostic& one : diagnostics) {
        if (one.line <= 0 || marks_.size() >= kMostMarks) continue;
        QTextBlock block = document()->findBlockByNumber(one.line - 1);
        if (!block.isValid()) block = document()->lastBlock();
        const auto [from, to] = wordAt(block.text(), one.column);
        marks_.push_back({rangeOf(document(), block.position() + from, block.position() + to), one});
    }
    updateMarks();
    gutter_->update();
}

std::vector<ModelDiagnostic> CodeEditor::diagnostics() const
{
    std::vector<ModelDiagnostic> all;
    for (const Mark& mark : marks_) all.push_back(mark.what);
    return all;
}

std::vector<std::pair<int, int>> CodeEditor::marked() const
{
    std::vector<std::pair<int, int>> all;
    for (const Mark& mark : marks_) all.emplace_back(mark.at.selectionStart(), mark.at.selectionEnd());
    return all;
}

QString CodeEditor::messageAt(int position) const
{
    QStringList said;
    for (const Mark& mark : marks_)
        if (position >= mark.at.selectionStart() && position <= mark.at.selectionEnd()) said << mark.what.message;
    return said.join(QLatin1Char('\n'));
}

void CodeEditor::updateMarks()
{
    QList<QTextEdit::ExtraSelection> marks;
    if (hasFocus()) {
        QTextCursor line = textCursor();
        line.clearSelection();
        QTextEdit::ExtraSelection current = marking(line, theme_.color(Theme::Role::Field));
        current.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks << current;
    }
    addFound(marks);
    addBrackets(marks);
    addDiagnostics(marks);
    setExtraSelections(marks);
}

void CodeEditor::addFound(QList<QTextEdit::ExtraSelection>& marks) const
{
    if (hits_.empty()) return;
    const auto [first, last] = shownLines();
    const int from = document()->findBlockByNumber(first).position();
    const QTextBlock end = document()->findBlockByNumber(last);
    const int to = end.isValid() ? end.position() + end.length() : document()->characterCount();
    const auto length = static_cast<int>(found_.size());
    for (auto hit = std::lower_bound(hits_.begin(), hits_.end(), from); hit != hits_.end() && *hit < to; ++hit)
        marks << marking(rangeOf(document(), *hit, *hit + length), theme_.color(Theme::Role::ChangedSoft));
}

void CodeEditor::addBrackets(QList<QTextEdit::ExtraSelection>& marks) const
{
    const auto [one, other] = brackets();
    if (one < 0 || other < 0) return;
    for (const int at : {one, other}) marks << marking(rangeOf(document(), at, at + 1), theme_.color(Theme::Role::Selection));
}

void CodeEditor::addDiagnostics(QList<QTextEdit::ExtraSelection>& marks) const
{
    for (const Mark& mark : marks_) {
        QTextEdit::ExtraSelection wave;
        wave.cursor = mark.at;
        const bool error = mark.what.severity == ModelDiagnostic::Severity::Error;
        wave.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        wave.format.setUnderlineColor(theme_.color(error ? Theme::Role::Warning : Theme::Role::Accent));
        marks << wave;
    }
}

std::pair<int, int> CodeEditor::brackets() const
{
    const QTextCursor cursor = textCursor();
    if (cursor.hasSelection()) return {-1, -1};
    // The one before the caret has just been typed; then the one behind it.
    for (const int at : {cursor.position() - 1, cursor.position()})
        if (at >= 0)
            if (const int match = matchOf(at); match >= 0) return {at, match};
    return {-1, -1};
}

int CodeEditor::matchOf(int position) const
{
    QTextBlock block = document()->findBlock(position);
    const auto factsOf = [](const QTextBlock& of) { return static_cast<const LineFacts*>(of.userData()); };
    const LineFacts* facts = factsOf(block);
    if (facts == nullptr) return -1;
    const auto& line = facts->brackets;
    const auto start = std::find_if(line.begin(), line.end(),
                                    [&](const LineFacts::Bracket& one) { return one.at == position - block.position(); });
    if (start == line.end()) return -1;
    static const QString kOpening = QStringLiteral("([{");
    static const QString kClosing = QStringLiteral(")]}");
    const bool forwards = kOpening.contains(start->sign);
    const QChar same = start->sign;
    const QChar other = forwards ? kClosing.at(kOpening.indexOf(same)) : kOpening.at(kClosing.indexOf(same));
    auto index = static_cast<std::ptrdiff_t>(start - line.begin());
    int depth = 0;
    for (int walked = 0; walked < kMostBrackets; ++walked) {
        while (facts == nullptr || index < 0 || index >= static_cast<std::ptrdiff_t>(facts->brackets.size())) {
            block = forwards ? block.next() : block.previous();
            if (!block.isValid()) return -1;
            facts = factsOf(block);
            index = forwards || facts == nullptr ? 0 : static_cast<std::ptrdiff_t>(facts->brackets.size()) - 1;
        }
        const LineFacts::Bracket& here = facts->brackets[static_cast<std::size_t>(index)];
        if (here.sign == same) ++depth;
        if (here.sign == other && --depth == 0) return block.position() + here.at;
        index += forwards ? 1 : -1;
    }
    return -1;
}

std::size_t CodeEditor::setFound(const QString& text)
{
    found_ = text;
    findHits();
    return hits_.size();
}

void CodeEditor::findHits()
{
    hits_.clear();
    if (!found_.isEmpty()) {
        const QString all = toPlainText();
        for (qsizetype at = all.indexOf(found_, 0, Qt::CaseInsensitive); at >= 0 && hits_.size() < kMostHits;
             at = all.indexOf(found_, at + found_.size(), Qt::CaseInsensitive))
            hits_.push_back(static_cast<int>(at));
    }
    updateMarks();
    emit hitsChanged();
}

std::size_t CodeEditor::hitNumber() const
{
    const QTextCursor cursor = textCursor();
    if (cursor.selectionEnd() - cursor.selectionStart() != found_.size() || found_.isEmpty()) return 0;
    const auto at = std::lower_bound(hits_.begin(), hits_.end(), cursor.selectionStart());
    return at != hits_.end() && *at == cursor.selectionStart() ? static_cast<std::size_t>(at - hits_.begin()) + 1 : 0;
}

void CodeEditor::stepFound(int direction)
{
    if (hits_.empty()) return;
    const int start = textCursor().selectionStart();
    auto at = direction > 0 ? std::upper_bound(hits_.begin(), hits_.end(), hitNumber() > 0 ? start : start - 1)
                            : std::lower_bound(hits_.begin(), hits_.end(), start);
    if (direction < 0) at = at == hits_.begin() ? hits_.end() - 1 : at - 1;
    if (at == hits_.end()) at = hits_.begin();
    setTextCursor(rangeOf(document(), *at, *at + static_cast<int>(found_.size())));
    ensureCursorVisible();
    emit hitsChanged();
}

}  // namespace hindcast::ui
