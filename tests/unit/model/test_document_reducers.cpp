#include "tests/unit/model/model_test.h"

#include <QDir>
#include <QFile>
#include <QObject>

using namespace hindcast;
using namespace hindcast::test;
using hindcast::model::builtIn;

class DocumentReducersTest : public QObject {
    Q_OBJECT

private slots:
    void theBuiltInModelsGoByName()
    {
        for (const char* name : {"merge", "patch", "latest", "debezium", "fields"}) {
            const auto reducer = builtIn(name);
            QVERIFY(reducer);
            COMPARE_TEXT(reducer->name(), std::string(name));
            COMPARE_TEXT(reducer->clone()->hash(), reducer->hash());
            QVERIFY(!reducer->describe().empty());
        }
        QVERIFY(!builtIn("nonsense"));
        COMPARE_TEXT(model::defaultReducer(true)->name(), std::string("debezium"));
    }

    void mergeKeepsTheLastSeenValues()
    {
        Fold fold(builtIn("merge"));
        fold.payload(R"({"name":"Ann","address":{"city":"Rome","zip":"1"},"gone":1})");
        COMPARE_TEXT(line(fold.changes),
                     std::string(R"(add  {}; add /name "Ann"; add /address {"city":"Rome","zip":"1"}; add /gone 1)"));
        fold.payload(R"({"name":"Ann","address":{"zip":"2","street":null},"gone":null})");
        COMPARE_TEXT(line(fold.changes), std::string(R"(same /name; replace /address/zip "1"->"2"; remove /gone 1)"));
        COMPARE_TEXT(fold.now(), std::string(R"({"name":"Ann","address":{"city":"Rome","zip":"2"}})"));
        fold.payload(R"(119.90)");
        COMPARE_TEXT(fold.now(), std::string("119.90"));
        fold.payload(R"({"a":{"b":null,"c":1}})");
        COMPARE_TEXT(fold.now(), std::string(R"({"a":{"c":1}})"));
    }

    void aTombstoneEndsTheLifeAndALaterEventBeginsANewOne()
    {
        for (const char* name : {"merge", "latest", "fields", "patch"}) {
            Fold fold(builtIn(name));
            const std::string payload =
                std::string_view(name) == "patch" ? R"([{"op":"add","path":"/a","value":1}])" : R"({"a":1})";
            fold.on({.kind = EventKind::Tombstone});
            QVERIFY(!fold.state.alive && fold.changes.empty());
            fold.payload(payload).on({.kind = EventKind::Tombstone});
            QVERIFY(!fold.state.alive);
            COMPARE_TEXT(line(fold.changes), std::string(R"(remove  {"a":1})"));
            fold.payload(payload);
            COMPARE_TEXT(fold.now(), std::string(R"({"a":1})"));
        }
    }

    void anEventWhosePayloadCannotBeReadLeavesTheStateAlone()
    {
        for (const char* name : {"merge", "latest", "fields", "patch"}) {
            Fold fold(builtIn(name));
            fold.payload(R"({"a":)");
            QVERIFY(!fold.state.alive);
            QVERIFY2(fold.error.find("no valid JSON") != std::string::npos, fold.error.c_str());
        }
    }

    void theLastPayloadIsTheStateOfLatest()
    {
        Fold fold(builtIn("latest"));
        fold.payload(R"({"a":1,"b":null,"c":{"d":1}})").payload(R"({"b":2,"c":{"d":1,"e":2}})");
        COMPARE_TEXT(line(fold.changes), std::string("remove /a 1; replace /b null->2; same /c/d; add /c/e 2"));
        COMPARE_TEXT(fold.now(), std::string(R"({"b":2,"c":{"d":1,"e":2}})"));
        fold.payload("[1]");
        COMPARE_TEXT(fold.now(), std::string("[1]"));
    }

    void newFieldsSetAndOldFieldsAreLeftOut()
    {
        Fold fold(builtIn("fields"));
        fold.payload(R"({"name":"Ann","address":{"city":"Rome","zip":"1"}})");
        fold.payload(
            R"({"new_name":"Anna","name":"ignored","old_name":"Ann","new_address":{"city":"Oslo"},"seen":true,"new_phone":null})");
        COMPARE_TEXT(fold.now(), std::string(R"({"name":"Anna","address":{"city":"Oslo"},"seen":true,"phone":null})"));
        fold.payload(R"({"old_name":"x","new_":1,"phone":null})");
        COMPARE_TEXT(fold.now(), std::string(R"({"name":"Anna","address":{"city":"Oslo"},"seen":true,"new_":1})"));
    }

