// What can be done with the window can be done by keyboard and is named, and every command does something.
#include "tests/ui/session/workspace_files.h"
#include "ui/connect/connect_dialog.h"
#include "ui/connect/mapping_dialog.h"
#include "ui/entities/entity_browser.h"
#include "ui/look/search_field.h"
#include "ui/look/shown_zone.h"
#include "ui/shell/error_bar.h"
#include "ui/shell/first_minute.h"
#include "ui/shell/main_window.h"
#include "ui/shell/render.h"
#include "ui/timeline/timeline_view.h"

#include <QAbstractButton>
#include <QActionGroup>
#include <QClipboard>
#include <QDialog>
#include <QMenuBar>
#include <QSettings>
#include <QTabBar>
#include <QTemporaryDir>
#include <QtTest>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

namespace {

constexpr int kWaitMs = 20'000;

QString nameOf(const QWidget* widget)
{
    return QStringLiteral("%1 '%2' %3")
        .arg(QString::fromLatin1(widget->metaObject()->className()), widget->accessibleName(),
             widget->property("text").toString());
}

/// Qt's own parts of a widget: they are reached and named as it is.
bool isPartOfAnother(const QWidget* widget)
{
    return widget->objectName().startsWith(QLatin1String("qt_")) || widget->inherits("QComboBoxPrivateContainer") ||
           widget->inherits("QComboBoxListView") || widget->focusProxy() != nullptr || widget->inherits("QScrollBar") ||
           widget->inherits("QMenuBar") || widget->inherits("QMenu") || widget->inherits("QSizeGrip") ||
           (widget->parentWidget() &&
            (widget->parentWidget()->inherits("QComboBox") || widget->parentWidget()->inherits("QTabBar") ||
             widget->parentWidget()->inherits("QMenuBar")));
}

/// Everything that takes the focus has a name, everything that takes a click takes the focus, and Tab leads to all of it.
QStringList outOfReach(QWidget& window)
{
    QStringList trouble;
    QSet<const QWidget*> wanted;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisible() || widget->window() != &window || isPartOfAnother(widget)) continue;
        const bool button = qobject_cast<const QAbstractButton*>(widget) != nullptr;
        if (button && widget->isEnabled() && !(widget->focusPolicy() & Qt::TabFocus))
            trouble << QStringLiteral("takes no focus by Tab: ") + nameOf(widget);
        if (widget->focusPolicy() == Qt::NoFocus || widget->inherits("QSplitter")) continue;
        if (widget->accessibleName().isEmpty() && widget->property("text").toString().isEmpty())
            trouble << QStringLiteral("has no name: ") + nameOf(widget);
        if (widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus)) wanted << widget;
    }
    QSet<const QWidget*> seen;
    for (int presses = 0; presses < 200; ++presses) {
        QWidget* at = QApplication::focusWidget();
        if (at) seen << at;
        if (at && presses > 0 && seen.size() < presses / 3) break;  // round and round
        QTest::keyClick(at ? at : &window, Qt::Key_Tab);
    }
    for (const QWidget* widget : wanted)
        if (!seen.contains(widget)) trouble << QStringLiteral("Tab does not lead to: ") + nameOf(widget);
    return trouble;
}

}  // namespace

class TestReach : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<Theme> theme_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<MainWindow> window_;

    QString path(const char* name) { return folder_->filePath(QString::fromLatin1(name)); }
    void openWithEvents()
    {
        writeEvents(path("events.jsonl"), 3, 9);
        bool started = false;
        window_->whenOpen([&] {
            session_->importFile(path("events.jsonl"), {}, {eventsMapping("events")});
            started = true;
        });
        window_->openWorkspace(path("shop.hindcast"), true);
        QVERIFY(QTest::qWaitFor([&] { return started && !session_->reading().reading; }, kWaitMs));
        session_->selectByText(QStringLiteral("user/user-1"));
        QVERIFY(QTest::qWaitFor([&] { return session_->history() != nullptr; }, kWaitMs));
        session_->playhead()->setVersion(Version{5});
        QVERIFY(settle(*window_));
    }
    void reaches(QWidget& window)
    {
        QApplication::setActiveWindow(&window);
        const QStringList trouble = outOfReach(window);
        QVERIFY2(trouble.isEmpty(), qPrintable(trouble.join(QLatin1Char('\n'))));
    }

