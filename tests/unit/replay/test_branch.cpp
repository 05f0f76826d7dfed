#include "core/replay/branch.h"
#include "core/replay/branch_compare.h"
#include "core/replay/branch_history.h"
#include "tests/unit/replay/test_log.h"

#include <QObject>

#include <algorithm>

using namespace hindcast;
using namespace hindcast::test;
using hindcast::replay::addedEvent;
using hindcast::replay::Branch;
using hindcast::replay::BranchEdit;
using hindcast::replay::BranchHistory;
using hindcast::replay::BranchLog;
using hindcast::replay::BranchTypes;
using hindcast::replay::EventRef;

namespace {

EventId stored(std::int64_t offset) { return {PartId{1}, Offset{offset}}; }

TestLog randomLog(std::uint32_t seed, int events)
{
    RandomJson random(seed);
    TestLog log;
    log.types = {"Changed", "Renamed", "Closed"};
    for (int i = 0; i < events; ++i) {
        const TypeId type{static_cast<std::uint32_t>(random.below(3))};
        if (random.below(20) == 0)
            log.add("", EventKind::Tombstone);
        else
            log.add(toText(random.object(3)), EventKind::Plain, type);
    }
    return log;
}

std::vector<store::TypeCount> typesOf(const TestLog& log)
{
    std::vector<store::TypeCount> types;
    for (std::size_t i = 0; i < log.types.size(); ++i) types.push_back({TypeId{static_cast<std::uint32_t>(i)}, log.types[i], 1});
    return types;
}

/// A branch over a log, with all that its replay needs.
struct Made {
    Made(TestLog& from, const Branch& branch)
        : log(from),
          types(std::make_shared<BranchTypes>(typesOf(from))),
          history(BranchHistory::apply(branch, from.history(), *types)),
          reads(history, types),
          replay(reads.feed(std::make_unique<TestFeed>(from)), history->history(), model::builtIn("merge"),
                 reads.payloads(std::make_unique<TestPayloads>()))
    {
    }
    void become(const Branch& branch)
    {
        history = BranchHistory::apply(branch, log.history(), *types);
        reads.set(history);
        replay.setHistory(history->history());
    }

    TestLog& log;
    std::shared_ptr<BranchTypes> types;
    std::shared_ptr<const BranchHistory> history;
    BranchLog reads;
    replay::EntityReplay replay;
};

/// What a branch is to be, as plainly as can be: a vector of events that edits change one after the other.
struct Naive {
    struct Each {
        EventId id;
        std::string payload;
        EventKind kind;
        std::string type;
        bool skipped = false;
    };
    std::vector<Each> events;

    explicit Naive(const TestLog& log)
    {
        for (const auto& [id, entry] : log.entries)
            events.push_back({id, entry.payload, entry.kind, log.types[entry.type.value]});
    }
    auto at(EventId id)
    {
        return std::ranges::find_if(events, [id](const Each& each) { return each.id == id; });
    }
    void insert(std::optional<EventId> after, Each each)
    {
        events.insert(after ? std::next(at(*after)) : events.begin(), std::move(each));
    }
    [[nodiscard]] std::vector<Each> left() const
    {
        std::vector<Each> left;
        std::ranges::copy_if(events, std::back_inserter(left), [](const Each& each) { return !each.skipped; });
        return left;
    }
    [[nodiscard]] std::vector<model::FoldState> states() const
    {
        std::vector<model::FoldState> states(1);
        const auto reducer = model::builtIn("merge");
        std::uint64_t version = 0;
        for (const Each& each : left()) {
            model::FoldState state = states.back();
            std::string payload = each.payload;
            payload.reserve(payload.size() + 64);
            (void)reducer->evolve(state,
                                  {.id = each.id,
                                   .version = Version{++version},
                                   .category = "user",
                                   .entity = "1",
                                   .type = each.type,
                                   .kind = each.kind,
                                   .time = {},
                                   .payload = each.kind == EventKind::Tombstone ? std::string_view() : payload},
                                  nullptr);
            states.push_back(std::move(state));
        }
        return states;
    }
};

/// One random edit, done to both.
void editBoth(Branch& branch, Naive& naive, RandomJson& random)
{
    const auto any = [&]() -> EventId { return naive.events[random.below(naive.events.size())].id; };
    const auto place = [&]() -> std::optional<EventId> { return random.below(8) == 0 ? std::nullopt : std::optional(any()); };
    const EventId event = any();
    const std::string payload = toText(random.object(3));
    switch (random.below(4)) {
        case 0:
            branch.skip(event);
            naive.at(event)->skipped = true;
            break;
        case 1: {
            const bool typed = random.below(3) == 0;
            QVERIFY(branch.edit(event, payload, typed ? std::optional<std::string>("Invented") : std::nullopt));
            naive.at(event)->payload = payload;
            naive.at(event)->kind = EventKind::Plain;
            if (typed) naive.at(event)->type = "Invented";
            break;
        }
        case 2: {
            const auto after = place();
            branch.move(event, after ? std::optional<EventRef>(*after) : std::nullopt);
            if (after == event) break;
            Naive::Each moved = *naive.at(event);
            naive.events.erase(naive.at(event));
            naive.insert(after, std::move(moved));
            break;
        }
        default: {
            const auto after = place();
            const auto added = branch.add(after ? std::optional<EventRef>(*after) : std::nullopt, "Added", payload);
            QVERIFY(added);
            naive.insert(after, {*added, payload, EventKind::Plain, "Added"});
        }
    }
}

}  // namespace

