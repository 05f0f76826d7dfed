#include "core/platform/process.h"
#include "tests/unit/model/program_test.h"

#include <QObject>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace hindcast;
using namespace hindcast::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* kExamples = HINDCAST_TEST_DATA "/../../resources/examples/programs";

// The demo's model of a user, which the examples are too.
constexpr const char* kRules = R"({"entity":"user","initial":{},"on":{
  "UserRegistered":[{"set":"/id","value":{"at":"/user_id"}},{"set":"/name","value":{"at":"/name"}},
                    {"set":"/email","value":{"at":"/email"}},{"set":"/status","value":{"const":"active"}}],
  "AddressAdded":[{"set":"/address","value":{"at":"/address"}}],
  "AddressChanged":[{"set":"/address","value":{"at":"/new_address"}},{"set":"/addressChangedAt","value":{"meta":"time"}}],
  "UserUpdated":[{"set":"/name","value":{"at":"/new_name"}},{"set":"/email","value":{"at":"/new_email"}}],
  "OrderPlaced":[{"append":"/orders","value":{"object":{"id":{"at":"/order_id"},"total":{"at":"/total"}}}},
                 {"add":"/spent","value":{"at":"/total"}},{"set":"/status","value":{"const":"customer"}}],
  "OrderCancelled":[{"append":"/cancelled","value":{"at":"/order_id"}},{"add":"/spent","value":{"at":"/total_change"}},
                    {"set":"/status","value":{"const":"churn-risk"}}],
  "OrderReturned":[{"append":"/returned","value":{"at":"/order_id"}},{"add":"/spent","value":{"at":"/total_change"}},
                   {"set":"/status","value":{"const":"churn-risk"}}],
  "UserDeleted":[{"end":true}]}})";

std::string money(std::mt19937& random) { return std::to_string(random() % 300) + "." + std::to_string(10 + random() % 90); }

/// A user's life as a shop tells it, with deaths and new lives.
std::vector<TestEvent> history(std::uint32_t seed, std::size_t count)
{
    std::mt19937 random(seed);
    std::vector<TestEvent> events;
    const auto text = [&] { return "\"text " + std::to_string(random() % 1000) + " \\u00e9\\\"\\n ü€😀\""; };
    const auto address = [&] {
        return R"({"street":)" + text() + R"(,"lines":[1,null,true],"zip":)" + std::to_string(random() % 90000) + "}";
    };
    for (std::size_t i = 0; i < count; ++i) {
        const std::string order = R"({"order_id":"o-)" + std::to_string(random() % 100) + "\"";
        switch (random() % 12) {
            case 0:
                events.push_back({"UserRegistered", R"({"user_id":"u-1","name":)" + text() + R"(,"email":"a@b.example"})"});
                break;
            case 1: events.push_back({"AddressAdded", "{\n  \"address\": " + address() + "\n}"}); break;
            case 2: events.push_back({"AddressChanged", R"({"new_address":)" + address() + "}"}); break;
            case 3: events.push_back({"UserUpdated", R"({"new_name":)" + text() + "}"}); break;
            case 4: events.push_back({"UserUpdated", R"({"new_email":)" + text() + "}"}); break;
            case 5: events.push_back({"OrderCancelled", order + R"(,"total_change":-)" + money(random) + "}"}); break;
            case 6: events.push_back({"OrderReturned", order + R"(,"total_change":-)" + money(random) + "}"}); break;
            case 7: events.push_back({"PageViewed", R"({"page":1e2})"}); break;
            case 8:
                if (random() % 8 == 0) events.push_back({"UserDeleted", "{}"});
                if (random() % 8 == 0) events.push_back({"", "", EventKind::Tombstone});
                break;
            default: events.push_back({"OrderPlaced", order + R"(,"total":)" + money(random) + "}"});
        }
    }
    return events;
}

}  // namespace

