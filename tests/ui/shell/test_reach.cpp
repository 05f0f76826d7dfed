// What can be done with the window can be done by keyboard and is named, and every command does something.
#include "tests/ui/shell/window_fixture.h"
#include "ui/connect/connect_dialog.h"
#include "ui/connect/mapping_dialog.h"
#include "ui/entities/entity_browser.h"
#include "ui/look/search_field.h"
#include "ui/look/shown_zone.h"
#include "ui/shell/error_bar.h"
#include "ui/shell/first_minute.h"
#include "ui/timeline/timeline_view.h"

#include <QAbstractButton>
#include <QActionGroup>
#include <QClipboard>
#include <QDialog>
#include <QMenuBar>
#include <QTabBar>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

namespace {

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

class TestReach : public InWindow {
    Q_OBJECT

    void openWithEvents()
    {
        QVERIFY(at_->openWithEvents(3, 9));
        QVERIFY(at_->select(QStringLiteral("user/user-1")));
        at_->session->playhead()->setVersion(Version{5});
        QVERIFY(settle(*at_->window));
    }
    void reaches(QWidget& window)
    {
        QApplication::setActiveWindow(&window);
        const QStringList trouble = outOfReach(window);
        QVERIFY2(trouble.isEmpty(), qPrintable(trouble.join(QLatin1Char('\n'))));
    }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init()
    {
        at_ = std::make_unique<WindowFixture>();
        qputenv("XDG_DATA_HOME", at_->path("data").toUtf8());  // the demo is made there
        QVERIFY(at_->isShown());
    }
    void cleanup()
    {
        setShownZone(ShownZone::Utc);
        at_.reset();
    }

    void theWelcomePageIsNamedAndReached() { reaches(*at_->window); }

    void theOpenWindowIsNamedAndReached()
    {
        openWithEvents();
        at_->window->errorBar().say(QStringLiteral("cannot import it"), QStringLiteral("it is not there"), {});
        reaches(*at_->window);
        for (QTabBar* tabs : at_->window->findChildren<QTabBar*>()) {
            for (int i = 1; i < tabs->count(); ++i) {
                tabs->setCurrentIndex(i);
                QVERIFY(settle(*at_->window));
                reaches(*at_->window);
            }
            tabs->setCurrentIndex(0);
        }
    }

    void aPresentationIsNamedAndReached()
    {
        openWithEvents();
        at_->window->setPresentation(true, false);
        QVERIFY(settle(*at_->window));
        reaches(*at_->window);
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
        WindowActions& actions = at_->window->actions();
        QAction& one = action == QLatin1String("connectKafka") ? actions.connectKafka
                       : action == QLatin1String("mapRecords") ? actions.mapRecords
                       : action == QLatin1String("keyboard")   ? actions.keyboard
                                                               : actions.about;
        one.trigger();
        QDialog* dialog = nullptr;
        const auto find = [&] {
            for (QDialog* found : at_->window->findChildren<QDialog*>())
                if (found->isVisible()) dialog = found;
            return dialog != nullptr;
        };
        QVERIFY(QTest::qWaitFor(find, kWaitMs));
        QVERIFY(!dialog->windowTitle().isEmpty());
        QVERIFY(settle(*at_->window));
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
            at_->window->resize(size);
            QVERIFY(settle(*at_->window));
            QCOMPARE(at_->window->size(), size);
            // Nothing that one works with is cut off.
            for (const QWidget* widget : at_->window->findChildren<QWidget*>()) {
                if (!widget->isVisible() || isPartOfAnother(widget) || widget->focusPolicy() == Qt::NoFocus) continue;
                const QRect at(widget->mapTo(at_->window.get(), QPoint(0, 0)), widget->size());
                QVERIFY2(at_->window->rect().contains(at), qPrintable(nameOf(widget)));
            }
        }
    }

    void everyCommandDoesSomething()
    {
        openWithEvents();
        const auto look = [&] {
            QStringList all;
            all << QString::number(at_->session->playhead()->time().ns) << QString::number(at_->session->timeWindow()->from().ns)
                << QString::number(at_->session->timeWindow()->to().ns) << QString::number(at_->theme.isDark() ? 1 : 0)
                << QString::number(static_cast<int>(at_->theme.scheme())) << QString::number(at_->theme.zoom())
                << QString::number(static_cast<int>(shownZone())) << QString::number(at_->session->isOpen() ? 1 : 0)
                << QString::number(at_->session->isOpening() ? 1 : 0) << at_->session->path()
                << at_->session->pins()->names().join(' ')
                << QString::number(reinterpret_cast<quintptr>(QApplication::focusWidget()))
                << QString::number(at_->session->selected() ? static_cast<int>(at_->session->selected()->value) : -1)
                << QString::number(at_->window->isVisible() ? 1 : 0) << at_->window->errorBar().text();
            all << QApplication::clipboard()->text();
            for (const QAction* action : at_->window->findChildren<QAction*>())
                all << QString::number(action->isChecked() ? 1 : 0);
            const QImage picture = at_->window->grab().toImage();
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
                if (top != at_->window.get() && top->isVisible()) top->close();
        };
        QSet<const QAction*> tried;
        // What a view that is not shown has in its menus cannot be chosen, and shows nothing.
        const auto isOutOfSight = [](const QAction& action) {
            for (const QObject* up = action.parent(); up != nullptr; up = up->parent())
                if (const auto* widget = qobject_cast<const QWidget*>(up); widget && !widget->inherits("QMenu"))
                    return !widget->isVisible();
            return false;
        };
        const auto trial = [&](QAction* action) {
            if (isOutOfSight(*action) || tried.contains(action) || !action->isEnabled() || action->isSeparator() ||
                action->menu())
                return;
            // Chosen among several already: nothing is to be done.
            if (action->isChecked() && action->actionGroup()) return;
            tried << action;
            QApplication::setActiveWindow(at_->window.get());  // a dialog of the one before may have been
            at_->window->timeline().canvas().setFocus();
            at_->session->pins()->setNames({});
            at_->session->playhead()->setVersion(Version{5});
            QApplication::clipboard()->clear();
            (void)settle(*at_->window, std::chrono::seconds(5));
            at_->session->timeWindow()->zoomAbout(at_->session->playhead()->time(), 1.1);
            const QString before = look();
            const QString words = action->text();  // a menu that is filled as it opens has another one by then
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
            if (!QTest::qWaitFor([&] { return modal || look() != before; }, 2'000)) dead << words;
            closeAll();
            QCoreApplication::processEvents();
            if (at_->window->isPresentation()) at_->window->setPresentation(false);
        };
        WindowActions& actions = at_->window->actions();
        // What ends the others' ground comes last.
        const QList<QAction*> last = {&actions.openDemo, &actions.thingsToTry, &actions.closeWorkspace, &actions.quit};
        QList<QPointer<QAction>> all;
        for (QAction* action : at_->window->findChildren<QAction*>()) all << action;
        for (const QPointer<QAction>& action : std::as_const(all))
            if (action && !last.contains(action) && !action->text().isEmpty()) trial(action);
        for (QAction* action : last) {
            at_->window->firstMinute().dismiss();
            action->setEnabled(true);
            trial(action);
        }
        QVERIFY2(dead.isEmpty(), qPrintable(dead.join(QLatin1String(", "))));
        QVERIFY(tried.size() > 20);
    }
};

QTEST_MAIN(TestReach)
#include "test_reach.moc"