class BranchTest : public QObject {
    Q_OBJECT

private slots:
    void editsAreTakenBackWhereverTheyStandAndNoNumberIsGivenAgain()
    {
        Branch branch("b", {"thing", "1"});
        branch.skip(stored(1));
        branch.move(stored(2), stored(3));
        branch.skip(stored(4));
        const Branch before = branch;
        QVERIFY(branch.takeBack([](const BranchEdit& edit) { return edit.event == EventRef(stored(2)); }));
        QCOMPARE(branch.edits().size(), std::size_t{2});
        QVERIFY(!branch.canRedo());
        QVERIFY(!branch.takeBack([](const BranchEdit& edit) { return edit.kind == BranchEdit::Kind::Add; }));
        branch.skip(stored(5));
        QCOMPARE(branch.edits().back().number, std::uint64_t{4});
        Branch again = before;
        again.countOn(branch);
        again.skip(stored(6));
        QCOMPARE(again.edits().back().number, std::uint64_t{5});
        QCOMPARE(again.edits().size(), std::size_t{4});
    }

    void randomEditsOfRandomHistoriesGiveWhatAVectorOfEventsGives()
    {
        for (std::uint32_t seed = 1; seed <= 60; ++seed) {
            TestLog log = randomLog(seed, 40);
            Branch branch("what if", {"user", "1"});
            Naive naive(log);
            RandomJson random(seed + 1000);
            Made made(log, branch);  // lives on: what it remembers must fit each next branch
            for (int i = 0; i < 12; ++i) {
                editBoth(branch, naive, random);
                made.become(branch);
                const auto left = naive.left();
                const auto states = naive.states();
                const auto& events = made.history->history()->events;
                QCOMPARE(events.size(), left.size());
                const auto real = log.history();
                for (std::size_t e = 0; e < left.size(); ++e) {
                    const replay::BranchEvent& event = made.history->events()[e];
                    QCOMPARE(event.origin.packed, left[e].id.packed);
                    QCOMPARE(event.added(), replay::isAdded(left[e].id));
                    if (!event.added()) QCOMPARE(real->events[event.real.value - 1].id.packed, left[e].id.packed);
                    if (e > 0 && events[e].effective < events[e - 1].effective) QFAIL("effective times fall");
                    if (event.same() && events[e].effective != real->events[event.real.value - 1].effective)
                        QFAIL("an event that is the same has another time");
                    const auto version = made.history->history()->index.find(events, events[e].id);
                    QCOMPARE(version.value, e + 1);
                }
                for (int ask = 0; ask < 6; ++ask) {
                    const Version version{random.below(states.size())};
                    const auto at = made.replay.at(version);
                    QVERIFY(at);
                    COMPARE_TEXT(text(at->document), text(states[version.value].document));
                }
            }
        }
    }

    void versionsGoThereAndBack()
    {
        TestLog log = randomLog(5, 10);
        Branch branch("b", {"user", "1"});
        branch.skip(stored(2));                         // version 3
        QVERIFY(branch.add(stored(4), "Added", "{}"));  // behind version 5
        branch.move(stored(7), stored(8));              // version 8 behind version 9
        Made made(log, branch);
        const BranchHistory& history = *made.history;
        QCOMPARE(history.shared().value, 2u);
        QVERIFY(history.parts());
        // Branch: 1 2 4 5 + 6 7 9 8 10
        QCOMPARE(history.history()->last().value, 10u);
        const std::vector<std::uint64_t> expected{0, 1, 2, 2, 3, 5, 6, 7, 7, 9, 10};
        for (std::uint64_t real = 0; real <= 10; ++real) QCOMPARE(history.branchVersion(Version{real}).value, expected[real]);
        const std::vector<std::uint64_t> back{0, 1, 3, 4, 5, 5, 6, 8, 9, 9, 10};
        for (std::uint64_t version = 0; version <= 10; ++version)
            QCOMPARE(history.realVersion(Version{version}).value, back[version]);
        QCOMPARE(history.events()[2].skippedBefore, 1u);
        QVERIFY(history.events()[4].added());
        QVERIFY(history.events()[8].moved);
        QVERIFY(history.events()[7].same());
    }

