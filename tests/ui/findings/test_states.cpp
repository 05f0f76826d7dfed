#include "tests/ui/findings/findings_fixture.h"
#include "tests/ui/findings/page_test.h"
#include "ui/findings/expression_history.h"
#include "ui/findings/states_page.h"
#include "ui/findings/states_table.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;
using test::plain;

/// The page on which one looks into states.
class TestStatesPage final : public test::OnSearchPage<StatesPage> {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init() { QVERIFY(beginOnAccounts()); }
    void cleanup() { end(); }

    void whatWasFoundStandsWithItsPlaceAndItsMoment()
    {
        page().setMoment(test::at("2025-11-06T11:02:19Z"));
        page().setView(test::foundStates(4));
        QCOMPARE(plain(page().summary()),
                 QStringLiteral("as of 06 Nov 11:02:19.000 · all entities · 2 400 entities · 310 ms · 4 found"));
        QCOMPARE(page().title(), QStringLiteral("States (4)"));
        QCOMPARE(page().words(), QStringLiteral("as of 06 Nov 11:02:19.000, where the playhead stands"));
        QCOMPARE(plain(table().rowText(0)),
                 QStringLiteral("account/account-0, version 2, /balance, -2.50, last event 06 Nov 11:02:19.000"));
        QCoreApplication::processEvents();
        test::picture(page(), QStringLiteral("states"));
        // The playhead goes on: what was found says of when it is.
        QSignalSpy changed(&page(), &FoundPage::viewChanged);
        page().setMoment(test::at("2025-11-06T12:00:00Z"));
        QCOMPARE(changed.size(), 1);
        QVERIFY2(page().words().contains(QStringLiteral("elsewhere")), qPrintable(page().words()));
        QVERIFY(page().summary().startsWith(QStringLiteral("as of 06 Nov 11:02:19")));
        page().setView(test::foundStates(4, FirstTimeScope::Category));
        QVERIFY(table().rowText(0).startsWith(QStringLiteral("account-0, ")));
        QVERIFY(page().summary().contains(QStringLiteral("all of account")));
    }

