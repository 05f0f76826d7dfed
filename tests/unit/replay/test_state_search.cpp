#include "core/replay/state_search.h"
#include "tests/unit/replay/facts_at.h"
#include "tests/unit/replay/sweep_workspace.h"

#include <QObject>

using namespace hindcast;
using namespace hindcast::test;

namespace {

using Told = std::map<std::string, std::string>;

/// What is asked, as a person types it.
struct Asked {
    const char* expression = nullptr;
    const char* value = nullptr;
    std::optional<Timestamp> moment{};
    bool withDead = false;
};

replay::StateQuery queryOf(const Asked& asked)
{
    replay::StateQuery query;
    if (asked.expression) {
        auto expression = expression::Expression::parse(asked.expression);
        if (!expression) qFatal("%s", expression.error().message.c_str());
        query.expression = *expression;
    }
    if (asked.value) {
        auto value = replay::SoughtValue::fromText(asked.value);
        if (!value) qFatal("%s", value.error().text().c_str());
        query.value = *value;
    }
    query.moment = asked.moment;
    query.withDead = asked.withDead;
    return query;
}

/// Every value of a document with its pointer.
void leavesOf(const Json& json, const Pointer& at, std::vector<std::pair<Pointer, Json>>& out)
{
    if (json.is_object())
        for (const auto& [name, member] : json.items()) leavesOf(member, at.child(name), out);
    else if (json.is_array())
        for (std::size_t i = 0; i < json.size(); ++i) leavesOf(json[i], at.child(std::to_string(i)), out);
    else
        out.emplace_back(at, json);
}

std::string lineOf(Version version, Version of, const std::vector<replay::StateHit::Found>& found)
{
    std::string out = "v" + std::to_string(version.value) + "/" + std::to_string(of.value);
    for (const auto& each : found) out += " " + each.at.text() + "=" + text(each.value);
    return out;
}

/// Each entity replayed by itself to the moment, every value of it looked at.
Told naive(const SweepWorkspace& workspace, const model::Reducer& reducer, const Asked& asked)
{
    const replay::StateQuery query = queryOf(asked);
    auto reader = *workspace.store()->reader();
    Told told;
    for (const EntityId id : workspace.entities()) {
        const auto history = *replay::loadHistory(*reader, id);
        const Version version = asked.moment ? history->versionAt(*asked.moment) : history->last();
        if (version.value == 0) continue;
        replay::EntityReplay replay(*reader, history, reducer.clone(), std::make_unique<TestPayloads>());
        const auto now = *replay.at(version);
        const auto before = *replay.at(Version{version.value - 1});
        if (query.usesState() && !now.alive && !asked.withDead) continue;
        std::vector<replay::StateHit::Found> found;
        if (query.expression) {
            expression::Evaluator evaluator(query.expression);
            std::vector<const Json*> state, previous;
            for (const Pointer& path : query.expression->statePaths()) {
                state.push_back(now.alive ? valueAt(now.document, path) : nullptr);
                previous.push_back(before.alive ? valueAt(before.document, path) : nullptr);
                if (state.back()) found.push_back({path, *state.back()});
            }
            if (evaluator(FactsAt(*reader, *history, version).with(state, previous)) != expression::Verdict::True) continue;
        }
        if (query.value) {
            std::vector<std::pair<Pointer, Json>> leaves;
            if (now.alive) leavesOf(now.document, Pointer(), leaves);
            std::string scratch;
            bool any = false;
            for (const auto& [pointer, value] : leaves) {
                if (!query.value->matches(value, scratch)) continue;
                any = true;
                found.push_back({pointer, value});
            }
            if (!any) continue;
        }
        told[history->key.text()] = lineOf(version, history->last(), found);
    }
    return told;
}

Told found(const SweepWorkspace& workspace, const replay::ModelOf& models, const Asked& asked,
           const replay::SweepOptions& options, replay::StateSearchSummary* summary = nullptr,
           const replay::SweepScope& scope = {})
{
    Told told;
    auto done =
        replay::searchStates(workspace.source(), scope, queryOf(asked), models, options, [&](const replay::StateHit& hit) {
            if (told.contains(hit.key.text())) qFatal("an entity was told twice");
            told[hit.key.text()] = lineOf(hit.version, hit.of, hit.found);
        });
    if (!done) qFatal("%s", done.error().text().c_str());
    if (done->hits != told.size()) qFatal("the summary counts otherwise");
    if (summary) *summary = std::move(*done);
    return told;
}

constexpr Timestamp after(std::int64_t seconds) { return Timestamp{1'700'000'000'000'000'000 + seconds * 1'000'000'000}; }

bool matches(const char* typed, const char* json)
{
    std::string scratch;
    const auto sought = replay::SoughtValue::fromText(typed);
    return sought && sought->matches(*parseJson(json), scratch);
}

}  // namespace

class StateSearchTest : public QObject {
    Q_OBJECT

private slots:
    void itFindsWhatAReplayOfEachEntityFinds_data();
    void itFindsWhatAReplayOfEachEntityFinds();
    void longLivesThatAreToldLateAreFoundToo();
    void aValueIsANumberOrAText_data();
    void aValueIsANumberOrAText();
    void nothingCannotBeLookedFor();
    void namesOfMembersAreNoValues();
    void manyPlacesAreCountedAndSomeAreTold();
    void someEntitiesCanBeAsked();
    void failuresOfTheModelAreTold();
    void pathsAndTypesThatDoNotFitAreTold();
    void itCanBeStopped();
    void laterEventsCountAsLookedAt();
};

void StateSearchTest::itFindsWhatAReplayOfEachEntityFinds_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* expression, const char* value) {
        QTest::addRow("%s | %s", expression ? expression : "", value ? value : "") << QByteArray(expression) << QByteArray(value);
    };
    row(nullptr, nullptr);
    row("state.n > 500", nullptr);
    row("has(state.f1) && !has(state.f0)", nullptr);
    row("state.n < previous.n", nullptr);
    row("previous.a == \"1\"", nullptr);
    row("type == \"Paid\" && state.n > 100", nullptr);
    row("type == \"Shipped\"", nullptr);
    row("payload.n > 900", nullptr);
    row("payload.n == state.n && partition == 1", nullptr);
    row("version > 20 && category == \"order\"", nullptr);
    row("key == \"k\"", nullptr);
    row("size(state) > 4", nullptr);
    row(nullptr, "2");
    row(nullptr, "\"2\"");
    row(nullptr, "nowhere");
    row("state.n > 100", "1");
}

