#include "ui/state/entity_field.h"

#include "ui/look/elide.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QPainter>
#include <QStringListModel>
#include <QStyle>
#include <QStyleOptionFrame>

#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kBesideText = 2;  // px: as QLineEdit has it

}  // namespace

EntityField::EntityField(QWidget* parent)
    : QLineEdit(parent), model_(new QStringListModel(this)), completer_(new QCompleter(this))
{
    completer_->setModel(model_);
    completer_->setWidget(this);
    // What is listed was found for this text; the list is not filtered once more.
    completer_->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    connect(completer_, qOverload<const QString&>(&QCompleter::activated), this, &EntityField::choose);
    connect(this, &QLineEdit::textEdited, this, [this](const QString& text) {
        typing_ = true;
        entered_ = false;
        emit typed();
        const QString wanted = text.trimmed();
        model_->setStringList(wanted.isEmpty() ? offered_ : QStringList());
        if (wanted.isEmpty()) return completer_->complete();
        emit searchWanted(wanted);
    });
}

void EntityField::setEntity(const QString& entity)
{
    entity_ = entity;
    if (!typing_) restore();
}

void EntityField::setOffered(const QStringList& entities) { offered_ = entities; }

void EntityField::setFound(const QString& text, const QStringList& entities)
{
    if (!typing_ || text != this->text().trimmed()) return;
    found_ = entities;
    foundOf_ = text;
    if (std::exchange(entered_, false)) return enter();
    model_->setStringList(found_);
    if (found_.isEmpty())
        completer_->popup()->hide();
    else if (hasFocus())
        completer_->complete();
}

/// What was typed names one entity: as it stands, or as the only one or the best that was found.
void EntityField::enter()
{
    const QString wanted = text().trimmed();
    if (wanted.isEmpty() || wanted == entity_) return choose(wanted);
    if (foundOf_ != wanted) {
        entered_ = true;
        emit searchWanted(wanted);
        return;
    }
    if (found_.contains(wanted)) return choose(wanted);
    if (found_.isEmpty()) {
        emit notFound(wanted);
        return;
    }
    choose(found_.first());
}

void EntityField::choose(const QString& entity)
{
    typing_ = false;
    completer_->popup()->hide();
    const bool another = entity != entity_;
    restore();
    if (another) emit entityEntered(entity);
    selectAll();
}

void EntityField::restore()
{
    entered_ = false;
    setText(entity_);
    end(false);  // the id is what tells one from another
    setToolTip(entity_);
}

void EntityField::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter: return enter();
        case Qt::Key_Down:
            if (!typing_) model_->setStringList(offered_);
            if (model_->rowCount() > 0) completer_->complete();
            return;
        case Qt::Key_Escape:
            if (!typing_) break;
            typing_ = false;
            emit typed();
            restore();
            return selectAll();
        default: break;
    }
    QLineEdit::keyPressEvent(event);
}

void EntityField::focusInEvent(QFocusEvent* event)
{
    QLineEdit::focusInEvent(event);
    if (event->reason() != Qt::PopupFocusReason) selectAll();
}

void EntityField::focusOutEvent(QFocusEvent* event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() == Qt::PopupFocusReason || !typing_ || entered_) return;
    typing_ = false;
    restore();
}

/// While nobody types, a name that has no room is cut in its middle: a line edit would cut off its beginning within a letter.
void EntityField::paintEvent(QPaintEvent* event)
{
    QStyleOptionFrame frame;
    initStyleOption(&frame);
    const QRect room = style()->subElementRect(QStyle::SE_LineEditContents, &frame, this).marginsRemoved(textMargins()) -
                       QMargins(kBesideText, 0, kBesideText, 0);
    if (hasFocus() || text().isEmpty() || fontMetrics().horizontalAdvance(text()) <= room.width())
        return QLineEdit::paintEvent(event);
    QPainter painter(this);
    style()->drawPrimitive(QStyle::PE_PanelLineEdit, &frame, &painter, this);
    style()->drawItemText(&painter, room, Qt::AlignLeft | Qt::AlignVCenter, palette(), isEnabled(),
                          elidedName(text(), fontMetrics(), room.width()), QPalette::Text);
}

}  // namespace hindcast::ui
