#include "core/model/rule_draft.h"
#include "tests/unit/model/model_test.h"

#include <QObject>

using namespace hindcast;
using namespace hindcast::test;

namespace {

model::RuleDraft draft(const char* type, const char* operation, const char* target, const char* value)
{
    model::RuleDraft made{type, operation, target, {}};
    if (value) made.value = json(value);
    return made;
}

Json with(const std::optional<Json>& before, const model::RuleDraft& rule)
{
    auto made = model::withRule(before, "order", false, rule);
    if (!made) qFatal("the rule of a test is wrong: %s", made.error().text().c_str());
    return std::move(*made);
}

std::unique_ptr<model::Reducer> reducer(const Json& document) { return std::move(*model::setRules(document)); }

}  // namespace

class RuleDraftTest : public QObject {
    Q_OBJECT

private slots:
    void aFirstRuleKeepsAllThatMergeShowed()
    {
        const Json document = with({}, draft("OrderPaid", "add", "/paid", R"({"at":"/total"})"));
        COMPARE_TEXT(toText(document), std::string(R"({"entity":"order","initial":{},"on":{"OrderPaid":[)"
                                                   R"({"merge":"","except":["/paid"]},{"add":"/paid","value":{"at":"/total"}}]},)"
                                                   R"("otherwise":[{"merge":""}]})"));
        Fold merged(model::builtIn("merge"));
        Fold ruled(reducer(document));
        for (Fold* fold : {&merged, &ruled}) {
            fold->on({"OrderPlaced", R"({"id":"o-1","paid":0,"nickname":null,"list":[1.50]})"});
            fold->on({"OrderPaid", R"({"total":12.50,"method":"card"})"}).on({"OrderPaid", R"({"total":7.50})"});
        }
        COMPARE_TEXT(merged.now(), std::string(R"({"id":"o-1","paid":0,"list":[1.50],"total":7.50,"method":"card"})"));
        COMPARE_TEXT(ruled.now(), std::string(R"({"id":"o-1","paid":20.00,"list":[1.50],"total":7.50,"method":"card"})"));
    }

    void aRuleOnTheVeryFieldThatMergeWritesCountsItOnce()
    {
        Fold fold(reducer(with({}, draft("OrderPaid", "add", "/total", R"({"at":"/total"})"))));
        fold.on({"OrderPaid", R"({"total":12.50})"}).on({"OrderPaid", R"({"total":7.50})"});
        COMPARE_TEXT(fold.now(), std::string(R"({"total":20.00})"));
        fold.on({"OrderReset", R"({"total":1})"});  // another type merges as before
        COMPARE_TEXT(fold.now(), std::string(R"({"total":1})"));
    }

    void furtherRulesComeAfterThoseThatAreThere()
    {
        const Json one = with({}, draft("A", "set", "/x", R"({"at":"/a"})"));
        const Json two = with(one, draft("A", "append", "/list", R"({"meta":"time"})"));
        COMPARE_TEXT(toText(*valueAt(two, *Pointer::parse("/on/A"))),
                     std::string(R"([{"merge":"","except":["/x","/list"]},{"set":"/x","value":{"at":"/a"}},)"
                                 R"({"append":"/list","value":{"meta":"time"}}])"));
        const Json three = with(two, draft("B", "end", "", nullptr));
        COMPARE_TEXT(toText(*valueAt(three, *Pointer::parse("/on/B"))), std::string(R"([{"merge":""},{"end":true}])"));
        const Json all = with(three, draft("*", "set", "/seen", R"({"meta":"time"})"));
        COMPARE_TEXT(toText(*valueAt(all, *Pointer::parse("/on/B"))),
                     std::string(R"([{"merge":"","except":["/seen"]},{"end":true}])"));
        COMPARE_TEXT(toText(*valueAt(all, *Pointer::parse("/otherwise"))), std::string(R"([{"merge":"","except":["/seen"]}])"));
    }

    void aMergeOfAllTypesDoesNotUndoTheRuleOfOne()
    {
        const Json before = json(R"({"entity":"order","on":{"*":[{"merge":""}]}})");
        const Json after = with(before, draft("OrderPaid", "add", "/paid", R"({"at":"/paid"})"));
        COMPARE_TEXT(
            toText(*valueAt(after, *Pointer::parse("/on"))),
            std::string(R"({"*":[{"merge":"","except":["/paid"]}],"OrderPaid":[{"add":"/paid","value":{"at":"/paid"}}]})"));
        Fold fold(reducer(after));
        fold.on({"OrderPaid", R"({"paid":12.50,"by":"card"})"}).on({"OrderPaid", R"({"paid":7.50})"});
        COMPARE_TEXT(fold.now(), std::string(R"({"paid":20.00,"by":"card"})"));
    }

    void aStoredModelThatIsNoRulesIsAnErrorWithItsReason()
    {
        const model::RuleDraft any = draft("A", "set", "/x", R"({"at":"/a"})");
        for (const char* wrong :
             {R"({"entity":"order","on":{"A":{}}})", R"({"entity":"order","on":{"A":[5]}})", R"({"entity":"order","on":[]})",
              R"({"entity":"order","on":{"A":[{"merge":"","except":"/x"}]}})", R"({"entity":"order"})", R"({"builtIn":5})",
              R"({"entity":"order","on":{},"otherwise":7})"}) {
            const auto made = model::withRule(json(wrong), "order", false, any);
            QVERIFY2(!made.has_value(), wrong);
            QVERIFY2(!made.error().why.empty(), wrong);
        }
    }

    void whatCannotBecomeRulesIsSaid()
    {
        const model::RuleDraft any = draft("A", "set", "/x", R"({"at":"/a"})");
        QVERIFY(!model::withRule({}, "public.users", true, any).has_value());
        QVERIFY(!model::withRule(json(R"({"builtIn":"patch"})"), "order", false, any).has_value());
        QVERIFY(model::withRule(json(R"({"builtIn":"merge"})"), "order", false, any).has_value());
        const auto wrong = model::withRule({}, "order", false, draft("A", "set", "x", R"({"at":"/a"})"));
        QVERIFY(!wrong.has_value());
        QVERIFY2(wrong.error().why.find("'x' is no JSON Pointer") != std::string::npos, wrong.error().why.c_str());
        QVERIFY(!model::withRule({}, "order", false, draft("", "set", "/x", R"({"at":"/a"})")).has_value());
    }

    void aCategorysModelIsReplacedOrGoesBackToTheDefault()
    {
        const Json one = model::withModel({}, "order", json(R"({"builtIn":"latest"})"));
        COMPARE_TEXT(toText(one), std::string(R"({"order":{"builtIn":"latest"}})"));
        COMPARE_TEXT(toText(model::withModel(one, "user", json("{}"))),
                     std::string(R"({"order":{"builtIn":"latest"},"user":{}})"));
        COMPARE_TEXT(toText(model::withModel(one, "order", {})), std::string("{}"));
    }
};

QTEST_APPLESS_MAIN(RuleDraftTest)
#include "test_rule_draft.moc"
