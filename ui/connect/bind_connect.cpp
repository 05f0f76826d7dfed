#include "ui/connect/bind_connect.h"

#include "ui/connect/connect_dialog.h"
#include "ui/connect/mapping_dialog.h"
#include "ui/session/stored_probe.h"

namespace hindcast::ui {

void bind(ConnectDialog& dialog, ConnectProbe& probe)
{
    QObject::connect(&dialog, &ConnectDialog::listTopicsWanted, &probe, &ConnectProbe::listTopics);
    QObject::connect(&dialog, &ConnectDialog::sampleWanted, &probe, &ConnectProbe::sample);
    QObject::connect(&dialog, &ConnectDialog::previewWanted, &probe, &ConnectProbe::preview);
    QObject::connect(&dialog, &ConnectDialog::estimateWanted, &probe, &ConnectProbe::estimate);
    QObject::connect(&dialog, &ConnectDialog::cancelWanted, &probe, &ConnectProbe::cancel);
    QObject::connect(&probe, &ConnectProbe::step, &dialog, &ConnectDialog::showStep);
    QObject::connect(&probe, &ConnectProbe::estimated, &dialog, &ConnectDialog::showEstimate);
    QObject::connect(&dialog, &QDialog::finished, &probe, &ConnectProbe::cancel);
    QObject::connect(&probe, &ConnectProbe::topicsListed, &dialog, &ConnectDialog::showTopics);
    QObject::connect(&probe, &ConnectProbe::sampled, &dialog, &ConnectDialog::showSampled);
    QObject::connect(&probe, &ConnectProbe::previewed, &dialog, &ConnectDialog::showPreview);
    QObject::connect(&probe, &ConnectProbe::failed, &dialog, &ConnectDialog::showFailed);
}

void bind(ConnectDialog& dialog, WorkspaceProbe& probe)
{
    QObject::connect(&dialog, &ConnectDialog::storedWanted, &probe, &WorkspaceProbe::look);
    QObject::connect(&probe, &WorkspaceProbe::looked, &dialog, &ConnectDialog::showStored);
}

void bind(MappingDialog& dialog, StoredProbe& probe)
{
    QObject::connect(&dialog, &MappingDialog::sampleWanted, &probe, &StoredProbe::sample);
    QObject::connect(&dialog, &MappingDialog::previewWanted, &probe, &StoredProbe::preview);
    QObject::connect(&probe, &StoredProbe::sampled, &dialog, &MappingDialog::showSampled);
    QObject::connect(&probe, &StoredProbe::previewed, &dialog, &MappingDialog::showPreview);
    QObject::connect(&probe, &StoredProbe::failed, &dialog, &MappingDialog::showFailed);
}

}  // namespace hindcast::ui
