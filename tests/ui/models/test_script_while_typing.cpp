// A script as it is typed runs on the selected entity, in the helper program: what comes of it, and where it is wrong.
#include "tests/ui/fixtures.h"
#include "tests/ui/session/session_test.h"
#include "ui/models/bind_models.h"
#include "ui/models/code_editor.h"
#include "ui/models/diagnostic_line.h"
#include "ui/models/model_panel.h"
#include "ui/session/script_document.h"

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

namespace {

/// A model of users whose fourth line is `handler`.
QString scriptOfUsers(const char* handler)
{
    return QStringLiteral(
               "export const entities = {\n"
               "  user: {\n"
               "    initial: () => ({ seen: 0 }),\n"
               "    evolve: { $any: %1 },\n"
               "    invariants: { \"few are seen\": s => !(s.seen > 3) }\n"
               "  }\n"
               "};\n")
        .arg(QLatin1String(handler));
}

const char* const kCounts = "(s, e) => ({ ...s, seen: s.seen + 1 })";

}  // namespace

class TestScriptWhileTyping : public InFolder {
    Q_OBJECT

    Theme theme_{Theme::Scheme::Light};
    std::unique_ptr<Opened> opened_;
    std::unique_ptr<ModelPanel> panel_;

    /// The head's line, once it says something like that.
    [[nodiscard]] bool says(const char* words)
    {
        const bool said =
            QTest::qWaitFor([&] { return panel_->diagnosticLine().text().contains(QString::fromUtf8(words)); }, kWaitMs);
        if (!said) qWarning("it says “%s”", qPrintable(panel_->diagnosticLine().text()));
        return said;
    }

private slots:
    void init()
    {
        theme_.apply();
        QVERIFY(begin());
        writeEvents(path("users.jsonl"), 2, 6);
        opened_ = std::make_unique<Opened>(path("w.hindcast"));
        panel_ = std::make_unique<ModelPanel>(theme_);
        bind(*panel_, opened_->session);
        panel_->resize(900, 300);
        panel_->show();
        QVERIFY(QTest::qWaitForWindowExposed(panel_.get()));
        QVERIFY(opened_->import(path("users.jsonl")) && opened_->select(QStringLiteral("user/user-0")));
        opened_->session.playhead()->setVersion(Version{3});
        QVERIFY(opened_->idle());
        panel_->setDraft(QStringLiteral("user"), {QStringLiteral("users.mjs"), scriptOfUsers(kCounts), {}});
    }
    void cleanup()
    {
        panel_.reset();
        opened_.reset();
    }

    void whatComesOfItStandsBesideItAndFollowsThePlayhead()
    {
        QTRY_VERIFY2_WITH_TIMEOUT(
            panel_->outcomeText().contains(QStringLiteral("seen 3")) || panel_->outcomeText().contains(QStringLiteral("seen")),
            qPrintable(panel_->outcomeText()), kWaitMs);
        QVERIFY2(panel_->outcomeText().startsWith(QStringLiteral("v3: ")), qPrintable(panel_->outcomeText()));
        QVERIFY(panel_->diagnosticLine().isHidden());
        opened_->session.playhead()->setVersion(Version{2});
        QTRY_VERIFY2_WITH_TIMEOUT(panel_->outcomeText().startsWith(QStringLiteral("v2: ")), qPrintable(panel_->outcomeText()),
                                  kWaitMs);
        picture(*panel_, QStringLiteral("typing-outcome"));
    }

    void anErrorOfTheLanguageIsMarkedInItsLineAndTheLastOutcomeStays()
    {
        QTRY_VERIFY_WITH_TIMEOUT(!panel_->outcomeText().isEmpty(), kWaitMs);
        panel_->editor().setPlainText(scriptOfUsers("(s, e) => ({ ...s, seen: s.seen + })"));
        QVERIFY(says("! line 4: "));
        QCOMPARE(panel_->editor().diagnostics().size(), std::size_t{1});
        QVERIFY(panel_->outcomeText().contains(QStringLiteral("of the last text that could run")));
        panel_->editor().setPlainText(scriptOfUsers(kCounts));
        QTRY_VERIFY_WITH_TIMEOUT(panel_->diagnosticLine().isHidden(), kWaitMs);
    }

    void anEventThatItCannotTakeIsNamedWithThePlace()
    {
        panel_->editor().setPlainText(scriptOfUsers("(s, e) => { throw new Error('odd one'); }"));
        QVERIFY(says("odd one"));
        QVERIFY2(panel_->diagnosticLine().text().startsWith(QStringLiteral("! line 4: ")),
                 qPrintable(panel_->diagnosticLine().text()));
        QVERIFY(panel_->diagnosticLine().text().contains(QStringLiteral("at event #")));
        picture(*panel_, QStringLiteral("typing-error"));
    }

    void whatIsNoFailureIsARemarkInItsLine()
    {
        panel_->editor().setPlainText(scriptOfUsers("(s, e) => ({ ...s, seen: s.seen + e.payload.ammount })"));
        QVERIFY(says("NaN"));
        QVERIFY2(panel_->diagnosticLine().text().startsWith(QStringLiteral("line 4: ")),
                 qPrintable(panel_->diagnosticLine().text()));
        QVERIFY(says("at event #1"));
        QCOMPARE(panel_->editor().diagnostics().front().severity, ModelDiagnostic::Severity::Remark);
        picture(*panel_, QStringLiteral("typing-remark"));
    }

    void anInvariantThatDoesNotHoldIsRemarked()
    {
        opened_->session.playhead()->setVersion(Version{5});
        QVERIFY(says("“few are seen” does not hold"));
        QVERIFY(says("at event #4"));
    }

    void oneThatIsForOthersSaysForWhom()
    {
        panel_->setDraft(QStringLiteral("user"),
                         {QStringLiteral("bank.mjs"),
                          scriptOfUsers(kCounts).replace(QStringLiteral("  user:"), QStringLiteral("  account:")),
                          {}});
        QTRY_VERIFY_WITH_TIMEOUT(panel_->diagnosticLine().text().contains(QStringLiteral("account")), kWaitMs);
    }

    void oneThatNeverEndsIsStoppedAndTheNextOneRuns()
    {
        panel_->editor().setPlainText(scriptOfUsers("(s, e) => { for (;;) {} }"));
        QVERIFY(says("it took more than"));
        panel_->editor().setPlainText(scriptOfUsers(kCounts));
        QTRY_VERIFY_WITH_TIMEOUT(panel_->diagnosticLine().isHidden() && panel_->outcomeText().startsWith(QStringLiteral("v3")),
                                 kWaitMs);
    }
};

QTEST_MAIN(TestScriptWhileTyping)
#include "test_script_while_typing.moc"