private slots:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("HindcastTest"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        theme_ = std::make_unique<Theme>(Theme::Scheme::Light);
        theme_->apply();
    }
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, path("settings"));
        qputenv("XDG_DATA_HOME", path("data").toUtf8());
        session_ = std::make_unique<Session>();
        window_ = std::make_unique<MainWindow>(*session_, *theme_);
        window_->resize(1400, 850);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    }
    void cleanup()
    {
        setShownZone(ShownZone::Utc);
        theme_->setZoom(1);
        window_.reset();
        session_.reset();
    }

    void theWelcomePageIsNamedAndReached() { reaches(*window_); }

    void theOpenWindowIsNamedAndReached()
    {
        openWithEvents();
        window_->errorBar().say(QStringLiteral("cannot import it"), QStringLiteral("it is not there"), {});
        reaches(*window_);
        for (QTabBar* tabs : window_->findChildren<QTabBar*>()) {
            for (int i = 1; i < tabs->count(); ++i) {
                tabs->setCurrentIndex(i);
                QVERIFY(settle(*window_));
                reaches(*window_);
            }
            tabs->setCurrentIndex(0);
        }
    }

    void aPresentationIsNamedAndReached()
    {
        openWithEvents();
        window_->setPresentation(true, false);
        QVERIFY(settle(*window_));
        reaches(*window_);
    }

    void theDialogsAreNamedAndReached_data()
    {
        QTest::addColumn<QString>("action");
        for (const char* action : {"connectKafka", "mapRecords", "keyboard", "about"})
            QTest::newRow(action) << QString::fromLatin1(action);
    }
    void theDialogsAreNamedAndReached()
    {
        QFETCH(QString, action);
        openWithEvents();
        WindowActions& actions = window_->actions();
        QAction& one = action == QLatin1String("connectKafka") ? actions.connectKafka
                       : action == QLatin1String("mapRecords") ? actions.mapRecords
                       : action == QLatin1String("keyboard")   ? actions.keyboard
                                                               : actions.about;
        one.trigger();
        QDialog* dialog = nullptr;
        const auto find = [&] {
            for (QDialog* found : window_->findChildren<QDialog*>())
                if (found->isVisible()) dialog = found;
            return dialog != nullptr;
        };
        QVERIFY(QTest::qWaitFor(find, kWaitMs));
        QVERIFY(!dialog->windowTitle().isEmpty());
        QVERIFY(settle(*window_));
        reaches(*dialog);
        // A full HD screen at 200 %, without its panels and the dialog's frame.
        const QSize least = dialog->minimumSizeHint().expandedTo(dialog->minimumSize());
        QVERIFY2(least.width() <= 936 && least.height() <= 480,
                 qPrintable(QStringLiteral("%1×%2").arg(least.width()).arg(least.height())));
        dialog->close();
    }

    void theWindowFitsASmallScreenAndOneAt200Percent()
    {
        openWithEvents();
        for (const QSize size : {QSize(1280, 720), QSize(960, 520)}) {
            window_->resize(size);
            QVERIFY(settle(*window_));
            QCOMPARE(window_->size(), size);
            // Nothing that one works with is cut off.
            for (const QWidget* widget : window_->findChildren<QWidget*>()) {
                if (!widget->isVisible() || isPartOfAnother(widget) || widget->focusPolicy() == Qt::NoFocus) continue;
                const QRect at(widget->mapTo(window_.get(), QPoint(0, 0)), widget->size());
                QVERIFY2(window_->rect().contains(at), qPrintable(nameOf(widget)));
            }
        }
    }

    void everyCommandDoesSomething()
    {
        openWithEvents();
        const auto look = [&] {
            QStringList all;
            all << QString::number(session_->playhead()->time().ns) << QString::number(session_->timeWindow()->from().ns)
                << QString::number(session_->timeWindow()->to().ns) << QString::number(theme_->isDark() ? 1 : 0)
                << QString::number(static_cast<int>(theme_->scheme())) << QString::number(theme_->zoom())
                << QString::number(static_cast<int>(shownZone())) << QString::number(session_->isOpen() ? 1 : 0)
                << QString::number(session_->isOpening() ? 1 : 0) << session_->path() << session_->pins()->names().join(' ')
                << QString::number(reinterpret_cast<quintptr>(QApplication::focusWidget()))
                << QString::number(session_->selected() ? static_cast<int>(session_->selected()->value) : -1)
                << QString::number(window_->isVisible() ? 1 : 0) << window_->errorBar().text();
            all << QApplication::clipboard()->text();
            for (const QAction* action : window_->findChildren<QAction*>()) all << QString::number(action->isChecked() ? 1 : 0);
            const QImage picture = window_->grab().toImage();
            all << QString::number(qHashBits(picture.constBits(), static_cast<std::size_t>(picture.sizeInBytes())));
            QStringList widgets;
            for (const QWidget* widget : QApplication::allWidgets())
                if (widget->isVisible() && !widget->inherits("QTipLabel"))
                    widgets << QString::number(reinterpret_cast<quintptr>(widget)) + (widget->isEnabled() ? 'e' : 'd');
            widgets.sort();
            return (all + widgets).join(' ');
        };
        QStringList dead;
        const auto closeAll = [&] {
            for (QWidget* top : QApplication::topLevelWidgets())
                if (top != window_.get() && top->isVisible()) top->close();
        };
        QSet<const QAction*> tried;
        const auto trial = [&](QAction* action) {
            if (tried.contains(action) || !action->isEnabled() || action->isSeparator() || action->menu()) return;
            // Chosen among several already: nothing is to be done.
            if (action->isChecked() && action->actionGroup()) return;
            tried << action;
            window_->timeline().canvas().setFocus();
            session_->pins()->setNames({});
            session_->playhead()->setVersion(Version{5});
            QApplication::clipboard()->clear();
            (void)settle(*window_, std::chrono::seconds(5));
            session_->timeWindow()->zoomAbout(session_->playhead()->time(), 1.1);
            const QString before = look();
            bool modal = false;
            QTimer watch;
            connect(&watch, &QTimer::timeout, &watch, [&] {
                if (QWidget* dialog = QApplication::activeModalWidget()) {
                    modal = true;
                    dialog->close();
                }
            });
            watch.start(30);
            action->trigger();
            if (!QTest::qWaitFor([&] { return modal || look() != before; }, 2'000)) dead << action->text();
            closeAll();
            QCoreApplication::processEvents();
            if (window_->isPresentation()) window_->setPresentation(false);
        };
        WindowActions& actions = window_->actions();
        // What ends the others' ground comes last.
        const QList<QAction*> last = {&actions.openDemo, &actions.thingsToTry, &actions.closeWorkspace, &actions.quit};
        for (QAction* action : window_->findChildren<QAction*>())
            if (!last.contains(action) && action->text() != QString()) trial(action);
        for (QAction* action : last) {
            window_->firstMinute().dismiss();
            action->setEnabled(true);
            trial(action);
        }
        QVERIFY2(dead.isEmpty(), qPrintable(dead.join(QLatin1String(", "))));
        QVERIFY(tried.size() > 20);
    }
};

QTEST_MAIN(TestReach)
#include "test_reach.moc"
