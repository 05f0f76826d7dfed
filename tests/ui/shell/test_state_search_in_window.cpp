// From "in whose state does it stand" to that state, in the window.
#include "tests/ui/shell/on_accounts.h"
#include "ui/findings/findings_panel.h"
#include "ui/findings/first_time_page.h"
#include "ui/findings/states_page.h"
#include "ui/findings/states_table.h"
#include "ui/session/state_search.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCompleter>
#include <QTabBar>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

class TestStateSearchInWindow : public OnAccounts {
    Q_OBJECT

    FindingsPanel& panel() { return window().findings(); }
    StatesPage& page() { return panel().states(); }

    void find(const QString& text)
    {
        window().actions().searchStates.trigger();
        QVERIFY(page().field().hasFocus());
        page().field().setText(text);
        QTest::keyClick(&page().field(), Qt::Key_Return);
        QVERIFY(settle(window()));
        QVERIFY(page().model().view() && !page().model().view()->running);
    }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init() { QVERIFY(beginOnAccounts(QStringLiteral("user/account-1"), accountRules())); }
    void cleanup() { at_.reset(); }

    void aRowLeadsToItsEntityAtTheMomentThatWasAskedOf()
    {
        at_->session->playhead()->setVersion(Version{6});
        const Timestamp moment = at_->session->playhead()->time();
        QVERIFY(settle(window()));
        page().setAs(SoughtAs::Expression);
        find(QStringLiteral("state.balance < 0"));
        QCOMPARE(page().table().rowCount(), qint64(1));
        QCOMPARE(panel().tabs().tabText(FindingsPanel::States), QStringLiteral("States (1)"));
        QVERIFY2(panel().words().contains(QStringLiteral("where the playhead stands")), qPrintable(panel().words()));
        QTest::mouseClick(page().table().viewport(), Qt::LeftButton, {}, page().table().cellRect(0, 0).center());
        QTRY_COMPARE(QString::fromStdString(at_->session->history()->key.id), QStringLiteral("account-0"));
        QVERIFY(settle(window()));
        QCOMPARE(at_->session->playhead()->time(), moment);
        QCOMPARE(at_->session->playhead()->version(), Version{6});
        picture(window(), QStringLiteral("states-in-window"));
        at_->theme.setScheme(Theme::Scheme::Dark);
        QVERIFY(settle(window()));
        picture(window(), QStringLiteral("states-in-window-dark"));
    }

    void whatIsShownFollowsThePlayheadWhereItIsSeen()
    {
        at_->session->playhead()->setVersion(Version{6});
        page().setAs(SoughtAs::Value);
        find(QStringLiteral("-960"));
        QCOMPARE(page().table().rowCount(), qint64(1));
        at_->session->playhead()->setVersion(Version{2});
        QVERIFY(settle(window()));
        QCOMPARE(page().table().rowCount(), qint64(0));
        QVERIFY2(panel().words().contains(QStringLiteral("where the playhead stands")), qPrintable(panel().words()));
        // On another tab nobody sees it.
        panel().showTab(FindingsPanel::Findings);
        at_->session->playhead()->setVersion(Version{6});
        QVERIFY(settle(window()));
        QCOMPARE(page().model().count(), std::int64_t{0});
        panel().showTab(FindingsPanel::States);
        QVERIFY(settle(window()));
        QCOMPARE(page().model().count(), std::int64_t{1});
    }

    void whatIsTypedAfterItsKeyIsTypedInItsField()
    {
        FirstTimePage& first = panel().firstTime();
        window().actions().firstTime.trigger();
        first.field().setText(QStringLiteral("state.balance < 0"));
        QTest::keyClick(&first.field(), Qt::Key_Return);
        window().actions().firstTime.trigger();
        QTest::keyClicks(&first.field(), QStringLiteral("state.bal"));
        QVERIFY(first.field().completer()->popup()->isVisible());
        page().setAs(SoughtAs::Expression);
        window().actions().searchStates.trigger();
        QVERIFY(!QApplication::activePopupWidget());
        QVERIFY(page().field().hasFocus());
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("state.balance < 0"));
        QCOMPARE(page().field().text(), QStringLiteral("state.balance < 0"));
    }

    void itHasAKeyAndAPlaceInTheMenu()
    {
        QCOMPARE(window().actions().searchStates.shortcut(), QKeySequence(QStringLiteral("Ctrl+Shift+S")));
        QTest::keyClick(&window(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(page().isVisible());
        QCOMPARE(panel().tab(), FindingsPanel::States);
    }
};

QTEST_MAIN(TestStateSearchInWindow)
#include "test_state_search_in_window.moc"
