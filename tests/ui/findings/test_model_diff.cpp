#include "tests/ui/findings/page_test.h"
#include "tests/ui/findings/trials_fixture.h"
#include "ui/findings/findings_panel.h"
#include "ui/findings/model_diff_page.h"
#include "ui/findings/model_diff_table.h"
#include "ui/findings/model_diff_text.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace hindcast;
using namespace hindcast::ui;
using test::plain;

class TestModelDiff final : public test::OnPage<FindingsPanel> {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init()
    {
        begin({930, 220});
        panel().showTab(FindingsPanel::ModelDiff);
        page().setPartOf([this](PartId) { return &part_; });
        page().setAsked(true, {QStringLiteral("account"), QStringLiteral("user")}, QStringLiteral("account"));
        page().setReadyMade({{ModelChoice::Kind::Document, Json::object(), {}, QStringLiteral("A bank account")}});
        QVERIFY(show());
    }
    void cleanup() { end(); }

    void whatDiffersIsSaidByCauseAndByField()
    {
        page().setView(test::differingAccounts(4));
        QCOMPARE(plain(page().summary()),
                 QStringLiteral("all of account · 2 400 000 events · 3.1 s · 4 of 2 000 entities differ"));
        QCOMPARE(panel().words(), QStringLiteral("by cause: Withdrawn ×2, FeeCharged ×2 · by field: /balance ×4, /tier ×4"));
        QCOMPARE(panel().tabs().tabText(FindingsPanel::ModelDiff), QStringLiteral("Model diff (4)"));
        QCOMPARE(table().rowCount(), qint64(4));
        QVERIFY2(table().rowText(0).startsWith(
                     QStringLiteral("account/account-3, version 5, FeeCharged, /balance -14.00 | 16.00 · /tier \"blocked\" | —")),
                 qPrintable(table().rowText(0)));
        QCoreApplication::processEvents();
        test::picture(panel(), QStringLiteral("model-diff"));
        theme_.setScheme(Theme::Scheme::Dark);
        QCoreApplication::processEvents();
        test::picture(panel(), QStringLiteral("model-diff-dark"));
        theme_.setScheme(Theme::Scheme::Light);
    }

