// Two sides of a comparison: versions, entities, moments; how they differ and what lies between.
#include "tests/ui/session/over_all_fixture.h"
#include "tests/ui/session/session_test.h"
#include "ui/session/comparison.h"

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

class TestComparison : public InFolder {
    Q_OBJECT

    static QString patch(const Comparison& comparison)
    {
        return comparison.view() ? QString::fromStdString(toText(toPatch(comparison.view()->changes))) : QString();
    }
    /// "0:2 1:2 …": whose event, and which version.
    static QString between(const Comparison& comparison)
    {
        QString text;
        for (std::size_t i = 0; i < comparison.view()->between.size(); ++i) {
            const Between::Row row = comparison.view()->between.at(i);
            text += QStringLiteral("%1:%2 ").arg(row.side).arg(row.version.value);
        }
        return text.trimmed();
    }
    /// Three accounts of six events each, a minute apart; account-0 is selected at its third.
    [[nodiscard]] bool open(Opened& desk)
    {
        writeAccounts(path("events.jsonl"), {3, 6});
        if (!desk.import(path("events.jsonl")) || !setModel(desk.session, accountRules())) return false;
        if (!desk.select(QStringLiteral("user/account-0"))) return false;
        desk.session.playhead()->setVersion(Version{3});
        desk.session.comparison()->setWanted(true);
        return desk.idle();
    }

private slots:
    void init() { QVERIFY(begin()); }

    void atFirstItIsThePlayheadAndTheVersionBefore()
    {
        Opened desk(path("a.hindcast"));
        QVERIFY(open(desk));
        Comparison& comparison = *desk.session.comparison();
        QCOMPARE(comparison.side(Marks::A).version, Version{2});
        QCOMPARE(comparison.side(Marks::B).version, Version{3});
        QVERIFY(comparison.view()->isOf(comparison.sides()));
        QCOMPARE(patch(comparison), QStringLiteral(R"([{"op":"replace","path":"/balance","value":20,"old":10}])"));
        QCOMPARE(between(comparison), QStringLiteral("0:3"));
        desk.session.playhead()->setVersion(Version{5});
        QVERIFY(desk.idle());
        QCOMPARE(comparison.view()->sides[1].state.version, Version{5});
        QVERIFY(comparison.view()->sides[1].state.alive);
    }

    void whatALifeBeganWithIsListedMemberByMember()
    {
        Opened desk(path("a.hindcast"));
        QVERIFY(open(desk));
        desk.session.playhead()->setVersion(Version{1});
        QVERIFY(desk.idle());
        const ComparisonView& view = *desk.session.comparison()->view();
        QVERIFY(!view.sides[0].state.alive && view.sides[1].state.alive);
        QCOMPARE(view.changes.size(), std::size_t{1});
        QCOMPARE(view.shown().size(), view.sides[1].state.document.size());
        for (const Change& member : view.shown()) QVERIFY(member.op == Change::Op::Add && member.pointer.size() > 1);
    }

    void nobodyLooksAndNothingIsRebuilt()
    {
        Opened desk(path("a.hindcast"));
        QVERIFY(open(desk));
        Comparison& comparison = *desk.session.comparison();
        comparison.setWanted(false);
        const auto before = comparison.view();
        desk.session.playhead()->setVersion(Version{6});
        QVERIFY(desk.idle());
        QCOMPARE(comparison.view(), before);
        comparison.setWanted(true);
        QVERIFY(desk.idle());
        QVERIFY(comparison.view()->isOf(comparison.sides()));
    }

