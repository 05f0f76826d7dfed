// What is compared with what, and fields that are watched by a pointer that was typed.
#include "ui/entities/entity_browser.h"
#include "ui/session/comparison.h"
#include "ui/shell/error_bar.h"
#include "ui/shell/main_window.h"
#include "ui/state/diff_page.h"
#include "ui/state/state_inspector.h"
#include "ui/state/watch_dialog.h"
#include "ui/timeline/timeline_view.h"

namespace hindcast::ui {

void MainWindow::connectComparison()
{
    connect(entities_, &EntityBrowser::compareWanted, this, &MainWindow::compareWith);
    connect(timeline_, &TimelineView::compareWanted, this, &MainWindow::compareWith);
    connect(&actions_.compare, &QAction::triggered, this, [this] {
        state_->showTab(StateInspector::Diff);
        state_->diffPage().chooseEntity();
    });
    connect(&actions_.watchField, &QAction::triggered, this, [this] {
        const auto history = session_.history();
        if (!history) return;
        const QString category = QString::fromStdString(history->key.category);
        auto* dialog = new WatchDialog(category, session_.watches()->of(category), session_.state(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &WatchDialog::chosen, this,
                [this, category](const QString& pointer) { session_.watches()->add(category, pointer); });
        dialog->open();
    });
    const auto enable = [this] {
        const bool any = session_.history() != nullptr;
        actions_.compare.setEnabled(any);
        actions_.watchField.setEnabled(any);
    };
    connect(&session_, &Session::historyChanged, this, enable);
    connect(&session_, &Session::closed, this, enable);
    enable();
}

/// The selected entity with another one.
void MainWindow::compareWith(const QString& entity)
{
    if (!session_.history()) return error_->say(tr("Nothing is selected to compare it with"), {}, tr("select an entity first"));
    session_.comparison()->compareWith(entity);
    state_->showTab(StateInspector::Diff);
}

}  // namespace hindcast::ui
