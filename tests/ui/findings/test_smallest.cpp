#include "tests/ui/findings/page_test.h"
#include "tests/ui/findings/trials_fixture.h"
#include "ui/findings/expression_field.h"
#include "ui/findings/findings_panel.h"
#include "ui/findings/smallest_export.h"
#include "ui/findings/smallest_page.h"
#include "ui/findings/smallest_table.h"
#include "ui/findings/smallest_text.h"
#include "ui/look/elided_label.h"
#include "ui/look/shaped_text.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;
using test::plain;

class TestSmallest final : public test::OnPage<FindingsPanel> {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init()
    {
        begin({930, 240});
        panel().showTab(FindingsPanel::SmallestCase);
        page().setAsked(true, QStringLiteral("account/account-77"));
        page().setInvariants({QStringLiteral("never below zero"), QStringLiteral("a closed account does not move")});
        QVERIFY(show());
    }
    void cleanup() { end(); }

    void whatIsEnoughIsSaidAsTheMockUpSaysIt()
    {
        page().setView(test::smallestOfNine());
        QCOMPARE(page().heading(), QStringLiteral("Smallest case that still breaks “never below zero”"));
        QCOMPARE(plain(smallestEvents(*test::smallestOfNine())),
                 QStringLiteral("4 of 9 events: #1 UserRegistered, #2 Deposited, #5 FeeCharged, #7 Withdrawn (the failing event "
                                "and the creation are kept; every step would still be accepted)"));
        QCOMPARE(plain(panel().words()), QStringLiteral("account-77 · 4 of 9 events · 38 tests run · 12 ms"));
        QCOMPARE(panel().tabs().tabText(FindingsPanel::SmallestCase), QStringLiteral("Smallest case (4)"));
        QCOMPARE(table().rowCount(), qint64(4));
        QVERIFY(table().rowText(3).endsWith(QStringLiteral("the failing event")));
        QCOMPARE(page().symptomButton().text(), QStringLiteral("“never below zero” is broken"));
        QCoreApplication::processEvents();
        const QImage image = test::picture(panel(), QStringLiteral("smallest"));
        QVERIFY(test::countOf(image, theme_.color(Theme::Role::RemovedSoft)) > 500);
    }

    void atALaptopsWidthNothingOfItIsCut()
    {
        panel().resize(panel().minimumSizeHint().width(), 220);  // about what a window of 1280 px leaves it
        page().setView(test::smallestOfNine());
        QCoreApplication::processEvents();
        test::picture(panel(), QStringLiteral("smallest-narrow"));
        QCOMPARE(shownOf(smallestEvents(*test::smallestOfNine()), shorterEvents(*test::smallestOfNine())),
                 QStringLiteral("4 of 9 events"));
        QVERIFY(page().shorterWords().contains(shownOf(panel().words(), page().shorterWords())));
        page().setView(nullptr);
        page().setWanted({WantedSymptom::Kind::Expression, QStringLiteral("state.balance < 0.0 && type == 'FeeCharged'")});
        QCoreApplication::processEvents();
        test::picture(panel(), QStringLiteral("smallest-narrow-expression"));
        QCOMPARE(shownOf(page().summary(), {}), QStringLiteral("of account-77"));
        QVERIFY(page().field().width() >= 160);
        page().setWanted({WantedSymptom::Kind::Invariant, QStringLiteral("a closed account does not move")});
        QCOMPARE(page().symptomButton().text(), QStringLiteral("“a closed account does not m…” is broken"));
        QVERIFY(page().symptomButton().toolTip().contains(QStringLiteral("does not move")));
        page().setWanted({WantedSymptom::Kind::Expression, {}});
        auto running = std::make_shared<SmallestView>();
        running->wanted = page().wanted();
        running->key = {"account", "account-77"};
        running->running = true;
        running->folds = 12;
        running->kept = 1'040;
        running->of = 2'090;
        page().setView(running);
        QCoreApplication::processEvents();
        test::picture(panel(), QStringLiteral("smallest-narrow-running"));
        QVERIFY(shorterSummaries(*running).contains(shownOf(page().summary(), shorterSummaries(*running))));
    }

