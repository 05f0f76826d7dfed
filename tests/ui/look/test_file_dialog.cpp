#include "ui/look/file_dialog.h"

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

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
private slots:
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
