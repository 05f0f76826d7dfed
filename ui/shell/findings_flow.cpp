// What is beneath the events: the rejects, or what was found over all entities.
#include "ui/findings/findings_panel.h"
#include "ui/rejects/rejects_panel.h"
#include "ui/shell/main_window.h"
#include "ui/timeline/timeline_canvas.h"
#include "ui/timeline/timeline_view.h"

#include <QSplitter>

#include <algorithm>

namespace hindcast::ui {

void MainWindow::connectFindings()
{
    connect(&actions_.firstTime, &QAction::triggered, this, [this] { openFindings(FindingsPanel::FirstTime); });
    connect(&actions_.findings, &QAction::triggered, this, [this] { openFindings(FindingsPanel::Findings); });
    connect(findings_, &FindingsPanel::closeWanted, this, [this] { showLower(nullptr); });
}

void MainWindow::openFindings(int tab)
{
    if (rejects_->isVisible()) showRejects(false);
    findings_->showTab(static_cast<FindingsPanel::Tab>(tab));
    showLower(findings_);
    findings_->takeFocus();
}

QWidget* MainWindow::lower() const
{
    if (!rejects_->isHidden()) return rejects_;
    return findings_->isHidden() ? nullptr : static_cast<QWidget*>(findings_);
}

int MainWindow::lowerHeight(const QWidget* panel) const { return panel == findings_ ? findingsHeight_ : rejectsHeight_; }

/// As the user, or what was restored, has made it.
void MainWindow::noteLowerHeight()
{
    if (const QWidget* panel = lower()) (panel == findings_ ? findingsHeight_ : rejectsHeight_) = panel->height();
}

/// One of the two, or neither.
void MainWindow::showLower(QWidget* panel)
{
    QWidget* before = lower();
    if (panel == before) return;
    const bool held = before != nullptr && before->isAncestorOf(focusWidget());
    const QList<int> sizes = middle_->sizes();
    if (before != nullptr) before->hide();
    if (panel == nullptr) {
        if (held) timeline_->canvas().setFocus(Qt::OtherFocusReason);
        return;
    }
    panel->show();
    // From the events, and where they have too little from the lanes; what the other one had is there already.
    const int height = std::min(lowerHeight(panel), middle_->height() / 2);
    const int room = sizes.at(1) + (before != nullptr ? sizes.at(middle_->indexOf(before)) : 0);
    const int events = std::max(std::min(room, theme_.px(120)), room - height);
    const int model = heightOfModel();
    middle_->setSizes({std::max(0, middle_->height() - events - height - model), events, panel == rejects_ ? height : 0,
                       panel == findings_ ? height : 0, model});
}

}  // namespace hindcast::ui
