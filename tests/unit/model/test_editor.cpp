#include "core/model/editor.h"
#include "tests/unit/model/model_test.h"

#include <QObject>

using namespace hindcast;
using namespace hindcast::test;
using hindcast::model::FoldState;
using hindcast::model::StateEditor;
using hindcast::model::UndoLog;
using hindcast::model::ValueView;

namespace {

Pointer at(std::string_view pointer) { return *Pointer::parse(pointer); }

FoldState living(std::string_view document) { return {json(document), true}; }

}  // namespace

class EditorTest : public QObject {
    Q_OBJECT

private slots:
    void anEditTellsItsLeavesWithOldValues()
    {
        FoldState state = living(R"({"name":"Ann","address":{"city":"Rome","zip":"1"},"tags":[1,2,3]})");
        Changes changes;
        StateEditor editor(state, &changes);
        const Json address = json(R"({"city":"Rome","zip":"2","country":"IT"})");
        QVERIFY(editor.set(at("/address"), ValueView(address)));
        COMPARE_TEXT(line(changes),
                     std::string(R"(same /address/city; replace /address/zip "1"->"2"; add /address/country "IT")"));
        changes.clear();
        const Json tags = json("[1,5]");
        QVERIFY(editor.set(at("/tags"), ValueView(tags)));
        COMPARE_TEXT(line(changes), std::string("same /tags/0; replace /tags/1 2->5; remove /tags/2 3"));
        changes.clear();
        const Json number = json("7");
        QVERIFY(editor.set(at("/deep/er/x"), ValueView(number)));
        COMPARE_TEXT(line(changes), std::string(R"(add /deep {"er":{"x":7}})"));
        changes.clear();
        QVERIFY(editor.set(at("/address"), ValueView(number)));
        COMPARE_TEXT(line(changes), std::string(R"(replace /address {"city":"Rome","zip":"2","country":"IT"}->7)"));
        changes.clear();
        editor.end();
        COMPARE_TEXT(line(changes), std::string(R"(remove  {"name":"Ann","address":7,"tags":[1,5],"deep":{"er":{"x":7}}})"));
        QVERIFY(!state.alive && state.document.is_discarded());
    }

    void anItemTakenFromTheMiddleShiftsTheOthers()
    {
        FoldState state = living(R"({"a":[1,2,2,3]})");
        Changes changes;
        StateEditor editor(state, &changes);
        QVERIFY(*editor.remove(at("/a/0")));
        COMPARE_TEXT(line(changes), std::string("replace /a/0 1->2; replace /a/2 2->3; remove /a/3 3"));
        QVERIFY(sameText(applied(json(R"({"a":[1,2,2,3]})"), changes), state.document));
        changes.clear();
        const Json nine = json("9");
        QVERIFY(editor.insert(at("/a/1"), ValueView(nine)));
        COMPARE_TEXT(line(changes), std::string("replace /a/1 2->9; replace /a/2 3->2; add /a/3 3"));
        COMPARE_TEXT(text(state.document), std::string(R"({"a":[2,9,2,3]})"));
    }

    void anEditThatCannotBeDoneChangesNothingAndSaysWhy()
    {
        FoldState state = living(R"({"name":"Ann","a":[1]})");
        Changes changes;
        UndoLog undo;
        StateEditor editor(state, &changes, &undo);
        const Json one = json("1");
        COMPARE_TEXT(editor.set(at("/name/x"), ValueView(one)).error(), std::string("/name is text and can hold nothing"));
        COMPARE_TEXT(editor.set(at("/a/x"), ValueView(one)).error(), std::string("/a is an array, and 'x' is no index"));
        COMPARE_TEXT(editor.set(at("/a/3"), ValueView(one)).error(), std::string("/a has 1 items, and no place 3"));
        COMPARE_TEXT(editor.append(at("/name"), ValueView(one)).error(), std::string("/name is text and no array"));
        COMPARE_TEXT(editor.insert(at("/b/c"), ValueView(one)).error(), std::string("/b is not there"));
        QVERIFY(!editor.remove(at("")));
        QVERIFY(!*editor.remove(at("/zzz")));
        QVERIFY(changes.empty());
        COMPARE_TEXT(text(state.document), std::string(R"({"name":"Ann","a":[1]})"));
    }

    void aStateDoesNotGrowDeeperThanTheLimit()
    {
        FoldState state = living("{}");
        StateEditor editor(state);
        std::string pointer;
        for (int i = 0; i < 250; ++i) pointer += "/d";
        const Json seven = json("[[[[[[7]]]]]]");
        const Json six = json("[[[[[6]]]]]");
        QVERIFY(editor.set(at(pointer), ValueView(six)));
        QVERIFY(editor.set(at(pointer), ValueView(seven)));
        QCOMPARE(depthOf(state.document), std::size_t{256});
        QVERIFY(!editor.set(at(pointer + "/0"), ValueView(seven)));
        QVERIFY(!editor.append(at(pointer), ValueView(seven)));
        QVERIFY(!editor.merge(at(pointer + "/0"), ValueView(seven)));
        QCOMPARE(depthOf(state.document), std::size_t{256});
    }

    void randomEditsTellWhatTheyDidAndCanBeTakenBack()
    {
        RandomJson random(11);
        for (int round = 0; round < 3000; ++round) {
            FoldState recorded{random.object(3), true};
            FoldState undone = recorded;
            FoldState quiet = recorded;
            const FoldState before = recorded;
            Changes changes;
            UndoLog undo;
            for (int step = 0; step < 4; ++step) {
                std::string pointer;
                for (std::size_t i = random.below(3); i > 0; --i)
                    pointer += "/" + (random.below(3) == 0 ? std::to_string(random.below(3)) : random.name());
                const Json value = random.value(2);
                const std::size_t what = random.below(7);
                const auto edit = [&](StateEditor editor) {
                    switch (what) {
                        case 0: (void)editor.set(at(pointer), ValueView(value)); break;
                        case 1: (void)editor.insert(at(pointer), ValueView(value)); break;
                        case 2: (void)editor.append(at(pointer), ValueView(value)); break;
                        case 3: (void)editor.merge(at(pointer), ValueView(value)); break;
                        case 4: (void)editor.remove(at(pointer)); break;
                        case 5: (void)editor.removeItem(at(pointer), value); break;
                        default:
                            if (random.below(8) == 0) editor.end();
                            editor.begin(json(R"({"born":1})"));
                            break;
                    }
                };
                // One random choice for the three of them.
                RandomJson same = random;
                edit(StateEditor(recorded, &changes));
                random = same;
                edit(StateEditor(undone, nullptr, &undo));
                random = same;
                edit(StateEditor(quiet));
                if (!quiet.alive) break;
            }
            QVERIFY(sameText(quiet.document, recorded.document));
            QVERIFY(sameText(quiet.document, undone.document));
            QVERIFY2(sameText(applied(before.document, changes), quiet.document), line(changes).c_str());
            undo.takeBack(undone);
            COMPARE_TEXT(text(undone.document), text(before.document));
            QCOMPARE(undone.alive, before.alive);
        }
    }
};

QTEST_APPLESS_MAIN(EditorTest)
#include "test_editor.moc"
