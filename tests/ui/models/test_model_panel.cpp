// The panel in which a model is written: what it says and what it asks for.
#include "tests/ui/fixtures.h"
#include "ui/models/code_editor.h"
#include "ui/models/diagnostic_line.h"
#include "ui/models/model_panel.h"

#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QtTest>

#include <memory>

using namespace hindcast::ui;
using namespace hindcast::ui::test;

using Severity = ModelDiagnostic::Severity;

namespace {

const auto kSource = QStringLiteral(
    "export const entities = {\n"
    "  account: {\n"
    "    initial: () => ({ balance: 0, fees: [] }),\n"
    "    evolve: {\n"
    "      Deposited: (s, e) => ({ ...s, balance: s.balance + e.payload.amount }),\n"
    "      Withdrawn: (s, e) => ({ ...s, balance: s.balance - e.payload.amount }),\n"
    "      FeeCharged: (s, e) => ({ ...s, balance: s.balance - e.payload.ammount }),\n"
    "    },\n"
    "    invariants: { \"never below zero\": s => s.balance >= 0 }\n"
    "  }\n"
    "};\n");

ScriptModel bank(const QString& file = {}) { return {QStringLiteral("bank.model.mjs"), kSource, file}; }

QAction* actionOf(QMenu& menu, const QString& text)
{
    emit menu.aboutToShow();
    for (QAction* action : menu.actions())
        if (action->text() == text) return action;
    return nullptr;
}

}  // namespace

class TestModelPanel : public QObject {
    Q_OBJECT

    Theme theme_{Theme::Scheme::Light};
    std::unique_ptr<ModelPanel> panel_;

    void type(const QString& text)
    {
        panel_->editor().setFocus();
        QTest::keyClicks(&panel_->editor(), text);
    }

private slots:
    void init()
    {
        theme_.apply();
        panel_ = std::make_unique<ModelPanel>(theme_);
        panel_->resize(932, 300);
        panel_->show();
        QApplication::setActiveWindow(panel_.get());
        QVERIFY(QTest::qWaitForWindowActive(panel_.get()));
    }
    void cleanup()
    {
        panel_.reset();
        theme_.setScheme(Theme::Scheme::Light);
    }

    void theHeadSaysWhatItIsHowOldAndWhatItRunsOn()
    {
        panel_->setModel(QStringLiteral("account"), bank(), 4);
        panel_->setSaved(QDateTime::currentDateTime().addSecs(-2));
        panel_->setRunningOn(QStringLiteral("account-77"));
        const QString head = panel_->headText();
        QVERIFY2(head.startsWith(QStringLiteral("bank.model.mjs · version 4, saved ")), qPrintable(head));
        QVERIFY2(head.endsWith(QStringLiteral(" ago · runs on account-77 while you type")), qPrintable(head));
        panel_->setDiagnostics(
            {{Severity::Remark, 7, 75, QStringLiteral("“ammount” is undefined, at event #5 FeeCharged → NaN")}});
        for (const auto scheme : {Theme::Scheme::Light, Theme::Scheme::Dark}) {
            theme_.setScheme(scheme);
            picture(*panel_, theme_.isDark() ? QStringLiteral("model-dark") : QStringLiteral("model-light"));
        }
        QCOMPARE(panel_->editor().marked().size(), std::size_t{1});
    }

    void whatIsTypedIsToldAfterAPauseOnceHoweverMuchItIs()
    {
        panel_->setModel(QStringLiteral("account"), bank(), 1);
        QSignalSpy edited(panel_.get(), &ModelPanel::textEdited);
        QSignalSpy changed(panel_.get(), &ModelPanel::changedChanged);
        type(QStringLiteral("// hello"));
        QVERIFY(edited.isEmpty());
        QCOMPARE(changed.count(), 1);
        QVERIFY(panel_->isChanged() && panel_->saveAction().isEnabled());
        QVERIFY(panel_->headText().contains(QStringLiteral("not saved")));
        QTRY_COMPARE(edited.count(), 1);
        QCOMPARE(edited.first().first().toString(), panel_->script().source);
        // Taken back it is no change any more.
        while (panel_->isChanged() && panel_->editor().document()->isUndoAvailable()) panel_->editor().undo();
        QVERIFY(!panel_->isChanged() && !panel_->saveAction().isEnabled());
    }