    void valuesAreSortedByWhatTheyAreWorth()
    {
        const QAbstractItemModelTester tester(&page().model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto view = test::foundStates(12);
        auto rows = std::make_shared<std::vector<StateRow>>(*view->batches[0]);
        (*rows)[5].found[0].value.json = "\"a text\"";
        (*rows)[6].found.clear();
        view->batches = {rows};
        page().setView(view);
        click(StatesModel::Value);
        // Nothing, then numbers (-2.50, -1.50, 0.50, … 9.50), then texts.
        QCOMPARE(ids(), (QStringList{"6", "0", "1", "2", "3", "4", "7", "8", "9", "10", "11", "5"}));
        click(StatesModel::Value);
        QCOMPARE(ids().mid(0, 3), (QStringList{"5", "11", "10"}));
        // Many are sorted on another thread, and are the same.
        page().setView(test::foundStates(50'000));
        QTRY_COMPARE(table().rowCount(), qint64(50'000));
        QCOMPARE(ids().mid(0, 2), (QStringList{"49999", "49998"}));
    }

    void theRowOneStandsOnIsStoodUponWhatComes()
    {
        page().setView(test::foundStates(4));
        table().setFocus();
        QSignalSpy chosen(&page(), &StatesPage::chosen);
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().cellRect(1, 0).center());
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].value<EntityId>(), EntityId{1});
        QCOMPARE(chosen[0][2].value<std::optional<Timestamp>>(), std::optional(test::at("2025-11-06T11:02:19Z")));
        click(StatesModel::Entity);  // down
        QTRY_COMPARE(table().currentRow(), qint64(2));
        page().setView(test::foundStates(9));
        QTRY_COMPARE(table().currentRow(), qint64(7));
        QTest::keyClick(&table(), Qt::Key_Down);
        QCOMPARE(chosen.size(), 2);
        QCOMPARE(chosen[1][0].value<EntityId>(), EntityId{0});
    }

    void aValueAndAnExpressionAreAskedByTheSameField()
    {
        QSignalSpy asked(&page(), &StatesPage::asked);
        page().takeFocus();
        QVERIFY(!page().goButton().isEnabled());
        QTest::keyClicks(&page().field(), QStringLiteral("Berlin < 3"));
        QTest::keyClick(&page().field(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].value<StateQuestion>(),
                 (StateQuestion{QStringLiteral("Berlin < 3"), SoughtAs::Value, FirstTimeScope::All}));
        QCOMPARE(askedValues(), QStringList{QStringLiteral("Berlin < 3")});
        page().asButton().menu()->actions()[1]->trigger();
        QCOMPARE(page().asButton().text(), QStringLiteral("states where"));
        QTest::keyClick(&page().field(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QVERIFY(page().field().wrong().has_value());
        QVERIFY2(page().message().contains(QStringLiteral("Berlin")), qPrintable(page().message()));
        page().field().setText(QStringLiteral("state.balance < 0.0"));
        page().scopeButton().menu()->actions()[0]->trigger();
        QCOMPARE(page().scopeButton().text(), QStringLiteral("all of account"));
        QTest::mouseClick(&page().goButton(), Qt::LeftButton);
        QCOMPARE(asked[1][0].value<StateQuestion>(),
                 (StateQuestion{QStringLiteral("state.balance < 0.0"), SoughtAs::Expression, FirstTimeScope::Category}));
        QCOMPARE(askedExpressions(), QStringList{QStringLiteral("state.balance < 0.0")});
        // Both are chosen the next time, too.
        StatesPage again(theme_);
        again.setAsked(true, QStringLiteral("account/account-1"), QStringLiteral("account"));
        QCOMPARE(again.question(), (StateQuestion{QString(), SoughtAs::Expression, FirstTimeScope::Category}));
        again.setAsked(true, {}, {});
        QCOMPARE(again.question().scope, FirstTimeScope::All);
    }

    void nothingIsNoValue()
    {
        QSignalSpy asked(&page(), &StatesPage::asked);
        page().field().setText(QStringLiteral("\"\""));
        page().ask();
        QCOMPARE(asked.size(), 0);
        QCOMPARE(page().message(), QStringLiteral("the text is empty"));
    }

    void aSearchThatRunsSaysHowFarItIsAndIsStopped()
    {
        auto view = test::foundStates(2);
        view->running = true;
        view->looked.entities = 600;
        page().setView(view);
        QVERIFY2(plain(page().summary()).contains(QStringLiteral("600 of 2 400 entities")), qPrintable(page().summary()));
        QVERIFY(test::isStopped(page(), page().field()));
        auto ended = std::make_shared<StatesView>(*view);
        ended->running = false;
        ended->cancelled = true;
        page().setView(ended);
        QVERIFY(page().summary().endsWith(QStringLiteral("stopped")));
    }

    void remarksAndAnErrorAndAnotherModelAreSaid()
    {
        auto view = test::foundStates(1);
        view->remarks << QStringLiteral("no event has the type Withdrawm");
        page().setView(view);
        QCOMPARE(page().message(), QStringLiteral("no event has the type Withdrawm"));
        page().modelChanged(QStringLiteral("account"));
        QVERIFY(page().message().startsWith(QStringLiteral("account has another model now")));
        auto failed = std::make_shared<StatesView>();
        failed->error = QStringLiteral("cannot read the store");
        page().setView(failed);
        QCOMPARE(page().message(), QStringLiteral("cannot read the store"));
        auto none = std::make_shared<StatesView>();
        none->asked = 2400;
        page().setView(none);
        QCOMPARE(plain(table().emptyText()), QStringLiteral("In none of 2 400 entities"));
        QVERIFY(table().emptyHint().isEmpty());
        auto meant = std::make_shared<StatesView>(*none);
        meant->question.text = QStringLiteral("state.balance < 0");
        page().setView(meant);
        QVERIFY(table().emptyHint().contains(QStringLiteral("states where")));
    }

    void rowsAreCopiedAsJsonLinesAndAsATable()
    {
        auto view = test::foundStates(3);
        auto rows = std::make_shared<std::vector<StateRow>>(*view->batches[0]);
        (*rows)[1].found.push_back({"/note", {"\"a, \\\"b\\\"\"", false}});
        (*rows)[1].places = 2;
        view->batches = {rows};
        page().setView(view);
        table().setCurrentRow(1);
        QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier);
        const Json line = *parseJson(QApplication::clipboard()->text().toStdString());
        QCOMPARE(toText(line["found"]),
                 std::string("[{\"pointer\":\"/balance\",\"value\":-1.50},{\"pointer\":\"/note\",\"value\":\"a, \\\"b\\\"\"}]"));
        QCOMPARE(toText(line["event"]),
                 std::string("{\"type\":\"Withdrawn\",\"position\":{\"topic\":\"accounts\",\"partition\":3,\"offset\":1}}"));
        action("Copy all as JSON lines")->trigger();
        QTRY_COMPARE(page().message(), QStringLiteral("3 entities copied"));
        QCOMPARE(QApplication::clipboard()->text().count(QLatin1Char('\n')), qsizetype(3));
        action("Copy all as CSV")->trigger();
        QTRY_VERIFY(QApplication::clipboard()->text().startsWith(
            QStringLiteral("entity,version,of,event,time,position,pointer,value\r\n")));
        QVERIFY(QApplication::clipboard()->text().contains(
            QStringLiteral("account/account-1,3,6,Withdrawn,2025-11-06T11:02:18Z,accounts/3/1,/balance,-1.50\r\n")));
    }

private:
    QStringList ids()
    {
        QStringList all;
        for (std::int64_t row = 0; row < page().model().count(); ++row)
            all << QString::fromStdString(page().model().row(row).key.id).section(QLatin1Char('-'), 1);
        return all;
    }
};

QTEST_MAIN(TestStatesPage)
#include "test_states.moc"
