#include "tests/ui/findings/findings_fixture.h"
#include "ui/findings/expression_history.h"
#include "ui/findings/first_time_page.h"
#include "ui/findings/first_time_table.h"
#include "ui/look/shown_zone.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QCompleter>
#include <QMenu>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;

class TestFirstTimePage final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("HindcastTest"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        theme_.apply();
    }
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_->path());
        part_.id = PartId{1};
        part_.topic = "accounts";
        part_.partition = Partition{3};
        page_ = std::make_unique<FirstTimePage>(theme_);
        page_->resize(930, 170);
        page_->setPartOf([this](PartId) { return &part_; });
        page_->setAsked(true, QStringLiteral("account/account-77"), QStringLiteral("account"));
        page_->show();
        QVERIFY(QTest::qWaitForWindowExposed(page_.get()));
    }
    void cleanup() { page_.reset(); }

    void whatWasFoundIsSaidAsTheMockUpSaysIt()
    {
        page_->setView(test::foundAccounts(4));
        QCOMPARE(plain(page_->summary()), QStringLiteral("all entities · 2 400 000 events · 3.1 s · 4 found"));
        QCOMPARE(causesText(*page_->model().view()), QStringLiteral("grouped by cause: Withdrawn ×2, FeeCharged ×2"));
        QCOMPARE(table().rowCount(), qint64(4));
        // By time: the last of them is the first.
        QCOMPARE(plain(table().rowText(0)),
                 QStringLiteral("account/account-3, version 5, FeeCharged, 6.00 → -14.00, 06 Nov 11:02:16.000"));
        QCOMPARE(table().columns()[3].title, QStringLiteral("state.balance"));
        QCoreApplication::processEvents();
        test::picture(*page_, QStringLiteral("first-time"));
        page_->setView(test::foundAccounts(4, FirstTimeScope::Category));
        QVERIFY(page_->summary().startsWith(QStringLiteral("all of account · ")));
        QVERIFY(table().rowText(0).startsWith(QStringLiteral("account-3, ")));
    }

    void itIsSortedByTimeAndEntityUpAndDown()
    {
        const QAbstractItemModelTester tester(&page_->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        page_->setView(test::foundAccounts(12));
        click(0);  // the head of the entities
        QCOMPARE(page_->model().row(0).key.id, std::string("account-0"));
        QCOMPARE(page_->model().row(2).key.id, std::string("account-10"));
        click(0);
        QCOMPARE(page_->model().row(0).key.id, std::string("account-9"));
        click(4);
        QCOMPARE(page_->model().row(0).key.id, std::string("account-11"));
        click(3);  // values have no order
        QCOMPARE(page_->model().order(), FirstTimeModel::Order::Time);
        // Much is sorted on another thread, and is the same.
        page_->setView(test::foundAccounts(50'000));
        QTRY_COMPARE(table().rowCount(), qint64(50'000));
        QCOMPARE(page_->model().row(0).key.id, std::string("account-49999"));
        page_->setView(nullptr);
        QCOMPARE(table().rowCount(), qint64(0));
        QVERIFY(!page_->model().isSorting());
    }

    void theRowOneStandsOnIsStoodUponWhatComes()
    {
        page_->setView(test::foundAccounts(4));
        table().setFocus();
        QSignalSpy chosen(page_.get(), &FirstTimePage::chosen);
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().cellRect(1, 0).center());
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].value<EntityId>(), EntityId{2});
        QCOMPARE(chosen[0][1].value<EventId>(), EventId(PartId{1}, Offset{2}));
        page_->setView(test::foundAccounts(9));
        QTRY_COMPARE(table().currentRow(), qint64(6));
        QCOMPARE(page_->model().row(6).entity, EntityId{2});
        QTest::keyClick(&table(), Qt::Key_Return);
        QCOMPARE(chosen.size(), 2);
        QTest::keyClick(&table(), Qt::Key_Down);
        QCOMPARE(chosen.size(), 3);
        QCOMPARE(chosen[2][0].value<EntityId>(), EntityId{1});
    }

    void enterAsksOfTheScopeThatIsChosen()
    {
        QSignalSpy asked(page_.get(), &FirstTimePage::asked);
        page_->takeFocus();
        QVERIFY(!page_->goButton().isEnabled());
        QTest::keyClicks(&page_->field(), QStringLiteral("state.balance < 0.0"));
        QTest::keyClick(&page_->field(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("state.balance < 0.0"));
        QCOMPARE(asked[0][1].value<FirstTimeScope>(), FirstTimeScope::All);
        page_->scopeButton().menu()->actions()[0]->trigger();
        QCOMPARE(page_->scopeButton().text(), QStringLiteral("account-77"));
        QTest::mouseClick(&page_->goButton(), Qt::LeftButton);
        QCOMPARE(asked[1][1].value<FirstTimeScope>(), FirstTimeScope::Entity);
        // It is chosen the next time, too; of nobody there is only all to ask.
        const FirstTimePage again(theme_);
        QCOMPARE(again.scope(), FirstTimeScope::All);
        page_->setAsked(true, {}, {});
        QCOMPARE(page_->scope(), FirstTimeScope::All);
        page_->setAsked(true, QStringLiteral("account/account-1"), QStringLiteral("account"));
        QCOMPARE(page_->scope(), FirstTimeScope::Entity);
        QCOMPARE(askedExpressions(), QStringList{QStringLiteral("state.balance < 0.0")});
    }

    void whatIsWrongStandsBeneathItsPlace()
    {
        QSignalSpy asked(page_.get(), &FirstTimePage::asked);
        page_->takeFocus();
        page_->field().setText(QStringLiteral("type == 'äé' && lenght(state.fees) > 2"));
        QTest::keyClick(&page_->field(), Qt::Key_Return);
        QCOMPARE(asked.size(), 0);
        QVERIFY(page_->field().wrong().has_value());
        QCOMPARE(page_->field().wrong()->from, qsizetype(16));  // characters, not bytes
        QCOMPARE(page_->field().wrong()->length, qsizetype(6));
        QVERIFY2(page_->message().contains(QStringLiteral("lenght")), qPrintable(page_->message()));
        const QImage image = test::picture(*page_, QStringLiteral("first-time-wrong"));
        QVERIFY(test::countOf(image, theme_.color(Theme::Role::Warning)) > 10);
        // It goes as soon as it is right.
        page_->field().setText(QStringLiteral("size(state.fees) > 2"));
        QVERIFY(!page_->field().wrong());
        QVERIFY(page_->message().isEmpty());
        // While it is typed it is told after a while.
        page_->field().setText(QStringLiteral("size("));
        QVERIFY(!page_->field().wrong());
        QTRY_VERIFY(page_->field().wrong());
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

    void aSearchThatRunsSaysHowFarItIsAndIsStopped()
    {
        auto view = test::foundAccounts(2);
        view->running = true;
        view->looked.events = 600'000;
        page_->setView(view);
        QCOMPARE(plain(page_->summary()), QStringLiteral("all entities · 600 000 of 2 400 000 events · 3.1 s · 2 found"));
        QCOMPARE(page_->goButton().text(), QStringLiteral("Stop"));
        QSignalSpy cancel(page_.get(), &FirstTimePage::cancelWanted);
        QTest::mouseClick(&page_->goButton(), Qt::LeftButton);
        QTest::keyClick(&page_->field(), Qt::Key_Escape);
        QCOMPARE(cancel.size(), 2);
        auto ended = std::make_shared<FirstTimeView>(*view);
        ended->running = false;
        ended->cancelled = true;
        page_->setView(ended);
        QVERIFY(page_->summary().endsWith(QStringLiteral("stopped")));
        QCOMPARE(page_->goButton().text(), QStringLiteral("Find"));
    }

    void remarksAndAnErrorAndAnotherModelAreSaid()
    {
        auto view = test::foundAccounts(1);
        view->remarks << QStringLiteral("no event has the type Withdrawm");
        page_->setView(view);
        QCOMPARE(page_->message(), QStringLiteral("no event has the type Withdrawm"));
        page_->modelChanged(QStringLiteral("account"));
        QVERIFY(page_->message().startsWith(QStringLiteral("account has another model now")));
        auto failed = std::make_shared<FirstTimeView>();
        failed->error = QStringLiteral("cannot read the store");
        page_->setView(failed);
        QCOMPARE(page_->message(), QStringLiteral("cannot read the store"));
        page_->setView(std::make_shared<FirstTimeView>());
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
        page_->setView(view);
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
        QTRY_COMPARE(page_->message(), QStringLiteral("3 events copied"));
        action("Copy all as CSV")->trigger();
        QTRY_VERIFY(QApplication::clipboard()->text().startsWith(
            QStringLiteral("entity,version,of,event,time,position,state.balance before,state.balance after,")));
        QVERIFY2(QApplication::clipboard()->text().contains(
                     QStringLiteral("account/account-2,4,7,Withdrawn,2025-11-06T11:02:17Z,accounts/3/2,6.00,-14.00,,\"\"\"a, "
                                    "\\\"\"b\\\"\"\"\"\"\r\n")),
                 qPrintable(QApplication::clipboard()->text()));
    }

private:
    FirstTimeTable& table() { return page_->table(); }
    static QString plain(QString text) { return text.replace(QChar(0x2009), QLatin1Char(' ')); }
    void click(int column)
    {
        const QRect cell = table().cellRect(table().topRow(), column);
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, QPoint(cell.center().x(), 6));
    }
    QAction* action(const char* text)
    {
        for (QMenu* old : page_->findChildren<QMenu*>())
            if (old != page_->scopeButton().menu()) delete old;
        QTest::keyClick(&table(), Qt::Key_Menu);
        for (QMenu* menu : page_->findChildren<QMenu*>())
            for (QAction* one : menu->actions())
                if (one->text().startsWith(QString::fromLatin1(text))) return one;
        return nullptr;
    }

    Theme theme_{Theme::Scheme::Light};
    std::unique_ptr<QTemporaryDir> folder_;
    store::Part part_;
    std::unique_ptr<FirstTimePage> page_;
};

QTEST_MAIN(TestFirstTimePage)
#include "test_first_time.moc"
