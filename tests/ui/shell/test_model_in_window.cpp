// The model's editor in the window: how it opens, where it stands, and that what is saved in it can be taken back.
#include "tests/ui/fixtures.h"
#include "tests/ui/shell/window_fixture.h"
#include "ui/entities/entity_browser.h"
#include "ui/models/code_editor.h"
#include "ui/models/find_line.h"
#include "ui/models/model_panel.h"
#include "ui/rejects/rejects_panel.h"
#include "ui/session/script_document.h"
#include "ui/shell/undo.h"
#include "ui/state/state_inspector.h"
#include "ui/state/state_page.h"
#include "ui/timeline/timeline_view.h"

#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QUndoStack>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

class TestModelInWindow : public InWindow {
    Q_OBJECT

    MainWindow& window() { return *at_->window; }
    ModelPanel& panel() { return window().model(); }
    [[nodiscard]] QString inForce() const
    {
        const auto models = at_->session->models();
        if (!models || !models->is_object()) return {};
        const auto found = models->find("user");
        const auto script = found == models->end() ? std::nullopt : scriptOf(*found);
        return script ? script->source : QString();
    }
    void startEmpty()
    {
        emit panel().newMenu().aboutToShow();
        panel().newMenu().actions().first()->trigger();
        QVERIFY(panel().hasText());
    }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init() { QVERIFY(beginInShop()); }
    void cleanup()
    {
        at_->theme.setScheme(Theme::Scheme::Light);
        at_.reset();
    }

    void aKeyOpensAndClosesItAndTheLanesKeepTheirRoom()
    {
        QVERIFY(panel().isHidden());
        const int lanes = window().timeline().height();
        QTest::keyClick(&window().timeline().canvas(), Qt::Key_E, Qt::ControlModifier);
        QVERIFY(panel().isVisible());
        QVERIFY(panel().isAncestorOf(QApplication::focusWidget()));
        QVERIFY(panel().height() >= 200);
        QVERIFY2(window().timeline().height() >= lanes - 80, qPrintable(QString::number(window().timeline().height())));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_E, Qt::ControlModifier);
        QVERIFY(panel().isHidden());
        QVERIFY(window().timeline().canvas().hasFocus());
    }

    void theStatesModelButtonLeadsToIt()
    {
        QMenu menu;
        window().state().statePage().fillModelMenu(menu);
        QAction* edit = nullptr;
        for (QAction* action : menu.actions())
            if (action->text() == QStringLiteral("&Write a model…")) edit = action;
        QVERIFY(edit != nullptr);
        edit->trigger();
        QVERIFY(panel().isVisible());
    }

    void whatIsSavedIsInForceAndCanBeTakenBackAsAllElse()
    {
        window().actions().model.trigger();
        startEmpty();
        QVERIFY2(panel().headText().contains(QStringLiteral("runs on user-1")), qPrintable(panel().headText()));
        const QString written = panel().script().source;
        QTest::keyClick(&panel().editor(), Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(inForce(), written, kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(!panel().isChanged(), kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(window().undo().stack().canUndo(), kWaitMs);
        QVERIFY2(window().undo().stack().undoText().startsWith(QStringLiteral("the model of user")),
                 qPrintable(window().undo().stack().undoText()));
        QVERIFY(settle(window()));
        window().undo().stack().undo();
        QTRY_VERIFY_WITH_TIMEOUT(inForce().isEmpty(), kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(!panel().hasText(), kWaitMs);
        window().undo().stack().redo();
        QTRY_COMPARE_WITH_TIMEOUT(inForce(), written, kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(panel().hasText(), kWaitMs);
    }

    void inTheTextTheWindowsKeysAreTheTexts()
    {
        window().actions().model.trigger();
        startEmpty();
        panel().editor().setFocus();
        QTest::keyClicks(&panel().editor(), QStringLiteral("?"));
        QVERIFY(panel().script().source.startsWith(u'?'));
        QTest::keyClick(&panel().editor(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(panel().findLine().isVisible());
        QVERIFY(!window().entities().searchField().hasFocus());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTest::keyClick(&panel().editor(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!panel().script().source.startsWith(u'?'));
        // But the playhead moves from here, too: one looks at the state while one types.
        at_->session->playhead()->setVersion(Version{4});
        QTest::keyClick(&panel().editor(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(at_->session->playhead()->version(), Version{3});
    }

    void itIsWhereItWasWhenTheProgramIsStartedAnew()
    {
        window().actions().model.trigger();
        QVERIFY(panel().isVisible());
        at_->restart();
        QVERIFY(at_->isShown());
        QVERIFY(!panel().isHidden());
        QVERIFY(window().actions().model.isChecked());
        window().actions().resetLayout.trigger();
        QVERIFY(panel().isHidden());
    }

    void aPresentationIsWithoutItAndBringsItBack()
    {
        window().actions().model.trigger();
        window().setPresentation(true, false);
        QVERIFY(panel().isHidden());
        window().setPresentation(false, false);
        QVERIFY(panel().isVisible());
    }

    void besideTheRejectsAllHaveTheirRoomInASmallWindow()
    {
        window().resize(1280, 800);
        window().actions().rejects.trigger();
        window().actions().model.trigger();
        QVERIFY(settle(window()));
        QVERIFY(window().timeline().height() >= window().timeline().minimumSizeHint().height());
        QVERIFY(panel().height() >= 100);
        QVERIFY(window().rejects().height() > 40);
        QCOMPARE(window().width(), 1280);
        startEmpty();
        QVERIFY(settle(window()));
        picture(window(), QStringLiteral("model-in-window-1280"));
        at_->theme.setScheme(Theme::Scheme::Dark);
        QVERIFY(settle(window()));
        picture(window(), QStringLiteral("model-in-window-1280-dark"));
        QCOMPARE(window().width(), 1280);
    }

    void aWindowWithAModelThatIsNotSavedAsksBeforeItCloses()
    {
        window().actions().model.trigger();
        startEmpty();
        const auto answer = [this](QMessageBox::StandardButton button) {
            QTimer::singleShot(0, &window(), [this, button] {
                auto* box = panel().findChild<QMessageBox*>();
                QVERIFY(box != nullptr);
                box->button(button)->click();
            });
            return window().close();
        };
        QVERIFY(!answer(QMessageBox::Cancel));
        QVERIFY(window().isVisible());
        QVERIFY(answer(QMessageBox::Discard));
    }

    void theMenuListsWhatCanBeDoneWithAModel()
    {
        QStringList words;
        for (const QAction* action : window().actions().models.actions())
            if (!action->isSeparator()) words << QString(action->text()).remove(u'&');
        QCOMPARE(words,
                 (QStringList{QStringLiteral("Model editor"), QStringLiteral("Model diff"), QStringLiteral("Check determinism"),
                              QStringLiteral("New from a ready-made model"), QStringLiteral("Open a model file…"),
                              QStringLiteral("Save the model"), QStringLiteral("Save the model as…"),
                              QStringLiteral("Use for a category"), QStringLiteral("Discard the changes"),
                              QStringLiteral("Undo the model"), QStringLiteral("Compare with what is in force"),
                              QStringLiteral("Use a program…"), QStringLiteral("Allow the program"),
                              QStringLiteral("Withdraw the programs"), QStringLiteral("Stop at the first error"),
                              QStringLiteral("Restart the model"), QStringLiteral("Limits…")}));
        QVERIFY(!panel().saveAction().isEnabled());
    }
};

QTEST_MAIN(TestModelInWindow)
#include "test_model_in_window.moc"
