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
inline constexpr int kDemoWaitMs = 60'000;

/// Where the demo is made, for as long as this lives: once for all tests of a program.
class DemoHome {
public:
    DemoHome() { qputenv("XDG_DATA_HOME", folder_.path().toUtf8()); }

private:
    QTemporaryDir folder_;
};

/// A window on an empty folder, with settings of its own. One after the other in a test program.
class WindowFixture {
public:
    static constexpr QSize kDesk{1400, 850};

    static void prepare()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("HindcastTest"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
    }
    /// `onScreen`: else it is laid out and drawn, and never exposed.
    explicit WindowFixture(QSize size = kDesk, bool onScreen = true)
        : theme(Theme::Scheme::Light), size_(size), onScreen_(onScreen)
    {
        theme.apply();
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, path("settings"));
        start();
    }
    ~WindowFixture()
    {
        window.reset();
        session.reset();
    }
    WindowFixture(const WindowFixture&) = delete;
    WindowFixture& operator=(const WindowFixture&) = delete;

    /// As if the program were ended and begun again: settings and files stay.
    void restart()
    {
        window->close();
        window.reset();
        session.reset();
        start();
    }
    [[nodiscard]] bool isShown() { return QTest::qWaitForWindowExposed(window.get()); }
    [[nodiscard]] QString path(const char* name) const { return folder.filePath(QString::fromLatin1(name)); }
    /// Makes the window the active one, so that keys and the focus go to it.
    [[nodiscard]] bool activate()
    {
        QApplication::setActiveWindow(window.get());
        return QTest::qWaitForWindowActive(window.get());
    }
    /// The workspace of its folder; made where there is none.
    [[nodiscard]] bool open()
    {
        bool there = false;
        window->openAndThen(path("shop.hindcast"), [&] { there = true; });
        return QTest::qWaitFor([&] { return there; }, kWaitMs);
    }
    [[nodiscard]] bool openWithEvents(int users, int count, const decode::Mapping& mapping = eventsMapping("events"))
    {
        writeEvents(path("events.jsonl"), users, count);
        if (!open()) return false;
        session->importFile(path("events.jsonl"), {}, {mapping});
        return QTest::qWaitFor([&] { return !session->reading().reading; }, kWaitMs) && settle(*window);
    }
    /// The events of four users, twelve each, in the active window.
    [[nodiscard]] bool openShop() { return activate() && openWithEvents(4, 12); }
    [[nodiscard]] bool openDemo()
    {
        session->openDemo();
        return QTest::qWaitFor([&] { return session->isOpen() && session->history(); }, kDemoWaitMs) && settle(*window);
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

private:
    void start()
    {
        session = std::make_unique<Session>();
        window = std::make_unique<MainWindow>(*session, theme);
        window->setAttribute(Qt::WA_DontShowOnScreen, !onScreen_);
        window->resize(size_);
        window->show();
    }

    QSize size_;
    bool onScreen_;
};

/// A test whose cases have a window each, that ends with the case: cleanup() resets it.
class InWindow : public QObject {
protected:
    /// For init(): a new window, shown.
    [[nodiscard]] bool begin(QSize size = WindowFixture::kDesk)
    {
        at_ = std::make_unique<WindowFixture>(size);
        return at_->isShown();
    }
    /// For init(): a new window on the shop, one of whose users is selected.
    [[nodiscard]] bool beginInShop(QSize size = WindowFixture::kDesk)
    {
        at_ = std::make_unique<WindowFixture>(size);
        return at_->openShop() && at_->select(QStringLiteral("user/user-1"));
    }

    std::unique_ptr<WindowFixture> at_;
};

/// One whose cases look at the demo, which is made once for all of them.
class InDemoWindow : public InWindow {
protected:
    void openDemo() { QVERIFY(at_->openDemo()); }

private:
    DemoHome home_;
};

}  // namespace hindcast::ui::test
