// From "when was it first so" to the event, in the window.
#include "tests/ui/shell/on_accounts.h"
#include "ui/events/events_view.h"
#include "ui/findings/findings_page.h"
#include "ui/findings/findings_panel.h"
#include "ui/findings/findings_table.h"
#include "ui/findings/first_time_page.h"
#include "ui/findings/first_time_table.h"
#include "ui/rejects/rejects_panel.h"
#include "ui/timeline/timeline_view.h"

#include <QTabBar>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

class TestFindingsInWindow : public OnAccounts {
    Q_OBJECT

    FindingsPanel& panel() { return window().findings(); }
    FirstTimePage& page() { return panel().firstTime(); }

    void find(const QString& text)
    {
        window().actions().firstTime.trigger();
        QVERIFY(page().field().hasFocus());
        page().field().setText(text);
        QTest::keyClick(&page().field(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(at_->session->firstTime() && !at_->session->firstTime()->running, kWaitMs);
    }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init() { QVERIFY(beginOnAccounts(QStringLiteral("user/account-1"), accountRules())); }
    void cleanup() { at_.reset(); }

    void aRowLeadsToItsEventAndAnotherAfterIt()
    {
        find(QStringLiteral("state.balance < 0"));
        QVERIFY(panel().isVisible() && panel().height() > 100 && window().events().height() > 100);
        QCOMPARE(page().table().rowCount(), qint64(2));
        QCOMPARE(panel().tabs().tabText(0), QStringLiteral("First time when (2)"));
        QCOMPARE(panel().words(), QStringLiteral("grouped by cause: FeeCharged ×1, Withdrawn ×1"));
        QTest::mouseClick(page().table().viewport(), Qt::LeftButton, {}, page().table().cellRect(0, 0).center());
        QTRY_COMPARE(QString::fromStdString(at_->session->history()->key.id), QStringLiteral("account-0"));
        QVERIFY(settle(window()));
        QCOMPARE(at_->session->playhead()->version(), Version{5});
        QTest::keyClick(&page().table(), Qt::Key_Down);
        QTRY_COMPARE(QString::fromStdString(at_->session->history()->key.id), QStringLiteral("account-2"));
        QVERIFY(settle(window()));
        QCOMPARE(at_->session->playhead()->version(), Version{6});
        QCOMPARE(page().table().currentRow(), qint64(1));
        picture(window(), QStringLiteral("findings-in-window"));
    }

    void findingsAreGoneToAsWell()
    {
        QVERIFY(setModel(*at_->session, accountScript()));
        QVERIFY(settle(window()));
        window().actions().findings.trigger();
        FindingsTable& table = panel().findings().table();
        QTRY_COMPARE_WITH_TIMEOUT(table.rowCount(), qint64(4), kWaitMs);
        QVERIFY(table.hasFocus());
        QTest::keyClick(&table, Qt::Key_Home);
        QTest::keyClick(&table, Qt::Key_Down);
        QTRY_COMPARE(QString::fromStdString(at_->session->history()->key.id), QStringLiteral("account-0"));
        QVERIFY(settle(window()));
        QCOMPARE(at_->session->playhead()->version(), Version{5});
        // And its event has a sign in its lane.
        TimelineCanvas& canvas = window().timeline().canvas();
        const auto marks = canvas.findingMarks(0);
        QCOMPARE(marks.size(), std::size_t{1});
        QVERIFY(std::abs(marks[0].box.center().x() - canvas.scale().pixelFromTime(canvas.events(0)->at[4])) < 20);
        picture(window(), QStringLiteral("findings-of-an-audit"));
        QVERIFY(at_->select(QStringLiteral("user/account-1")));
        QVERIFY(canvas.findingMarks(0).empty());
    }

    void allTabsAreInViewAlsoWhereSomethingWasFoundBeforeThePanelWasShown()
    {
        QVERIFY(setModel(*at_->session, accountScript()));
        QTRY_VERIFY_WITH_TIMEOUT(panel().tabs().tabText(FindingsPanel::Findings).endsWith(QLatin1Char(')')), kWaitMs);
        window().actions().modelDiff.trigger();
        QVERIFY(settle(window()));
        QVERIFY(panel().tabs().width() >= panel().tabs().sizeHint().width());
    }

    void eitherThisOrTheRejectsAreShownAndItIsRemembered()
    {
        window().actions().firstTime.trigger();
        QVERIFY(panel().isVisible());
        window().actions().rejects.trigger();
        QVERIFY(window().rejects().isVisible() && !panel().isVisible());
        window().actions().findings.trigger();
        QVERIFY(panel().isVisible() && !window().rejects().isVisible());
        QVERIFY(!window().actions().rejects.isChecked());
        const int height = panel().height();
        window().setPresentation(true, false);
        QVERIFY(!panel().isVisible());
        window().setPresentation(false, false);
        QVERIFY(panel().isVisible());
        QTRY_VERIFY(std::abs(panel().height() - height) <= 1);
        at_->restart();
        QVERIFY(panel().isVisible() || !panel().isHidden());
        QCOMPARE(panel().tab(), FindingsPanel::Findings);
        panel().showTab(FindingsPanel::FirstTime);
        QVERIFY(at_->activate());
        panel().takeFocus();
        QTest::keyClick(&page().field(), Qt::Key_Escape);
        QVERIFY(panel().isHidden());
    }

    void keysThatTheWindowTakesAreTypedInTheField()
    {
        QSignalSpy moved(at_->session->playhead(), &Playhead::moved);
        window().actions().firstTime.trigger();
        QTest::keyClicks(&page().field(), QStringLiteral("state.items[0] < 3 ? true : false"));
        QCOMPARE(page().field().text(), QStringLiteral("state.items[0] < 3 ? true : false"));
        QVERIFY(!at_->session->playback()->isPlaying());
        QCOMPARE(moved.size(), 0);
    }
};

QTEST_MAIN(TestFindingsInWindow)
#include "test_findings_in_window.moc"
