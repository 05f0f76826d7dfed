#include "core/event/change.h"
#include "core/event/pointer.h"

#include "tests/unit/event/random_json.h"
#include "tests/unit/event/samples.h"

#include <QTest>

using namespace hindcast;
using hindcast::test::has;
using hindcast::test::json;
using hindcast::test::member;

class TestPatch : public QObject {
    Q_OBJECT
private slots:
    void thePointerTableIsObeyed();
    void pointersReadAndWriteBack();
    void thePatchSuiteIsObeyed();
    void theMergePatchTableIsObeyed();
    void aFailedPatchLeavesTheDocumentAsItWas();
    void aRandomFailedPatchLeavesTheDocumentAsItWas();
    void whatAPatchWroteIsTold();
    void aDocumentCannotGrowTooDeep();
    void theWholeDocumentCanComeAndGo();
    void errorsNameTheOperation();
};

void TestPatch::thePointerTableIsObeyed()
{
    const QDir folder = test::samples("conf-json-pointer");
    SKIP_WITHOUT(folder);
    const Json table = json(test::readAll(folder.filePath("rfc6901-cases.json")));
    int seen = 0;
    for (const Json& row : member(table, "cases")) {
        const auto text = member(row, "pointer").get<std::string>();
        const auto pointer = Pointer::parse(text);
        QVERIFY2(pointer, text.c_str());
        QCOMPARE(pointer->text(), text);
        const Json* found = valueAt(member(table, "doc"), *pointer);
        QVERIFY2(found != nullptr, text.c_str());
        QVERIFY2(sameText(*found, member(row, "value")), text.c_str());
        ++seen;
    }
    QVERIFY(seen > 0);
}

void TestPatch::pointersReadAndWriteBack()
{
    for (const char* wrong : {"a", "a/b", "/~", "/~2", "/a~", " /a"}) QVERIFY2(!Pointer::parse(wrong), wrong);
    const auto pointer = Pointer::parse("/a~1b/~0/~01//0");
    QVERIFY(pointer);
    QCOMPARE(pointer->tokens(), (std::vector<std::string>{"a/b", "~", "~1", "", "0"}));
    QCOMPARE(pointer->parent().child("0"), *pointer);
    QVERIFY(Pointer::parse("")->isRoot());

    Json document = json(R"({"a":[10,{"":1}],"0":2})");
    const auto at = [&](const char* text) { return valueAt(document, *Pointer::parse(text)); };
    QVERIFY(sameText(*at("/a/1/"), json("1")));
    QVERIFY(sameText(*at("/0"), json("2")));
    for (const char* nowhere : {"/a/2", "/a/-", "/a/01", "/a/-1", "/a/x", "/b", "/0/0", "/a/99999999999999999999"})
        QVERIFY2(at(nowhere) == nullptr, nowhere);
    QVERIFY(arrayIndex("0") == 0U);
    QVERIFY(!arrayIndex("00") && !arrayIndex("") && !arrayIndex("+1") && !arrayIndex("1e0"));
}

void TestPatch::thePatchSuiteIsObeyed()
{
    const QDir folder = test::samples("conf-json-patch");
    SKIP_WITHOUT(folder);
    const Json suite = json(test::readAll(folder.filePath("tests.json")));
    int run = 0;
    for (const Json& row : suite) {
        if (!has(row, "patch") || has(row, "disabled")) continue;
        const std::string title = has(row, "comment") ? member(row, "comment").get<std::string>() : toText(member(row, "patch"));
        Json document = member(row, "doc");
        const auto applied = applyPatch(document, member(row, "patch"));
        if (has(row, "error")) {
            QVERIFY2(!applied, title.c_str());
            QCOMPARE(toText(document), toText(member(row, "doc")));
        } else {
            QVERIFY2(applied, (title + (applied ? "" : ": " + applied.error().text())).c_str());
            if (has(row, "expected")) QVERIFY2(sameValue(document, member(row, "expected")), title.c_str());
        }
        ++run;
    }
    QVERIFY(run > 80);
}

void TestPatch::theMergePatchTableIsObeyed()
{
    const QDir folder = test::samples("conf-merge-patch");
    SKIP_WITHOUT(folder);
    int run = 0;
    for (const Json& row : json(test::readAll(folder.filePath("rfc7386-cases.json")))) {
        Json document = member(row, "original");
        applyMergePatch(document, member(row, "patch"));
        QVERIFY2(sameText(document, member(row, "result")), toText(row).c_str());
        ++run;
    }
    QVERIFY(run > 10);
}

void TestPatch::aFailedPatchLeavesTheDocumentAsItWas()
{
    const std::string before = R"({"a":1,"b":{"c":[1,2,3]},"d":{"e":5}})";
    Json document = json(before);
    Changes changes;
    const Json patch =
        json(R"([{"op":"remove","path":"/a"},{"op":"add","path":"/b/c/1","value":9},{"op":"move","from":"/d","path":"/b/d"},
        {"op":"replace","path":"","value":{"z":[]}},{"op":"add","path":"/z/-","value":1},{"op":"test","path":"/z/0","value":2}])");
    QVERIFY(!applyPatch(document, patch, &changes));
    QCOMPARE(toText(document), before);
    QVERIFY(changes.empty());
}

