// From the menu and the keyboard to the search in states.
#include "ui/findings/bind_states.h"
#include "ui/findings/findings_panel.h"
#include "ui/shell/main_window.h"

namespace hindcast::ui {

void MainWindow::connectStateSearch()
{
    bindStates(findings_->states(), session_);
    connect(&actions_.searchStates, &QAction::triggered, this, [this] { openFindings(FindingsPanel::States); });
}

}  // namespace hindcast::ui