    void aClickLeadsThereAndTheRowOneStandsOnStays()
    {
        page().setView(test::differingAccounts(4));
        QSignalSpy chosen(&page(), &ModelDiffPage::chosen);
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().cellRect(1, 0).center());
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].value<EntityId>(), EntityId{2});
        page().setView(test::differingAccounts(9));
        QCOMPARE(table().currentRow(), qint64(6));
        QTest::keyClick(&table(), Qt::Key_Return);
        QCOMPARE(chosen[1][0].value<EntityId>(), EntityId{2});
        click(0);
        QCOMPARE(table().row(0).entity, EntityId{0});
        click(0);
        QCOMPARE(table().row(0).entity, EntityId{8});
        // Much is sorted on another thread.
        page().setView(test::differingAccounts(50'000));
        QTRY_COMPARE(table().rowCount(), qint64(50'000));
        page().setView(nullptr);
        QCOMPARE(table().rowCount(), qint64(0));
        QVERIFY(!table().isSorting());
    }

    void twoModelsAndACategoryAreChosen()
    {
        QSignalSpy asked(&page(), &ModelDiffPage::asked);
        QTest::mouseClick(&page().goButton(), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("account"));
        QCOMPARE(asked[0][1].value<ModelChoice>().kind, ModelChoice::Kind::InForce);
        QCOMPARE(asked[0][2].value<ModelChoice>().kind, ModelChoice::Kind::Before);
        trigger(ModelDiffPage::Second, QStringLiteral("latest"));
        QCOMPARE(page().sideButton(ModelDiffPage::Second).text(), QStringLiteral("latest"));
        page().setCategory(QStringLiteral("user"));
        page().setAsked(true, {QStringLiteral("account"), QStringLiteral("user")}, QStringLiteral("account"));
        page().ask();
        QCOMPARE(asked[1][0].toString(), QStringLiteral("user"));
        QCOMPARE(toText(asked[1][2].value<ModelChoice>().document), std::string("{\"builtIn\":\"latest\"}"));
        trigger(ModelDiffPage::Second, QStringLiteral("A bank account"));
        page().ask();
        QCOMPARE(asked[2][2].value<ModelChoice>().name, QStringLiteral("A bank account"));
        trigger(ModelDiffPage::Second, QStringLiteral("the model in force"));
        QVERIFY(!page().goButton().isEnabled());
        QVERIFY(!page().goButton().toolTip().isEmpty());
    }

    void whereNoModelWasBeforeAnotherIsComparedAtFirst()
    {
        const QString account = QStringLiteral("account");
        QCOMPARE(page().choice(ModelDiffPage::Second).kind, ModelChoice::Kind::Before);
        page().setHasBefore(account, false);
        QCOMPARE(page().choice(ModelDiffPage::Second).name, QStringLiteral("merge"));
        QVERIFY(page().goButton().isEnabled());
        page().setCategory(QStringLiteral("user"));
        QCOMPARE(page().choice(ModelDiffPage::Second).kind, ModelChoice::Kind::Before);
        page().setCategory(account);
        QCOMPARE(page().choice(ModelDiffPage::Second).name, QStringLiteral("merge"));
        page().setHasBefore(account, true);
        QCOMPARE(page().choice(ModelDiffPage::Second).kind, ModelChoice::Kind::Before);
        // What somebody chose stays.
        trigger(ModelDiffPage::Second, QStringLiteral("latest"));
        page().setHasBefore(account, false);
        QCOMPARE(page().choice(ModelDiffPage::Second).name, QStringLiteral("latest"));
    }

    void theEditorsTextIsTakenAsItStandsWhenItIsAsked()
    {
        QSignalSpy asked(&page(), &ModelDiffPage::asked);
        page().compareDraft(QStringLiteral("user"));
        QCOMPARE(asked.size(), 0);  // there is none
        int typed = 0;
        page().setDraft([&typed]() -> std::optional<ModelChoice> {
            Json document = Json::object();
            document["typed"] = ++typed;
            return ModelChoice{ModelChoice::Kind::Document, document, {}, QStringLiteral("bank.mjs, not saved")};
        });
        page().compareDraft(QStringLiteral("user"));
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("user"));
        const Json first = asked[0][2].value<ModelChoice>().document;
        page().ask();
        QVERIFY(asked[1][2].value<ModelChoice>().document != first);
        QCOMPARE(page().sideButton(ModelDiffPage::Second).text(), QStringLiteral("bank.mjs, not saved"));
    }

    void oneThatRunsIsStoppedAndItsEndIsSaid()
    {
        QCOMPARE(table().emptyText(), QStringLiteral("What would another model make of the same events?"));
        auto view = std::make_shared<ModelDiffView>(*test::differingAccounts(0));
        view->running = true;
        view->looked.events = 600'000;
        page().setView(view);
        QVERIFY(plain(page().summary()).contains(QStringLiteral("600 000 of 2 400 000 events")));
        QVERIFY(test::isStopped(page(), table()));
        page().setView(test::differingAccounts(0));
        QCOMPARE(plain(table().emptyText()), QStringLiteral("They give the same states for all 2 000 entities"));
        auto failed = std::make_shared<ModelDiffView>();
        failed->error = QStringLiteral("cannot compare the models of account");
        failed->error += QStringLiteral(
            ": its model has not been changed here: there is none before it (choose another one, from a file for example)");
        panel().resize(560, 220);
        page().setView(failed);
        QCOMPARE(page().message(), failed->error);
        QCoreApplication::processEvents();
        // All of it, in as many lines as that takes.
        const auto labels = page().findChildren<QLabel*>();
        const auto line = std::ranges::find(labels, failed->error, &QLabel::text);
        QVERIFY(line != labels.end());
        QVERIFY((*line)->height() >= (*line)->heightForWidth((*line)->width()));
        QVERIFY((*line)->height() > 2 * (*line)->fontMetrics().height());
        QCOMPARE(table().emptyText(), QStringLiteral("Nothing was compared"));
        // It is no word on another comparison.
        trigger(ModelDiffPage::Second, QStringLiteral("merge"));
        QVERIFY2(page().message().isEmpty(), qPrintable(page().message()));
        page().setView(test::differingAccounts(1));
        page().modelChanged(QStringLiteral("account"));
        QVERIFY(page().message().startsWith(QStringLiteral("account has another model now")));
    }

    void rowsAreCopiedAsJsonLinesAndAsATable()
    {
        page().setView(test::differingAccounts(3));
        table().setCurrentRow(0);
        QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text().toStdString(),
                 std::string(R"({"entity":"account/account-2","version":4,"of":7,"time":"2025-11-06T11:02:17Z",)"
                             R"("event":{"type":"Withdrawn","position":{"topic":"accounts","partition":3,"offset":2}},)"
                             R"("changes":[{"op":"replace","path":"/balance","value":16.00,"old":-14.00},)"
                             R"({"op":"remove","path":"/tier","old":"blocked"}],"complete":true})"));
        menuAction("Copy all as CSV")->trigger();
        QTRY_VERIFY(QApplication::clipboard()->text().startsWith(
            QStringLiteral("entity,version,of,event,time,position,field,the model in force,the one before it\r\n"
                           "account/account-2,4,7,Withdrawn,2025-11-06T11:02:17Z,accounts/3/2,/balance,-14.00,16.00\r\n")));
        QTRY_COMPARE(page().message(), QStringLiteral("3 entities copied"));
        menuAction("Copy all as JSON lines")->trigger();
        QTRY_COMPARE(QApplication::clipboard()->text().count(QLatin1Char('\n')), qsizetype(3));
    }

private:
    FindingsPanel& panel() { return shown(); }
    ModelDiffPage& page() { return panel().modelDiff(); }
    ModelDiffTable& table() { return page().table(); }
    void click(int column) { test::clickHeader(table(), column); }
    void trigger(ModelDiffPage::Side side, const QString& text)
    {
        QMenu* menu = page().sideButton(side).menu();
        emit menu->aboutToShow();
        QList<QAction*> all = menu->actions();
        for (const QAction* action : menu->actions())
            if (action->menu() != nullptr) all << action->menu()->actions();
        for (QAction* action : std::as_const(all))
            if (action->text() == text) return action->trigger();
        QFAIL(qPrintable(text));
    }
    QAction* menuAction(const char* text) { return test::menuAction(page(), table(), text); }
};

QTEST_MAIN(TestModelDiff)
#include "test_model_diff.moc"
