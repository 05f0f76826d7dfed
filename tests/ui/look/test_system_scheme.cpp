#include "ui/look/system_scheme.h"
#include "ui/look/theme.h"

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QProcess>
#include <QStandardPaths>
#include <QtTest>

using namespace hindcast::ui;

/// The desktop's side.
class Portal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    uint scheme = 0;

public slots:
    QDBusVariant Read(const QString& group, const QString& key)
    {
        const bool ours = group == QLatin1String("org.freedesktop.appearance") && key == QLatin1String("color-scheme");
        return QDBusVariant(QVariant::fromValue(QDBusVariant(ours ? scheme : 99U)));
    }

signals:
    void SettingChanged(const QString& group, const QString& key, const QDBusVariant& value);
};

class TestSystemScheme : public QObject {
    Q_OBJECT
    QProcess daemon_;

private slots:
    void initTestCase()
    {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        qunsetenv("XDG_RUNTIME_DIR");
    }

    void withoutABusNothingIsSaidAndNothingStarted()
    {
        SystemScheme system;
        QSignalSpy told(&system, &SystemScheme::told);
        system.start();
        QCoreApplication::processEvents();
        QCOMPARE(told.count(), 0);
    }

    void theDesktopsPreferenceIsFollowedWhileItChanges()
    {
        const QString program = QStandardPaths::findExecutable(QStringLiteral("dbus-daemon"));
        if (program.isEmpty()) QSKIP("there is no dbus-daemon here");
        daemon_.start(program, {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        QVERIFY(daemon_.waitForStarted());
        QTRY_VERIFY(daemon_.canReadLine() || daemon_.waitForReadyRead(100));
        const QByteArray address = daemon_.readLine().trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", address);

        QDBusConnection desktop = QDBusConnection::connectToBus(QString::fromUtf8(address), QStringLiteral("desktop"));
        Portal portal;
        portal.scheme = 1;
        QVERIFY(desktop.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), &portal,
                                       QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        QVERIFY(desktop.registerService(QStringLiteral("org.freedesktop.portal.Desktop")));

        Theme theme(Theme::Scheme::System);
        SystemScheme system;
        QObject::connect(&system, &SystemScheme::told, &theme, &Theme::setSystemDark);
        QVERIFY(!theme.isDark());
        system.start();
        QTRY_VERIFY(theme.isDark());
        const auto change = [&](uint scheme) {
            emit portal.SettingChanged(QStringLiteral("org.freedesktop.appearance"), QStringLiteral("color-scheme"),
                                       QDBusVariant(scheme));
        };
        change(2);
        QTRY_VERIFY(!theme.isDark());
        change(1);
        QTRY_VERIFY(theme.isDark());
        change(0);  // no preference: as the palette is
        QTRY_VERIFY(!theme.isDark());
    }

    void cleanupTestCase()
    {
        if (daemon_.state() == QProcess::NotRunning) return;
        daemon_.terminate();
        daemon_.waitForFinished();
    }
};

QTEST_MAIN(TestSystemScheme)
#include "test_system_scheme.moc"
