#include "ui/models/code_edits.h"

#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

/// One step for undo.
class Step {
public:
    explicit Step(QTextCursor& cursor) : cursor_(cursor) { cursor_.beginEditBlock(); }
    ~Step() { cursor_.endEditBlock(); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

private:
    QTextCursor& cursor_;
};

QString blanksOf(const QString& line)
{
    const auto end = std::find_if(line.begin(), line.end(), [](QChar c) { return c != u' ' && c != u'\t'; });
    return line.left(end - line.begin());
}

QChar closing(QChar opening)
{
    switch (opening.unicode()) {
        case u'(': return u')';
        case u'[': return u']';
        case u'{': return u'}';
        case u'"':
        case u'\'':
        case u'`': return opening;
        default: return {};
    }
}

bool isClosing(QChar c) { return c == u')' || c == u']' || c == u'}'; }

QChar opening(QChar closing) { return closing == u')' ? u'(' : closing == u']' ? u'[' : u'{'; }

/// Whether the line has as many that open as that close: another one that closes is the one that stands there already.
bool closesNothing(const QString& line, QChar typed)
{
    if (isClosing(typed)) return line.count(typed) >= line.count(opening(typed));
    return closing(typed) == typed && line.count(typed) % 2 == 0;
}

/// The first and the last line that the selection touches; one that it only reaches the beginning of is not meant.
std::pair<QTextBlock, QTextBlock> linesOf(const QTextCursor& cursor)
{
    const QTextDocument& document = *cursor.document();
    const QTextBlock first = document.findBlock(cursor.selectionStart());
    QTextBlock last = document.findBlock(cursor.selectionEnd());
    if (last != first && cursor.selectionEnd() == last.position()) last = last.previous();
    return {first, last};
}

void replace(QTextCursor& cursor, int from, int to, const QString& text)
{
    QTextCursor at(cursor.document());
    at.setPosition(from);
    at.setPosition(to, QTextCursor::KeepAnchor);
    at.insertText(text);
}

/// How many characters of the blanks that a line begins with are one level.
int levelOut(const QString& blanks, const QString& indent)
{
    if (blanks.isEmpty()) return 0;
    if (blanks.endsWith(u'\t')) return 1;
    const int size = indent == QLatin1String("\t") ? 4 : static_cast<int>(indent.size());
    const auto length = static_cast<int>(blanks.size());
    return length % size != 0 ? length % size : size;
}

}  // namespace

QString indentOf(const QTextDocument& document)
{
    constexpr int kMostLooked = 400;
    QTextBlock block = document.begin();
    for (int i = 0; i < kMostLooked && block.isValid(); ++i, block = block.next()) {
        const QString blanks = blanksOf(block.text());
        // A star beneath a comment's stands one blank in.
        if (blanks.isEmpty() || blanks.size() == block.length() - 1 || blanks == QLatin1String(" ")) continue;
        if (blanks.startsWith(u'\t')) return QStringLiteral("\t");
        return blanks.left(8);
    }
    return QStringLiteral("  ");
}

void breakLine(QTextCursor& cursor, bool prose)
{
    const Step step(cursor);
    cursor.removeSelectedText();
    const QString line = cursor.block().text();
    const int column = cursor.positionInBlock();
    const QString blanks = blanksOf(line).left(column);
    const QString before = line.left(column).trimmed();
    const QString after = line.mid(column);
    const QChar opened = before.isEmpty() ? QChar() : before.back();
    const bool opens = !prose && (opened == u'{' || opened == u'(' || opened == u'[');
    // Blanks before what goes to the new line would push it further in.
    int skip = 0;
    while (!prose && skip < after.size() && (after[skip] == u' ' || after[skip] == u'\t')) ++skip;
    if (skip > 0) replace(cursor, cursor.position(), cursor.position() + skip, {});
    const bool pair = opens && skip < after.size() && after[skip] == closing(opened);
    cursor.insertText(QLatin1Char('\n') + blanks + (opens ? indentOf(*cursor.document()) : QString()));
    if (!pair) return;
    const int here = cursor.position();
    cursor.insertText(QLatin1Char('\n') + blanks);
    cursor.setPosition(here);
}