    void aMoveThatChangesNothingIsNone()
    {
        TestLog log = randomLog(6, 6);
        Branch branch("b", {"user", "1"});
        branch.move(stored(3), stored(2));
        branch.move(stored(1), std::nullopt);
        branch.move(stored(1), stored(0));
        Made made(log, branch);
        QVERIFY(!made.history->parts());
        QCOMPARE(made.history->shared().value, 6u);
        QVERIFY(std::ranges::all_of(made.history->events(), [](const auto& event) { return event.same(); }));
    }

    void undoAndRedoWalkTheEditsAndANewEditEndsTheRedo()
    {
        TestLog log = randomLog(7, 8);
        Branch branch("b", {"user", "1"});
        QVERIFY(!branch.canUndo());
        branch.skip(stored(1));
        QVERIFY(branch.edit(stored(3), R"({"a":1})", std::nullopt));
        Made made(log, branch);
        const std::string edited = text(made.replay.at(Version{3})->document);
        branch.undo();
        made.become(branch);
        QCOMPARE(made.history->history()->last().value, 7u);
        QVERIFY(made.history->events()[2].same());
        branch.undo();
        QVERIFY(!branch.canUndo());
        made.become(branch);
        QVERIFY(!made.history->parts());
        branch.redo();
        branch.redo();
        QVERIFY(!branch.canRedo());
        made.become(branch);
        COMPARE_TEXT(text(made.replay.at(Version{3})->document), edited);
        branch.undo();
        QVERIFY(branch.edit(stored(3), R"({"a":2})", std::nullopt));
        QVERIFY(!branch.canRedo());
        // Another edit in the same place has another number: what was remembered of the first is not taken for it.
        made.become(branch);
        QVERIFY(text(made.replay.at(Version{3})->document) != edited);
    }

    void aPayloadThatIsNoJsonIsRefused()
    {
        Branch branch("b", {"user", "1"});
        QVERIFY(!branch.edit(stored(0), "{broken", std::nullopt));
        const auto added = branch.add(std::nullopt, "Added", "nonsense");
        QVERIFY(!added);
        QVERIFY(added.error().kind == Error::Kind::BadInput);
        QVERIFY(!branch.canUndo());
    }

    void aBranchIsSavedByPositionsAndReadBackTheSame()
    {
        Branch branch("late \"cancel\"", {"order", "o/1"});
        branch.skip(stored(1));
        QVERIFY(branch.edit(stored(3), R"({"total":119.90,"big":12345678901234567890})", "Renamed"));
        const auto added = branch.add(std::nullopt, "Added", R"({"a":[1,2]})", Timestamp{1'700'000'000'123'456'789});
        QVERIFY(added);
        branch.move(*added, stored(5));
        QVERIFY(branch.edit(*added, R"({"a":3})", std::nullopt));
        branch.undo();
        const auto positionOf = [](EventId id) -> std::optional<Position> {
            return Position{"cluster", "orders", 0, Partition{static_cast<std::int32_t>(id.part().value)}, id.offset()};
        };
        const auto find = [](const Position& position) -> std::optional<EventId> {
            if (position.source != "cluster") return std::nullopt;
            return EventId(PartId{static_cast<std::uint32_t>(position.partition.value)}, position.offset);
        };
        const Json saved = json(toText(replay::branchesToJson({&branch, 1}, positionOf)));
        const auto read = replay::branchesFromJson(saved, find);
        QCOMPARE(read.size(), 1u);
        QVERIFY(read.front() == branch);
        QVERIFY(read.front().canRedo());
        // In another workspace the events are not there; the branch stays whole and is saved as it was.
        const auto nothing = [](const Position&) -> std::optional<EventId> { return std::nullopt; };
        const auto elsewhere = replay::branchesFromJson(saved, nothing);
        QCOMPARE(elsewhere.size(), 1u);
        COMPARE_TEXT(toText(replay::branchesToJson(elsewhere, positionOf)), toText(saved));
        TestLog log = randomLog(8, 4);
        BranchTypes types(typesOf(log));
        const auto applied = BranchHistory::apply(elsewhere.front(), log.history(), types);
        QCOMPARE(applied->notApplied().size(), 3u);
        COMPARE_TEXT(applied->notApplied().front().why, std::string("event orders/1@1 is not in this history"));
    }

