#include "tests/ui/session/on_accounts.h"
#include "ui/session/trials.h"

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

/// What is tried out beside what is in force: smallest cases, other models, determinism.
class TestTrials : public OnAccounts {
    Q_OBJECT

    Trials& trials() { return *session().trials(); }

    EntityId selected() { return session().history()->entity; }
    /// Asks, and waits for the end.
    std::shared_ptr<const SmallestView> smallest(const WantedSymptom& wanted, std::optional<EventId> at = {})
    {
        (void)trials().requestSmallest(selected(), wanted, at);
        (void)QTest::qWaitFor([&] { return !trials().smallest()->running; }, kWaitMs);
        return trials().smallest();
    }
    std::shared_ptr<const ModelDiffView> compared(const ModelChoice& first, const ModelChoice& second)
    {
        trials().requestModelDiff(QStringLiteral("user"), first, second);
        (void)QTest::qWaitFor([&] { return !trials().modelDiff()->running; }, kWaitMs);
        return trials().modelDiff();
    }
    std::shared_ptr<const DeterminismView> checked(const QString& category)
    {
        trials().checkDeterminism(category);
        (void)QTest::qWaitFor([&] { return trials().determinism() && !trials().determinism()->running; }, kWaitMs);
        return trials().determinism();
    }
    static ModelChoice documentChoice(const Json& document)
    {
        return {ModelChoice::Kind::Document, document, {}, QStringLiteral("another")};
    }
    static std::vector<std::uint64_t> versions(const SmallestView& view)
    {
        std::vector<std::uint64_t> all;
        for (const SmallestRow& row : view.rows) all.push_back(row.version.value);
        return all;
    }

private slots:
    void init() { QVERIFY(beginOnAccounts(accountScript())); }
    void cleanup() { opened_.reset(); }

    void theFewestEventsThatBreakAnInvariantAreFound()
    {
        QTRY_COMPARE_WITH_TIMEOUT(trials().invariants(), QStringList{QStringLiteral("never below")}, kWaitMs);
        const auto view = smallest({WantedSymptom::Kind::Invariant, QStringLiteral("never below")});
        QVERIFY2(view->found, qPrintable(view->error + view->absent));
        QCOMPARE(versions(*view), (std::vector<std::uint64_t>{1, 5}));
        QCOMPARE(view->of, std::uint64_t{5});
        QVERIFY(view->found->made.minimal);
        QVERIFY(view->folds > 0);
        QVERIFY(view->found->script.has_value());
        QCOMPARE(view->rows[1].type, std::string("FeeCharged"));
        QCOMPARE(view->rows[1].change, std::string("/balance 0 → -1000"));
        QVERIFY(view->found->dump.find("FeeCharged") != std::string::npos);
    }

    void anExpressionAndAnEventOfOnesChoiceAreReducedAsWell()
    {
        const auto below = smallest({WantedSymptom::Kind::Expression, QStringLiteral("state.balance > 15")});
        QVERIFY2(below->found, qPrintable(below->error + below->absent));
        QCOMPARE(versions(*below), (std::vector<std::uint64_t>{1, 2, 3}));
        const EventId fourth = session().history()->events[3].id;
        const auto there = smallest({WantedSymptom::Kind::Expression, QStringLiteral("state.balance > 15")}, fourth);
        QCOMPARE(there->rows.size(), std::size_t{3});
        QCOMPARE(there->rows.back().version, Version{4});
        const auto wrong =
            trials().requestSmallest(selected(), {WantedSymptom::Kind::Expression, QStringLiteral("lenght(a) > 1")});
        QVERIFY(wrong.has_value());
    }

    void whereTheModelFailsTheFewestEventsUpToThatAreFound()
    {
        Json script = accountScript();
        script["script"]["source"] =
            "export const entities = { user: { initial: () => ({ n: 0 }), evolve: { "
            "FeeCharged: s => { if (s.n > 1) throw new Error('no fees'); return s }, $any: s => ({ n: s.n + 1 }) } } };";
        QVERIFY(setModel(session(), script));
        const auto view = smallest({WantedSymptom::Kind::ModelFails, {}});
        QVERIFY2(view->found, qPrintable(view->error + view->absent));
        QCOMPARE(versions(*view).size(), std::size_t{3});
        QVERIFY2(view->shown.contains(QStringLiteral("no fees")), qPrintable(view->shown));
    }

    void aSymptomThatDoesNotOccurIsSaidWithWhatIsNearest()
    {
        const auto fails = smallest({WantedSymptom::Kind::ModelFails, {}});
        QVERIFY(!fails->found && fails->error.isEmpty());
        QCOMPARE(fails->absent,
                 QStringLiteral("the model does not fail at any of its 10 events · but “never below” is broken at #5"));
        const auto absent = smallest({WantedSymptom::Kind::Expression, QStringLiteral("state.balanc < 0")});
        QVERIFY(absent->absent.startsWith(QStringLiteral("“state.balanc < 0” does not hold at any of its 10 events")));
        QCOMPARE(absent->remarks, QStringList{QStringLiteral("nothing stands at state.balanc after any of these events")});
        const EventId second = session().history()->events[1].id;
        const auto elsewhere = smallest({WantedSymptom::Kind::Invariant, QStringLiteral("never below")}, second);
        QCOMPARE(elsewhere->absent, QStringLiteral("“never below” is not broken at #2 · it is so at #5 first"));
    }

