#include "tests/ui/session/on_accounts.h"
#include "ui/session/state_search.h"

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

/// What stands in states as of the playhead, asked of a session.
class TestStateSearch : public OnAccounts {
    Q_OBJECT

private slots:
    void init() { QVERIFY(beginOnAccounts(accountRules())); }
    void cleanup() { opened_.reset(); }

    void statesAreThoseOfThePlayhead()
    {
        session().playhead()->setVersion(Version{5});  // the fee of account-0, a minute before the others' fifth events
        QCOMPARE(found("state.balance < 0", SoughtAs::Expression), (QStringList{"account-0 v5 /balance -970"}));
        QCOMPARE(search().view()->moment, std::optional(session().playhead()->time()));
        QCOMPARE(search().view()->asked, std::uint64_t{4});
        session().playhead()->setVersion(Version{4});
        QCOMPARE(found("state.balance < 0", SoughtAs::Expression), QStringList());
        QCOMPARE(found("30.0", SoughtAs::Value), (QStringList{"account-0 v4 /balance 30"}));
        QCOMPARE(found("20", SoughtAs::Value),
                 (QStringList{"account-1 v3 /balance 20", "account-2 v3 /balance 20", "account-3 v3 /balance 20"}));
    }

    void aCategoryIsAskedAlone()
    {
        session().playhead()->toLast();
        QVERIFY(!search().request({QStringLiteral("version > 0"), SoughtAs::Expression, FirstTimeScope::Category}));
        QVERIFY(opened_->idle());
        QCOMPARE(search().view()->of, QStringLiteral("user"));
        QVERIFY(!search().view()->readsState);
        QCOMPARE(search().view()->hits, std::uint64_t{4});
    }

    void whatIsWrongIsToldAndNothingIsDone()
    {
        const auto wrong = search().request({QStringLiteral("state.balance <"), SoughtAs::Expression});
        QVERIFY(wrong.has_value());
        QCOMPARE(wrong->offset, std::size_t{15});
        QVERIFY(search().request({QStringLiteral("\"\""), SoughtAs::Value}).has_value());
        QVERIFY(!search().view());
    }

    void whatItCannotMeanIsRemarkedUpon()
    {
        session().playhead()->toLast();
        QCOMPARE(found("type == 'Withdrawm' || state.balanse < 0 || state.balance == 'a'", SoughtAs::Expression), QStringList());
        const QString remarks = search().view()->remarks.join(QLatin1Char('\n'));
        QVERIFY2(remarks.contains(QStringLiteral("no event has the type Withdrawm")), qPrintable(remarks));
        QVERIFY2(remarks.contains(QStringLiteral("state.balanse")), qPrintable(remarks));
        QVERIFY2(remarks.contains(QStringLiteral("4 entities hold")), qPrintable(remarks));
    }

    void aScriptsStatesAreLookedIntoToo()
    {
        QVERIFY(setModel(session(), accountScript()));
        session().playhead()->setVersion(Version{5});
        QCOMPARE(found("state.balance < 0", SoughtAs::Expression), (QStringList{"account-0 v5 /balance -970"}));
        QCOMPARE(found("-970", SoughtAs::Value), (QStringList{"account-0 v5 /balance -970"}));
    }

    void itFollowsThePlayheadOnceThatStandsStill()
    {
        session().playhead()->setVersion(Version{4});
        QCOMPARE(found("state.balance < 0", SoughtAs::Expression), QStringList());
        // Nobody looks: it stays.
        session().playhead()->setVersion(Version{5});
        QVERIFY(opened_->idle());
        QVERIFY(search().view()->moment != search().moment());
        search().setFollowing(true);
        QVERIFY(search().isBusy());
        QVERIFY(opened_->idle());
        QCOMPARE(rows(), (QStringList{"account-0 v5 /balance -970"}));
        // What is shown stays until the new answer is whole.
        bool emptied = false;
        connect(&search(), &StateSearch::changed, this, [&] { emptied |= search().view()->running; });
        session().playhead()->setVersion(Version{6});
        QVERIFY(opened_->idle());
        QCOMPARE(rows(), (QStringList{"account-0 v6 /balance -960"}));
        QVERIFY(!emptied);
        // Another model in force is asked by itself as well.
        QVERIFY(setModel(session(), *parseJson(R"({"builtIn":"merge"})")));
        QVERIFY(opened_->idle());
        QVERIFY(rows().isEmpty());
    }

    void whatIsCancelledTellsThatAndTheWorkspaceCanBeClosedMeanwhile()
    {
        QVERIFY(!search().request({QStringLiteral("10"), SoughtAs::Value}));
        QVERIFY(search().view() && search().view()->running);
        search().cancel();
        QVERIFY(opened_->idle());
        QVERIFY(search().view() && !search().view()->running);  // it may have been there already
        QVERIFY(!search().request({QStringLiteral("10"), SoughtAs::Value}));
        session().close();
        QVERIFY(!search().view());
        QVERIFY(opened_->idle());
        QVERIFY(!search().view());
    }

private:
    StateSearch& search() { return *session().stateSearch(); }
    QStringList rows()
    {
        QStringList all;
        for (const auto& batch : search().view()->batches)
            for (const StateRow& row : *batch) {
                QString line = QString::fromStdString(row.key.id) + QStringLiteral(" v%1").arg(row.version.value);
                for (const auto& each : row.found)
                    line += QLatin1Char(' ') + QString::fromStdString(each.pointer + " " + each.value.json);
                all << line;
            }
        all.sort();
        return all;
    }
    QStringList found(const char* text, SoughtAs as)
    {
        if (search().request({QString::fromLatin1(text), as})) return {QStringLiteral("wrong")};
        if (!opened_->idle() || !search().view() || search().view()->running) return {QStringLiteral("no answer")};
        return search().view()->error.isEmpty() ? rows() : QStringList{search().view()->error};
    }
};

QTEST_MAIN(TestStateSearch)
#include "test_state_search.moc"
