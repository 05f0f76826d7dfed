#include "ui/shell/main_window.h"

#include "ui/connect/bind_connect.h"
#include "ui/connect/connect_dialog.h"
#include "ui/connect/connection_form.h"
#include "ui/connect/limit_box.h"
#include "ui/connect/profile_list.h"
#include "ui/connect/profiles.h"
#include "ui/connect/range_form.h"
#include "ui/connect/topics_table.h"
#include "ui/session/connect_probe.h"
#include "ui/session/workspace_probe.h"

#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStandardPaths>
#include <QToolButton>

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
    dialog->begin();
    connect(dialog, &ConnectDialog::connectRequested, this, [this](const ConnectRequest& request) {
        if (takesOffer(request)) return session_.takeOffer(request.kafka.connection.properties);
        const auto run = [this, request] { session_.readKafka(request.kafka, request.ingest); };
        if (session_.isOpen() && QFileInfo(session_.path()) == QFileInfo(request.workspace)) return run();
        whenOpen(run);
        openWorkspace(request.workspace, true);
    });
    dialog->open();
    return *dialog;
}

/// As a reading that is to be gone on with was set up: all but what no workspace holds.
void MainWindow::fillIn(ConnectDialog& dialog, const source::KafkaOptions& kafka)
{
    using From = source::KafkaStart::Kind;
    using Until = source::KafkaUntil::Kind;
    // A new one in the list, so that it is not taken for a change of the profile that is shown.
    dialog.profiles().setCurrent(-1);
    emit dialog.profiles().chosen(-1);
    ConnectionForm& connection = dialog.connection();
    connection.setConnection(QString::fromStdString(kafka.connection.brokers), kafka.connection.properties);
    RangeForm& range = dialog.range();
    switch (kafka.from.kind) {
        case From::Earliest: range.setFrom(RangeForm::From::Earliest); break;
        case From::Latest: range.setFrom(RangeForm::From::Latest); break;
        case From::Offset: range.setFrom(RangeForm::From::Offset, QString::number(kafka.from.offset)); break;
        case From::LastRecords: range.setFrom(RangeForm::From::LastRecords, QString::number(kafka.from.offset)); break;
        case From::Time: range.setFrom(RangeForm::From::Time, QString::fromStdString(toIso(kafka.from.time))); break;
    }
    switch (kafka.until.kind) {
        case Until::Never: range.setUntil(RangeForm::Until::Live); break;
        case Until::CapturedEnd: range.setUntil(RangeForm::Until::End); break;
        case Until::Time: range.setUntil(RangeForm::Until::Time, QString::fromStdString(toIso(kafka.until.time))); break;
    }
    connection.rate().setLimit(kafka.bytesPerSecond);
    {
        // They are there once the cluster has told; nothing is asked of it before the secret is known.
        const QSignalBlocker quiet(dialog.topics());
        for (const std::string& topic : kafka.topics) dialog.topics().setChosen(QString::fromStdString(topic), true);
    }
    connection.securityButton().setChecked(true);
    connection.security().password().setFocus();
}

/// Whether that is what the open workspace was read with, and nothing else: then it is gone on with to the letter.
bool MainWindow::takesOffer(const ConnectRequest& request) const
{
    const auto offered = session_.offeredReading();
    const bool here = session_.isOpen() && QFileInfo(session_.path()) == QFileInfo(request.workspace);
    return offered && here && !session_.reading().offer->withheld.isEmpty() &&
           request.kafka.connection.brokers == offered->connection.brokers && request.kafka.topics == offered->topics &&
           request.kafka.from.kind == offered->from.kind && request.kafka.until.kind == offered->until.kind &&
           request.kafka.until.time == offered->until.time && request.kafka.bytesPerSecond == offered->bytesPerSecond &&
           request.ingest.mappings.empty() && !request.ingest.diskLimit;
}

}  // namespace hindcast::ui