    void saveGivesItToTheCategoriesThatItNames()
    {
        QSignalSpy save(panel_.get(), &ModelPanel::saveRequested);
        panel_->setDraft(QStringLiteral("user"), bank());
        panel_->editor().setFocus();
        QTest::keyClick(&panel_->editor(), Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(save.count(), 1);
        QCOMPARE(save.first().at(0).toStringList(), QStringList{QStringLiteral("account")});
        QCOMPARE(save.first().at(1).value<ScriptModel>(), bank());
        // One that it was put in force for without being named keeps it.
        panel_->setModel(QStringLiteral("user"), bank(), 2);
        type(QStringLiteral(" "));
        panel_->saveAction().trigger();
        QCOMPARE(save.last().at(0).toStringList(), (QStringList{QStringLiteral("account"), QStringLiteral("user")}));
        // One that names none is its category's.
        panel_->setDraft(QStringLiteral("user"), {QStringLiteral("a.mjs"), QStringLiteral("fromAll().when({})"), {}});
        panel_->saveAction().trigger();
        QCOMPARE(save.last().at(0).toStringList(), QStringList{QStringLiteral("user")});
    }

    void itIsPutInForceForAnotherCategoryByTheMenu()
    {
        QSignalSpy save(panel_.get(), &ModelPanel::saveRequested);
        panel_->setCategories({QStringLiteral("account"), QStringLiteral("public.users")});
        panel_->setModel(QStringLiteral("account"), bank(), 1);
        QVERIFY(actionOf(panel_->categoryMenu(), QStringLiteral("account"))->isChecked());
        actionOf(panel_->categoryMenu(), QStringLiteral("public.users"))->trigger();
        QCOMPARE(save.first().at(0).toStringList(), QStringList{QStringLiteral("public.users")});
    }

    void aReadyMadeModelIsADraftOfItsOwn()
    {
        panel_->setNothing(QStringLiteral("public.users"), QStringLiteral("No script rebuilds a public.users."));
        picture(*panel_, QStringLiteral("model-nothing"));
        QSignalSpy edited(panel_.get(), &ModelPanel::textEdited);
        emit panel_->newMenu().aboutToShow();
        QVERIFY(!panel_->newMenu().actions().isEmpty());
        panel_->newMenu().actions().first()->trigger();
        QVERIFY(panel_->hasText() && panel_->isChanged());
        QVERIFY2(panel_->script().source.contains(QStringLiteral("  \"public.users\": {")), qPrintable(panel_->script().source));
        QCOMPARE(panel_->script().name, QStringLiteral("public.users.model.mjs"));
        QCOMPARE(edited.count(), 1);  // it runs at once
        QVERIFY(panel_->editor().hasFocus());
    }

    void allReadyMadeModelsAreOffered()
    {
        const QList<ReadyMade> all = readyMade();
        QVERIFY(!all.isEmpty());
        QCOMPARE(all.first().name, QStringLiteral("empty.mjs"));
        for (const ReadyMade& one : all) {
            QVERIFY2(!one.title.isEmpty() && one.title.size() <= 62, qPrintable(one.name));
            QVERIFY(!one.source.isEmpty());
        }
    }

    void aChangeThatIsNotSavedIsNotLostByMistake()
    {
        panel_->setModel(QStringLiteral("account"), bank(), 1);
        QVERIFY(panel_->mayLeave());
        type(QStringLiteral("x"));
        const auto answer = [this](QMessageBox::StandardButton button) {
            QTimer::singleShot(0, panel_.get(), [this, button] {
                auto* box = panel_->findChild<QMessageBox*>();
                QVERIFY(box != nullptr);
                box->button(button)->click();
            });
            return panel_->mayLeave();
        };
        QVERIFY(!answer(QMessageBox::Cancel));
        QVERIFY(answer(QMessageBox::Discard));
        QSignalSpy save(panel_.get(), &ModelPanel::saveRequested);
        QVERIFY(answer(QMessageBox::Save));
        QCOMPARE(save.count(), 1);
    }

    void whatIsInForceReplacesNothingThatLooksTheSame()
    {
        panel_->setModel(QStringLiteral("account"), bank(), 1);
        type(QStringLiteral("// a"));
        ScriptModel saved = panel_->script();
        const QTextCursor before = panel_->editor().textCursor();
        panel_->setModel(QStringLiteral("account"), saved, 2);
        QVERIFY(!panel_->isChanged());
        QCOMPARE(panel_->editor().textCursor().position(), before.position());
        QVERIFY(panel_->editor().document()->isUndoAvailable());
    }

    void linesKeepTheEndsThatTheirAuthorGaveThem()
    {
        panel_->setModel(QStringLiteral("a"), {QStringLiteral("a.mjs"), QStringLiteral("a\r\nb\r\n"), {}}, 1);
        QVERIFY(!panel_->isChanged());
        type(QStringLiteral("x"));
        QCOMPARE(panel_->script().source, QStringLiteral("xa\r\nb\r\n"));
    }

    void whereNothingCanBeSavedTheTextCanStillBeTriedAndPutInAFile()
    {
        QSignalSpy save(panel_.get(), &ModelPanel::saveRequested);
        panel_->setReadOnly(QStringLiteral("another program writes it"));
        panel_->setModel(QStringLiteral("account"), bank(), 1);
        type(QStringLiteral("x"));
        QVERIFY(panel_->isChanged() && !panel_->saveAction().isEnabled());
        QVERIFY(!panel_->categoryMenu().isEnabled() || !panel_->undoAction().isEnabled());
    }

    void aClickOnTheErrorGoesToItsPlace()
    {
        panel_->setModel(QStringLiteral("account"), bank(), 1);
        panel_->setDiagnostics({{Severity::Error, 7, 66, QStringLiteral("why")}});
        QVERIFY(panel_->diagnosticLine().isVisible());
        QTest::mouseClick(&panel_->diagnosticLine(), Qt::LeftButton);
        QCOMPARE(panel_->editor().textCursor().blockNumber(), 6);
        QCOMPARE(panel_->editor().textCursor().positionInBlock(), 65);
        QVERIFY(panel_->editor().hasFocus());
        panel_->setNothing({}, QStringLiteral("nothing"));
        QVERIFY(!panel_->diagnosticLine().isVisible());
    }

    void returnOpensTheNewModelsToo()
    {
        panel_->setNothing({}, QStringLiteral("nothing"));
        panel_->takeFocus();
        QVERIFY(qobject_cast<QPushButton*>(QApplication::focusWidget()) != nullptr);
        // The key comes back once the menu is closed.
        bool opened = false;
        QTimer::singleShot(50, panel_.get(), [this, &opened] {
            opened = panel_->newMenu().isVisible();
            panel_->newMenu().close();
        });
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY(opened);
    }

    void whatTheTextWouldChangeStandsBesideIt()
    {
        panel_->setModel(QStringLiteral("account"), bank(), 1);
        QVERIFY(panel_->outcomeText().isEmpty());
        panel_->setOutcome(QStringLiteral("v7: 1 value differs from now"), QStringLiteral("/balance -14.00 → 16.00"));
        QVERIFY(panel_->outcomeText().contains(QStringLiteral("16.00")));
        picture(*panel_, QStringLiteral("model-outcome"));
        panel_->setOutcome({}, {});
        QVERIFY(panel_->outcomeText().isEmpty());
    }

    void aNarrowPanelSaysLessInsteadOfCuttingWords()
    {
        panel_->setModel(QStringLiteral("account"), bank(), 4);
        panel_->setSaved(QDateTime::currentDateTime());
        panel_->setRunningOn(QStringLiteral("account-77"));
        panel_->setDiagnostics({{Severity::Error, 7, 66, QStringLiteral("“ammount” is undefined, at event #5 FeeCharged")}});
        panel_->resize(560, 260);
        QCoreApplication::processEvents();
        QVERIFY(panel_->width() <= 560);
        // What is wrong is not cut: it takes two lines where one is too short.
        const DiagnosticLine& line = panel_->diagnosticLine();
        const int one = line.height();
        QVERIFY(QFontMetrics(theme_.text()).horizontalAdvance(line.text()) < line.width());
        panel_->setDiagnostics({{Severity::Error, 32, 7,
                                 QStringLiteral("ReferenceError: Can't find variable: ammount, at event #5 FeeCharged of "
                                                "account-77, as it was read on the way to the playhead")}});
        QCoreApplication::processEvents();
        QVERIFY(line.height() > one + 8);
        picture(*panel_, QStringLiteral("model-narrow"));
    }
};

QTEST_MAIN(TestModelPanel)
#include "test_model_panel.moc"