    void twoVersionsOfALifeAreHeldAndAnswerWithWhatLiesBetween()
    {
        Opened desk(path("a.hindcast"));
        QVERIFY(open(desk));
        Comparison& comparison = *desk.session.comparison();
        comparison.hold(Marks::B, Version{6});
        QCOMPARE(comparison.side(Marks::A).version, Version{2});  // one side moves at a time
        comparison.hold(Marks::A, Version{1});
        QVERIFY(desk.idle());
        QCOMPARE(between(comparison), QStringLiteral("0:2 0:3 0:4 0:5 0:6"));
        QCOMPARE(comparison.view()->between.types().front().second, std::uint64_t{4});
        QSignalSpy changes(&comparison, &Comparison::changesReady);
        comparison.requestChanges(1, 3);
        QVERIFY(desk.idle());
        const auto got = changes.takeLast().at(0).value<std::shared_ptr<const BetweenChanges>>();
        QCOMPARE(got->first, std::size_t{1});
        QCOMPARE(got->changes.size(), std::size_t{3});
        QCOMPARE(QString::fromStdString(got->changes[0].front().pointer), QStringLiteral("/balance"));
        QCOMPARE(QString::fromStdString(toText(got->changes[0].front().after)), QStringLiteral("20"));
        // Back before B, and the way is walked the other way; what lies between is the same.
        comparison.swap();
        QVERIFY(desk.idle());
        QCOMPARE(comparison.side(Marks::A).version, Version{6});
        QCOMPARE(comparison.side(Marks::B).version, Version{1});
        QCOMPARE(between(comparison), QStringLiteral("0:2 0:3 0:4 0:5 0:6"));
        comparison.reset();
        QCOMPARE(comparison.side(Marks::B).version, Version{3});
        QVERIFY(!desk.session.marks()->any());
    }

    void twoEntitiesAreComparedAsOfThePlayhead()
    {
        Opened desk(path("a.hindcast"));
        QVERIFY(open(desk));
        Comparison& comparison = *desk.session.comparison();
        desk.session.playhead()->setVersion(Version{6});
        comparison.compareWith(QStringLiteral("user/account-1"));
        QVERIFY(desk.idle());
        QVERIFY(comparison.isOfTwo() && comparison.isAtPlayhead());
        QCOMPARE(comparison.side(Marks::A).entity, QStringLiteral("user/account-0"));
        QCOMPARE(comparison.side(Marks::B).entity, QStringLiteral("user/account-1"));
        // The event of account-1 comes a second later than that of account-0 on which the playhead stands.
        QCOMPARE(comparison.side(Marks::A).version, Version{6});
        QCOMPARE(comparison.side(Marks::B).version, Version{5});
        QCOMPARE(patch(comparison), QStringLiteral(R"([{"op":"replace","path":"/balance","value":40,"old":-960}])"));
        QCOMPARE(comparison.view()->between.size(), std::size_t{0});  // one moment
        // It stays, whoever is selected, and goes with the playhead.
        QVERIFY(desk.select(QStringLiteral("user/account-2")));
        desk.session.playhead()->setVersion(Version{3});
        QVERIFY(desk.idle());
        QCOMPARE(comparison.side(Marks::A).entity, QStringLiteral("user/account-0"));
        QCOMPARE(comparison.side(Marks::A).version, Version{3});
        QCOMPARE(comparison.side(Marks::B).version, Version{3});
        QVERIFY(comparison.view()->isOf(comparison.sides()));
        // Its own self is no other.
        comparison.compareWith(QStringLiteral("user/account-2"));
        QVERIFY(!comparison.isOfTwo());
    }

