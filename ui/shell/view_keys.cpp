#include "ui/entities/entity_browser.h"
#include "ui/entities/entity_list.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/look/key_help.h"
#include "ui/shell/go_to_box.h"
#include "ui/shell/main_window.h"
#include "ui/shell/top_bar.h"
#include "ui/timeline/timeline_view.h"
#include "ui/types/types_list.h"
#include "ui/types/types_panel.h"

namespace hindcast::ui {

/// The keys of the views, for the sheet: those of views that do not tell theirs themselves. tests/ui/shell/test_keyboard.cpp presses
/// each of them.
void MainWindow::tellKeys()
{
    const auto tell = [](QWidget& widget, const QString& title, const QList<KeyHelp>& keys) {
        if (!widget.property(kKeyHelp).isValid()) setKeyHelp(widget, title, keys);
    };
    tell(timeline_->canvas(), tr("In the timeline"),
         {{tr("← →"), tr("previous and next event")},
          {tr("↑ ↓"), tr("the lane or watch above and below")},
          {tr("← →, Delete on a watch"), tr("its changes; no longer watch it")},
          {tr("Page Up, Page Down"), tr("ten events")},
          {tr("Home, End"), tr("first and last event")},
          {tr("+ −"), tr("zoom about the playhead")},
          {tr("Ctrl+← Ctrl+→"), tr("pan")},
          {tr("F, double click"), tr("the whole life")},
          {tr("Enter, Escape"), tr("fan a cluster out, and close it")},
          {tr("E, M, A, Delete"), tr("edit, move, add or skip an event of a what-if branch")},
          {tr("Shift+← Shift+→"), tr("move an event of a what-if branch past its neighbour")},
          {tr("click, drag"), tr("move the playhead")},
          {tr("wheel"), tr("zoom about the pointer")},
          {tr("Shift+wheel, middle button"), tr("pan")},
          {tr("Menu, right button"), tr("select, pin or move a lane")}});
    tell(entities_->list(), tr("In the entity list"),
         {{tr("Space, click on the dot"), tr("pin or unpin")},
          {tr("Alt+Shift+↑ ↓, drag"), tr("move a pin")},
          {tr("← →, Space"), tr("close and open a group")},
          {tr("letters"), tr("search")}});
    tell(types_->list(), tr("In the event types"),
         {{tr("Space"), tr("show or hide a type")},
          {tr("Enter"), tr("show only this type")},
          {tr("Ctrl+A"), tr("show all types")},
          {tr("← →"), tr("previous and next event of the type")},
          {tr("letters"), tr("search")}});
    tell(events_->table(), tr("In lists"),
         {{tr("↑ ↓, Page Up, Page Down"), tr("go along")},
          {tr("Home, End"), tr("first and last row")},
          {tr("Enter, double click"), tr("open the row")},
          {tr("Ctrl+C"), tr("copy the row")},
          {tr("Menu, right button"), tr("what else one can do")}});
    tell(top_->goTo(), tr("In the go-to box"),
         {{tr("↑ ↓, Enter"), tr("choose where to go")}, {tr("Escape"), tr("close, empty, leave")}});
}

}  // namespace hindcast::ui
