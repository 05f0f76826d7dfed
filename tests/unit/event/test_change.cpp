#include "core/event/change.h"

#include "tests/unit/event/random_json.h"
#include "tests/unit/event/samples.h"

#include <QTest>

using namespace hindcast;
using hindcast::test::json;

namespace {

std::string differenceOf(const char* from, const char* to) { return toText(toPatch(difference(json(from), json(to)))); }

}  // namespace

class TestChange : public QObject {
    Q_OBJECT
private slots:
    void aDifferenceLeadsFromOneDocumentToTheOther();
    void onlyWhatDiffersIsListed();
    void arraysGrowAndShrinkAtTheEnd();
    void anEmptyRootComesAndGoesAsAWhole();
};

void TestChange::aDifferenceLeadsFromOneDocumentToTheOther()
{
    test::RandomJson random(41);
    for (int i = 0; i < 20'000; ++i) {
        const Json from = random.below(50) == 0 ? Json(Json::value_t::discarded) : random.value(5);
        const Json to = random.below(50) == 0   ? Json(Json::value_t::discarded)
                        : from.is_discarded()   ? random.value(5)
                        : random.below(10) == 0 ? random.value(5)
                                                : random.mutated(from, 5);
        const Changes changes = difference(from, to);
        QCOMPARE(changes.empty(), sameText(from, to));
        Json document = from;
        Changes written;
        const auto applied = applyPatch(document, toPatch(changes), &written);
        QVERIFY2(applied, applied ? "" : applied.error().text().c_str());
        QVERIFY2(sameText(document, to), (toText(from) + " -> " + toText(to)).c_str());
        // Each old value is the one that stood there when its turn came.
        QCOMPARE(toText(toPatch(written)), toText(toPatch(changes)));
    }
}

void TestChange::onlyWhatDiffersIsListed()
{
    QCOMPARE(differenceOf(R"({"a":1,"b":{"c":2,"d":3}})", R"({"b":{"d":3,"c":2.0},"e":[]})"),
             std::string(R"([{"op":"remove","path":"/a","old":1},{"op":"replace","path":"/b/c","value":2.0,"old":2},)"
                         R"({"op":"add","path":"/e","value":[]}])"));
    QCOMPARE(differenceOf(R"({"a/b":1,"~":2,"":3})", R"({"a/b":9,"~":2,"":4})"),
             std::string(R"([{"op":"replace","path":"/a~1b","value":9,"old":1},{"op":"replace","path":"/","value":4,"old":3}])"));
    QCOMPARE(differenceOf(R"({"a":{}})", R"({"a":[]})"), std::string(R"([{"op":"replace","path":"/a","value":[],"old":{}}])"));
    QCOMPARE(differenceOf(R"({"a":null})", "{}"), std::string(R"([{"op":"remove","path":"/a","old":null}])"));
    QCOMPARE(differenceOf(R"({"a":1,"b":2})", R"({"b":2,"a":1})"), std::string("[]"));
}

void TestChange::arraysGrowAndShrinkAtTheEnd()
{
    QCOMPARE(differenceOf("[1,2,3,4]", "[1,5]"),
             std::string(R"([{"op":"replace","path":"/1","value":5,"old":2},{"op":"remove","path":"/3","old":4},)"
                         R"({"op":"remove","path":"/2","old":3}])"));
    QCOMPARE(differenceOf("[1]", "[1,2,3]"),
             std::string(R"([{"op":"add","path":"/1","value":2},{"op":"add","path":"/2","value":3}])"));
}

void TestChange::anEmptyRootComesAndGoesAsAWhole()
{
    const Json none(Json::value_t::discarded);
    QCOMPARE(toText(toPatch(difference(none, json("{}")))), std::string(R"([{"op":"add","path":"","value":{}}])"));
    QCOMPARE(toText(toPatch(difference(json("[1]"), none))), std::string(R"([{"op":"remove","path":"","old":[1]}])"));
    QVERIFY(difference(none, none).empty());
}

QTEST_APPLESS_MAIN(TestChange)
#include "test_change.moc"