void StateSearchTest::itFindsWhatAReplayOfEachEntityFinds()
{
    QFETCH(QByteArray, expression);
    QFETCH(QByteArray, value);
    static const auto workspace = [] {
        auto made = std::make_unique<SweepWorkspace>(31);
        made->grow(2000, 60);
        made->add("7", "Placed", R"({"n":1})", "k");
        made->commit();
        return made;
    }();
    std::map<std::string, std::shared_ptr<const model::Reducer>> reducers;
    for (const char* name : {"merge", "debezium"}) reducers[name] = model::builtIn(name);
    for (const auto& [name, reducer] : reducers) {
        const auto late = everywhere(std::make_shared<LateReducer>(reducer));
        for (const auto moment : {std::optional<Timestamp>(), std::optional(after(900)), std::optional(after(-5))}) {
            for (const bool withDead : {false, true}) {
                const Asked asked{expression.isNull() ? nullptr : expression.constData(),
                                  value.isNull() ? nullptr : value.constData(), moment, withDead};
                const Told expected = naive(*workspace, *reducer, asked);
                for (const unsigned threads : {1u, 4u}) {
                    QCOMPARE(found(*workspace, everywhere(reducer), asked, {.threads = threads}), expected);
                    QCOMPARE(found(*workspace, late, asked, {.threads = threads}), expected);
                }
                // With so little memory that lives are read as they are walked.
                QCOMPARE(found(*workspace, everywhere(reducer), asked, {.threads = 2, .memory = 100'000}), expected);
                QCOMPARE(found(*workspace, late, asked, {.threads = 2, .memory = 100'000}), expected);
            }
        }
    }
}

void StateSearchTest::longLivesThatAreToldLateAreFoundToo()
{
    SweepWorkspace workspace(32);
    for (int i = 0; i < 7000; ++i)
        workspace.add("long", i % 2 ? "Paid" : "Placed", R"({"n":)" + std::to_string(i) + "}", i == 6500 ? "k" : "");
    workspace.commit();
    const std::shared_ptr<const model::Reducer> merge = model::builtIn("merge");
    for (const char* text : {"state.n == 6500 && key == \"k\"", "payload.n == 6500 && previous.n == 6499", "payload.n == 6500"}) {
        const Asked asked{text, nullptr, after(6501)};
        const Told expected = naive(workspace, *merge, asked);
        QCOMPARE(expected.size(), std::size_t{1});
        for (const std::size_t memory : {std::size_t{256} << 20, std::size_t{100'000}}) {
            QCOMPARE(found(workspace, everywhere(merge), asked, {.threads = 1, .memory = memory}), expected);
            QCOMPARE(found(workspace, everywhere(std::make_shared<LateReducer>(merge)), asked, {.threads = 1, .memory = memory}),
                     expected);
        }
    }
}

void StateSearchTest::aValueIsANumberOrAText_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("matching");
    const auto row = [](const char* typed, const char* json, bool matching) {
        QTest::addRow("%s in %s", typed, json) << QByteArray(typed) << QByteArray(json) << matching;
    };
    row("42", "42", true);
    row("42", "42.00", true);
    row("4.2e1", "42", true);
    row("42", "142", false);
    row("42", "\"order-42\"", true);
    row("\"42\"", "42", false);
    row("\"42\"", "\"A42B\"", true);
    row("12345678901234567890123", "12345678901234567890123.0", true);
    row("12345678901234567890123", "12345678901234567890124", false);
    row("0.1", "0.10000000000000000000001", false);
    row("ann", "\"Joanna Smith\"", true);
    row("ANN", "\"Joanna Smith\"", true);
    row("  ann ", "\"Ann\"", true);
    row("\" ann\"", "\"Ann\"", false);
    row("MÜLLER", "\"Frau Müller\"", true);
    row("müller", "\"FRAU MÜLLER\"", true);
    row("true", "true", true);
    row("true", "false", false);
    row("true", "\"untrue\"", true);
    row("null", "null", true);
    row("null", "0", false);
    row("[1]", "1", false);
    row("[1]", "\"a[1]\"", true);
    row("{\"a\"", "\"{\\\"a\\\":1}\"", true);
}

void StateSearchTest::aValueIsANumberOrAText()
{
    QFETCH(QByteArray, typed);
    QFETCH(QByteArray, json);
    QTEST(matches(typed, json), "matching");
}

void StateSearchTest::nothingCannotBeLookedFor()
{
    for (const char* typed : {"", "  ", "\"\""}) {
        const auto sought = replay::SoughtValue::fromText(typed);
        QVERIFY(!sought && sought.error().kind == Error::Kind::BadInput && !sought.error().hint.empty());
    }
}

void StateSearchTest::namesOfMembersAreNoValues()
{
    const auto sought = *replay::SoughtValue::fromText("name");
    const Json document = *parseJson(R"({"name":1,"a":{"name":["no","my NAME","x"]},"b/~":"Names"})");
    std::string scratch;
    std::string all;
    sought.findIn(document, scratch, [&](const std::vector<std::string>& tokens, const Json& value) {
        all += Pointer(tokens).text() + "=" + toText(value) + " ";
    });
    QCOMPARE(all, std::string(R"(/a/name/1="my NAME" /b~1~0="Names" )"));
}

void StateSearchTest::manyPlacesAreCountedAndSomeAreTold()
{
    SweepWorkspace workspace(33);
    std::string many = "[1";
    for (int i = 0; i < 99; ++i) many += ",1";
    workspace.add("1", "Placed", R"({"all":)" + many + "]}");
    workspace.commit();
    const auto done = replay::searchStates(workspace.source(), {}, queryOf({nullptr, "1"}), everywhere(model::builtIn("merge")),
                                           {}, [](const replay::StateHit& hit) {
                                               if (hit.places != 100 || hit.found.size() != replay::StateHit::kMostFound)
                                                   qFatal("%zu of %zu", hit.found.size(), std::size_t(hit.places));
                                               if (hit.alive != true || hit.type != "Placed") qFatal("it lives");
                                           });
    QVERIFY(done);
    QCOMPARE(done->hits, std::uint64_t{1});
}

void StateSearchTest::someEntitiesCanBeAsked()
{
    SweepWorkspace workspace(34);
    workspace.grow(2000, 50);
    replay::SweepScope scope;
    scope.entities = {workspace.entities().front()};
    replay::StateSearchSummary summary;
    const Told told = found(workspace, everywhere(model::builtIn("merge")), {"version > 0"}, {}, &summary, scope);
    QCOMPARE(told.size(), std::size_t{1});
    QCOMPARE(summary.looked.entities, std::uint64_t{1});
    QCOMPARE(summary.asked, std::uint64_t{1});
}

void StateSearchTest::failuresOfTheModelAreTold()
{
    SweepWorkspace workspace(35);
    for (int i = 0; i < 40; ++i) {
        workspace.add(std::to_string(i % 4), "Placed", R"({"n":)" + std::to_string(i) + "}");
        if (i % 10 == 0) workspace.add(std::to_string(i % 4), "Placed", R"({"n":)");
    }
    workspace.commit();
    std::uint64_t lacking = 0;
    const auto done =
        replay::searchStates(workspace.source(), {}, queryOf({"state.n >= 36"}), everywhere(model::builtIn("merge")), {},
                             [&](const replay::StateHit& hit) { lacking += hit.failures; });
    QVERIFY(done);
    QCOMPARE(done->hits, std::uint64_t{4});
    QCOMPARE(done->failures.events, std::uint64_t{4});
    QCOMPARE(lacking, std::uint64_t{4});
}

void StateSearchTest::pathsAndTypesThatDoNotFitAreTold()
{
    SweepWorkspace workspace(36);
    for (int i = 0; i < 5; ++i)
        for (int n = 0; n < 3; ++n) workspace.add(std::to_string(i), "Placed", R"({"n":")" + std::to_string(n) + R"("})");
    workspace.commit();
    replay::StateSearchSummary summary;
    QVERIFY(found(workspace, everywhere(model::builtIn("merge")), {"state.n > 2 || payload.nn > 0"}, {}, &summary).empty());
    QCOMPARE(summary.mismatches.size(), std::size_t{1});
    QCOMPARE(summary.mismatches.front().text("entity", "entities"),
             std::string("5 entities hold text at state.n: use number(state.n)"));
    QVERIFY((summary.absentPaths == std::vector<std::string>{"payload.nn"}));
}

void StateSearchTest::itCanBeStopped()
{
    SweepWorkspace workspace(37);
    workspace.grow(3000, 20);
    std::stop_source stop;
    const auto done =
        replay::searchStates(workspace.source(), {}, queryOf({"version > 0"}), everywhere(model::builtIn("merge")),
                             {.threads = 1, .stop = stop.get_token()}, [&](const replay::StateHit&) { stop.request_stop(); });
    QVERIFY(!done && done.error().kind == Error::Kind::Cancelled);
}

void StateSearchTest::laterEventsCountAsLookedAt()
{
    SweepWorkspace workspace(38);
    workspace.grow(1000, 30);
    replay::StateSearchSummary whole, early;
    const auto models = everywhere(model::builtIn("merge"));
    found(workspace, models, {nullptr, "2"}, {}, &whole);
    found(workspace, models, {nullptr, "2", after(100)}, {}, &early);
    QCOMPARE(early.looked.events, whole.looked.events);
    QVERIFY(early.asked < whole.asked);
    QVERIFY(early.asked > 0);
}

QTEST_GUILESS_MAIN(StateSearchTest)
#include "test_state_search.moc"
