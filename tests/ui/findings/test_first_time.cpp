#include "tests/ui/findings/findings_fixture.h"
#include "tests/ui/findings/page_test.h"
#include "ui/findings/expression_history.h"
#include "ui/findings/first_time_page.h"
#include "ui/findings/first_time_table.h"
#include "ui/look/shown_zone.h"

#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QCompleter>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;
using test::plain;

class TestFirstTimePage final : public test::OnSearchPage<FirstTimePage> {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init() { QVERIFY(beginOnAccounts()); }
    void cleanup() { end(); }

    void whatWasFoundIsSaidAsTheMockUpSaysIt()
    {
        page().setView(test::foundAccounts(4));
        QCOMPARE(plain(page().summary()), QStringLiteral("all entities · 2 400 000 events · 3.1 s · 4 found"));
        QCOMPARE(causesText(*page().model().view()), QStringLiteral("grouped by cause: Withdrawn ×2, FeeCharged ×2"));
        QCOMPARE(table().rowCount(), qint64(4));
        // By time: the last of them is the first.
        QCOMPARE(plain(table().rowText(0)),
                 QStringLiteral("account/account-3, version 5, FeeCharged, 6.00 → -14.00, 06 Nov 11:02:16.000"));
        QCOMPARE(table().columns()[3].title, QStringLiteral("state.balance"));
        QCoreApplication::processEvents();
        test::picture(page(), QStringLiteral("first-time"));
        page().setView(test::foundAccounts(4, FirstTimeScope::Category));
        QVERIFY(page().summary().startsWith(QStringLiteral("all of account · ")));
        QVERIFY(table().rowText(0).startsWith(QStringLiteral("account-3, ")));
        auto other = test::foundAccounts(4);
        other->paths = {*Pointer::parse("/total")};
        page().setView(other);
        QCOMPARE(table().columns()[3].title, QStringLiteral("state.total"));
    }

