#include "tests/ui/findings/findings_fixture.h"
#include "tests/ui/findings/page_test.h"
#include "ui/findings/findings_bar.h"
#include "ui/findings/findings_page.h"
#include "ui/findings/findings_panel.h"
#include "ui/findings/findings_table.h"
#include "ui/findings/first_time_page.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;

class TestFindings final : public test::OnPage<FindingsPanel> {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init()
    {
        begin({930, 220});
        page().setOpen(true);
        panel().firstTime().setAsked(true, {}, {});
        panel().showTab(FindingsPanel::Findings);
        QVERIFY(show());
    }
    void cleanup() { end(); }

    void theyAreGroupedByCauseAndFewAreSeenAtOnce()
    {
        page().setView(test::findingsOf(3));
        QCOMPARE(table().rowCount(), qint64(2 + 3 + 2));
        QCOMPARE(page().model().headText(0), QStringLiteral("never below zero · after FeeCharged ×3 · 3 entities"));
        QVERIFY(page().model().isHead(4));
        QCOMPARE(page().model().headOf(6), std::int64_t{4});
        QVERIFY(table().rowText(1).startsWith(QStringLiteral("account/account-0, version 2, FeeCharged, ")));
        QVERIFY(table().rowText(1).contains(QStringLiteral("/balance 6.00 → -14.00")));
        QCOMPARE(panel().tabs().tabText(FindingsPanel::Findings), QStringLiteral("Findings (5)"));
        QCOMPARE(panel().words(), QStringLiteral("5 found"));
        QCoreApplication::processEvents();
        test::picture(panel(), QStringLiteral("findings"));
    }

    void groupsAreFoldedByClickAndKeysAndStaySoWhateverComes()
    {
        const QAbstractItemModelTester tester(&page().model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        page().setView(test::findingsOf(100));
        QCOMPARE(table().rowCount(), qint64(2 + 2));  // many are folded at first
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().cellRect(0, 0).center());
        QCOMPARE(table().rowCount(), qint64(2 + 100 + 2));
        QCOMPARE(table().currentRow(), qint64(0));
        page().setView(test::findingsOf(120));
        QCOMPARE(table().rowCount(), qint64(2 + 120 + 2));
        QTest::keyClick(&table(), Qt::Key_Down);
        QTest::keyClick(&table(), Qt::Key_Left);
        QCOMPARE(table().rowCount(), qint64(2 + 2));
        QCOMPARE(table().currentRow(), qint64(0));
        QTest::keyClick(&table(), Qt::Key_Return);
        QCOMPARE(table().rowCount(), qint64(2 + 120 + 2));
        QTest::keyClick(&table(), Qt::Key_Left);
        page().setView(test::findingsOf(3));
        QCOMPARE(table().rowCount(), qint64(2 + 2));
    }

