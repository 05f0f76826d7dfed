// The panel of rejects in the window: how it opens and closes, and where a reject's bytes are seen.
#include "ui/events/events_view.h"
#include "ui/rejects/rejects_panel.h"
#include "ui/shell/go_to_box.h"
#include "ui/shell/main_window.h"
#include "ui/shell/status_line.h"
#include "ui/shell/top_bar.h"
#include "ui/state/state_inspector.h"
#include "ui/timeline/timeline_canvas.h"
#include "ui/timeline/timeline_view.h"

#include <utility>

namespace hindcast::ui {

void MainWindow::connectRejects()
{
    connect(&actions_.rejects, &QAction::triggered, this, [this](bool on) {
        showRejects(on);
        if (on) rejects_->takeFocus();
    });
    connect(rejects_, &RejectsPanel::closeWanted, this, [this] { showRejects(false); });
    connect(status_, &StatusLine::rejectsWanted, this, &MainWindow::openRejects);
    connect(rejects_, &RejectsPanel::rejectChosen, this, &MainWindow::showRejectBytes);
    // Chosen in its lane or among the events it is told of beneath the state; a difference has no place for it.
    const auto besideADifference = [this] {
        if (state_->tab() == StateInspector::Diff) showRejectBytes();
    };
    connect(events_, &EventsView::rejectChosen, this, besideADifference);
    connect(&timeline_->canvas(), &TimelineCanvas::rejectChosen, this, besideADifference);
    // One without an entity stands in no lane: it is shown where it does stand. After the box has given the keyboard away.
    connect(&top_->goTo(), &GoToBox::chosen, this, [this](const GoToHit& hit) {
        if (!hit.reject || hit.entity || hit.kind != GoToHit::Kind::Record) return;
        openRejects();
        rejects_->reveal(hit.event);
        showRejectBytes();
    });
    // An event that is chosen after it is looked at where events were.
    connect(&session_, &Session::eventChanged, this, [this] {
        if (const auto event = session_.event(); event && event->version.value > 0) leaveRejectBytes();
    });
    // Who went to another tab meanwhile stays there, also back among the bytes.
    connect(state_, &StateInspector::tabChanged, this, [this] { tabBeforeReject_ = -1; });
    connect(&session_, &Session::closed, this, [this] { tabBeforeReject_ = -1; });
}

void MainWindow::openRejects()
{
    showRejects(true);
    rejects_->takeFocus();
}

void MainWindow::showRejects(bool shown)
{
    actions_.rejects.setChecked(shown);
    if (shown != rejects_->isHidden()) return;
    showLower(*rejects_, shown);
    if (shown) return;
    // What one looked at is the playhead's event again, in the tab where that was.
    session_.leaveReject();
    leaveRejectBytes();
}

void MainWindow::leaveRejectBytes()
{
    const int before = std::exchange(tabBeforeReject_, -1);
    if (before >= 0) state_->showTab(static_cast<StateInspector::Tab>(before));
}

void MainWindow::showRejectBytes()
{
    // A state and a difference are the playhead's: they tell nothing of a reject.
    if (state_->tab() != StateInspector::State && state_->tab() != StateInspector::Diff) return;
    const int before = state_->tab();
    state_->showTab(StateInspector::Raw);
    tabBeforeReject_ = before;
}

}  // namespace hindcast::ui
