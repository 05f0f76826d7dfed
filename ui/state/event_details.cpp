#include "ui/state/event_details.h"

#include "ui/look/shown_zone.h"
#include "ui/session/event_json.h"
#include "ui/state/copying.h"
#include "ui/state/json_place.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QUrl>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr int kMore = 8;  // each "show more" shows this many times as much
constexpr int kMostShown = EventDocumentOptions::kMostPayload;

/// What the event says, as it came; bytes where they are no JSON. Shares the event's.
std::shared_ptr<const std::string> payloadOf(const std::shared_ptr<const EventView>& event)
{
    static const std::string kNothing;
    const Event& one = event->event;
    return {event, !one.payload.empty() ? &one.payload : one.value ? &*one.value : &kNothing};
}

}  // namespace

EventDetails::EventDetails(const Theme& theme, bool brief, QWidget* parent) : QTextBrowser(parent), theme_(theme)
{
    options_.brief = brief;
    setAccessibleName(tr("Event"));
    setOpenLinks(false);
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    connect(this, &QTextBrowser::anchorClicked, this, &EventDetails::follow);
    connect(&theme_, &Theme::changed, this, &EventDetails::write);
    connect(&ShownZoneSignal::get(), &ShownZoneSignal::changed, this, &EventDetails::write);
}

void EventDetails::setEvent(std::shared_ptr<const EventView> event)
{
    event_ = std::move(event);
    options_.payloadLimit = EventDocumentOptions{}.payloadLimit;
    // A page that is not seen costs nothing while the playhead is dragged.
    stale_ = !isVisible();
    if (!stale_) write();
}

void EventDetails::setEmptyText(const QString& text)
{
    if (text == emptyText_) return;
    emptyText_ = text;
    if (!event_) write();
}

void EventDetails::showEvent(QShowEvent* event)
{
    QTextBrowser::showEvent(event);
    if (stale_) write();
    stale_ = false;
}

void EventDetails::write()
{
    const int at = verticalScrollBar()->value();
    if (event_) {
        shown_ = writeEventDocument(*document(), *event_, theme_, options_);
    } else {
        shown_ = {};
        document()->clear();
        document()->setDocumentMargin(10);
        setTextColor(theme_.color(Theme::Role::TextSecondary));
        setCurrentFont(theme_.text());
        setPlainText(emptyText_);
    }
    verticalScrollBar()->setValue(at);
}

void EventDetails::follow(const QUrl& link)
{
    if (link.scheme() == QLatin1String("entity")) {
        emit entityChosen(QUrl::fromPercentEncoding(link.toEncoded(QUrl::FullyEncoded).mid(7)));
        return;
    }
    if (!event_) return;
    if (event_->event.payload.empty() || options_.payloadLimit >= kMostShown) {
        emit rawWanted();
        return;
    }
    options_.payloadLimit = std::min(options_.payloadLimit * kMore, kMostShown);
    write();
}

QString EventDetails::pointerAt(const QPoint& position) const
{
    // The payload stands at the beginning of the page, character for character as it was set.
    const int at = cursorForPosition(position).position();
    return at < shown_.text.size() ? QString::fromStdString(ui::pointerAt(shown_, at)) : QString();
}

void EventDetails::fillMenu(QMenu& menu, const QPoint& position)
{
    if (textCursor().hasSelection()) menu.addAction(tr("Copy\tCtrl+C"), this, &QTextEdit::copy);
    if (!event_) return;
    const auto event = event_;
    menu.addAction(tr("Copy the event as JSON"), this, [this, event] { copyEvent(this, event); });
    menu.addAction(tr("Copy the payload"), this, [this, event] { copyBytes(this, payloadOf(event)); });
    if (event->event.key)
        menu.addAction(tr("Copy the key"), this, [this, event] { copyBytes(this, {event, &*event->event.key}); });
    menu.addAction(tr("Copy the position"), this, [event] { copyText(positionText(event->event.position)); });
    const QString pointer = pointerAt(position);
    if (!pointer.isEmpty()) {
        menu.addSeparator();
        menu.addAction(tr("Copy pointer %1").arg(pointer.left(60)), this, [pointer] { copyText(pointer); });
    }
    emit menuFilled(&menu, pointer);
    menu.addSeparator();
    menu.addAction(tr("Select &all"), this, &QTextEdit::selectAll);
}

void EventDetails::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    const QPoint at = event->reason() == QContextMenuEvent::Keyboard ? cursorRect().center() : event->pos();
    fillMenu(menu, at);
    if (!menu.isEmpty())
        menu.exec(event->reason() == QContextMenuEvent::Keyboard ? viewport()->mapToGlobal(at) : event->globalPos());
}

void EventDetails::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy) && !textCursor().hasSelection() && event_) {
        copyBytes(this, payloadOf(event_));
        return;
    }
    QTextBrowser::keyPressEvent(event);
}

void EventDetails::paintEvent(QPaintEvent* event)
{
    QTextBrowser::paintEvent(event);
    if (!hasFocus()) return;
    QPainter painter(viewport());
    painter.setPen(theme_.color(Theme::Role::Accent));
    painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
}

void EventDetails::focusInEvent(QFocusEvent* event)
{
    QTextBrowser::focusInEvent(event);
    viewport()->update();
}

void EventDetails::focusOutEvent(QFocusEvent* event)
{
    QTextBrowser::focusOutEvent(event);
    viewport()->update();
}

}  // namespace hindcast::ui