class ProgramExamplesTest : public QObject {
    Q_OBJECT

private slots:
    void eachExampleFoldsAHistoryLikeSetRules_data()
    {
        QTest::addColumn<QString>("language");
        for (const char* language : {"python", "node", "go"}) QTest::newRow(language) << QString(language);
    }
    void eachExampleFoldsAHistoryLikeSetRules()
    {
        QFETCH(QString, language);
        const model::Program program = example(language);
        if (program.command.empty()) QSKIP(qPrintable("there is no " + language + " on this machine"));
        const auto runtime = runtimeForPrograms({.start = 30s});
        const auto reducer = model::programReducer(runtime, program);
        for (const std::uint32_t seed : {1u, 2u, 3u}) {
            const auto events = history(seed, 700);
            Told told;
            auto run = reducer->start(told, {});
            QVERIFY2(run.has_value(), run ? "" : run.error().text().c_str());
            QVERIFY(well((*run)->begin(seed, {"user", "u-1"}, Version{0}, nullptr, model::Detail::States)));
            for (std::size_t i = 0; i < events.size(); ++i) QVERIFY(well((*run)->feed(inputOf(events[i], i + 1))));
            QVERIFY(well((*run)->drain()));
            QVERIFY2(told.errors.empty(), told.errors.empty() ? "" : told.errors.front().message.c_str());
            QCOMPARE(told.lines.size(), events.size());

            const auto rules = model::setRules(json(kRules));
            QVERIFY(rules.has_value());
            model::FoldState state;
            for (std::size_t i = 0; i < events.size(); ++i) {
                std::string padded = events[i].payload;
                padded.reserve(padded.size() + 64);
                model::Input input = inputOf(events[i], i + 1);
                input.payload = padded;
                QVERIFY((*rules)->evolve(state, input, nullptr).has_value());
                const Json theirs = told.lines[i].text == "(dead)" ? Json(Json::value_t::discarded) : json(told.lines[i].text);
                if (state.alive ? sameValue(theirs, state.document) : theirs.is_discarded()) continue;
                QFAIL(qPrintable(language + " differs at version " + QString::number(i + 1) + ":\n" + q(text(theirs)) + "\n" +
                                 q(text(state.document))));
            }
        }
    }

    void eachExampleGoesOnFromAState_data() { eachExampleFoldsAHistoryLikeSetRules_data(); }
    void eachExampleGoesOnFromAState()
    {
        QFETCH(QString, language);
        const model::Program program = example(language);
        if (program.command.empty()) QSKIP(qPrintable("there is no " + language + " on this machine"));
        const auto reducer = model::programReducer(runtimeForPrograms({.start = 30s}), program);
        Told told;
        auto run = reducer->start(told, {});
        QVERIFY2(run.has_value(), run ? "" : run.error().text().c_str());
        model::FoldState from{
            json(R"({"id":"u-1","name":"Ada","status":"customer","orders":[{"id":"o-1","total":10.25}],"spent":10.25})"), true};
        QVERIFY(well((*run)->begin(1, {"user", "u-1"}, Version{4}, &from, model::Detail::Nothing)));
        QVERIFY(well((*run)->feed(inputOf({"OrderPlaced", R"({"order_id":"o-2","total":0.50})"}, 5))));
        // What cannot be applied changes nothing, is told by its version, and what follows is folded.
        QVERIFY(well((*run)->feed(inputOf({"OrderPlaced", R"({"order_id":"o-3"})"}, 6))));
        QVERIFY(well((*run)->feed(inputOf({"UserUpdated", R"({"new_name":"Ada L."})"}, 7))));
        QVERIFY(well((*run)->askState()));
        // An entity that is not born by an event that fails.
        QVERIFY(well((*run)->begin(2, {"user", "u-2"}, Version{0}, nullptr, model::Detail::Nothing)));
        QVERIFY(well((*run)->feed(inputOf({"UserRegistered", R"({"name":"nobody"})"}, 1))));
        QVERIFY(well((*run)->askState()));
        QVERIFY(well((*run)->drain()));
        QCOMPARE(told.errors.size(), std::size_t{2});
        QVERIFY(told.of('e')[0].starts_with("6 "));
        COMPARE_TEXT(told.errors[0].handler, std::string("OrderPlaced"));
        QVERIFY(told.errors[1].message.contains("a user registers with a user_id"));
        QCOMPARE(told.of('s').size(), std::size_t{2});
        const Json expected = json(
            R"({"id":"u-1","name":"Ada L.","status":"customer","orders":[{"id":"o-1","total":10.25},{"id":"o-2","total":0.5}],"spent":10.75})");
        QVERIFY2(sameValue(json(told.of('s')[0].substr(2)), expected), told.of('s')[0].c_str());
        QCOMPARE(told.of('s')[1], std::string("1 (dead)"));
    }

private:
    /// How to start an example; no command: its language is not there.
    model::Program example(const QString& language)
    {
        const std::string folder = std::string(kExamples) + "/" + language.toStdString();
        if (language == "python") return {{"python3", "user.py"}, folder};
        if (language == "node")
            return QStandardPaths::findExecutable("node").isEmpty() ? model::Program{}
                                                                    : model::Program{{"node", "user.mjs"}, folder};
        if (QStandardPaths::findExecutable("go").isEmpty()) return {};
        const std::string program = built_.filePath("user").toStdString();
        if (!QFile::exists(q(program))) {
            auto build = platform::Process::start({.command = {"go", "build", "-o", program, "."},
                                                   .folder = folder,
                                                   .environment = {{"GOFLAGS", "-mod=mod"}, {"GOTOOLCHAIN", "local"}}});
            if (!build) qFatal("%s", build.error().text().c_str());
            if (const std::string how = (*build)->end(300s); how != "ended with 0")
                qFatal("go build %s: %s", how.c_str(), (*build)->lastWords().c_str());
        }
        return {{program}};
    }

    QTemporaryDir built_;
};

QTEST_GUILESS_MAIN(ProgramExamplesTest)
#include "test_program_examples.moc"
