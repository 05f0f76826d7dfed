#include "ui/look/search_field.h"

#include "ui/look/glyphs.h"
#include "ui/look/row_view.h"
#include "ui/look/shaped_text.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace hindcast::ui {

SearchField::SearchField(const Theme& theme, QWidget* parent) : QLineEdit(parent), theme_(theme)
{
    setMouseTracking(true);
    const auto dress = [this] {
        setTextMargins(theme_.px(18), 0, theme_.px(14), 0);
        placeWords();
        update();
    };
    dress();
    connect(&theme_, &Theme::changed, this, dress);
}

void SearchField::setWords(const QStringList& words)
{
    words_ = words;
    placeWords();
}

void SearchField::placeWords()
{
    constexpr int kFrame = 2 * (9 + 1 + 2);  // px: the style sheet's padding and border, and Qt's own margin
    if (words_.isEmpty()) return;
    const QMargins margins = textMargins();
    const int room = width() - margins.left() - margins.right() - kFrame;
    setPlaceholderText(fittingText(font(), words_, room));
}

void SearchField::resizeEvent(QResizeEvent* event)
{
    QLineEdit::resizeEvent(event);
    placeWords();
}

void SearchField::setList(RowView& list)
{
    list_ = &list;
    connect(&list, &RowView::textTyped, this, [this](const QString& text) {
        setFocus(Qt::ShortcutFocusReason);
        setText(text);
    });
}

void SearchField::toList()
{
    if (!list_ || list_->rowCount() == 0) return;  // there one could only come back from
    list_->setFocus(Qt::ShortcutFocusReason);
    if (list_->currentRow() == RowView::kNone) list_->choose(0);
}

QRectF SearchField::crossRect() const
{
    const double side = theme_.px(9);
    return {width() - 10.0 - side, (height() - side) / 2, side, side};
}

bool SearchField::isOnCross(const QPointF& position) const
{
    return !text().isEmpty() && crossRect().adjusted(-6, -8, 8, 8).contains(position);
}

void SearchField::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const QColor color = theme_.color(Theme::Role::TextSecondary);
    const double side = theme_.px(12);
    paintGlyph(painter, Glyph::Search, QRectF(9, (height() - side) / 2, side, side), color);
    if (!text().isEmpty()) paintGlyph(painter, Glyph::Close, crossRect(), color);
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
        case Qt::Key_Escape:
            if (text().isEmpty()) break;
            clear();
            if (list_) list_->setFocus(Qt::ShortcutFocusReason);
            return;
        case Qt::Key_Down:
            if (!list_) break;
            return toList();
        case Qt::Key_Return:
        case Qt::Key_Enter:
            QLineEdit::keyPressEvent(event);
            emit entered();
            if (list_) event->accept();  // or it would press a dialog's button
            return;
        default: break;
    }
    QLineEdit::keyPressEvent(event);
}

void SearchField::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && isOnCross(event->position())) {
        clear();
        setFocus(Qt::MouseFocusReason);
        return;
    }
    QLineEdit::mousePressEvent(event);
}

void SearchField::mouseMoveEvent(QMouseEvent* event)
{
    setCursor(isOnCross(event->position()) ? Qt::ArrowCursor : Qt::IBeamCursor);
    QLineEdit::mouseMoveEvent(event);
}

}  // namespace hindcast::ui
