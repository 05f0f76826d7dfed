#include "ui/look/system_scheme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFileInfo>

namespace hindcast::ui {

namespace {

const auto kService = QStringLiteral("org.freedesktop.portal.Desktop");
const auto kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const auto kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const auto kGroup = QStringLiteral("org.freedesktop.appearance");
const auto kName = QStringLiteral("hindcast-appearance");
const auto kKey = QStringLiteral("color-scheme");

/// Asked of a bus that is not there, the library would start one.
bool isBusThere()
{
    return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS") ||
           (!qEnvironmentVariableIsEmpty("XDG_RUNTIME_DIR") &&
            QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus")));
}

/// Read() wraps its answer twice, the signal once.
std::optional<bool> darkOf(const QVariant& value)
{
    const QVariant inner = value.canConvert<QDBusVariant>() ? value.value<QDBusVariant>().variant() : value;
    switch (inner.toUInt()) {
        case 1: return true;
        case 2: return false;
        default: return std::nullopt;
    }
}

}  // namespace

/// Hears the bus.
class SystemSchemeListener final : public QObject {
    Q_OBJECT
public:
    explicit SystemSchemeListener(SystemScheme& owner) : QObject(&owner), owner_(owner) {}

public slots:
    void settingChanged(const QString& group, const QString& key, const QDBusVariant& value)
    {
        if (group == kGroup && key == kKey) emit owner_.told(darkOf(value.variant()));
    }

private:
    SystemScheme& owner_;
};

SystemScheme::SystemScheme(QObject* parent) : QObject(parent) {}

SystemScheme::~SystemScheme() { QDBusConnection::disconnectFromBus(kName); }

void SystemScheme::start()
{
    if (!isBusThere()) return;
    QDBusConnection bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, kName);
    if (!bus.isConnected()) return;
    qRegisterMetaType<QDBusVariant>();  // or Qt 6.4 finds no slot that takes one
    // From whoever has that name by then: a desktop's portal may be started after us.
    bus.connect(QString(), kPath, kInterface, QStringLiteral("SettingChanged"), new SystemSchemeListener(*this),
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    QDBusMessage question = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    question << kGroup << kKey;
    auto* answer = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        answer->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *answer;
        if (!reply.isError()) emit told(darkOf(reply.value().variant()));
    });
}

}  // namespace hindcast::ui

#include "system_scheme.moc"