    void twoEntitiesAtTheirOwnMarksHaveTheEventsOfBothBetween()
    {
        Opened desk(path("a.hindcast"));
        QVERIFY(open(desk));
        Comparison& comparison = *desk.session.comparison();
        comparison.compareWith(QStringLiteral("user/account-1"));
        QVERIFY(desk.idle());
        comparison.hold(Marks::A, Version{2});
        comparison.hold(Marks::B, Version{4});
        QVERIFY(desk.idle());
        QVERIFY(!comparison.isAtPlayhead());
        QCOMPARE(comparison.side(Marks::A).version, Version{2});
        QCOMPARE(comparison.side(Marks::B).version, Version{4});
        QCOMPARE(between(comparison), QStringLiteral("1:2 0:3 1:3 0:4 1:4"));
        QSignalSpy changes(&comparison, &Comparison::changesReady);
        comparison.requestChanges(0, 4);
        QVERIFY(desk.idle());
        const auto got = changes.takeLast().at(0).value<std::shared_ptr<const BetweenChanges>>();
        QCOMPARE(got->changes.size(), std::size_t{5});
        for (const Changes& one : got->changes) QCOMPARE(one.size(), std::size_t{1});
        // One goes to an event of the other: it is selected there, and what is compared stays.
        comparison.goTo(comparison.view()->between.at(2));
        QVERIFY(desk.idle());
        QCOMPARE(QString::fromStdString(desk.session.history()->key.text()), QStringLiteral("user/account-1"));
        QCOMPARE(desk.session.playhead()->version(), Version{3});
        QCOMPARE(between(comparison), QStringLiteral("1:2 0:3 1:3 0:4 1:4"));
        comparison.setAtPlayhead(true);
        QVERIFY(desk.idle());
        QCOMPARE(comparison.side(Marks::B).version, Version{3});
        QCOMPARE(comparison.view()->between.size(), std::size_t{0});
    }

    void goingToAnEventBetweenHoldsTheSideThatFollows()
    {
        Opened desk(path("a.hindcast"));
        QVERIFY(open(desk));
        Comparison& comparison = *desk.session.comparison();
        desk.session.playhead()->setVersion(Version{6});
        comparison.compareFrom(Version{2});
        QVERIFY(desk.idle());
        QCOMPARE(between(comparison), QStringLiteral("0:3 0:4 0:5 0:6"));
        comparison.goTo(comparison.view()->between.at(1));
        QVERIFY(desk.idle());
        QCOMPARE(desk.session.playhead()->version(), Version{4});
        QCOMPARE(between(comparison), QStringLiteral("0:3 0:4 0:5 0:6"));
    }

    void anEntityThatIsNotThereIsSaidToBeNone()
    {
        Opened desk(path("a.hindcast"));
        QVERIFY(open(desk));
        Comparison& comparison = *desk.session.comparison();
        comparison.setEntity(Marks::B, QStringLiteral("user/nobody"));
        QVERIFY(desk.idle());
        QVERIFY(!comparison.side(Marks::B).history);
        QCOMPARE(comparison.side(Marks::B).trouble, QStringLiteral("There is no entity “user/nobody” in this workspace"));
        comparison.setEntity(Marks::B, {});
        QVERIFY(desk.idle());
        QVERIFY(!comparison.isOfTwo());
        QVERIFY(comparison.view()->isOf(comparison.sides()));
    }

    void entitiesAreFoundByAPartOfTheirIds()
    {
        Opened desk(path("a.hindcast"));
        QVERIFY(open(desk));
        QSignalSpy found(desk.session.comparison(), &Comparison::entitiesFound);
        desk.session.comparison()->findEntities(QStringLiteral("ount-2"));
        QVERIFY(desk.idle());
        QCOMPARE(found.count(), 1);
        const auto hits = found.first().at(1).value<std::vector<GoToHit>>();
        QCOMPARE(hits.size(), std::size_t{1});
        QCOMPARE(hits.front().entityText, QStringLiteral("user/account-2"));
    }

    void anotherModelAndNewEventsAreComparedAnew()
    {
        Opened desk(path("a.hindcast"));
        QVERIFY(open(desk));
        Comparison& comparison = *desk.session.comparison();
        comparison.compareWith(QStringLiteral("user/account-1"));
        QVERIFY(desk.idle());
        QVERIFY(setModel(desk.session,
                         *parseJson(R"({"entity":"user","initial":{"n":0},"on":{"*":[{"add":"/n","value":{"const":1}}]}})")));
        QVERIFY(desk.idle());
        QVERIFY2(patch(comparison).contains(QStringLiteral("/n")), qPrintable(patch(comparison)));
        // The other one's life grows, although nobody selected it.
        const Version last = comparison.side(Marks::B).history->last();
        writeAccounts(path("more.jsonl"), {3, 2}, 7);
        QVERIFY(desk.import(path("more.jsonl")));
        QTRY_COMPARE(comparison.side(Marks::B).history->last(), Version{last.value + 2});
    }

