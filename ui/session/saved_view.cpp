#include "ui/session/saved_view.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QSettings>

namespace hindcast::ui {

namespace {

QString groupOf(const QString& workspacePath)
{
    const QFileInfo file(workspacePath);
    const QString canonical = file.exists() ? file.canonicalFilePath() : file.absoluteFilePath();
    return QStringLiteral("workspace/") +
           QString::fromLatin1(QCryptographicHash::hash(canonical.toUtf8(), QCryptographicHash::Sha1).toHex().left(16));
}

}  // namespace

std::optional<SavedView> loadSavedView(const QString& workspacePath)
{
    QSettings settings;
    settings.beginGroup(groupOf(workspacePath));
    if (!settings.contains(QStringLiteral("entity"))) return {};
    SavedView view;
    view.entity = settings.value(QStringLiteral("entity")).toString();
    if (const QVariant event = settings.value(QStringLiteral("event")); event.isValid())
        view.event = EventId{event.toULongLong()};
    view.time = Timestamp{settings.value(QStringLiteral("time")).toLongLong()};
    view.from = Timestamp{settings.value(QStringLiteral("from")).toLongLong()};
    view.to = Timestamp{settings.value(QStringLiteral("to")).toLongLong()};
    return view;
}

void saveView(const QString& workspacePath, const SavedView& view)
{
    QSettings settings;
    settings.beginGroup(groupOf(workspacePath));
    settings.setValue(QStringLiteral("entity"), view.entity);
    if (view.event)
        settings.setValue(QStringLiteral("event"), QVariant::fromValue<qulonglong>(view.event->packed));
    else
        settings.remove(QStringLiteral("event"));
    settings.setValue(QStringLiteral("time"), QVariant::fromValue<qlonglong>(view.time.ns));
    settings.setValue(QStringLiteral("from"), QVariant::fromValue<qlonglong>(view.from.ns));
    settings.setValue(QStringLiteral("to"), QVariant::fromValue<qlonglong>(view.to.ns));
}

std::optional<QStringList> loadSavedPins(const QString& workspacePath)
{
    QSettings settings;
    settings.beginGroup(groupOf(workspacePath));
    if (!settings.contains(QStringLiteral("pins"))) return {};
    return settings.value(QStringLiteral("pins")).toStringList();
}

void savePins(const QString& workspacePath, const QStringList& names)
{
    QSettings settings;
    settings.beginGroup(groupOf(workspacePath));
    settings.setValue(QStringLiteral("pins"), names);
}

}  // namespace hindcast::ui
