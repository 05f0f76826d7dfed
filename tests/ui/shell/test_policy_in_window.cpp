// How states are rebuilt, in the window: errors of the model as one sees them, programs that wait to be allowed, limits.
#include "core/model/program_reducer.h"
#include "tests/ui/shell/on_accounts.h"
#include "ui/models/code_editor.h"
#include "ui/models/model_panel.h"
#include "ui/session/replay_policy.h"
#include "ui/shell/error_bar.h"
#include "ui/shell/limits_dialog.h"
#include "ui/state/result_panel.h"
#include "ui/state/state_inspector.h"
#include "ui/state/state_page.h"
#include "ui/state/state_tree.h"
#include "ui/timeline/timeline_view.h"

#include <QSpinBox>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

namespace {

/// Sums what is paid in, and fails at the events that change nothing: the first of each life, and fees.
Json failingScript()
{
    const char* source = R"(export const entities = {
  user: {
    initial: () => ({ balance: 0 }),
    evolve: {
      Deposited: (s, e) => ({ balance: s.balance + e.payload.amount }),
      FeeCharged: (s, e) => {
        throw new Error("a fee of " + e.payload.amount + " is more than there is");
      },
    },
  },
};
)";
    return scriptModel(source, "bank.mjs");
}

/// Counts the events of a life.
constexpr const char* kCounting = R"(import json, sys
state = None
for line in sys.stdin:
    message = json.loads(line)
    if "event" in message:
        state = {"events": (state or {"events": 0})["events"] + 1}
    elif "ask" in message:
        print(json.dumps({"ask": message["ask"], "state": state}), flush=True)
    else:
        state = message["state"]
)";

}  // namespace

class TestPolicyInWindow : public OnAccounts {
    Q_OBJECT

    StatePage& page() { return window().state().statePage(); }
    ReplayPolicy& policy() { return *at_->session->replayPolicy(); }
    TimelineCanvas& canvas() { return window().timeline().canvas(); }
    QString state()
    {
        const auto view = at_->session->state();
        return view && view->state.alive ? QString::fromStdString(toText(view->state.document)) : QString();
    }
    void stand(std::uint64_t version)
    {
        at_->session->playhead()->setVersion(Version{version});
        QVERIFY(settle(window()));
    }
    /// A file that names a program beside it.
    QString programFile(const char* name = "count.py")
    {
        QFile program(at_->path(name));
        if (!program.open(QIODevice::WriteOnly)) qFatal("cannot write the test's program");
        program.write(kCounting);
        QFile file(at_->path("count-model.json"));
        if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write the test's model");
        file.write(QStringLiteral(R"({"program": {"command": ["python3", "%1"]}})").arg(QLatin1String(name)).toUtf8());
        return file.fileName();
    }
    /// What a workspace that came by mail would hold.
    Json programDocument()
    {
        programFile();
        return model::documentOf(model::Program{{"python3", "count.py"}, at_->folder.path().toStdString()});
    }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init() { QVERIFY(beginOnAccounts(QStringLiteral("user/account-0"))); }
    void cleanup()
    {
        at_->theme.setScheme(Theme::Scheme::Light);
        at_.reset();
    }

    void anErrorIsToldWithEventHandlerPlaceAndMessageAndOneStopsThereOrGoesOn()
    {
        QVERIFY(setModel(*at_->session, failingScript()));
        stand(8);
        QCOMPARE(state(), QStringLiteral(R"({"balance":60})"));
        const QString told = page().notice();
        for (const char* part : {"#5 FeeCharged", "bank.mjs:7", "user.evolve.FeeCharged", "a fee of -1000 is more than there is",
                                 "It went on", "Stop there"})
            QVERIFY2(told.contains(QLatin1String(part)), qPrintable(told));
        picture(window(), QStringLiteral("replay-error-going-on"));

        page().follow(QStringLiteral("policy:stop"));
        QVERIFY(settle(window()));
        QCOMPARE(state(), QStringLiteral(R"({"balance":30})"));
        QCOMPARE(at_->session->playhead()->version(), Version{8});
        QVERIFY2(page().notice().contains(QStringLiteral("Stopped before")), qPrintable(page().notice()));
        QVERIFY(page().notice().contains(QStringLiteral("Go on past it")));
        QVERIFY(window().actions().stopAtError.isChecked());
        picture(window(), QStringLiteral("replay-error-stopped"));
        at_->theme.setScheme(Theme::Scheme::Dark);
        picture(window(), QStringLiteral("replay-error-stopped-dark"));
        stand(4);
        QCOMPARE(state(), QStringLiteral(R"({"balance":30})"));
        QVERIFY(!page().notice().contains(QStringLiteral("Stopped")));

        // Kept for the next time.
        at_->restart();
        QVERIFY(at_->open() && at_->select(QStringLiteral("user/account-0")));
        QVERIFY(window().actions().stopAtError.isChecked());
        stand(10);
        QCOMPARE(state(), QStringLiteral(R"({"balance":30})"));
        window().actions().stopAtError.trigger();
        QVERIFY(settle(window()));
        QCOMPARE(state(), QStringLiteral(R"({"balance":80})"));
    }