    void aPatchAppliesWholeOrNotAtAll()
    {
        Fold fold(builtIn("patch"));
        fold.payload(
            R"([{"op":"add","path":"/a","value":[1,2]},{"op":"add","path":"/a/1","value":9},{"op":"copy","from":"/a","path":"/b"}])");
        COMPARE_TEXT(fold.now(), std::string(R"({"a":[1,9,2],"b":[1,9,2]})"));
        fold.payload(
            R"({"patch":[{"op":"move","from":"/b/0","path":"/c"},{"op":"remove","path":"/a"},{"op":"test","path":"/c","value":2}]})");
        COMPARE_TEXT(fold.error, std::string("patch operation 3: /c has another value: the test fails"));
        COMPARE_TEXT(fold.now(), std::string(R"({"a":[1,9,2],"b":[1,9,2]})"));
        fold.payload(R"({"patch":[{"op":"move","from":"/b/0","path":"/c"},{"op":"test","path":"/c","value":1.0}]})");
        COMPARE_TEXT(fold.now(), std::string(R"({"a":[1,9,2],"b":[9,2],"c":1})"));
        fold.payload(R"({"x":1})");
        COMPARE_TEXT(fold.error, std::string("patch: the payload is no JSON Patch"));
        fold.payload(R"([{"op":"replace","path":"","value":5},{"op":"frob","path":"","value":1}])");
        COMPARE_TEXT(fold.error, std::string("patch operation 2: there is no operation 'frob'"));
        COMPARE_TEXT(fold.now(), std::string(R"({"a":[1,9,2],"b":[9,2],"c":1})"));
    }

    void recordingDoesNotChangeTheOutcome()
    {
        RandomJson random(5);
        for (const char* name : {"merge", "latest", "fields"}) {
            Fold recorded(builtIn(name));
            Fold quiet(builtIn(name));
            Json reference = Json::object();
            for (int i = 0; i < 3000; ++i) {
                const Json payload = random.value(3);
                TestEvent event{.payload = toText(payload)};
                if (random.below(50) == 0) event = {.kind = EventKind::Tombstone};
                recorded.on(event);
                quiet.quietly(event);
                QVERIFY(sameText(recorded.state.document, quiet.state.document));
                if (std::string_view(name) != "merge") continue;
                if (event.kind == EventKind::Tombstone) {
                    reference = Json::object();
                } else {
                    applyMergePatch(reference, payload);
                    QVERIFY(sameText(recorded.state.document, reference));
                }
            }
        }
    }

    void thePatchSuiteOfJsonPatchTestsPasses()
    {
        const QDir folder(QStringLiteral(HINDCAST_SAMPLES "/conf-json-patch"));
        if (!folder.exists()) QSKIP("the json-patch-tests samples are not here");
        int cases = 0;
        for (const QString& name : folder.entryList({QStringLiteral("*.json")})) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const Json suite = json(file.readAll().toStdString());
            if (!suite.is_array()) continue;
            for (const Json& item : suite) {
                if (!item.contains("doc") || !item.contains("patch") || item.contains("disabled")) continue;
                Fold fold(builtIn("patch"));
                fold.state = {item["doc"], true};
                fold.payload(toText(item["patch"]));
                const std::string words = toText(item);
                if (item.contains("error")) {
                    QVERIFY2(!fold.error.empty(), words.c_str());
                    QVERIFY2(sameText(fold.state.document, item["doc"]), words.c_str());
                } else {
                    QVERIFY2(fold.error.empty(), (words + "\n" + fold.error).c_str());
                    if (item.contains("expected")) QVERIFY2(sameValue(fold.state.document, item["expected"]), words.c_str());
                }
                ++cases;
            }
        }
        QVERIFY(cases > 50);
    }
};

QTEST_APPLESS_MAIN(DocumentReducersTest)
#include "test_document_reducers.moc"