void TestPatch::aRandomFailedPatchLeavesTheDocumentAsItWas()
{
    test::RandomJson random(31);
    for (int i = 0; i < 3'000; ++i) {
        const Json from = random.value(4);
        Json patch = toPatch(difference(from, random.mutated(from, 4)));
        patch.get_ref<Json::array_t&>().push_back(json(R"({"op":"test","path":"/no/such/place","value":1})"));
        Json document = from;
        QVERIFY(!applyPatch(document, patch));
        QCOMPARE(toText(document), toText(from));
    }
}

void TestPatch::whatAPatchWroteIsTold()
{
    Json document = json(R"({"a":1,"b":[1]})");
    Changes changes;
    const Json patch = json(R"([{"op":"replace","path":"/a","value":1},{"op":"add","path":"/b/-","value":2},
        {"op":"move","from":"/a","path":"/c"},{"op":"test","path":"/c","value":1},{"op":"replace","path":"/c","value":1.0}])");
    QVERIFY(applyPatch(document, patch, &changes));
    std::string told;
    for (const Change& change : changes)
        told += std::to_string(int(change.op)) + change.pointer + ' ' + toText(change.before) + ' ' + toText(change.after) + '\n';
    QCOMPARE(told, std::string("3/a 1 1\n0/b/1 null 2\n2/a 1 null\n0/c null 1\n1/c 1 1.0\n"));
    QCOMPARE(toText(document), std::string(R"({"b":[1,2],"c":1.0})"));
}

void TestPatch::aDocumentCannotGrowTooDeep()
{
    Json document = json(std::string(200, '[') + std::string(200, ']'));
    std::string path;
    for (int i = 0; i < 199; ++i) path += "/0";
    const std::string inner = std::string(100, '[') + std::string(100, ']');
    const auto add = [&](const std::string& value) {
        return applyPatch(document, json(R"([{"op":"add","path":")" + path + R"(/-","value":)" + value + "}]"));
    };
    QVERIFY(!add(inner));
    QCOMPARE(depthOf(document), std::size_t{200});
    QVERIFY(add("1"));
    QVERIFY(add(std::string(56, '[') + std::string(56, ']')));
    QCOMPARE(depthOf(document), kMaxJsonDepth);
    QVERIFY(!applyPatch(document, json(R"([{"op":"copy","from":"/0","path":"/0/0"}])")));
    QCOMPARE(depthOf(document), kMaxJsonDepth);
}

void TestPatch::theWholeDocumentCanComeAndGo()
{
    Json document(Json::value_t::discarded);
    QVERIFY(!applyPatch(document, json(R"([{"op":"replace","path":"","value":1}])")));
    QVERIFY(!applyPatch(document, json(R"([{"op":"add","path":"/a","value":1}])")));
    QVERIFY(document.is_discarded());
    QVERIFY(applyPatch(document, json(R"([{"op":"add","path":"","value":{"a":1}}])")));
    QCOMPARE(toText(document), std::string(R"({"a":1})"));
    QVERIFY(!applyPatch(document, json(R"([{"op":"remove","path":""},{"op":"test","path":"","value":null}])")));
    QCOMPARE(toText(document), std::string(R"({"a":1})"));
    QVERIFY(applyPatch(document, json(R"([{"op":"remove","path":""}])")));
    QVERIFY(document.is_discarded());
    applyMergePatch(document, json(R"({"a":{"b":null,"c":1}})"));
    QCOMPARE(toText(document), std::string(R"({"a":{"c":1}})"));
}

void TestPatch::errorsNameTheOperation()
{
    Json document = json(R"({"a":[1]})");
    const auto error = [&](const char* patch) {
        const auto applied = applyPatch(document, json(patch));
        return applied ? std::string("none") : applied.error().text();
    };
    QCOMPARE(error(R"([{"op":"add","path":"/b","value":1},{"op":"remove","path":"/c"}])"),
             std::string("cannot apply operation 2 of the patch (remove /c): there is nothing at /c"));
    QCOMPARE(error(R"([{"op":"add","path":"/a/5","value":1}])"),
             std::string("cannot apply operation 1 of the patch (add /a/5): the index 5 is beyond the end of the array"));
    QCOMPARE(error(R"([{"op":"spam","path":""}])"),
             std::string("cannot apply operation 1 of the patch (spam ): there is no such operation"));
    QCOMPARE(error("[17]"), std::string("cannot apply operation 1 of the patch: it is no object"));
    QCOMPARE(error("{}"), std::string("cannot apply the patch: it is no array of operations"));
}

QTEST_APPLESS_MAIN(TestPatch)
#include "test_patch.moc"
