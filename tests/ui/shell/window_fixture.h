#pragma once
#include "tests/ui/session/workspace_files.h"
#include "ui/shell/main_window.h"
#include "ui/shell/render.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

#include <memory>

namespace hindcast::ui::test {

inline constexpr int kWaitMs = 20'000;

/// A window on an empty folder, with settings of its own. One after the other in a test program.
class WindowFixture {
public:
    static void prepare()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("HindcastTest"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
    }
    explicit WindowFixture(QSize size = {1400, 850}) : theme(Theme::Scheme::Light)
    {
        theme.apply();
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, path("settings"));
        session = std::make_unique<Session>();
        window = std::make_unique<MainWindow>(*session, theme);
        window->resize(size);
        window->show();
    }
    ~WindowFixture()
    {
        window.reset();
        session.reset();
    }
    WindowFixture(const WindowFixture&) = delete;
    WindowFixture& operator=(const WindowFixture&) = delete;

    [[nodiscard]] QString path(const char* name) const { return folder.filePath(QString::fromLatin1(name)); }
    /// Makes the window the active one, so that keys and the focus go to it.
    [[nodiscard]] bool activate()
    {
        QApplication::setActiveWindow(window.get());
        return QTest::qWaitForWindowActive(window.get());
    }
    [[nodiscard]] bool openWithEvents(int users, int count, const decode::Mapping& mapping = eventsMapping("events"))
    {
        writeEvents(path("events.jsonl"), users, count);
        bool started = false;
        window->whenOpen([&] {
            session->importFile(path("events.jsonl"), {}, {mapping});
            started = true;
        });
        window->openWorkspace(path("shop.hindcast"), true);
        return QTest::qWaitFor([&] { return started && !session->reading().reading; }, kWaitMs) && settle(*window);
    }
    [[nodiscard]] bool select(const QString& entity)
    {
        session->selectByText(entity);
        return QTest::qWaitFor(
                   [&] { return session->history() && QString::fromStdString(session->history()->key.text()) == entity; },
                   kWaitMs) &&
               settle(*window);
    }

    QTemporaryDir folder;
    Theme theme;
    std::unique_ptr<Session> session;
    std::unique_ptr<MainWindow> window;
};

}  // namespace hindcast::ui::test
