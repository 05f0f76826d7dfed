// README's story, acted: the balance of an account is wrong; which event made it so? Each action of the user's is counted.
// Where HINDCAST_STORY_PICTURES names a folder, README's pictures are written there.
#include "tests/ui/fixtures.h"
#include "tests/ui/shell/window_fixture.h"
#include "ui/branches/branch_commands.h"
#include "ui/findings/findings_panel.h"
#include "ui/findings/first_time_page.h"
#include "ui/findings/first_time_table.h"
#include "ui/findings/smallest_page.h"
#include "ui/session/trials.h"
#include "ui/shell/first_minute.h"
#include "ui/state/field_writes.h"
#include "ui/state/state_inspector.h"
#include "ui/state/state_page.h"
#include "ui/state/state_tree.h"
#include "ui/state/writes_panel.h"
#include "ui/timeline/timeline_view.h"

#include <QClipboard>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

class TestWrongBalance : public InDemoWindow {
    Q_OBJECT

    static constexpr int kMostActions = 9;  // "in under ten"

    FindingsPanel& panel() { return at_->window->findings(); }
    StateInspector& state() { return at_->window->state(); }
    StateTree& tree() { return state().statePage().tree(); }
    TimelineCanvas& canvas() { return at_->window->timeline().canvas(); }
    BranchCommands& branches() { return at_->window->branches(); }

    /// "balance: -14, changed, set by #7 Withdrawn".
    QString row(const QString& field)
    {
        for (RowView::Row i = 0; i < tree().rowCount(); ++i)
            if (tree().rowText(i).startsWith(field + QLatin1Char(':'))) return tree().rowText(i);
        return {};
    }
    void act(const char* what)
    {
        ++actions_;
        qInfo("%d. %s", actions_, what);
    }
    void show(const char* name)
    {
        QVERIFY(settle(*at_->window));
        picture(*at_->window, QString::fromLatin1(name));
        const QString folder = qEnvironmentVariable("HINDCAST_STORY_PICTURES");
        if (folder.isEmpty()) return;
        QVERIFY(renderToFile(*at_->window, folder + QLatin1Char('/') + QString::fromLatin1(name) + QStringLiteral(".png")));
    }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init()
    {
        QVERIFY(begin());
        QVERIFY(at_->activate());
        at_->window->firstMinute().dismiss();  // its hint covers what the story is about
    }
    void cleanup() { at_.reset(); }

