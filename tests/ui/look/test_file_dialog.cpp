#include "ui/look/file_dialog.h"

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QScreen>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>

#include <fcntl.h>
#include <unistd.h>

using namespace hindcast::ui;

namespace {

int locksHeldHere()
{
    QFile locks(QStringLiteral("/proc/locks"));
    if (!locks.open(QIODevice::ReadOnly)) return -1;
    int count = 0;
    const QByteArray mine = QByteArray::number(QCoreApplication::applicationPid());
    for (const QByteArray& line : locks.readAll().split('\n'))
        if (line.contains("POSIX") && line.simplified().split(' ').contains(mine)) ++count;
    return count;
}

}  // namespace

class TestFileDialog final : public QObject {
    Q_OBJECT
    QTemporaryDir settings_;

    /// What `look` does with the dialog once it is there; it is turned away then.
    template <typename Look>
    static void open(Look look)
    {
        QTimer::singleShot(0, qApp, [look] {
            auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
            if (dialog == nullptr) return;
            look(*dialog);
            dialog->reject();
        });
        QCOMPARE(askOpenFile(nullptr, QStringLiteral("Open"), QStringLiteral("All (*)")), QString());
    }

private slots:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("HindcastTest"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings_.path());
    }

    void itIsWideAtFirstAndThenAsItWasLeft()
    {
        QSize first;
        QSize again;
        open([&](QDialog& dialog) {
            first = dialog.size();
            dialog.resize(720, 500);
        });
        const QSize room = QGuiApplication::primaryScreen()->availableGeometry().size() - QSize(24, 48);
        QCOMPARE(first.width(), std::min(900, room.width()));
        open([&](QDialog& dialog) { again = dialog.size(); });
        QCOMPARE(again, QSize(720, 500).boundedTo(room));
    }

    void whatIsListedIsNotOpened()
    {
        QTemporaryDir folder;
        QDir::setCurrent(folder.path());
        const QString path = folder.filePath(QStringLiteral("a.hindcast"));
        const int file = ::open(path.toLocal8Bit().constData(), O_RDWR | O_CREAT, 0644);
        QVERIFY(file >= 0 && ::write(file, "SQLite format 3", 16) == 16);
        struct flock lock{};
        lock.l_type = F_WRLCK;
        QCOMPARE(::fcntl(file, F_SETLK, &lock), 0);
        const int before = locksHeldHere();
        if (before < 1) QSKIP("the kernel does not tell of locks here");
        // Both kinds of dialog, long enough for their list to be filled.
        for (const bool open : {true, false}) {
            QTimer::singleShot(700, qApp, [] {
                if (auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget())) dialog->reject();
            });
            const QString chosen = open ? askOpenFile(nullptr, QStringLiteral("Open"), QStringLiteral("All (*)"))
                                        : askTargetFile(nullptr, QStringLiteral("Save"), path, QStringLiteral("All (*)"));
            QCOMPARE(chosen, QString());
            QCOMPARE(locksHeldHere(), before);
        }
        ::close(file);
    }
};

QTEST_MAIN(TestFileDialog)
#include "test_file_dialog.moc"
