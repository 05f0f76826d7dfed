// The window's ways of being looked at: zone, presentation, the demo's first minute.
#include "ui/entities/entity_browser.h"
#include "ui/look/shown_zone.h"
#include "ui/models/model_panel.h"
#include "ui/rejects/rejects_panel.h"
#include "ui/shell/first_minute_strip.h"
#include "ui/shell/lower_panels.h"
#include "ui/shell/main_window.h"
#include "ui/shell/status_line.h"
#include "ui/shell/top_bar.h"
#include "ui/shell/undo.h"
#include "ui/state/state_inspector.h"
#include "ui/timeline/timeline_view.h"

#include <QCoreApplication>
#include <QEvent>
#include <QKeyEvent>
#include <QMenuBar>
#include <QMouseEvent>
#include <QSettings>
#include <QSplitter>

namespace hindcast::ui {

namespace {

const auto kZone = QStringLiteral("zone");

}  // namespace

void MainWindow::connectModes()
{
    connect(&actions_.utc, &QAction::triggered, this, [] { setShownZone(ShownZone::Utc); });
    connect(&actions_.localZone, &QAction::triggered, this, [] { setShownZone(ShownZone::Local); });
    connect(&ShownZoneSignal::get(), &ShownZoneSignal::changed, this, [] {
        QSettings().setValue(kZone, shownZone() == ShownZone::Local ? QStringLiteral("local") : QStringLiteral("utc"));
    });
    connect(&actions_.presentation, &QAction::triggered, this, [this](bool on) { setPresentation(on); });
    // Also where the menu bar is not there.
    for (QAction* action : actions_.all()) addAction(action);

    connect(&actions_.thingsToTry, &QAction::triggered, this, [this] {
        firstMinute_->bringBack();
        if (!session_.isDemo()) session_.openDemo();
        showPage();
    });
    timeline_->canvas().installEventFilter(this);
    timeline_->installEventFilter(this);
    const auto place = [this] { placeHint(); };
    connect(firstMinute_, &FirstMinute::changed, this, place);
    // Where all of it stands there already there is nothing to bring back.
    connect(firstMinute_, &FirstMinute::changed, this, [this] { actions_.thingsToTry.setEnabled(!firstMinute_->isUntouched()); });
    connect(session_.playhead(), &Playhead::moved, this, place);
    connect(session_.timeWindow(), &TimeWindow::changed, this, place);
    connect(&theme_, &Theme::changed, this, place);
}

void MainWindow::placeHint()
{
    std::optional<QPoint> head;
    TimelineCanvas& canvas = timeline_->canvas();
    const TimeScale scale = canvas.scale();
    const double x = canvas.playheadX();
    if (session_.playhead()->history() && x >= scale.left && x <= scale.right())
        head = canvas.mapTo(timeline_, QPoint(qRound(x), theme_.px(9)));
    hint_->place(head);
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
        case QEvent::MouseButtonPress:
            if (static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton) firstMinute_->setHeld(true);
            break;
        case QEvent::MouseButtonRelease: firstMinute_->setHeld(false); break;
        case QEvent::KeyPress: {
            const auto* key = static_cast<QKeyEvent*>(event);
            const bool arrow = key->key() == Qt::Key_Left || key->key() == Qt::Key_Right;
            if (arrow && !key->modifiers().testFlag(Qt::ControlModifier)) firstMinute_->followsStep();  // with Ctrl it pans
            break;
        }
        case QEvent::Resize:
        case QEvent::Show:
            // After the layout has been done.
            QMetaObject::invokeMethod(this, &MainWindow::placeHint, Qt::QueuedConnection);
            break;
        default: break;
    }
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::setPresentation(bool on, bool fullScreen)
{
    actions_.presentation.setChecked(on);
    if (on == isPresentation()) return;
    if (on) {
        undo_->keepLayout();
        deskFullScreen_ = isFullScreen();  // by the window manager
        deskGeometry_ = deskFullScreen_ ? QByteArray() : saveGeometry();
    }
    theme_.setZoom(on ? Theme::kPresentation : 1.0);
    menuBar()->setVisible(!on);
    status_->setBrief(on);
    top_->setPresentation(on);
    left_->setVisible(!on);  // a talk is about one life; Find an entity brings the list back
    lower_->setPresentation(on);
    actions_.rejects.setChecked(!rejects_->isHidden());
    actions_.model.setChecked(!model_->isHidden());
    // Over the state the window is in: one that was maximised is so again once it is left.
    if (on && fullScreen) setWindowState(windowState() | Qt::WindowFullScreen);
    // Sizes are given within what the views ask for at least, which is not what it was at the zoom before.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    if (on) return setTalkLayout();
    undo_->bringLayoutBack();
    lower_->noteHeights();
    fitTimeline();
    if (deskFullScreen_ || !isFullScreen()) return;
    setWindowState(windowState() & ~Qt::WindowFullScreen);
}

bool MainWindow::isPresentation() const { return theme_.zoom() != 1; }

}  // namespace hindcast::ui