    void whatEventsChangedEndsWhereTheStateDoes()
    {
        QVERIFY(setModel(*at_->session, failingScript()));
        std::vector<Changes> rows;
        connect(at_->session.get(), &Session::changesReady, this, [&](Version, const std::vector<Changes>& all) { rows = all; });
        policy().setStopsAtError(true);
        QVERIFY(settle(window()));
        at_->session->requestChanges(Version{4}, Version{6});
        QVERIFY(settle(window()));
        QCOMPARE(rows.size(), std::size_t{3});
        QVERIFY(!rows[0].empty() && rows[1].empty() && rows[2].empty());
    }

    void thePlaceInTheModelOpensTheEditorThere()
    {
        QVERIFY(setModel(*at_->session, failingScript()));
        stand(5);
        page().follow(QStringLiteral("line:7:9"));
        QVERIFY(window().model().isVisible());
        QCOMPARE(window().model().editor().textCursor().blockNumber(), 6);
        QCOMPARE(window().model().editor().textCursor().positionInBlock(), 8);
        picture(window(), QStringLiteral("replay-error-in-editor"));
    }

    void failingEventsAreMarkedOnTheLaneAndKeysLeadFromOneToTheNext()
    {
        QVERIFY(setModel(*at_->session, failingScript()));
        QTRY_VERIFY_WITH_TIMEOUT(policy().failures() && policy().failures()->total == 1, kWaitMs);
        QVERIFY(settle(window()));
        QCOMPARE(canvas().findingMarks(0).size(), std::size_t{1});
        stand(1);
        QVERIFY(window().actions().nextProblem.isEnabled() && !window().actions().previousProblem.isEnabled());
        QTest::keyClick(&canvas(), Qt::Key_F8);
        QCOMPARE(at_->session->playhead()->version(), Version{5});
        QVERIFY(!window().actions().nextProblem.isEnabled());
        stand(9);
        QTest::keyClick(&canvas(), Qt::Key_F8, Qt::ShiftModifier);
        QCOMPARE(at_->session->playhead()->version(), Version{5});
        stand(1);
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, canvas().findingMarks(0).front().box.center().toPoint());
        QCOMPARE(at_->session->playhead()->version(), Version{5});
        // Another model, and none fails.
        QVERIFY(setModel(*at_->session, accountRules()));
        QVERIFY(settle(window()));
        QTRY_VERIFY_WITH_TIMEOUT(canvas().findingMarks(0).empty(), kWaitMs);
    }

    void aProgramOfAWorkspaceWaitsToBeAllowedAndIsRememberedUntilItIsWithdrawn()
    {
        QVERIFY(setModel(*at_->session, programDocument()));
        QTRY_VERIFY_WITH_TIMEOUT(policy().program() && !policy().program()->allowed, kWaitMs);
        QVERIFY(settle(window()));
        QVERIFY2(page().notice().contains(QStringLiteral("This workspace wants to run: python3 count.py in ")),
                 qPrintable(page().notice()));
        QVERIFY2(window().errorBar().isHidden(), qPrintable(window().errorBar().text()));
        picture(window(), QStringLiteral("program-waits"));
        at_->theme.setScheme(Theme::Scheme::Dark);
        picture(window(), QStringLiteral("program-waits-dark"));
        page().follow(QStringLiteral("policy:not now"));
        QVERIFY2(page().notice().contains(QStringLiteral("may not run")), qPrintable(page().notice()));
        page().follow(QStringLiteral("policy:allow"));
        QVERIFY(settle(window()));
        stand(7);
        QCOMPARE(state(), QStringLiteral(R"({"events":7})"));
        QVERIFY2(!page().notice().contains(QStringLiteral("run")), qPrintable(page().notice()));

        at_->restart();
        QVERIFY(at_->open() && at_->select(QStringLiteral("user/account-0")));
        QTRY_VERIFY_WITH_TIMEOUT(policy().program() && policy().program()->allowed, kWaitMs);
        stand(3);
        QCOMPARE(state(), QStringLiteral(R"({"events":3})"));

        window().actions().withdrawPrograms.trigger();
        QVERIFY(settle(window()));
        QVERIFY(page().notice().contains(QStringLiteral("wants to run")));
        QVERIFY(!window().actions().withdrawPrograms.isEnabled() && window().actions().allowProgram.isEnabled());
    }

    void aProgramThatIsChosenRunsAtOnceBesideItsFile()
    {
        const QString file = programFile();
        window().useProgram(QStringLiteral("user"), file);
        QTRY_VERIFY_WITH_TIMEOUT(policy().program().has_value(), kWaitMs);
        QVERIFY(settle(window()));
        stand(6);
        QTRY_COMPARE_WITH_TIMEOUT(state(), QStringLiteral(R"({"events":6})"), kWaitMs);
        QVERIFY(window().actions().undo.isEnabled());
        QFile bad(at_->path("bad.json"));
        QVERIFY(bad.open(QIODevice::WriteOnly));
        bad.write(R"({"program": {"folder": "/"}})");
        bad.close();
        window().useProgram(QStringLiteral("user"), bad.fileName());
        QTRY_VERIFY_WITH_TIMEOUT(window().errorBar().isVisible(), kWaitMs);
        QVERIFY2(window().errorBar().text().contains(QStringLiteral("command")), qPrintable(window().errorBar().text()));
        QCOMPARE(state(), QStringLiteral(R"({"events":6})"));
    }

    void aProgramThatCannotStartSaysWhyAndCanBeRestarted()
    {
        QVERIFY(setModel(*at_->session, programDocument()));
        QVERIFY(QFile::remove(at_->path("count.py")));
        QTRY_VERIFY_WITH_TIMEOUT(policy().program().has_value(), kWaitMs);
        policy().allowProgram(QStringLiteral("user"));
        QTRY_VERIFY_WITH_TIMEOUT(policy().trouble().has_value(), kWaitMs);
        QVERIFY(settle(window()));
        QVERIFY2(page().notice().contains(QStringLiteral("The state cannot be rebuilt")), qPrintable(page().notice()));
        QVERIFY(page().notice().contains(QStringLiteral("Restart the model")));
        picture(window(), QStringLiteral("program-trouble"));
        programFile();
        page().follow(QStringLiteral("policy:restart"));
        QVERIFY(settle(window()));
        stand(2);
        QTRY_COMPARE_WITH_TIMEOUT(state(), QStringLiteral(R"({"events":2})"), kWaitMs);
        QVERIFY(!page().notice().contains(QStringLiteral("cannot be rebuilt")));
    }

    void whatAProjectionShowsOfTheStateStandsBesideIt()
    {
        const char* source = R"(fromCategory("user").foreachStream().when({
  $init: () => ({ balance: 0 }),
  Deposited: (s, e) => { s.balance += e.data.amount; return s; },
}).filterBy((s) => s.balance > 0).transformBy((s) => ({ rich: s.balance > 20 })).outputState();)";
        Json script = Json::object();
        script["name"] = "rich.js";
        script["source"] = source;
        Json model = Json::object();
        model["script"] = std::move(script);
        QVERIFY(setModel(*at_->session, model));
        stand(4);
        QCOMPARE(state(), QStringLiteral(R"({"balance":30})"));
        ResultPanel& result = page().resultPanel();
        QTRY_VERIFY_WITH_TIMEOUT(result.isVisible(), kWaitMs);
        QVERIFY(settle(window()));
        QTRY_COMPARE(result.tree().rowCount(), qint64(1));
        QVERIFY2(result.tree().rowText(0).contains(QStringLiteral("true")), qPrintable(result.tree().rowText(0)));
        picture(window(), QStringLiteral("projection-result"));
        stand(1);
        QTRY_COMPARE(result.tree().rowCount(), qint64(0));
        QVERIFY(setModel(*at_->session, accountRules()));
        QVERIFY(settle(window()));
        QVERIFY(result.isHidden());
    }

    void limitsAreKeptWithinWhatIsSaneAndRemembered()
    {
        window().actions().limits.trigger();
        auto* dialog = window().findChild<LimitsDialog*>();
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->handler().value(), 1000);
        picture(*dialog, QStringLiteral("limits"));
        at_->theme.setScheme(Theme::Scheme::Dark);
        picture(*dialog, QStringLiteral("limits-dark"));
        dialog->handler().setValue(2500);
        dialog->snapshots().setValue(-5);
        emit dialog->chosen(dialog->limits());
        dialog->accept();
        QVERIFY(settle(window()));
        QCOMPARE(policy().limits().perHandler, std::chrono::milliseconds(2500));
        QCOMPARE(policy().limits().snapshotBytes, std::size_t{4} << 20);
        QVERIFY(!state().isEmpty());
        at_->restart();
        QVERIFY(at_->open());
        QCOMPARE(policy().limits().perHandler, std::chrono::milliseconds(2500));
    }
};

QTEST_MAIN(TestPolicyInWindow)
#include "test_policy_in_window.moc"
