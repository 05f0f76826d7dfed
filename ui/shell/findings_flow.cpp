// What is beneath the events: the rejects, or what was found.
#include "ui/findings/findings_panel.h"
#include "ui/rejects/rejects_panel.h"
#include "ui/shell/lower_panels.h"
#include "ui/shell/main_window.h"
#include "ui/timeline/timeline_canvas.h"
#include "ui/timeline/timeline_view.h"

namespace hindcast::ui {

void MainWindow::connectFindings()
{
    connect(&actions_.firstTime, &QAction::triggered, this, [this] { openFindings(FindingsPanel::FirstTime); });
    connect(&actions_.findings, &QAction::triggered, this, [this] { openFindings(FindingsPanel::Findings); });
    connect(findings_, &FindingsPanel::closeWanted, this, [this] { showLower(*findings_, false); });
}

void MainWindow::openFindings(int tab)
{
    if (rejects_->isVisible()) showRejects(false);
    findings_->showTab(static_cast<FindingsPanel::Tab>(tab));
    showLower(*findings_, true);
    findings_->takeFocus();
}

void MainWindow::showLower(QWidget& panel, bool shown)
{
    if (lower_->show(panel, shown) && !shown) timeline_->canvas().setFocus(Qt::OtherFocusReason);
}

}  // namespace hindcast::ui
