#include "tests/ui/session/on_accounts.h"
#include "ui/session/sweep_workspace.h"

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

/// The audit that a session makes by itself.
class TestAuditWorker : public OnAccounts {
    Q_OBJECT

private slots:
    void sweepsKeepToTheMemoryOfTheSettings()
    {
        model::Limits limits;
        limits.sweepBytes = 48u << 20;
        const model::Runtime runtime(limits);
        QCOMPARE(sweepOptions(runtime, {}, {}).memory, std::size_t{48u << 20});
    }

    void init() { QVERIFY(beginOnAccounts()); }
    void cleanup() { opened_.reset(); }

    void withoutInvariantsThereIsNothingToFindAndThatIsKnown()
    {
        QTRY_VERIFY_WITH_TIMEOUT(session().findings() && !session().findings()->running, kWaitMs);
        QVERIFY(!session().findings()->declared);
        QCOMPARE(session().findings()->findings, std::uint64_t{0});
    }

    void aModelWithInvariantsIsCheckedAtOnceAndItsFindingsGroupedByCause()
    {
        QVERIFY(setModel(session(), accountScript()));
        QTRY_VERIFY_WITH_TIMEOUT(settled(2), kWaitMs);
        const auto view = session().findings();
        QVERIFY2(view->error.isEmpty() && view->remarks.isEmpty(),
                 qPrintable(view->error + view->remarks.join(QLatin1Char(' '))));
        QCOMPARE(view->groups.size(), std::size_t{2});
        const auto& group = view->groups[0].cause == QStringLiteral("FeeCharged") ? view->groups[0] : view->groups[1];
        QCOMPARE(group.subject, QStringLiteral("never below"));
        QCOMPARE(group.entities, std::uint64_t{1});
        QCOMPARE(group.rows.size(), std::size_t{1});
        QCOMPARE(group.rows[0]->key.text(), std::string("user/account-0"));
        QCOMPARE(group.rows[0]->version, Version{5});
        QCOMPARE(group.rows[0]->change, std::string("/balance 30 → -970"));
        // One goes there.
        session().selectEvent(group.rows[0]->entity, group.rows[0]->event);
        QVERIFY(opened_->idle());
        QCOMPARE(session().history()->key.id, std::string("account-0"));
        QCOMPARE(session().playhead()->version(), Version{5});
    }

    void nothingIsSaidToHoldBeforeAllThatIsThereWasLookedAt()
    {
        // The import was a moment ago, and what it brought has not been followed yet.
        bool said = false;
        connect(&session(), &Session::findingsChanged, this, [&] {
            const auto view = session().findings();
            said = said || (view && view->declared && !view->running && view->findings == 0);
        });
        QVERIFY(setModel(session(), accountScript()));
        QTRY_VERIFY_WITH_TIMEOUT(settled(2), kWaitMs);
        session().disconnect(this);
        QVERIFY(!said);
    }

    void anotherModelIsAskedAnewAndOneWithoutInvariantsTakesTheFindingsAway()
    {
        QVERIFY(setModel(session(), accountScript()));
        QTRY_VERIFY_WITH_TIMEOUT(settled(2), kWaitMs);
        QVERIFY(setModel(session(), accountScript(-5000)));
        QTRY_VERIFY_WITH_TIMEOUT(settled(0), kWaitMs);
        QVERIFY(session().findings()->declared);
        QVERIFY(setModel(session(), accountScript()));
        QTRY_VERIFY_WITH_TIMEOUT(settled(2), kWaitMs);
        QVERIFY(setModel(session(), accountRules()));
        QTRY_VERIFY_WITH_TIMEOUT(settled(0) && !session().findings()->declared, kWaitMs);
    }

    void whatArrivesIsLookedAtAndWhatWasFoundStays()
    {
        QVERIFY(setModel(session(), accountScript()));
        QTRY_VERIFY_WITH_TIMEOUT(settled(2), kWaitMs);
        const auto before = session().findings()->groups[0].rows[0];
        // Two more accounts, of which one goes below, and no event of the first four.
        QFile file(path("more.jsonl"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int i = 0; i < 3; ++i)
            for (const char* who : {"late-0", "late-1"})
                file.write(QStringLiteral("{\"user_id\":\"%1\",\"timestamp\":\"2025-11-05T00:0%2:00Z\",\"event_type\":"
                                          "\"Withdrawn\",\"amount\":%3}\n")
                               .arg(QString::fromLatin1(who))
                               .arg(i)
                               .arg(i == 2 && std::string(who) == "late-1" ? -7 : 3)
                               .toUtf8());
        file.close();
        QVERIFY(opened_->import(path("more.jsonl"), "more"));
        QTRY_VERIFY_WITH_TIMEOUT(settled(3), kWaitMs);
        QCOMPARE(session().findings()->looked.entities, std::uint64_t{2});  // the others were left alone
        bool there = false;
        for (const auto& group : session().findings()->groups)
            there = there || std::ranges::find(group.rows, before) != group.rows.end();
        QVERIFY(there);
    }

    void aWorkspaceIsAuditedWhenItIsOpened()
    {
        QVERIFY(setModel(session(), accountScript()));
        QVERIFY(opened_->idle());
        opened_ = std::make_unique<Opened>(path("accounts.hindcast"), false);
        QTRY_VERIFY_WITH_TIMEOUT(settled(2), kWaitMs);
        session().close();
        QVERIFY(!session().findings());
    }

    void aModelThatFailsIsAFindingAndOneThatCannotBeUsedIsSaid()
    {
        Json script = accountScript();
        script["script"]["source"] =
            "export const entities = { user: { initial: () => ({ balance: 0 }), evolve: { "
            "FeeCharged: () => { throw new Error('no fees') }, $any: s => s }, "
            "invariants: { 'always': s => true } } };";
        QVERIFY(setModel(session(), script));
        QTRY_VERIFY_WITH_TIMEOUT(settled(1), kWaitMs);
        const auto view = session().findings();
        QCOMPARE(view->groups[0].kind, audit::Finding::Kind::ModelFailed);
        QCOMPARE(view->groups[0].rows[0]->key.text(), std::string("user/account-0"));
        QVERIFY(QString::fromStdString(view->groups[0].rows[0]->what).contains(QStringLiteral("no fees")));
        script["script"]["source"] = "export const entities = {";
        QVERIFY(setModel(session(), script));
        QTRY_VERIFY_WITH_TIMEOUT(settled(0) && !session().findings()->remarks.isEmpty(), kWaitMs);
        QVERIFY(session().findings()->remarks[0].startsWith(QStringLiteral("user is passed over")));
    }

private:
    bool settled(std::uint64_t findings)
    {
        return session().isIdle() && session().findings() && !session().findings()->running &&
               session().findings()->findings == findings;
    }
};

QTEST_MAIN(TestAuditWorker)
#include "test_audit_worker.moc"
