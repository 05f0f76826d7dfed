#include "tests/ui/fixtures.h"
#include "tests/ui/shell/window_fixture.h"
#include "ui/entities/entity_browser.h"
#include "ui/entities/entity_list.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/shell/keyboard_sheet.h"
#include "ui/timeline/timeline_view.h"

#include <QLineEdit>
#include <QMenuBar>
#include <QScrollArea>
#include <QScrollBar>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

class TestKeyboard : public InWindow {
    Q_OBJECT

    KeyboardSheet* sheet() { return at_->window->findChild<KeyboardSheet*>(); }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init()
    {
        QVERIFY(beginInShop({1280, 720}));
        at_->window->timeline().canvas().setFocus();
    }
    void cleanup()
    {
        at_->theme.setScheme(Theme::Scheme::Light);
        at_.reset();
    }

    void theQuestionMarkListsEveryShortcutThereIs()
    {
        QTest::keyClick(&at_->window->timeline().canvas(), Qt::Key_Question);
        QTRY_VERIFY(sheet());
        const QString text = sheet()->text();
        int listed = 0;
        for (const QAction* action : at_->window->findChildren<QAction*>()) {
            if (action->shortcut().isEmpty() || action->text().isEmpty()) continue;
            ++listed;
            const QString words = QString(action->text()).remove(QLatin1Char('&'));
            QVERIFY2(text.contains(words), qPrintable(words));
            for (const QKeySequence& keys : action->shortcuts())
                QVERIFY2(text.contains(keys.toString(QKeySequence::NativeText)), qPrintable(keys.toString()));
        }
        QVERIFY(listed > 20);
        for (const char* view : {"In the timeline", "In the entity list", "In the state", "In lists", "In the go-to box"})
            QVERIFY2(text.contains(QLatin1String(view)), view);
        QVERIFY(text.contains(QStringLiteral("select, pin or move a lane")));
        picture(*sheet(), QStringLiteral("keyboard"));
    }

    void f1OpensItToo()
    {
        QTest::keyClick(&at_->window->timeline().canvas(), Qt::Key_F1);
        QTRY_VERIFY(sheet());
    }

    void whileOneTypesItIsAQuestionMark()
    {
        QLineEdit& field = at_->window->entities().searchField();
        field.setFocus();
        QTest::keyClick(&field, Qt::Key_Question);
        QCoreApplication::processEvents();
        QVERIFY(!sheet());
    }

    void itIsSearchedFitsASmallScreenAndClosesByEscape()
    {
        at_->theme.setScheme(Theme::Scheme::Dark);
        at_->window->actions().keyboard.trigger();
        QVERIFY(sheet());
        QPointer<KeyboardSheet> shown = sheet();
        QVERIFY2(shown->width() <= 1240 && shown->height() <= 660,
                 qPrintable(QStringLiteral("%1 x %2").arg(shown->width()).arg(shown->height())));
        picture(*shown, QStringLiteral("keyboard-dark"));
        QTest::keyClicks(&shown->searchField(), QStringLiteral("pin"));
        QVERIFY(shown->text().contains(QStringLiteral("Pin the entity")));
        QVERIFY(!shown->text().contains(QStringLiteral("Zoom in")));
        picture(*shown, QStringLiteral("keyboard-search"));
        shown->searchField().setText(QStringLiteral("levitate"));
        QVERIFY(shown->text().contains(QStringLiteral("No key does that")));
        QTest::keyClick(&shown->searchField(), Qt::Key_Escape);
        QVERIFY(shown->searchField().text().isEmpty());
        QTest::keyClick(&shown->searchField(), Qt::Key_Escape);
        QTRY_VERIFY(!shown);
    }

    void itShowsAllAtOnceOnADeskAndScrollsDownwardsAtTheMostOnASmallScreen()
    {
        const auto bars = [&](QSize size) {
            at_->window->resize(size);
            at_->window->actions().keyboard.trigger();
            QPointer<KeyboardSheet> shown = sheet();
            QCoreApplication::processEvents();
            picture(*shown, QStringLiteral("keyboard-%1").arg(size.width()));
            const QScrollArea& area = shown->area();
            const std::pair both{area.horizontalScrollBar()->maximum() > 0, area.verticalScrollBar()->maximum() > 0};
            delete shown.data();
            return both;
        };
        QCOMPARE(bars({1680, 1020}), std::pair(false, false));
        QCOMPARE(bars({1400, 850}).first, false);
        QCOMPARE(bars({1280, 720}).first, false);
        QCOMPARE(bars({960, 520}).first, false);
    }

    // ---- what the sheet says of the views is so

    void inTheTimelineTheKeysDoWhatTheSheetSays()
    {
        TimelineCanvas& canvas = at_->window->timeline().canvas();
        Playhead* playhead = at_->session->playhead();
        TimeWindow* window = at_->session->timeWindow();
        QTest::keyClick(&canvas, Qt::Key_Home);
        QCOMPARE(playhead->version(), Version{1});
        QTest::keyClick(&canvas, Qt::Key_Right);
        QCOMPARE(playhead->version(), Version{2});
        QTest::keyClick(&canvas, Qt::Key_Left);
        QCOMPARE(playhead->version(), Version{1});
        QTest::keyClick(&canvas, Qt::Key_PageDown);
        QCOMPARE(playhead->version(), Version{11});
        QTest::keyClick(&canvas, Qt::Key_PageUp);
        QCOMPARE(playhead->version(), Version{1});
        QTest::keyClick(&canvas, Qt::Key_End);
        QCOMPARE(playhead->version(), Version{12});
        const auto span = window->span();
        QTest::keyClick(&canvas, Qt::Key_Plus);
        QVERIFY(window->span() < span);
        const Timestamp from = window->from();
        QTest::keyClick(&canvas, Qt::Key_Left, Qt::ControlModifier);
        QVERIFY(window->from() < from);
        QTest::keyClick(&canvas, Qt::Key_F);
        QCOMPARE(window->span(), span);
    }

    void inListsTheKeysDoWhatTheSheetSays()
    {
        EventTable& table = at_->window->events().table();
        table.setFocus();
        QTest::keyClick(&table, Qt::Key_Home);
        QCOMPARE(table.currentRow(), qint64(0));
        QTest::keyClick(&table, Qt::Key_Down);
        QCOMPARE(table.currentRow(), qint64(1));
        QTest::keyClick(&table, Qt::Key_End);
        QCOMPARE(table.currentRow(), table.rowCount() - 1);
        EntityList& list = at_->window->entities().list();
        list.setFocus();
        list.setCurrentRow(2);
        QTest::keyClick(&list, Qt::Key_Space);
        QCOMPARE(at_->session->pins()->names().size(), 1);
        QTest::keyClick(&list, 'u');
        QTRY_COMPARE(at_->window->entities().searchField().text(), QStringLiteral("u"));
    }
};

QTEST_MAIN(TestKeyboard)
#include "test_keyboard.moc"