void indentLines(QTextCursor& cursor, bool in)
{
    const QString indent = indentOf(*cursor.document());
    const Step step(cursor);
    if (!cursor.hasSelection() && in) {
        const int size = static_cast<int>(indent.size());
        cursor.insertText(indent == QLatin1String("\t") ? indent : QString(size - cursor.positionInBlock() % size, u' '));
        return;
    }
    const auto [first, last] = linesOf(cursor);
    for (QTextBlock block = first; block.isValid(); block = block.next()) {
        const QString text = block.text();
        if (in && !text.isEmpty()) replace(cursor, block.position(), block.position(), indent);
        if (!in) replace(cursor, block.position(), block.position() + levelOut(blanksOf(text), indent), {});
        if (block == last) break;
    }
}

void toggleComment(QTextCursor& cursor)
{
    const auto [first, last] = linesOf(cursor);
    qsizetype column = -1;
    bool all = true;
    for (QTextBlock block = first; block.isValid(); block = block.next()) {
        const QString text = block.text();
        const qsizetype blanks = blanksOf(text).size();
        if (blanks < text.size()) {
            column = column < 0 ? blanks : std::min(column, blanks);
            all = all && text.mid(blanks).startsWith(QLatin1String("//"));
        }
        if (block == last) break;
    }
    if (column < 0) return;  // nothing but empty lines
    const Step step(cursor);
    for (QTextBlock block = first; block.isValid(); block = block.next()) {
        const QString text = block.text();
        const auto blanks = static_cast<int>(blanksOf(text).size());
        if (blanks < text.size()) {
            const int begin = block.position() + (all ? blanks : static_cast<int>(column));
            if (all)
                replace(cursor, begin, begin + (text.mid(blanks + 2, 1) == QLatin1String(" ") ? 3 : 2), {});
            else
                replace(cursor, begin, begin, QStringLiteral("// "));
        }
        if (block == last) break;
    }
}

bool typePair(QTextCursor& cursor, QChar typed, bool prose)
{
    const QString line = cursor.block().text();
    const int column = cursor.positionInBlock();
    const QChar next = column < line.size() ? line[column] : QChar();
    const QChar before = column > 0 ? line[column - 1] : QChar();
    const QChar close = closing(typed);
    const bool quote = close == typed;
    if (cursor.hasSelection()) {
        if (close.isNull() || prose) return false;
        const Step step(cursor);
        const int from = cursor.selectionStart();
        const int to = cursor.selectionEnd();
        replace(cursor, to, to, close);
        replace(cursor, from, from, typed);
        cursor.setPosition(from + 1);
        cursor.setPosition(to + 1, QTextCursor::KeepAnchor);
        return true;
    }
    if (next == typed && closesNothing(line, typed) && !(quote && before == u'\\')) {
        cursor.movePosition(QTextCursor::NextCharacter);
        return true;
    }
    if (isClosing(typed) && !prose && column > 0 && blanksOf(line).size() >= column) {
        const Step step(cursor);
        const int out = levelOut(line.left(column), indentOf(*cursor.document()));
        replace(cursor, cursor.position() - out, cursor.position(), typed);
        return true;
    }
    if (close.isNull() || prose) return false;
    const bool room = next.isNull() || next.isSpace() || isClosing(next) || next == u',' || next == u';';
    const bool word = before.isLetterOrNumber() || before == u'_' || before == u'$';
    if (!room || (quote && (word || before == typed))) return false;
    const Step step(cursor);
    cursor.insertText(QString(typed) + close);
    cursor.movePosition(QTextCursor::PreviousCharacter);
    return true;
}

bool eraseBackwards(QTextCursor& cursor)
{
    if (cursor.hasSelection()) return false;
    const QString line = cursor.block().text();
    const int column = cursor.positionInBlock();
    if (column == 0) return false;
    int before = 1;
    int after = 0;
    if (column < line.size() && line[column] == closing(line[column - 1]))
        after = 1;
    else if (blanksOf(line).size() >= column)
        before = levelOut(line.left(column), indentOf(*cursor.document()));
    else
        return false;
    const Step step(cursor);
    replace(cursor, cursor.position() - before, cursor.position() + after, {});
    return true;
}

}  // namespace hindcast::ui
