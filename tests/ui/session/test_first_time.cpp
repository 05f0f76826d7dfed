#include "tests/ui/session/on_accounts.h"

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

namespace {

std::vector<FirstTimeRow> rowsOf(const FirstTimeView& view)
{
    std::vector<FirstTimeRow> rows;
    for (const auto& batch : view.batches) rows.insert(rows.end(), batch->begin(), batch->end());
    std::ranges::sort(rows, {}, [](const FirstTimeRow& row) { return row.key.id; });
    return rows;
}

}  // namespace

/// The first event after which an expression holds, asked of a session.
class TestFirstTime : public OnAccounts {
    Q_OBJECT

private slots:
    void init() { QVERIFY(beginOnAccounts(accountRules())); }
    void cleanup() { opened_.reset(); }

    void itIsFoundForEachEntityWithWhatTheEventChanged()
    {
        const auto view = found(QStringLiteral("state.balance < 0"), FirstTimeScope::All);
        QVERIFY(view);
        QCOMPARE(view->hits, std::uint64_t{2});
        QCOMPARE(view->rows, std::uint64_t{2});
        QCOMPARE(view->looked.events, std::uint64_t{40});
        QVERIFY(view->remarks.isEmpty() && view->error.isEmpty() && !view->cancelled);
        QCOMPARE(view->paths.size(), std::size_t{1});
        QCOMPARE(view->paths[0].text(), std::string("/balance"));
        const auto rows = rowsOf(*view);
        QCOMPARE(rows[0].key.text(), std::string("user/account-0"));
        QCOMPARE(rows[0].version, Version{5});
        QCOMPARE(rows[0].of, Version{10});
        QCOMPARE(rows[0].type, std::string("FeeCharged"));
        QCOMPARE(rows[0].before[0].json, std::string("30"));
        QCOMPARE(rows[0].after[0].json, std::string("-970"));
        QCOMPARE(rows[1].key.text(), std::string("user/account-2"));
        QCOMPARE(rows[1].version, Version{6});
        using Cause = std::pair<QString, std::uint64_t>;
        QCOMPARE(view->causes, (std::vector<Cause>{{QStringLiteral("FeeCharged"), 1}, {QStringLiteral("Withdrawn"), 1}}));
        // And one goes there.
        session().selectEvent(rows[1].entity, rows[1].event);
        QVERIFY(opened_->idle());
        QCOMPARE(session().history()->key.id, std::string("account-2"));
        QCOMPARE(session().playhead()->version(), Version{6});
    }

    void oneEntityOrACategoryIsAskedAlone()
    {
        auto view = found(QStringLiteral("state.balance < 0"), FirstTimeScope::Entity);
        QVERIFY(view);
        QCOMPARE(view->hits, std::uint64_t{1});
        QCOMPARE(view->of, QStringLiteral("user/account-0"));
        QCOMPARE(view->looked.entities, std::uint64_t{1});
        view = found(QStringLiteral("state.balance < 0"), FirstTimeScope::Category);
        QVERIFY(view);
        QCOMPARE(view->hits, std::uint64_t{2});
        QCOMPARE(view->of, QStringLiteral("user"));
    }

    void whatIsWrongInTheTextIsToldAtItsPlaceAndNothingIsDone()
    {
        const auto wrong = session().requestFirstTime(QStringLiteral("state.balance <"), FirstTimeScope::All);
        QVERIFY(wrong.has_value());
        QCOMPARE(wrong->offset, std::size_t{15});
        QVERIFY(!session().firstTime());
    }

    void whatItCannotMeanIsRemarkedUpon()
    {
        auto view =
            found(QStringLiteral("type == 'Withdrawm' || state.balanse < 0 || state.balance == 'a'"), FirstTimeScope::All);
        QVERIFY(view);
        QCOMPARE(view->hits, std::uint64_t{0});
        const QString remarks = view->remarks.join(QLatin1Char('\n'));
        QVERIFY2(remarks.contains(QStringLiteral("no event has the type Withdrawm")), qPrintable(remarks));
        QVERIFY2(remarks.contains(QStringLiteral("balanse")), qPrintable(remarks));
    }

