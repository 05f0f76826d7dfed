#include "ui/models/code_gutter.h"

#include "ui/look/format.h"
#include "ui/look/glyphs.h"
#include "ui/models/code_editor.h"

#include <QHelpEvent>
#include <QPainter>
#include <QTextBlock>
#include <QToolTip>

#include <map>

namespace hindcast::ui {

using Severity = ModelDiagnostic::Severity;

CodeGutter::CodeGutter(CodeEditor& editor) : QWidget(&editor), editor_(editor)
{
    setAccessibleName(tr("Line numbers"));
    setCursor(Qt::ArrowCursor);
}

int CodeGutter::wantedWidth() const
{
    int digits = 2;
    for (int lines = editor_.blockCount(); lines >= 100; lines /= 10) ++digits;
    const Theme& theme = editor_.theme_;
    return theme.px(20) + QFontMetrics(editor_.font()).horizontalAdvance(QLatin1Char('9')) * digits + theme.px(8);
}

void CodeGutter::paintEvent(QPaintEvent* event)
{
    const Theme& theme = editor_.theme_;
    QPainter painter(this);
    painter.fillRect(event->rect(), theme.color(Theme::Role::Panel));
    std::map<int, Severity> signs;  // by line, the worse one where there are several
    for (const CodeEditor::Mark& mark : editor_.marks_) {
        const auto [at, added] = signs.try_emplace(mark.at.block().blockNumber(), mark.what.severity);
        if (!added && mark.what.severity == Severity::Error) at->second = Severity::Error;
    }
    painter.setFont(editor_.font());
    const int current = editor_.textCursor().blockNumber();
    QTextBlock block = editor_.firstVisibleBlock();
    QRectF place = editor_.blockBoundingGeometry(block).translated(editor_.contentOffset());
    const qreal line = editor_.fontMetrics().height();
    for (; block.isValid() && place.top() <= event->rect().bottom(); block = block.next()) {
        if (block.isVisible() && place.bottom() >= event->rect().top()) {
            const int number = block.blockNumber();
            painter.setPen(theme.color(number == current ? Theme::Role::Text : Theme::Role::TextSecondary));
            painter.drawText(QRectF(0, place.top(), width() - theme.px(8), line), Qt::AlignRight | Qt::AlignVCenter,
                             QString::number(number + 1));
            if (const auto sign = signs.find(number); sign != signs.end()) {
                const bool error = sign->second == Severity::Error;
                const double side = theme.px(11);
                const QRectF box(theme.px(5), place.top() + (line - side) / 2, side, side);
                paintGlyph(painter, error ? Glyph::Warning : Glyph::Circle, error ? box : box.adjusted(2, 2, -2, -2),
                           theme.color(error ? Theme::Role::Warning : Theme::Role::Accent));
            }
        }
        place.moveTop(place.bottom());
        place.setHeight(editor_.blockBoundingRect(block.next()).height());
    }
}

int CodeGutter::lineAt(int y) const
{
    QTextBlock block = editor_.firstVisibleBlock();
    QRectF place = editor_.blockBoundingGeometry(block).translated(editor_.contentOffset());
    for (; block.isValid() && place.top() <= y; block = block.next()) {
        if (y < place.bottom()) return block.blockNumber() + 1;
        place.moveTop(place.bottom());
        place.setHeight(editor_.blockBoundingRect(block.next()).height());
    }
    return 0;
}

void CodeGutter::mousePressEvent(QMouseEvent* event)
{
    const int line = lineAt(qRound(event->position().y()));
    if (line == 0) return;
    // To what is wrong in that line, or to the line.
    int column = 1;
    for (const CodeEditor::Mark& mark : editor_.marks_)
        if (mark.at.block().blockNumber() + 1 == line) column = mark.at.selectionStart() - mark.at.block().position() + 1;
    editor_.goTo(line, column);
}

bool CodeGutter::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int line = lineAt(help->pos().y());
    QStringList said;
    for (const CodeEditor::Mark& mark : editor_.marks_)
        if (mark.at.block().blockNumber() + 1 == line) said << mark.what.message;
    if (said.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), asTip(said.join(QLatin1Char('\n'))), this);
    return true;
}

}  // namespace hindcast::ui