    void aClickLeadsToTheEvent()
    {
        page().setView(test::smallestOfNine());
        QSignalSpy chosen(&page(), &SmallestPage::chosen);
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().cellRect(2, 1).center());
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].value<EntityId>(), EntityId{7});
        QCOMPARE(chosen[0][1].value<EventId>(), EventId(PartId{1}, Offset{5}));
        QTest::keyClick(&table(), Qt::Key_Down);
        QCOMPARE(chosen[1][1].value<EventId>(), EventId(PartId{1}, Offset{7}));
        QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), table().rowText(3));
    }

    void anExpressionAnInvariantAndAFailureCanBeAskedFor()
    {
        QSignalSpy asked(&page(), &SmallestPage::asked);
        QVERIFY(page().field().isVisible());
        page().takeFocus();
        QVERIFY(page().field().hasFocus());
        page().field().setText(QStringLiteral("lenght(state) > 1"));
        QTest::keyClick(&page().field(), Qt::Key_Return);
        QCOMPARE(asked.size(), 0);
        QVERIFY2(page().message().contains(QStringLiteral("lenght")), qPrintable(page().message()));
        page().field().setText(QStringLiteral("state.balance < 0.0"));
        QTest::keyClick(&page().field(), Qt::Key_Return);
        QCOMPARE(asked[0][0].value<WantedSymptom>(),
                 (WantedSymptom{WantedSymptom::Kind::Expression, QStringLiteral("state.balance < 0.0")}));
        const QList<QAction*> symptoms = page().symptomButton().menu()->actions();
        QCOMPARE(symptoms.size(), qsizetype(5));
        symptoms[1]->trigger();
        QVERIFY(!page().field().isVisible());
        QTest::mouseClick(&page().goButton(), Qt::LeftButton);
        QCOMPARE(asked[1][0].value<WantedSymptom>(),
                 (WantedSymptom{WantedSymptom::Kind::Invariant, QStringLiteral("never below zero")}));
        page().symptomButton().menu()->actions().last()->trigger();
        QTest::mouseClick(&page().goButton(), Qt::LeftButton);
        QCOMPARE(asked[2][0].value<WantedSymptom>().kind, WantedSymptom::Kind::ModelFails);
        page().setAsked(true, {});
        QVERIFY(!page().goButton().isEnabled());
    }

    void aSearchThatRunsSaysHowFarItIsAndIsStopped()
    {
        auto view = std::make_shared<SmallestView>();
        view->wanted = {WantedSymptom::Kind::ModelFails, {}};
        view->running = true;
        view->folds = 12;
        view->kept = 40;
        view->of = 90;
        page().setView(view);
        QCOMPARE(plain(panel().words()), QStringLiteral("40 of 90 events left · 12 tests run"));
        QVERIFY(test::isStopped(page(), table()));
        auto stopped = std::make_shared<SmallestView>(*test::smallestOfNine());
        stopped->cancelled = true;
        page().setView(stopped);
        QVERIFY(panel().words().endsWith(QStringLiteral("stopped: there may be fewer")));
    }

    void whatIsNotThereAndWhatCannotBeAskedIsSaidInPlace()
    {
        QCOMPARE(table().emptyText(), QStringLiteral("Which events are enough to show what is wrong?"));
        auto view = std::make_shared<SmallestView>();
        view->absent = QStringLiteral("the model does not fail at any of its 9 events · but “never below zero” is broken at #7");
        page().setView(view);
        QCOMPARE(table().emptyText(), view->absent);
        QCoreApplication::processEvents();
        test::picture(panel(), QStringLiteral("smallest-absent"));
        auto failed = std::make_shared<SmallestView>();
        failed->error = QStringLiteral("cannot use the model of account");
        page().setView(failed);
        QCOMPARE(page().message(), failed->error);
        page().setView(test::smallestOfNine());
        page().modelChanged(QStringLiteral("account"));
        QVERIFY(page().message().startsWith(QStringLiteral("account has another model now")));
        page().setView(nullptr);
        QVERIFY(page().message().isEmpty());
        page().setAsked(false, {});
        QCOMPARE(table().emptyText(), QStringLiteral("No workspace is open"));
    }

    void itIsCopiedAsGivenWhenThen()
    {
        page().setView(test::smallestOfNine());
        QApplication::clipboard()->clear();
        QTest::mouseClick(&page().copyButton(), Qt::LeftButton);
        QTRY_VERIFY(QApplication::clipboard()->text().contains(QStringLiteral("When Withdrawn")));
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("Given UserRegistered")));
        QTRY_COMPARE(page().message(), QStringLiteral("copied as Given/When/Then"));
    }

    void aTestImportsTheModelThatStandsBesideItOrWhereItCameFrom()
    {
        auto view = test::smallestOfNine();
        page().setView(view);
        const QString test = folder_->filePath(QStringLiteral("account-77.test.mjs"));
        page().exportTestTo(test);
        QTRY_VERIFY(QFile::exists(test));
        QVERIFY(text(test).contains(QStringLiteral("./bank.model.mjs")));
        QCOMPARE(text(folder_->filePath(QStringLiteral("bank.model.mjs"))), view->found->script->source);
        QTRY_VERIFY(page().message().contains(QStringLiteral("imports ./bank.model.mjs")));
        // Another model of that name is left alone.
        auto other = std::make_shared<SmallestCase>(*view->found);
        other->script->source = QStringLiteral("export const entities = { account: {} };\n");
        QVERIFY(exportTest(*other, test).why.isEmpty());
        QVERIFY(text(test).contains(QStringLiteral("./bank.model-2.mjs")));
        QCOMPARE(text(folder_->filePath(QStringLiteral("bank.model.mjs"))), view->found->script->source);
        // One that has a file is imported from there.
        QDir(folder_->path()).mkdir(QStringLiteral("models"));
        other->script->file = folder_->filePath(QStringLiteral("models/mine.mjs"));
        QFile mine(other->script->file);
        QVERIFY(mine.open(QIODevice::WriteOnly));
        mine.write(other->script->source.toUtf8());
        mine.close();
        QVERIFY(exportTest(*other, test).why.isEmpty());
        QVERIFY(text(test).contains(QStringLiteral("./models/mine.mjs")));
        // Where it cannot be written that is said.
        QSignalSpy failed(&page(), &SmallestPage::failed);
        page().exportEventsTo(folder_->filePath(QStringLiteral("nowhere/events.jsonl")));
        QTRY_COMPARE(failed.size(), 1);
        page().exportEventsTo(folder_->filePath(QStringLiteral("events.jsonl")));
        QTRY_COMPARE(text(folder_->filePath(QStringLiteral("events.jsonl"))), QString::fromStdString(view->found->dump));
    }

    void withoutAJavaScriptModelThereIsNoTestAndItIsSaidWhy()
    {
        auto view = std::make_shared<SmallestView>(*test::smallestOfNine());
        auto found = std::make_shared<SmallestCase>(*view->found);
        found->script.reset();
        found->decides = false;
        view->found = found;
        page().setView(view);
        QVERIFY(!page().testButton().isEnabled());
        QVERIFY(page().testButton().toolTip().contains(QStringLiteral("JavaScript module")));
        QVERIFY(!smallestEvents(*view).contains(QStringLiteral("accepted")));
    }

    void inTheDarkItIsRead()
    {
        theme_.setScheme(Theme::Scheme::Dark);
        page().setView(test::smallestOfNine());
        QCoreApplication::processEvents();
        test::picture(panel(), QStringLiteral("smallest-dark"));
        theme_.setScheme(Theme::Scheme::Light);
    }

private:
    FindingsPanel& panel() { return shown(); }
    SmallestPage& page() { return panel().smallest(); }
    SmallestTable& table() { return page().table(); }
    /// What is seen of the label with that text, which may say it in fewer words.
    QString shownOf(const QString& text, const QStringList& shorter)
    {
        for (const auto* label : panel().findChildren<ElidedLabel*>())
            if (label->isVisible() && label->text() == text)
                return fittingText(label->font(), QStringList(text) + shorter, label->contentsRect().width());
        return QStringLiteral("there is no such label");
    }
    static QString text(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
};

QTEST_MAIN(TestSmallest)
#include "test_smallest.moc"
