#include "ui/state/event_details.h"

#include "ui/look/shown_zone.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QScrollBar>
#include <QUrl>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr int kMore = 8;               // each "show more" shows this many times as much
constexpr int kMostShown = 1'000'000;  // beyond this, Raw has all of it

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
        writeEventDocument(*document(), *event_, theme_, options_);
    } else {
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

void EventDetails::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy) && !textCursor().hasSelection() && event_) {
        const Event& shown = event_->event;
        QApplication::clipboard()->setText(
            QString::fromStdString(!shown.payload.empty() ? shown.payload : shown.value.value_or(std::string())));
        return;
    }
    QTextBrowser::keyPressEvent(event);
}

}  // namespace hindcast::ui
