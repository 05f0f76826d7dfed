#include "ui/shell/main_window.h"

#include "ui/connect/bind_connect.h"
#include "ui/connect/mapping_dialog.h"
#include "ui/connect/sample_table.h"
#include "ui/session/stored_probe.h"

#include <QPointer>

namespace hindcast::ui {

void MainWindow::askMapping()
{
    QString notNow;
    if (!session_.readOnlyBecause().isEmpty())
        notNow = tr("read-only: %1").arg(session_.readOnlyBecause());
    else if (session_.reading().reading && !session_.reading().resumable)
        notNow = tr("%1 is being read: stop that first").arg(session_.reading().source);
    auto* dialog = new MappingDialog(theme_, session_.topics(), notNow, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const QPointer<StoredProbe> probe(session_.probe(dialog));
    bind(*dialog, *probe);
    dialog->samples().setSeriesOf([this](const std::string& type) { return session_.typeSeries(type); });
    connect(dialog, &MappingDialog::applyWanted, &session_, &Session::remap);
    // What it shows is this workspace's, and the probe must not hold it when it is opened again.
    connect(&session_, &Session::closed, dialog, [dialog, probe] {
        delete probe;
        dialog->reject();
    });
    dialog->open();
    const auto event = session_.event();
    dialog->begin(event ? QString::fromStdString(event->event.position.topic) : QString());
}

}  // namespace hindcast::ui