    void aClickGoesThere()
    {
        page().setView(test::findingsOf(3));
        QSignalSpy chosen(&page(), &FindingsPage::chosen);
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().cellRect(2, 1).center());
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].value<EntityId>(), EntityId{1});
        QCOMPARE(chosen[0][1].value<EventId>(), EventId(PartId{1}, Offset{1}));
        QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), table().rowText(2));
    }

    void whereThereIsNothingItSaysWhy()
    {
        QCOMPARE(table().emptyText(), QStringLiteral("Looking…"));
        page().setView(std::make_shared<FindingsView>());
        QCOMPARE(table().emptyText(), QStringLiteral("No model declares an invariant"));
        QCOMPARE(panel().tabs().tabText(FindingsPanel::Findings), QStringLiteral("Findings"));
        auto view = std::make_shared<FindingsView>();
        view->declared = true;
        page().setView(view);
        QCOMPARE(table().emptyText(), QStringLiteral("All invariants hold"));
        QCOMPARE(panel().words(), QStringLiteral("all invariants hold"));
        auto failed = std::make_shared<FindingsView>(*view);
        failed->remarks << QStringLiteral("user is passed over: its model cannot be read");
        page().setView(failed);
        QCOMPARE(page().message(), failed->remarks[0]);
        page().setOpen(false);
        QCOMPARE(table().emptyText(), QStringLiteral("No workspace is open"));
    }

    void determinismIsCheckedOfACategoryOrOfAll()
    {
        FindingsBar& bar = page().bar();
        QSignalSpy wanted(&page(), &FindingsPage::checkWanted);
        QSignalSpy cancel(&page(), &FindingsPage::cancelWanted);
        QTest::mouseClick(&bar.checkButton(), Qt::LeftButton, {}, QPoint(12, bar.checkButton().height() / 2));
        QCOMPARE(wanted[0][0].toString(), QString());
        page().setOpen(true, QStringLiteral("account"));
        QTest::mouseClick(&bar.checkButton(), Qt::LeftButton, {}, QPoint(12, bar.checkButton().height() / 2));
        QCOMPARE(wanted[1][0].toString(), QStringLiteral("account"));
        auto view = std::make_shared<DeterminismView>();
        view->category = QStringLiteral("account");
        view->running = true;
        view->looked = {1, 4, 10, 40};
        page().setDeterminism(view);
        QCOMPARE(bar.status(), QStringLiteral("determinism of account: 10 of 40 events"));
        QCOMPARE(bar.checkButton().text(), QStringLiteral("Stop"));
        QTest::mouseClick(&bar.checkButton(), Qt::LeftButton, {}, QPoint(12, bar.checkButton().height() / 2));
        QTest::keyClick(&table(), Qt::Key_Escape);
        QCOMPARE(cancel.size(), 2);
        auto ended = std::make_shared<DeterminismView>(*view);
        ended->running = false;
        ended->looked = {4, 4, 40, 40};
        page().setDeterminism(ended);
        QVERIFY(bar.status().startsWith(QStringLiteral("no model gave two states for the same events · 4 entities looked at")));
        ended = std::make_shared<DeterminismView>(*ended);
        ended->error = QStringLiteral("cannot read the store");
        page().setDeterminism(ended);
        QCOMPARE(page().message(), ended->error);
    }

    void aFindingHasItsSmallestCaseAndTwoStatesHaveNone()
    {
        auto view = std::make_shared<FindingsView>(*test::findingsOf(3));
        auto row = std::make_shared<FindingRow>(*view->groups[1].rows[0]);
        row->kind = audit::Finding::Kind::Determinism;
        view->groups[1].kind = row->kind;
        view->groups[1].rows = {row};
        page().setView(view);
        QCOMPARE(page().model().headText(4),
                 QStringLiteral("two states for the same events: never below zero · after Withdrawn ×1 · 2 entities"));
        QSignalSpy wanted(&page(), &FindingsPage::smallestWanted);
        QToolButton& smallest = page().bar().smallestButton();
        QVERIFY(!smallest.isEnabled());
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().cellRect(2, 1).center());
        QTest::mouseClick(&smallest, Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].value<EntityId>(), EntityId{1});
        QCOMPARE(wanted[0][1].value<WantedSymptom>(),
                 (WantedSymptom{WantedSymptom::Kind::Invariant, QStringLiteral("never below zero")}));
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().cellRect(5, 1).center());
        QVERIFY(!smallest.isEnabled());
    }

    void tabsSayHowManyAndEscapeAndTheButtonClose()
    {
        panel().firstTime().setView(test::foundAccounts(4));
        panel().showTab(FindingsPanel::FirstTime);
        QCOMPARE(panel().tabs().tabText(FindingsPanel::FirstTime), QStringLiteral("First time when (4)"));
        QCOMPARE(panel().words(), QStringLiteral("grouped by cause: Withdrawn ×2, FeeCharged ×2"));
        QCoreApplication::processEvents();
        test::picture(panel(), QStringLiteral("panel"));
        panel().takeFocus();
        QVERIFY(panel().firstTime().field().hasFocus());
        QSignalSpy close(&panel(), &FindingsPanel::closeWanted);
        QTest::keyClick(&panel().firstTime().field(), Qt::Key_Escape);
        QCOMPARE(close.size(), 1);
        QTest::mouseClick(&panel().closeButton(), Qt::LeftButton);
        QCOMPARE(close.size(), 2);
    }

private:
    FindingsPanel& panel() { return shown(); }
    FindingsPage& page() { return panel().findings(); }
    FindingsTable& table() { return page().table(); }
};

QTEST_MAIN(TestFindings)
#include "test_findings.moc"