    void whatCannotBeReadIsSaidAndTheOthersStay()
    {
        std::vector<Error> unreadable;
        const Json saved = json(R"([{"name":"good","entity":"user/1","edits":[]},
            {"name":"bad","entity":"user/1","edits":[{"number":1,"do":"dance"}]},
            {"name":"twice","entity":"user/1","edits":[{"number":2,"do":"skip","event":{"added":1}},
                                                       {"number":2,"do":"skip","event":{"added":1}}]}, 7])");
        const auto read =
            replay::branchesFromJson(saved, [](const Position&) -> std::optional<EventId> { return {}; }, &unreadable);
        QCOMPARE(read.size(), 1u);
        QCOMPARE(unreadable.size(), 3u);
        QVERIFY(unreadable[0].text().find("\"bad\"") != std::string::npos);
    }

    void editsStayWithTheirEventsWhenTheHistoryGrowsBeforeThem()
    {
        TestLog log;
        for (int i = 0; i < 6; ++i)
            log.entries[stored(10 + i)] = {R"({"n":)" + std::to_string(i) + "}", EventKind::Plain, TypeId{0}};
        Branch branch("b", {"user", "1"});
        branch.skip(stored(12));
        QVERIFY(branch.edit(stored(14), R"({"n":40})", std::nullopt));
        branch.skip(stored(99));
        Made made(log, branch);
        QCOMPARE(made.history->notApplied().size(), 1u);
        QCOMPARE(made.history->history()->last().value, 5u);
        QCOMPARE(made.history->shared().value, 2u);
        // A backfill, and an event that was named before it was there.
        for (int i = 0; i < 4; ++i)
            log.entries[stored(i)] = {R"({"early":)" + std::to_string(i) + "}", EventKind::Plain, TypeId{0}};
        log.entries[stored(99)] = {R"({"late":true})", EventKind::Plain, TypeId{0}};
        made.become(branch);
        QVERIFY(made.history->notApplied().empty());
        QCOMPARE(made.history->history()->last().value, 9u);
        QCOMPARE(made.history->shared().value, 6u);
        QVERIFY(made.history->events()[7].edited);
        const auto last = made.replay.at(Version{9});
        QVERIFY(last);
        COMPARE_TEXT(text(last->document), std::string(R"({"early":3,"n":5})"));
        COMPARE_TEXT(text(made.replay.at(Version{8})->document), std::string(R"({"early":3,"n":40})"));
    }

    void comparingTellsTheStatesWhereTheyDifferAndWhereTheyMeetAgain()
    {
        TestLog log;
        for (int i = 0; i < 200; ++i) log.add(i == 150 ? R"({"a":"late"})" : R"({"n":)" + std::to_string(i) + "}");
        log.entries[stored(20)].payload = R"({"a":"early"})";
        Branch branch("b", {"user", "1"});
        branch.skip(stored(20));
        Made made(log, branch);
        replay::EntityReplay real = replayOf(log, log.history(), model::builtIn("merge"));
        const auto course = replay::courseOf(real, made.replay, *made.history);
        QVERIFY(course);
        QCOMPARE(made.history->shared().value, 20u);
        QVERIFY(course->differs && course->meets);
        QCOMPARE(course->differs->value, 21u);
        QCOMPARE(course->meets->value, 151u);
        const auto compared = replay::compareBranch(real, made.replay, *made.history, Version{100});
        QVERIFY(compared);
        QCOMPARE(compared->branch.version.value, 99u);
        COMPARE_TEXT(line(compared->difference), std::string("remove /a \"early\""));
        const auto instant = replay::compareBranchAt(real, made.replay, Timestamp::fromSeconds(99));
        QVERIFY(instant);
        QCOMPARE(instant->real.version.value, 100u);
        QCOMPARE(instant->branch.version.value, 99u);
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = replay::courseOf(real, made.replay, *made.history, stop.get_token());
        QVERIFY(!stopped && stopped.error().kind == Error::Kind::Cancelled);
    }

    void replayOfAnEditedBranchKeepsWhatLiesBeforeTheEdit()
    {
        TestLog log;
        log.slow = std::chrono::microseconds(100);
        for (int i = 0; i < 400; ++i) log.add(R"({"n":)" + std::to_string(i) + "}");
        Branch branch("b", {"user", "1"});
        Made made(log, branch);
        QVERIFY(made.replay.at(Version{400}));
        const std::uint64_t before = log.read;
        QVERIFY(branch.edit(stored(390), R"({"x":1})", std::nullopt));
        made.become(branch);
        QVERIFY(made.replay.at(Version{400}));
        QVERIFY2(log.read - before < 200, qPrintable(QString::number(log.read - before)));
    }
};

QTEST_GUILESS_MAIN(BranchTest)
#include "test_branch.moc"