    void aModelThatCannotBeUsedIsAnError()
    {
        Json script = accountScript();
        script["script"]["source"] = "export const entities = {";
        QVERIFY(setModel(session(), script));
        const auto view = smallest({WantedSymptom::Kind::ModelFails, {}});
        QVERIFY(!view->found && !view->error.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(trials().invariants().isEmpty(), kWaitMs);
    }

    void aSearchIsStoppedAndANewerOneTakesItsPlace()
    {
        QSignalSpy told(&trials(), &Trials::smallestChanged);
        (void)trials().requestSmallest(selected(), {WantedSymptom::Kind::ModelFails, {}});
        (void)trials().requestSmallest(selected(), {WantedSymptom::Kind::Invariant, {}});
        QVERIFY(trials().isBusy());
        QTRY_VERIFY_WITH_TIMEOUT(!trials().smallest()->running, kWaitMs);
        QCOMPARE(trials().smallest()->wanted.kind, WantedSymptom::Kind::Invariant);
        (void)trials().requestSmallest(selected(), {WantedSymptom::Kind::Invariant, {}});
        trials().cancelSmallest();
        QTRY_VERIFY_WITH_TIMEOUT(!trials().smallest()->running, kWaitMs);
        session().close();
        QVERIFY(!trials().smallest());
    }

    void twoModelsPartAtTheEventThatOneTakesOtherwise()
    {
        Json other = accountScript();
        other["script"]["source"] =
            "export const entities = { user: { initial: () => ({ balance: 0 }), evolve: { FeeCharged: s => s, "
            "$any: (s, e) => ({ ...s, balance: s.balance + (e.payload.amount || 0) }) } } };";
        const ModelChoice inForce{ModelChoice::Kind::InForce, {}, {}, QStringLiteral("in force")};
        const auto view = compared(inForce, documentChoice(other));
        QVERIFY2(view->error.isEmpty(), qPrintable(view->error));
        QCOMPARE(view->differing, std::uint64_t{1});
        QCOMPARE(view->looked.entities, std::uint64_t{4});
        QCOMPARE(view->causes, (ModelDiffView::Counts{{QStringLiteral("FeeCharged"), 1}}));
        QCOMPARE(view->fields, (ModelDiffView::Counts{{QStringLiteral("/balance"), 1}}));
        const ModelDiffRow& row = view->batches[0]->front();
        QCOMPARE(row.key.text(), std::string("user/account-0"));
        QCOMPARE(row.version, Version{5});
        QCOMPARE(row.fields[0].first.json, std::string("-970"));
        QCOMPARE(row.fields[0].second.json, std::string("30"));
        // Rules that do the same give the same.
        const auto same = compared(inForce, documentChoice(accountRules()));
        QVERIFY2(same->error.isEmpty(), qPrintable(same->error));
        QCOMPARE(same->differing, std::uint64_t{0});
    }

    void theModelBeforeAndOneFromAFileAreCompared()
    {
        const ModelChoice inForce{ModelChoice::Kind::InForce, {}, {}, QStringLiteral("in force")};
        const ModelChoice before{ModelChoice::Kind::Before, {}, {}, QStringLiteral("before")};
        // Before the script nobody had chosen one.
        const auto merged = compared(inForce, before);
        QVERIFY2(merged->error.isEmpty(), qPrintable(merged->error));
        QCOMPARE(merged->differing, std::uint64_t{4});
        QVERIFY(setModel(session(), accountRules()));
        QCOMPARE(compared(inForce, before)->differing, std::uint64_t{0});
        QFile file(path("rules.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(toText(accountRules())));
        file.close();
        const auto fromFile = compared(inForce, {ModelChoice::Kind::File, {}, file.fileName(), QStringLiteral("rules.json")});
        QVERIFY2(fromFile->error.isEmpty(), qPrintable(fromFile->error));
        QCOMPARE(fromFile->differing, std::uint64_t{0});
        const auto gone = compared(inForce, {ModelChoice::Kind::File, {}, path("gone.mjs"), QStringLiteral("gone.mjs")});
        QVERIFY(gone->error.contains(QStringLiteral("gone.mjs")));
    }

    void aModelThatIsDeterministicIsSaidToBeAndOneThatRemembersIsFound()
    {
        const auto fine = checked({});
        QVERIFY2(fine->error.isEmpty(), qPrintable(fine->error));
        QCOMPARE(fine->findings, std::uint64_t{0});
        QCOMPARE(fine->looked.entities, std::uint64_t{4});

        Json script = accountScript();
        script["script"]["source"] =
            "let seen = 0; export const entities = { user: { initial: () => ({ balance: 0 }), "
            "evolve: { $any: (s, e) => ({ ...s, balance: s.balance + (e.payload.amount || 0), seen: ++seen }) } } };";
        QVERIFY(setModel(session(), script));
        QVERIFY(!trials().determinism());  // it was another model's
        const auto found = checked(QStringLiteral("user"));
        QVERIFY2(found->error.isEmpty(), qPrintable(found->error));
        QVERIFY(found->findings > 0);
        QCOMPARE(found->groups[0].kind, audit::Finding::Kind::Determinism);
        // They stand among the session's own.
        QVERIFY(trials().findings());
        QCOMPARE(trials().findings()->findings, found->findings + session().findings()->findings);
        QVERIFY(setModel(session(), accountScript()));
        QTRY_VERIFY_WITH_TIMEOUT(opened_->idle() && trials().findings() == session().findings(), kWaitMs);
    }

private:
};

QTEST_MAIN(TestTrials)
#include "test_trials.moc"