    void whereAModelFailsItIsSaid()
    {
        Json script = accountScript();
        script["script"]["source"] =
            "export const entities = { user: { initial: () => ({ balance: 0 }), evolve: { "
            "FeeCharged: () => { throw new Error('no fees') }, "
            "$any: (s, e) => ({ ...s, balance: s.balance + (e.payload.amount || 0) }) } } };";
        QVERIFY(setModel(session(), script));
        const auto view = found(QStringLiteral("state.balance < 0"), FirstTimeScope::All);
        QVERIFY(view);
        QCOMPARE(view->hits, std::uint64_t{1});
        const QString remarks = view->remarks.join(QLatin1Char('\n'));
        QVERIFY2(remarks.contains(QStringLiteral("no fees")) && remarks.contains(QStringLiteral("1 event")), qPrintable(remarks));
    }

    void aNewerOneTakesThePlaceOfTheOneBefore()
    {
        std::vector<QString> told;
        connect(&session(), &Session::firstTimeChanged, this, [&] {
            if (session().firstTime()) told.push_back(session().firstTime()->text);
        });
        QVERIFY(!session().requestFirstTime(QStringLiteral("state.balance < 0"), FirstTimeScope::All));
        const auto view = found(QStringLiteral("state.balance > 20"), FirstTimeScope::All);
        QVERIFY(view);
        QCOMPARE(view->hits, std::uint64_t{4});
        const auto first = std::ranges::find(told, QStringLiteral("state.balance > 20"));
        QVERIFY(std::all_of(first, told.end(), [](const QString& text) { return text == QStringLiteral("state.balance > 20"); }));
    }

    void whatIsCancelledTellsThatAndTheWorkspaceCanBeClosedMeanwhile()
    {
        QVERIFY(!session().requestFirstTime(QStringLiteral("state.balance < 0"), FirstTimeScope::All));
        session().cancelFirstTime();
        QVERIFY(opened_->idle());
        QVERIFY(session().firstTime() && !session().firstTime()->running);  // it may have been there already
        QVERIFY(!session().requestFirstTime(QStringLiteral("state.balance < 0"), FirstTimeScope::All));
        session().close();
        QVERIFY(!session().firstTime());
        QVERIFY(opened_->idle());
        QVERIFY(!session().firstTime());
    }

    void aSearchInALargeLogIsStoppedOnItsWay()
    {
        writeAccounts(path("more.jsonl"), {400, 300});
        QVERIFY(opened_->import(path("more.jsonl"), "more"));
        QVERIFY(!session().requestFirstTime(QStringLiteral("state.balance < -1000000"), FirstTimeScope::All));
        session().cancelFirstTime();
        QVERIFY(opened_->idle());
        QVERIFY(session().firstTime()->cancelled && !session().firstTime()->running);
        QVERIFY(session().firstTime()->error.isEmpty());
        QCOMPARE(session().firstTime()->hits, std::uint64_t{0});
    }

    void aValueOfManyBytesIsKeptInPart()
    {
        QFile file(path("long.jsonl"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"user_id\":\"long\",\"timestamp\":\"2025-11-05T00:00:00Z\",\"event_type\":\"Noted\",\"amount\":\"" +
                   QByteArray(5000, 'x') + "\"}\n");
        file.close();
        QVERIFY(opened_->import(path("long.jsonl"), "long"));
        QVERIFY(setModel(session(), *parseJson(R"({"builtIn":"merge"})")));
        const auto view = found(QStringLiteral("size(state.amount) > 100"), FirstTimeScope::All);
        QVERIFY(view);
        QCOMPARE(view->hits, std::uint64_t{1});
        const ValueText after = rowsOf(*view)[0].after[0];
        QVERIFY(after.cut && after.json.size() < ValueText::kMost + 4);
    }

private:
    std::shared_ptr<const FirstTimeView> found(const QString& text, FirstTimeScope scope)
    {
        if (session().requestFirstTime(text, scope)) return nullptr;
        if (!opened_->idle() || !session().firstTime() || session().firstTime()->running) return nullptr;
        return session().firstTime();
    }
};

QTEST_MAIN(TestFirstTime)
#include "test_first_time.moc"
