#include "core/replay/first_time.h"
#include "tests/unit/replay/facts_at.h"
#include "tests/unit/replay/sweep_workspace.h"

#include <QObject>

using namespace hindcast;
using namespace hindcast::test;

namespace {

using Told = std::map<std::string, std::string>;

std::shared_ptr<const expression::Expression> parsed(const std::string& text)
{
    auto expression = expression::Expression::parse(text);
    if (!expression) qFatal("%s", expression.error().message.c_str());
    return *expression;
}

std::string lineOf(Version version, const std::vector<Json>& before, const std::vector<Json>& after)
{
    std::string out = "v" + std::to_string(version.value);
    for (std::size_t i = 0; i < after.size(); ++i) out += " " + text(before[i]) + "->" + text(after[i]);
    return out;
}

/// Every expression asked after every event, nothing left out.
Told naive(const SweepWorkspace& workspace, const model::Reducer& reducer, const std::string& text)
{
    const auto expression = parsed(text);
    expression::Evaluator evaluator(expression);
    auto reader = *workspace.store()->reader();
    const auto& paths = expression->statePaths();
    const auto valuesOf = [&](const model::FoldState& state) {
        std::vector<Json> values;
        for (const Pointer& path : paths) {
            const Json* at = state.alive ? valueAt(state.document, path) : nullptr;
            values.push_back(at ? *at : Json(Json::value_t::discarded));
        }
        return values;
    };
    Told told;
    std::vector<Json> before;
    workspace.eachState(reducer, [&](const replay::History& history, Version version, const model::FoldState& state) {
        if (version.value == 1) before.assign(paths.size(), Json(Json::value_t::discarded));
        const std::vector<Json> after = valuesOf(state);
        std::vector<const Json*> now, previous;
        for (std::size_t i = 0; i < paths.size(); ++i) {
            now.push_back(after[i].is_discarded() ? nullptr : &after[i]);
            previous.push_back(before[i].is_discarded() ? nullptr : &before[i]);
        }
        if (evaluator(FactsAt(*reader, history, version).with(now, previous)) == expression::Verdict::True) {
            told[history.key.text()] = lineOf(version, before, after);
            return false;
        }
        before = after;
        return true;
    });
    return told;
}

Told found(const SweepWorkspace& workspace, const replay::ModelOf& models, const std::string& text,
           const replay::SweepOptions& options, replay::FirstTimeSummary* summary = nullptr, const replay::SweepScope& scope = {})
{
    Told told;
    auto done = replay::firstTime(workspace.source(), scope, parsed(text), models, options, [&](const replay::FirstHit& hit) {
        if (told.contains(hit.key.text())) qFatal("an entity was told twice");
        told[hit.key.text()] = lineOf(hit.version, hit.before, hit.after);
    });
    if (!done) qFatal("%s", done.error().text().c_str());
    if (done->hits != told.size()) qFatal("the summary counts otherwise");
    if (summary) *summary = std::move(*done);
    return told;
}

const char* const kExpressions[] = {
    "state.n > 3000",
    "state.n > 500 && state.a == \"2\"",
    "has(state.f1)",
    "!has(state.f0)",
    "state.n < previous.n",
    "state.a == previous.a",
    "previous.a == \"1\" && state.n > 900",
    "previous.n > 900",
    "state.n > 100 && type == \"Paid\"",
    "type == \"Shipped\"",
    "version == 3",
    "payload.n > 990",
    "payload.n == state.n && partition == 1",
    "key == \"k\"",
    "category == \"order\" && state.n > 10",
    "size(state) > 4",
};

}  // namespace