    void itIsSortedByTimeAndEntityUpAndDown()
    {
        const QAbstractItemModelTester tester(&page().model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        page().setView(test::foundAccounts(12));
        click(0);  // the head of the entities
        QCOMPARE(page().model().row(0).key.id, std::string("account-0"));
        QCOMPARE(page().model().row(2).key.id, std::string("account-10"));
        click(0);
        QCOMPARE(page().model().row(0).key.id, std::string("account-9"));
        click(4);
        QCOMPARE(page().model().row(0).key.id, std::string("account-11"));
        click(3);  // values have no order
        QCOMPARE(page().model().order(), FirstTimeModel::Order::Time);
        // Much is sorted on another thread, and is the same.
        page().setView(test::foundAccounts(50'000));
        QTRY_COMPARE(table().rowCount(), qint64(50'000));
        QCOMPARE(page().model().row(0).key.id, std::string("account-49999"));
        page().setView(nullptr);
        QCOMPARE(table().rowCount(), qint64(0));
        QVERIFY(!page().model().isSorting());
    }

    void theRowOneStandsOnIsStoodUponWhatComes()
    {
        page().setView(test::foundAccounts(4));
        table().setFocus();
        QSignalSpy chosen(&page(), &FirstTimePage::chosen);
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().cellRect(1, 0).center());
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].value<EntityId>(), EntityId{2});
        QCOMPARE(chosen[0][1].value<EventId>(), EventId(PartId{1}, Offset{2}));
        page().setView(test::foundAccounts(9));
        QTRY_COMPARE(table().currentRow(), qint64(6));
        QCOMPARE(page().model().row(6).entity, EntityId{2});
        QTest::keyClick(&table(), Qt::Key_Return);
        QCOMPARE(chosen.size(), 2);
        QTest::keyClick(&table(), Qt::Key_Down);
        QCOMPARE(chosen.size(), 3);
        QCOMPARE(chosen[2][0].value<EntityId>(), EntityId{1});
    }

    void enterAsksOfTheScopeThatIsChosen()
    {
        QSignalSpy asked(&page(), &FirstTimePage::asked);
        page().takeFocus();
        QVERIFY(!page().goButton().isEnabled());
        QTest::keyClicks(&page().field(), QStringLiteral("state.balance < 0.0"));
        QTest::keyClick(&page().field(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("state.balance < 0.0"));
        QCOMPARE(asked[0][1].value<FirstTimeScope>(), FirstTimeScope::All);
        page().scopeButton().menu()->actions()[0]->trigger();
        QCOMPARE(page().scopeButton().text(), QStringLiteral("account-77"));
        QTest::mouseClick(&page().goButton(), Qt::LeftButton);
        QCOMPARE(asked[1][1].value<FirstTimeScope>(), FirstTimeScope::Entity);
        // It is chosen the next time, too; of nobody there is only all to ask.
        const FirstTimePage again(theme_);
        QCOMPARE(again.scope(), FirstTimeScope::All);
        page().setAsked(true, {}, {});
        QCOMPARE(page().scope(), FirstTimeScope::All);
        page().setAsked(true, QStringLiteral("account/account-1"), QStringLiteral("account"));
        QCOMPARE(page().scope(), FirstTimeScope::Entity);
        QCOMPARE(askedExpressions(), QStringList{QStringLiteral("state.balance < 0.0")});
    }

    void whatIsWrongStandsBeneathItsPlace()
    {
        QSignalSpy asked(&page(), &FirstTimePage::asked);
        page().takeFocus();
        page().field().setText(QStringLiteral("type == 'äé' && lenght(state.fees) > 2"));
        QTest::keyClick(&page().field(), Qt::Key_Return);
        QCOMPARE(asked.size(), 0);
        QVERIFY(page().field().wrong().has_value());
        QCOMPARE(page().field().wrong()->from, qsizetype(16));  // characters, not bytes
        QCOMPARE(page().field().wrong()->length, qsizetype(6));
        QVERIFY2(page().message().contains(QStringLiteral("lenght")), qPrintable(page().message()));
        const QImage image = test::picture(page(), QStringLiteral("first-time-wrong"));
        QVERIFY(test::countOf(image, theme_.color(Theme::Role::Warning)) > 10);
        // It goes as soon as it is right.
        page().field().setText(QStringLiteral("size(state.fees) > 2"));
        QVERIFY(!page().field().wrong());
        QVERIFY(page().message().isEmpty());
        // While it is typed it is told after a while.
        page().field().setText(QStringLiteral("size("));
        QVERIFY(!page().field().wrong());
        QTRY_VERIFY(page().field().wrong());
    }

    void whatWasFoundIsNoAnswerToWhatCannotBeRead()
    {
        page().field().setText(QStringLiteral("state.balance < -9000"));
        page().setView(test::foundAccounts(0));
        QCOMPARE(table().emptyText(), QStringLiteral("It never holds"));
        page().field().setText(QStringLiteral("state."));
        QTest::keyClick(&page().field(), Qt::Key_Return);
        QVERIFY(!page().message().isEmpty());
        QVERIFY2(page().summary().isEmpty(), qPrintable(page().summary()));
        QVERIFY(table().emptyText() != QStringLiteral("It never holds"));
        page().setView(test::foundAccounts(4));  // still of what was asked before
        QCOMPARE(table().rowCount(), qint64(0));
        page().field().setText(QStringLiteral("state.balance < 0"));
        QTest::keyClick(&page().field(), Qt::Key_Return);
        page().setView(test::foundAccounts(4));
        QCOMPARE(table().rowCount(), qint64(4));
    }

    void whatWasAskedBeforeIsOffered()
    {
        for (const char* text : {"a == 1", "state.total > 5", "a == 1"}) (void)rememberExpression(QString::fromLatin1(text));
        QCOMPARE(askedExpressions(), (QStringList{QStringLiteral("a == 1"), QStringLiteral("state.total > 5")}));
        for (int i = 0; i < 50; ++i) (void)rememberExpression(QStringLiteral("version == %1").arg(i));
        QCOMPARE(askedExpressions().size(), kExpressionsKept);
        const FirstTimePage again(theme_);
        QCOMPARE(const_cast<FirstTimePage&>(again).field().completer()->model()->rowCount(), static_cast<int>(kExpressionsKept));
    }

    void whatIsOfferedGoesWithTheQuestionAndWithTheKeyboard()
    {
        QSignalSpy asked(&page(), &FirstTimePage::asked);
        ExpressionField& field = page().field();
        const QAbstractItemView& list = *field.completer()->popup();
        field.setHistory(rememberExpression(QStringLiteral("state.balance < 0.0")));
        page().takeFocus();
        QTest::keyClicks(&field, QStringLiteral("state.balance < 0"));
        QVERIFY(list.isVisible());
        QVERIFY(list.y() >= field.mapToGlobal(QPoint(0, field.height())).y() ||
                list.geometry().bottom() <= field.mapToGlobal(QPoint()).y());
        QTest::keyClick(&field, Qt::Key_Return);
        QVERIFY(!list.isVisible());
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("state.balance < 0"));
        // The text itself is no offer.
        QTest::keyClicks(&field, QStringLiteral("."));
        QVERIFY(list.isVisible());
        QTest::keyClicks(&field, QStringLiteral("0"));
        QCOMPARE(field.text(), QStringLiteral("state.balance < 0.0"));
        QVERIFY(!list.isVisible());
        // Elsewhere, and on a page that is not shown, nothing is offered.
        QTest::keyClick(&field, Qt::Key_Backspace);
        QVERIFY(list.isVisible());
        table().setFocus();
        QVERIFY(!list.isVisible());
        page().takeFocus();
        QTest::keyClick(&field, Qt::Key_Down);
        QVERIFY(list.isVisible());
        page().hide();
        QVERIFY(!list.isVisible());
    }

    void aSearchThatRunsSaysHowFarItIsAndIsStopped()
    {
        auto view = test::foundAccounts(2);
        view->running = true;
        view->looked.events = 600'000;
        page().setView(view);
        QCOMPARE(plain(page().summary()), QStringLiteral("all entities · 600 000 of 2 400 000 events · 3.1 s · 2 found"));
        QVERIFY(test::isStopped(page(), page().field()));
        auto ended = std::make_shared<FirstTimeView>(*view);
        ended->running = false;
        ended->cancelled = true;
        page().setView(ended);
        QVERIFY(page().summary().endsWith(QStringLiteral("stopped")));
        QCOMPARE(page().goButton().text(), QStringLiteral("Find"));
    }

    void remarksAndAnErrorAndAnotherModelAreSaid()
    {
        auto view = test::foundAccounts(1);
        view->remarks << QStringLiteral("no event has the type Withdrawm");
        page().setView(view);
        QCOMPARE(page().message(), QStringLiteral("no event has the type Withdrawm"));
        page().modelChanged(QStringLiteral("account"));
        QVERIFY(page().message().startsWith(QStringLiteral("account has another model now")));
        auto failed = std::make_shared<FirstTimeView>();
        failed->error = QStringLiteral("cannot read the store");
        page().setView(failed);
        QCOMPARE(page().message(), QStringLiteral("cannot read the store"));
        page().setView(std::make_shared<FirstTimeView>());
        QCOMPARE(table().emptyText(), QStringLiteral("It never holds"));
    }

    void rowsAreCopiedAsJsonLinesAndAsATable()
    {
        auto view = test::foundAccounts(3);
        view->paths.push_back(*Pointer::parse("/note"));
        auto rows = std::make_shared<std::vector<FirstTimeRow>>(*view->batches[0]);
        for (FirstTimeRow& row : *rows) {
            row.before.push_back({});
            row.after.push_back({"\"a, \\\"b\\\"\"", false});
        }
        view->batches = {rows};
        page().setView(view);
        table().setCurrentRow(0);
        QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier);
        const Json line = *parseJson(QApplication::clipboard()->text().toStdString());
        QCOMPARE(toText(line["values"]),
                 std::string("{\"/balance\":{\"before\":6.00,\"after\":-14.00},\"/note\":{\"after\":\"a, \\\"b\\\"\"}}"));
        QCOMPARE(toText(line["event"]),
                 std::string("{\"type\":\"Withdrawn\",\"position\":{\"topic\":\"accounts\",\"partition\":3,\"offset\":2}}"));
        QCOMPARE(toText(line["entity"]), std::string("\"account/account-2\""));
        action("Copy all as JSON lines")->trigger();
        QTRY_COMPARE(QApplication::clipboard()->text().count(QLatin1Char('\n')), qsizetype(3));
        QTRY_COMPARE(page().message(), QStringLiteral("3 events copied"));
        action("Copy all as CSV")->trigger();
        QTRY_VERIFY(QApplication::clipboard()->text().startsWith(
            QStringLiteral("entity,version,of,event,time,position,state.balance before,state.balance after,")));
        QVERIFY2(QApplication::clipboard()->text().contains(
                     QStringLiteral("account/account-2,4,7,Withdrawn,2025-11-06T11:02:17Z,accounts/3/2,6.00,-14.00,,\"\"\"a, "
                                    "\\\"\"b\\\"\"\"\"\"\r\n")),
                 qPrintable(QApplication::clipboard()->text()));
    }
};

QTEST_MAIN(TestFirstTimePage)
#include "test_first_time.moc"
