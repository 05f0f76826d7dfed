#include "ui/shell/main_window.h"

#include "ui/connect/bind_connect.h"
#include "ui/connect/connect_dialog.h"
#include "ui/connect/profiles.h"
#include "ui/session/connect_probe.h"
#include "ui/session/workspace_probe.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace hindcast::ui {

ConnectDialog& MainWindow::askKafka()
{
    if (!profiles_) profiles_ = std::make_unique<Profiles>();
    auto* dialog = new ConnectDialog(theme_, *profiles_, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    // It outlives the dialog until its last question has ended: the window does not wait for a broker that is silent.
    auto* probe = new ConnectProbe(this);
    bind(*dialog, *probe);
    connect(dialog, &QObject::destroyed, probe, &ConnectProbe::retire);
    auto* files = new WorkspaceProbe(this);
    bind(*dialog, *files);
    connect(dialog, &QObject::destroyed, files, &WorkspaceProbe::retire);
    if (profiles_->count() == 0) dialog->setBrokers(QStringLiteral("localhost:9092"));
    // Into what is open, but not into the demo: nobody wants their orders among ours.
    const bool own = session_.isOpen() && session_.readOnlyBecause().isEmpty() && !session_.isDemo();
    QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (!QFileInfo::exists(folder)) folder = QDir::homePath();
    dialog->setWorkspace(own ? session_.path() : QDir(folder).filePath(QStringLiteral("kafka.hindcast")));
    const auto tellOpen = [this, dialog] {
        const ReadingView& reading = session_.reading();
        dialog->setOpenWorkspace({session_.isOpen() ? session_.path() : QString(), reading.source, reading.reading,
                                  reading.resumable, [this] { return session_.positions(); }});
    };
    tellOpen();
    connect(&session_, &Session::readingChanged, dialog, tellOpen);
    // A workspace that was read before knows its cluster; the last profile may be another's.
    if (const auto before = session_.offeredReading(); own && before && !profiles_->draft())
        dialog->goOn(*before, session_.reading().failed ? ConnectDialog::Secrets::Refused : ConnectDialog::Secrets::Known);
    dialog->begin();
    connect(dialog, &ConnectDialog::connectRequested, this, [this](const ConnectRequest& request) {
        const auto run = [this, request] { session_.readKafka(request.kafka, request.ingest); };
        if (session_.isOpen() && QFileInfo(session_.path()) == QFileInfo(request.workspace)) return run();
        openAndThen(request.workspace, run);
    });
    dialog->open();
    return *dialog;
}

}  // namespace hindcast::ui
