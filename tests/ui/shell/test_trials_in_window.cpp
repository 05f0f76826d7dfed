// From a finding, a failing model and the model's editor to what is tried out, in the window.
#include "tests/ui/shell/on_accounts.h"
#include "ui/findings/expression_field.h"
#include "ui/findings/findings_bar.h"
#include "ui/findings/findings_page.h"
#include "ui/findings/findings_panel.h"
#include "ui/findings/findings_table.h"
#include "ui/findings/first_time_page.h"
#include "ui/findings/model_diff_page.h"
#include "ui/findings/model_diff_table.h"
#include "ui/findings/smallest_page.h"
#include "ui/findings/smallest_table.h"
#include "ui/models/code_editor.h"
#include "ui/models/model_panel.h"
#include "ui/session/trials.h"
#include "ui/state/state_inspector.h"
#include "ui/state/state_page.h"
#include "ui/timeline/timeline_view.h"

#include <QApplication>
#include <QTabBar>
#include <QToolButton>

#include <algorithm>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

class TestTrialsInWindow : public OnAccounts {
    Q_OBJECT

    FindingsPanel& panel() { return window().findings(); }
    bool reduced()
    {
        return QTest::qWaitFor([&] { return session().trials()->smallest() && !session().trials()->smallest()->running; },
                               kWaitMs);
    }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init() { QVERIFY(beginOnAccounts(QStringLiteral("user/account-1"), accountScript())); }
    void cleanup() { at_.reset(); }

    void theSmallestCaseBeginsWithWhatIsWrongWithTheEntity()
    {
        QTRY_VERIFY_WITH_TIMEOUT(session().findings() && session().findings()->findings == 2, kWaitMs);
        const auto wrong = std::ranges::find_if(session().findings()->groups, [](const FindingGroupView& group) {
            return group.kind == audit::Finding::Kind::Invariant;
        });
        QVERIFY(wrong != session().findings()->groups.end());
        QVERIFY(at_->select(QString::fromStdString(wrong->rows.front()->key.text())));
        window().actions().smallestCase.trigger();
        QCOMPARE(panel().smallest().wanted().kind, WantedSymptom::Kind::Invariant);
        QVERIFY(reduced());
        QVERIFY(session().trials()->smallest()->found);
        // What was found of it stays when the panel is asked for again.
        panel().smallest().setWanted({WantedSymptom::Kind::ModelFails, {}});
        window().actions().smallestCase.trigger();
        QCOMPARE(panel().smallest().wanted().kind, WantedSymptom::Kind::ModelFails);
    }