    void theGuiltyEventIsFoundInLessThanTenActions()
    {
        openDemo();

        // Which accounts are below zero, and since which event?
        act("Ctrl+Shift+F");
        at_->window->actions().firstTime.trigger();
        FirstTimePage& first = panel().firstTime();
        QVERIFY(first.field().hasFocus());
        act("state.balance < 0, Return");
        QTest::keyClicks(&first.field(), QStringLiteral("state.balance < 0"));
        QTest::keyClick(&first.field(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(at_->session->firstTime() && !at_->session->firstTime()->running, kDemoWaitMs);
        QCOMPARE(first.table().rowCount(), qint64(4));
        QCOMPARE(panel().words(), QStringLiteral("grouped by cause: FeeCharged ×3, Withdrawn ×1"));

        // Of account-77 a withdrawal did it: nobody should have been able to withdraw that much.
        act("a click on account-77");
        RowView::Row of77 = RowView::kNone;
        for (RowView::Row i = 0; i < first.table().rowCount(); ++i)
            if (first.table().rowText(i).contains(QStringLiteral("account-77"))) of77 = i;
        QVERIFY(of77 != RowView::kNone);
        QTest::mouseClick(first.table().viewport(), Qt::LeftButton, {}, first.table().cellRect(of77, 0).center());
        QTRY_VERIFY_WITH_TIMEOUT(at_->session->history() && at_->session->history()->key.id == "account-77", kDemoWaitMs);
        QTRY_VERIFY2_WITH_TIMEOUT(row(QStringLiteral("balance")).startsWith(QStringLiteral("balance: -14, changed, set by #7")),
                                  qPrintable(row(QStringLiteral("balance"))), kDemoWaitMs);
        show("wrong-balance-first");

        // What ever moved the balance?
        act("a click on the balance");
        QTest::mouseClick(tree().viewport(), Qt::LeftButton, {}, tree().cellRect(rowOf(QStringLiteral("balance")), 0).center());
        act("Ctrl+Shift+E");
        QTest::keyClick(&tree(), Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(writes() != nullptr && writes()->isKnown() && writes()->rowCount() == 9, kDemoWaitMs);
        act("a click on #5 FeeCharged, 72 → 46");
        RowView::Row fee = RowView::kNone;
        for (RowView::Row i = 0; i < writes()->rowCount(); ++i)
            if (writes()->rowText(i).contains(QStringLiteral("FeeCharged"))) fee = i;
        QVERIFY(fee != RowView::kNone);
        QTest::mouseClick(writes()->viewport(), Qt::LeftButton, {}, writes()->cellRect(fee, 0).center());
        QTRY_COMPARE_WITH_TIMEOUT(at_->session->playhead()->version(), Version{5}, kDemoWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(at_->session->event() && at_->session->event()->version == Version{5}, kDemoWaitMs);
        // The event says it itself: 26.00 of a tariff of 2.60 a month.
        const std::string payload(at_->session->event()->event.payload);
        QVERIFY2(payload.find("\"amount\":26.00") != std::string::npos && payload.find("2.60 a month") != std::string::npos,
                 payload.c_str());
        show("wrong-balance-writes");

        // What if the fee had been right?
        act("the button What-if branch");
        branches().toggleAction().trigger();
        QTRY_VERIFY_WITH_TIMEOUT(canvas().branchLane() != nullptr, kDemoWaitMs);
        QVERIFY(settle(*at_->window));
        act("E on the event: its amount becomes 2.60");
        canvas().setFocus();
        QTest::keyClick(&canvas(), Qt::Key_E);
        QTRY_VERIFY_WITH_TIMEOUT(branches().eventDialog() != nullptr, kDemoWaitMs);
        EventDialog& dialog = *branches().eventDialog();
        QString edited = dialog.payloadField().toPlainText();
        QVERIFY(edited.contains(QStringLiteral("26.00")));
        dialog.payloadField().setPlainText(edited.replace(QStringLiteral("26.00"), QStringLiteral("2.60")));
        dialog.acceptButton().click();
        act("End");
        QTest::keyClick(&canvas(), Qt::Key_End);
        QTRY_COMPARE_WITH_TIMEOUT(at_->session->playhead()->version(), Version{9}, kDemoWaitMs);
        QTRY_VERIFY2_WITH_TIMEOUT(row(QStringLiteral("balance")).contains(QStringLiteral("balance: -20, what if: 3.4, differs")),
                                  qPrintable(row(QStringLiteral("balance"))), kDemoWaitMs);
        QVERIFY2(row(QStringLiteral("tier")).contains(QStringLiteral("\"blocked\"")), qPrintable(row(QStringLiteral("tier"))));
        QVERIFY2(row(QStringLiteral("tier")).contains(QStringLiteral("what if: \"gold\"")),
                 qPrintable(row(QStringLiteral("tier"))));
        show("wrong-balance-what-if");
        QVERIFY2(actions_ <= kMostActions, qPrintable(QString::number(actions_)));
    }

    void theTicketTellsTheFewestEventsAndWhoElseWasChargedSo()
    {
        openDemo();
        QVERIFY(at_->select(QStringLiteral("account/account-79")));
        at_->window->actions().smallestCase.trigger();
        SmallestPage& smallest = panel().smallest();
        smallest.setWanted({WantedSymptom::Kind::Expression, QStringLiteral("state.balance < 0")});
        smallest.ask();
        QTRY_VERIFY_WITH_TIMEOUT(at_->session->trials()->smallest() && !at_->session->trials()->smallest()->running, kWaitMs);
        QVERIFY2(smallest.copyButton().isEnabled(), qPrintable(smallest.message() + smallest.heading()));
        smallest.copyButton().click();
        QTRY_VERIFY2_WITH_TIMEOUT(QApplication::clipboard()->text().contains(QStringLiteral("FeeCharged")),
                                  qPrintable(QApplication::clipboard()->text()), kDemoWaitMs);
        show("wrong-balance-smallest");

        at_->window->actions().firstTime.trigger();
        FirstTimePage& first = panel().firstTime();
        first.field().setText(QStringLiteral("type == \"FeeCharged\" && payload.amount > 20.0"));
        QTest::keyClick(&first.field(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(at_->session->firstTime() && !at_->session->firstTime()->running, kDemoWaitMs);
        QCOMPARE(first.table().rowCount(), qint64(7));
    }

private:
    RowView::Row rowOf(const QString& field)
    {
        for (RowView::Row i = 0; i < tree().rowCount(); ++i)
            if (tree().rowText(i).startsWith(field + QLatin1Char(':'))) return i;
        return RowView::kNone;
    }
    FieldWrites* writes()
    {
        auto* panel = state().findChild<WritesPanel*>();
        return panel == nullptr ? nullptr : &panel->list();
    }

    int actions_ = 0;
};

QTEST_MAIN(TestWrongBalance)
#include "test_wrong_balance.moc"