class FirstTimeTest : public QObject {
    Q_OBJECT

private slots:
    void itFindsWhatAskingAfterEveryEventFinds()
    {
        SweepWorkspace workspace(21);
        workspace.grow(5000, 120);
        workspace.add("7", "Placed", R"({"n":1})", "k");
        workspace.commit();
        const std::shared_ptr<const model::Reducer> merge = model::builtIn("merge");
        const auto late = everywhere(std::make_shared<LateReducer>(merge));
        int withHits = 0;
        for (const char* text : kExpressions) {
            const Told expected = naive(workspace, *merge, text);
            if (!expected.empty()) ++withHits;
            for (const unsigned threads : {1u, 4u}) {
                QVERIFY2(found(workspace, everywhere(merge), text, {.threads = threads}) == expected, text);
                QVERIFY2(found(workspace, late, text, {.threads = threads}) == expected, text);
            }
            // With so little memory that lives are read as they are walked.
            QVERIFY2(found(workspace, everywhere(merge), text, {.threads = 2, .memory = 100'000}) == expected, text);
            QVERIFY2(found(workspace, late, text, {.threads = 2, .memory = 100'000}) == expected, text);
        }
        QVERIFY(withHits > 10);
    }

    void longLivesThatAreToldLateAreFoundToo()
    {
        SweepWorkspace workspace(22);
        for (int i = 0; i < 7000; ++i)
            workspace.add("long", i % 2 ? "Paid" : "Placed", R"({"n":)" + std::to_string(i) + "}", i == 6500 ? "k" : "");
        workspace.commit();
        const std::shared_ptr<const model::Reducer> merge = model::builtIn("merge");
        for (const char* text :
             {"state.n == 6001", "payload.n == 6001 && type == \"Paid\"", "key == \"k\" && state.n > 1", "state.n == 99999"}) {
            const Told expected = naive(workspace, *merge, text);
            QVERIFY(found(workspace, everywhere(merge), text, {.threads = 1}) == expected);
            QVERIFY(found(workspace, everywhere(std::make_shared<LateReducer>(merge)), text, {.threads = 1}) == expected);
        }
    }

    void oneEntityCanBeAsked()
    {
        SweepWorkspace workspace(23);
        workspace.grow(2000, 50);
        const std::shared_ptr<const model::Reducer> merge = model::builtIn("merge");
        replay::SweepScope scope;
        scope.entities = {workspace.entities().front()};
        replay::FirstTimeSummary summary;
        const Told told = found(workspace, everywhere(merge), "version == 2", {}, &summary, scope);
        QCOMPARE(told.size(), std::size_t{1});
        QCOMPARE(summary.looked.entities, std::uint64_t{1});
    }

    void failuresOfTheModelAreCountedAndTheFoldGoesOn()
    {
        SweepWorkspace workspace(24);
        for (int i = 0; i < 40; ++i) {
            workspace.add(std::to_string(i % 4), "Placed", R"({"n":)" + std::to_string(i) + "}");
            if (i % 10 == 0) workspace.add(std::to_string(i % 4), "Placed", R"({"n":)");
        }
        workspace.commit();
        replay::FirstTimeSummary summary;
        const Told told = found(workspace, everywhere(model::builtIn("merge")), "state.n >= 36", {}, &summary);
        QCOMPARE(told.size(), std::size_t{4});
        QCOMPARE(summary.failures.events, std::uint64_t{4});
        QVERIFY(!summary.failures.first.empty());
    }

    void pathsAtWhichNothingEverStandsAreNamed()
    {
        SweepWorkspace workspace(26);
        workspace.grow(300, 20);
        replay::FirstTimeSummary summary;
        QVERIFY(found(workspace, everywhere(model::builtIn("merge")), "state.n < 0 && payload.n < 0", {}, &summary).empty());
        QVERIFY(summary.absentPaths.empty());
        QVERIFY(found(workspace, everywhere(model::builtIn("merge")), "state.m.x < 0 || payload.nn > 0", {}, &summary).empty());
        QVERIFY((summary.absentPaths == std::vector<std::string>{"state.m.x", "payload.nn"}));
    }

    void valuesOfAnotherTypeAreTold()
    {
        SweepWorkspace workspace(25);
        for (int i = 0; i < 5; ++i) workspace.add("1", "Placed", R"({"n":")" + std::to_string(i) + R"("})");
        workspace.commit();
        replay::FirstTimeSummary summary;
        QVERIFY(found(workspace, everywhere(model::builtIn("merge")), "state.n > 2", {}, &summary).empty());
        QCOMPARE(summary.mismatches.size(), std::size_t{1});
        QCOMPARE(summary.mismatches.front().count, std::uint64_t{5});
    }
};

QTEST_GUILESS_MAIN(FirstTimeTest)
#include "test_first_time.moc"
