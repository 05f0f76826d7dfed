#include "ui/shell/main_window.h"

#include "ui/connect/bind_connect.h"
#include "ui/connect/mapping_dialog.h"
#include "ui/session/stored_probe.h"

namespace hindcast::ui {

void MainWindow::askMapping()
{
    auto* dialog = new MappingDialog(theme_, session_.topics(), session_.mappings(), session_.readOnlyBecause(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    bind(*dialog, *session_.probe(dialog));
    connect(dialog, &MappingDialog::applyWanted, &session_, &Session::remap);
    // What it shows is this workspace's.
    connect(&session_, &Session::closed, dialog, &QDialog::reject);
    dialog->open();
    const auto event = session_.event();
    dialog->begin(event ? QString::fromStdString(event->event.position.topic) : QString());
}

}  // namespace hindcast::ui
