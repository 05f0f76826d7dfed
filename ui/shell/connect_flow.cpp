#include "ui/shell/main_window.h"

#include "ui/connect/bind_connect.h"
#include "ui/connect/connect_dialog.h"
#include "ui/session/connect_probe.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

namespace hindcast::ui {

namespace {

const auto kBrokers = QStringLiteral("connect/brokers");  // the address only: no secret is written down

}  // namespace

void MainWindow::askKafka()
{
    auto* dialog = new ConnectDialog(theme_, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto* probe = new ConnectProbe(dialog);
    bind(*dialog, *probe);
    dialog->setBrokers(QSettings().value(kBrokers, QStringLiteral("localhost:9092")).toString());
    // Into what is open, but not into the demo: nobody wants their orders among ours.
    const bool own = session_.isOpen() && session_.readOnlyBecause().isEmpty() && !session_.isDemo();
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    dialog->setWorkspace(own ? session_.path() : QDir(folder).filePath(QStringLiteral("kafka.hindcast")));
    connect(dialog, &ConnectDialog::connectRequested, this, [this](const ConnectRequest& request) {
        QSettings().setValue(kBrokers, QString::fromStdString(request.kafka.connection.brokers));
        const auto run = [this, request] { session_.readKafka(request.kafka, request.ingest); };
        if (session_.isOpen() && QFileInfo(session_.path()) == QFileInfo(request.workspace)) return run();
        whenOpen(run);
        openWorkspace(request.workspace, true);
    });
    dialog->open();
}

}  // namespace hindcast::ui