    void theMarksComeBackWithTheWorkspace()
    {
        Marks::Mark a;
        Marks::Mark b;
        {
            Opened desk(path("a.hindcast"));
            QVERIFY(open(desk));
            desk.session.comparison()->compareFrom(Version{2});
            a = *desk.session.marks()->get(Marks::A);
            QVERIFY(a.event);
            b = {desk.session.playhead()->time().plus(5'000'000'000), std::nullopt};  // a moment, upon no event
            desk.session.marks()->set(Marks::B, b);
            desk.session.close();
            QVERIFY(!desk.session.marks()->any());
        }
        {
            Opened desk(path("a.hindcast"), false);
            QVERIFY2(desk.error.isEmpty(), qPrintable(desk.error));
            QVERIFY(desk.idle());
            QCOMPARE(desk.session.marks()->get(Marks::A), std::optional(a));
            QCOMPARE(desk.session.marks()->get(Marks::B), std::optional(b));
            QCOMPARE(desk.session.comparison()->side(Marks::A).version, Version{2});
            desk.session.marks()->clear();
            desk.session.close();
        }
        Opened again(path("a.hindcast"), false);
        QVERIFY(again.idle());
        QVERIFY(!again.session.marks()->any());
    }

    void withTheWorkspaceItIsForgotten()
    {
        Opened desk(path("a.hindcast"));
        QVERIFY(open(desk));
        Comparison& comparison = *desk.session.comparison();
        comparison.compareWith(QStringLiteral("user/account-1"));
        QVERIFY(desk.idle());
        desk.session.close();
        QVERIFY(!comparison.view());
        QVERIFY(comparison.side(Marks::B).entity.isEmpty());
        comparison.compareFrom(Version{1});
        comparison.swap();
        comparison.findEntities(QStringLiteral("x"));
        QVERIFY(!comparison.view());
    }

    void ofTwoLivesNoMoreThanABoundAreListedAndAllAreCounted()
    {
        const auto life = [](std::uint32_t entity, std::size_t events) {
            auto history = std::make_shared<replay::History>();
            history->entity = EntityId{entity};
            for (std::size_t i = 0; i < events; ++i) {
                replay::HistoryEvent event;
                event.effective = event.time = Timestamp{static_cast<std::int64_t>(i) * 10 + entity};
                event.type = TypeId{entity};
                history->events.push_back(event);
            }
            return std::shared_ptr<const replay::History>(history);
        };
        const auto a = life(1, 800'000);
        const auto b = life(2, 800'000);
        const Between between({a, b}, {Version{0}, Version{800'000}}, {Timestamp{0}, Timestamp{8'000'000}});
        QCOMPARE(between.count(), std::uint64_t{1'600'000});
        QCOMPARE(between.size(), Between::kMostListed);
        QCOMPARE(between.at(0), (Between::Row{0, Version{1}}));
        QCOMPARE(between.at(1), (Between::Row{1, Version{1}}));
        QCOMPARE(between.types().size(), std::size_t{2});
        QCOMPARE(between.types()[0].second, std::uint64_t{800'000});
        // Of one life all are there, whatever their number, and none takes room.
        const Between one({a, a}, {Version{800'000}, Version{3}}, {Timestamp{8'000'000}, Timestamp{30}});
        QCOMPARE(one.size(), std::size_t{799'997});
        QCOMPARE(one.at(0), (Between::Row{0, Version{4}}));
    }
};

QTEST_MAIN(TestComparison)
#include "test_comparison.moc"
