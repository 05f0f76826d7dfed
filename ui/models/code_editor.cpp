#include "ui/models/code_editor.h"

#include "ui/look/format.h"
#include "ui/look/key_help.h"
#include "ui/models/code_edits.h"
#include "ui/models/code_gutter.h"
#include "ui/models/javascript_highlighter.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>

namespace hindcast::ui {

CodeEditor::CodeEditor(const Theme& theme, QWidget* parent)
    : QPlainTextEdit(parent), theme_(theme), highlighter_(new JavaScriptHighlighter(*document(), theme))
{
    gutter_ = new CodeGutter(*this);
    setAccessibleName(tr("The model's text"));
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFrameShape(QFrame::NoFrame);
    setCursorWidth(2);
    document()->setDocumentMargin(4);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &CodeEditor::placeGutter);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
        if (dy != 0)
            gutter_->scroll(0, dy);
        else
            gutter_->update(0, rect.y(), gutter_->width(), rect.height());
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        updateMarks();
        gutter_->update();
    });
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (!found_.isEmpty()) findHits();
    });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &CodeEditor::lookAtShown);
    connect(&theme_, &Theme::changed, this, &CodeEditor::dress);
    dress();
    setKeyHelp(*this, tr("In the model's text"),
               {{tr("Tab, Shift+Tab"), tr("indent, less")},
                {tr("Escape, then Tab"), tr("leave the text")},
                {tr("Ctrl+/"), tr("comment out, and back")},
                {tr("Ctrl+F, F3"), tr("find, next hit")}});
}

void CodeEditor::dress()
{
    setFont(theme_.mono());
    setTabStopDistance(4 * QFontMetricsF(font()).horizontalAdvance(QLatin1Char(' ')));
    placeGutter();
    updateMarks();
}

void CodeEditor::placeGutter()
{
    setViewportMargins(gutter_->wantedWidth(), 0, 0, 0);
    const QRect inner = contentsRect();
    gutter_->setGeometry(inner.left(), inner.top(), gutter_->wantedWidth(), viewport()->height());
    gutter_->update();
}

void CodeEditor::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    placeGutter();
    lookAtShown();
}

std::pair<int, int> CodeEditor::shownLines() const
{
    const int first = firstVisibleBlock().blockNumber();
    const int height = std::max(1, fontMetrics().height());
    return {first, first + viewport()->height() / height + 1};
}

void CodeEditor::lookAtShown()
{
    const auto [first, last] = shownLines();
    highlighter_->setShown(first, last);
    if (!hits_.empty()) updateMarks();
}

void CodeEditor::setSource(const QString& source)
{
    if (toPlainText() == source) return;
    const int line = textCursor().blockNumber() + 1;
    const int column = textCursor().positionInBlock() + 1;
    const int top = verticalScrollBar()->value();
    marks_.clear();
    setPlainText(source);
    goTo(line, column);
    verticalScrollBar()->setValue(top);
    horizontalScrollBar()->setValue(0);  // of a text that one has not read yet one sees the beginnings
    lookAtShown();
}

void CodeEditor::goTo(int line, int column)
{
    QTextBlock block = document()->findBlockByNumber(line - 1);
    QTextCursor cursor(document());
    if (block.isValid())
        cursor.setPosition(block.position() + std::clamp(column - 1, 0, block.length() - 1));
    else
        cursor.movePosition(QTextCursor::End);
    setTextCursor(cursor);
    ensureCursorVisible();
}

bool CodeEditor::isProseAt(const QTextCursor& cursor) const
{
    return highlighter_->isProse(cursor.block(), cursor.positionInBlock());
}

bool CodeEditor::event(QEvent* event)
{
    // Keys that the window has, too: here they are the text's.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const auto modifiers = key->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier);
        const bool control = modifiers == Qt::ControlModifier;
        // With Shift it is still a slash on some keyboards, and Z does again what was undone; F is the window's then.
        const bool find = key->key() == Qt::Key_F && !(key->modifiers() & Qt::ShiftModifier);
        const bool ours =
            (control && (find || key->key() == Qt::Key_Slash || key->key() == Qt::Key_Y || key->key() == Qt::Key_Z)) ||
            (modifiers == Qt::NoModifier && key->key() == Qt::Key_F3);
        if (ours) {
            event->accept();
            return true;
        }
    }
    return QPlainTextEdit::event(event);
}

void CodeEditor::keyPressEvent(QKeyEvent* event)
{
    const bool modifier = event->key() == Qt::Key_Shift || event->key() == Qt::Key_Control || event->key() == Qt::Key_Alt;
    if (event->key() == Qt::Key_Escape) {
        // From here Tab leads out, so that the keyboard is not caught.
        setTabChangesFocus(true);
        return event->accept();
    }
    if (!modifier) setTabChangesFocus(false);
    if (editByKey(*event)) {
        ensureCursorVisible();
        return event->accept();
    }
    QPlainTextEdit::keyPressEvent(event);
}

bool CodeEditor::editByKey(const QKeyEvent& event)
{
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const bool control = (modifiers & ~Qt::ShiftModifier) == Qt::ControlModifier;
    if (modifiers == Qt::ControlModifier && event.key() == Qt::Key_F) {
        emit findWanted();
        return true;
    }
    if (event.key() == Qt::Key_F3 && (modifiers & ~Qt::ShiftModifier) == Qt::NoModifier) {
        emit findStepWanted(modifiers & Qt::ShiftModifier ? -1 : 1);
        return true;
    }
    if (isReadOnly()) return false;
    QTextCursor cursor = textCursor();
    if (control && event.key() == Qt::Key_Slash) {
        toggleComment(cursor);
        return true;
    }
    if (control && event.key() == Qt::Key_Y) {
        redo();
        return true;
    }
    if (modifiers & ~Qt::ShiftModifier) return false;
    switch (event.key()) {
        case Qt::Key_Tab: indentLines(cursor, true); break;
        case Qt::Key_Backtab: indentLines(cursor, false); break;
        case Qt::Key_Return:
        case Qt::Key_Enter: breakLine(cursor, isProseAt(cursor)); break;
        case Qt::Key_Backspace:
            if (!eraseBackwards(cursor)) return false;
            break;
        default: return typePlain(event);
    }
    setTextCursor(cursor);
    return true;
}

bool CodeEditor::typePlain(const QKeyEvent& event)
{
    const QString typed = event.text();
    QTextCursor cursor = textCursor();
    if (typed.size() != 1 || overwriteMode() || !typePair(cursor, typed.front(), isProseAt(cursor))) return false;
    setTextCursor(cursor);
    return true;
}

void CodeEditor::focusInEvent(QFocusEvent* event)
{
    setTabChangesFocus(false);
    QPlainTextEdit::focusInEvent(event);
    updateMarks();
}

void CodeEditor::focusOutEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusOutEvent(event);
    updateMarks();
}

bool CodeEditor::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QPlainTextEdit::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QTextCursor at = cursorForPosition(help->pos());
    const QRect caret = cursorRect(at);
    // Right of a line's end nothing stands.
    const bool beside = help->pos().x() > caret.right() + theme_.px(12) ||
                        !caret.adjusted(0, -2, 0, 2).contains(QPoint(caret.x(), help->pos().y()));
    const QString said = beside ? QString() : messageAt(at.position());
    if (said.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), asTip(said), viewport());
    return true;
}

}  // namespace hindcast::ui