    void anotherEntitysCaseGivesWayToTheFieldForTheNextQuestion()
    {
        QVERIFY(at_->select(QStringLiteral("user/account-3")));  // nothing is wrong with it, nor with the other
        SmallestPage& page = panel().smallest();
        window().actions().smallestCase.trigger();
        page.field().setText(QStringLiteral("version == 2"));
        QTest::keyClick(&page.field(), Qt::Key_Return);
        QVERIFY(reduced());
        QVERIFY(page.table().rowCount() > 0);
        QVERIFY(at_->select(QStringLiteral("user/account-1")));
        window().actions().smallestCase.trigger();
        QVERIFY(page.field().hasFocus());
        QCOMPARE(page.table().rowCount(), qint64(0));
        QVERIFY(!session().trials()->smallest());
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("version == 3"));
        QCOMPARE(page.field().text(), QStringLiteral("version == 3"));
        QVERIFY(!session().playback()->isPlaying());
    }

    void aFindingIsReducedToItsSmallestCaseAndOnesWayLeadsToItsEvents()
    {
        window().actions().findings.trigger();
        FindingsTable& table = panel().findings().table();
        QTRY_COMPARE_WITH_TIMEOUT(table.rowCount(), qint64(4), kWaitMs);
        QVERIFY(!panel().findings().bar().smallestButton().isEnabled());
        QTest::keyClick(&table, Qt::Key_Home);
        QTest::keyClick(&table, Qt::Key_Down);
        QVERIFY(panel().findings().bar().smallestButton().isEnabled());
        QTest::mouseClick(&panel().findings().bar().smallestButton(), Qt::LeftButton);
        QCOMPARE(panel().tab(), FindingsPanel::SmallestCase);
        QVERIFY(reduced() && settle(window()));
        QCOMPARE(panel().smallest().heading(), QStringLiteral("Smallest case that still breaks “never below”"));
        QCOMPARE(panel().smallest().table().rowCount(), qint64(2));
        QTest::mouseClick(panel().smallest().table().viewport(), Qt::LeftButton, {},
                          panel().smallest().table().cellRect(0, 1).center());
        QVERIFY(settle(window()));
        QCOMPARE(session().playhead()->version(), Version{1});
        picture(window(), QStringLiteral("smallest-in-window"));
        at_->theme.setScheme(Theme::Scheme::Dark);
        window().resize(1280, 800);
        QVERIFY(settle(window()));
        picture(window(), QStringLiteral("smallest-in-window-dark-1280"));
        at_->theme.setScheme(Theme::Scheme::Light);
    }

    void aFailureOfTheModelIsReducedFromTheState()
    {
        Json script = accountScript();
        script["script"]["source"] =
            "export const entities = { user: { initial: () => ({ n: 0 }), evolve: { "
            "FeeCharged: s => { throw new Error('no fees') }, $any: s => ({ n: s.n + 1 }) } } };";
        QVERIFY(setModel(session(), script));
        QVERIFY(at_->select(QStringLiteral("user/account-0")));
        session().selectEvent(session().history()->entity, session().history()->events[4].id);
        QVERIFY(settle(window()));
        QVERIFY2(window().state().statePage().notice().contains(QStringLiteral("Smallest case")),
                 qPrintable(window().state().statePage().notice()));
        window().state().statePage().follow(QStringLiteral("smallest:"));
        QVERIFY(panel().isVisible() && panel().tab() == FindingsPanel::SmallestCase);
        QVERIFY(reduced() && settle(window()));
        QVERIFY2(panel().smallest().heading().contains(QStringLiteral("no fees")), qPrintable(panel().smallest().heading()));
        QCOMPARE(panel().smallest().wanted().kind, WantedSymptom::Kind::ModelFails);
    }

    void theEditorsTextIsComparedWithWhatIsInForce()
    {
        window().actions().model.trigger();
        QVERIFY(settle(window()));
        QVERIFY(window().model().hasText());
        QVERIFY(!window().model().compareAction().isEnabled());
        QString source = window().model().script().source;
        source.replace(QStringLiteral("(e.payload.amount || 0)"), QStringLiteral("Math.abs(e.payload.amount || 0)"));
        window().model().editor().selectAll();
        window().model().editor().insertPlainText(source);
        QTRY_VERIFY(window().model().compareAction().isEnabled());
        window().model().compareAction().trigger();
        QCOMPARE(panel().tab(), FindingsPanel::ModelDiff);
        QVERIFY(QTest::qWaitFor([&] { return session().trials()->modelDiff() && !session().trials()->modelDiff()->running; },
                                kWaitMs));
        QVERIFY2(panel().modelDiff().message().isEmpty(), qPrintable(panel().modelDiff().message()));
        QCOMPARE(panel().modelDiff().table().rowCount(), qint64(2));
        QTest::mouseClick(panel().modelDiff().table().viewport(), Qt::LeftButton, {},
                          panel().modelDiff().table().cellRect(0, 0).center());
        QTRY_COMPARE(QString::fromStdString(session().history()->key.id), QStringLiteral("account-0"));
        QVERIFY(settle(window()));
        QCOMPARE(session().playhead()->version(), Version{5});
        QVERIFY(window().model().isChanged());  // nothing of it is lost
        picture(window(), QStringLiteral("model-diff-in-window"));
    }

    void determinismIsCheckedAndWhatIsFoundStandsAmongTheFindingsAndInTheLane()
    {
        window().actions().determinism.trigger();
        FindingsBar& bar = panel().findings().bar();
        QVERIFY(panel().isVisible() && panel().tab() == FindingsPanel::Findings);
        QTRY_VERIFY_WITH_TIMEOUT(bar.status().startsWith(QStringLiteral("no model gave two states for the same events")),
                                 kWaitMs);
        QVERIFY(settle(window()));
        picture(window(), QStringLiteral("determinism-fine"));
        Json script = accountScript();
        script["script"]["source"] =
            "let seen = 0; export const entities = { user: { initial: () => ({ balance: 0 }), "
            "evolve: { $any: (s, e) => ({ ...s, balance: s.balance + (e.payload.amount || 0), seen: ++seen }) } } };";
        QVERIFY(setModel(session(), script));
        QVERIFY(settle(window()));
        QVERIFY(bar.status().isEmpty());
        QTest::mouseClick(&bar.checkButton(), Qt::LeftButton);
        FindingsTable& table = panel().findings().table();
        QTRY_VERIFY_WITH_TIMEOUT(table.rowCount() > 1 && !bar.isRunning(), kWaitMs);
        QVERIFY2(table.rowText(0).startsWith(QStringLiteral("two states for the same events")), qPrintable(table.rowText(0)));
        QVERIFY(bar.status().contains(QStringLiteral("two states for the same events")));
        table.setFocus();
        QTest::keyClick(&table, Qt::Key_Home);
        QTest::keyClick(&table, Qt::Key_Down);
        QVERIFY(settle(window()));
        QVERIFY(!bar.smallestButton().isEnabled());
        QVERIFY(!window().timeline().canvas().findingMarks(0).empty());
        picture(window(), QStringLiteral("determinism-found"));
    }

    void theMenusAndKeysLeadThere()
    {
        window().actions().smallestCase.trigger();
        QCOMPARE(panel().tab(), FindingsPanel::SmallestCase);
        QVERIFY(panel().isVisible());
        window().actions().modelDiff.trigger();
        QCOMPARE(panel().tab(), FindingsPanel::ModelDiff);
        QVERIFY(window().actions().models.actions().contains(&window().actions().determinism));
        QVERIFY(!window().actions().smallestCase.shortcuts().isEmpty());
        QVERIFY(!window().actions().modelDiff.shortcuts().isEmpty());
    }
};

QTEST_MAIN(TestTrialsInWindow)
#include "test_trials_in_window.moc"
