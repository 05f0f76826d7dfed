#pragma once
#include "tests/ui/session/workspace_files.h"
#include "ui/session/session.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <memory>
#include <string>

namespace hindcast::ui::test {

// What the tests of a session share: the folder that each test has for itself, and how one waits for an answer.

inline constexpr int kWaitMs = 30'000;  // before a test fails; nothing waits so long

/// For initTestCase(): the settings are a file's, and nobody's else.
inline void keepSettingsInFiles()
{
    QCoreApplication::setOrganizationName(QStringLiteral("HindcastTest"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
}

/// For init(): a new folder, with the settings in it.
[[nodiscard]] inline std::unique_ptr<QTemporaryDir> newFolder()
{
    auto folder = std::make_unique<QTemporaryDir>();
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder->filePath(QStringLiteral("settings")));
    return folder;
}

/// A test whose cases have a folder each.
class InFolder : public QObject {
protected:
    /// For init().
    [[nodiscard]] bool begin()
    {
        keepSettingsInFiles();
        folder_ = newFolder();
        return folder_->isValid();
    }
    [[nodiscard]] QString path(const char* name) const { return folder_->filePath(QString::fromLatin1(name)); }

    std::unique_ptr<QTemporaryDir> folder_;
};

/// Waits until all that was asked for is answered.
[[nodiscard]] inline bool isIdle(const Session& session)
{
    // Twice: an answer may be on its way to this thread.
    for (int i = 0; i < 2; ++i) {
        if (!QTest::qWaitFor([&] { return session.isIdle(); }, kWaitMs)) return false;
        QCoreApplication::processEvents();
    }
    return QTest::qWaitFor([&] { return session.isIdle(); }, kWaitMs);
}

/// Selects it, and waits until it is shown.
[[nodiscard]] inline bool isSelected(Session& session, const QString& entity)
{
    session.selectByText(entity);
    return QTest::qWaitFor([&] { return session.history() && QString::fromStdString(session.history()->key.text()) == entity; },
                           kWaitMs) &&
           isIdle(session);
}

/// A session with its workspace open.
class Opened {
public:
    explicit Opened(const QString& path, bool create = true)
    {
        QSignalSpy opened(&session, &Session::opened);
        QSignalSpy failed(&session, &Session::failed);
        session.open(path, create);
        (void)QTest::qWaitFor([&] { return !opened.isEmpty() || !failed.isEmpty(); }, kWaitMs);
        if (!failed.isEmpty()) error = failed.first().at(0).toString() + QStringLiteral(": ") + failed.first().at(1).toString();
    }
    [[nodiscard]] bool import(const QString& file, const std::string& topic = "events")
    {
        session.importFile(file, {}, {eventsMapping(topic)});
        return QTest::qWaitFor([&] { return !session.reading().reading; }, kWaitMs) && !session.reading().failed && idle();
    }
    [[nodiscard]] bool select(const QString& entity) { return isSelected(session, entity); }
    [[nodiscard]] bool idle() { return isIdle(session); }
    Session session;
    QString error;
};

inline QString stateText(const Session& session)
{
    return session.state() && session.state()->state.alive ? QString::fromStdString(toText(session.state()->state.document))
                                                           : QString();
}

}  // namespace hindcast::ui::test
