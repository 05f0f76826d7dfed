#include "tests/ui/session/session_test.h"
#include "ui/session/branches.h"

#include <QFile>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

/// What-if branches of the selected entity: edits and what they lead to, and that they are kept.
class TestBranches : public InFolder {
    Q_OBJECT

    /// Two users with five events each; user-1 is selected.
    std::unique_ptr<Opened> shop()
    {
        writeEvents(path("events.jsonl"), 2, 5);
        auto desk = std::make_unique<Opened>(path("a.hindcast"));
        if (!desk->import(path("events.jsonl")) || !desk->select(QStringLiteral("user/user-1"))) qFatal("no shop");
        return desk;
    }
    static EventId real(Opened& desk, std::size_t version) { return desk.session.history()->events[version - 1].id; }
    static QString addressOf(const Json& document)
    {
        const auto at = document.is_object() ? document.find("address") : document.end();
        return at == document.end() ? QStringLiteral("none") : QString::fromStdString(at->get<std::string>());
    }
    /// The branch's address at the playhead.
    static QString address(Branches& branches) { return branches.state() ? addressOf(branches.state()->document) : QString(); }

private slots:
    void init() { QVERIFY(begin()); }

    void aSkippedEventLeavesTheStateAsItWasBeforeIt()
    {
        const auto desk = shop();
        Branches& branches = *desk->session.branches();
        QVERIFY(!branches.shown() && branches.here().empty() && branches.isRead());
        branches.make();
        desk->session.playhead()->setVersion(Version{3});
        branches.skip(real(*desk, 3));
        QVERIFY(desk->idle());
        QCOMPARE(branches.view()->does, QStringLiteral("skip 3"));
        QCOMPARE(branches.view()->made->shared(), Version{2});
        QCOMPARE(address(branches), QStringLiteral("1 Main St"));
        QCOMPARE(branches.state()->difference.size(), std::size_t{2});  // and when it was last seen
        QVERIFY(
            std::ranges::any_of(branches.state()->difference, [](const Change& change) { return change.pointer == "/address"; }));
        QCOMPARE(addressOf(branches.state()->joint->state.document), QStringLiteral("2 Main St"));
        QCOMPARE(*branches.course()->differs, Version{3});
        QCOMPARE(*branches.course()->meets, Version{4});
        QCOMPARE(stateText(desk->session).contains(QStringLiteral("2 Main St")), true);
    }

    void eventsAreEditedMovedAndAdded()
    {
        const auto desk = shop();
        Branches& branches = *desk->session.branches();
        branches.make(QStringLiteral("  another street "));
        QCOMPARE(branches.shown()->branch.name(), std::string("another street"));
        QVERIFY(branches.edit(real(*desk, 5), R"({"address":"9 Oak Ave"})", {}, {}));
        const auto added = branches.add(real(*desk, 5), "Moved<Out>", R"({"address":"0 End Rd"})", {});
        QVERIFY(added);
        branches.move(real(*desk, 2), real(*desk, 4), {});
        QVERIFY(desk->idle());
        QCOMPARE(branches.view()->does, QStringLiteral("edit 5 · move 2 · add 5+"));
        desk->session.playhead()->toLast();
        QVERIFY(desk->idle());
        QCOMPARE(branches.state()->version, Version{6});  // it has no time of its own: it stands at the last event's
        const auto& made = *branches.view()->made;
        QCOMPARE(made.history()->events.size(), std::size_t{6});
        QCOMPARE(made.events()[3].real, Version{2});
        QCOMPARE(branches.typeName(made.history()->events[5].type), QStringLiteral("Moved<Out>"));
        // At 4 the branch has come to the event that it moved there.
        desk->session.playhead()->setVersion(Version{4});
        QVERIFY(desk->idle());
        QCOMPARE(address(branches), QStringLiteral("1 Main St"));
        const auto refused = branches.edit(real(*desk, 5), "{\"address\":", {}, {});
        QVERIFY(!refused);
        QVERIFY(refused.error().why.find("no JSON") != std::string::npos);
        QCOMPARE(branches.shown()->branch.edits().size(), std::size_t{3});
    }

    void eachStepCanBeTakenBackAndDoneAgain()
    {
        const auto desk = shop();
        Branches& branches = *desk->session.branches();
        std::vector<std::pair<QString, Branches::Held>> steps;
        connect(&branches, &Branches::edited, this,
                [&](const QString& words, const Branches::Held& before) { steps.emplace_back(words, before); });
        branches.make();
        branches.skip(real(*desk, 2));
        branches.skip(real(*desk, 4));
        branches.unskip(real(*desk, 2));
        branches.rename(QStringLiteral("later"));
        QStringList words;
        for (const auto& step : steps) words << step.first;
        QCOMPARE(words, QStringList({QStringLiteral("new branch “what if”"), QStringLiteral("skip #2 AddressChanged"),
                                     QStringLiteral("skip #4 AddressChanged"), QStringLiteral("no longer skip #2 AddressChanged"),
                                     QStringLiteral("branch renamed to “later”")}));
        QVERIFY(desk->idle());
        QCOMPARE(branches.view()->does, QStringLiteral("skip 4"));
        branches.take(steps[3].second);
        QVERIFY(desk->idle());
        QCOMPARE(branches.view()->does, QStringLiteral("skip 2, 4"));
        QCOMPARE(branches.shown()->branch.name(), std::string("what if"));
        branches.takeBack(real(*desk, 4));
        branches.takeBackAll();
        QVERIFY(desk->idle());
        QVERIFY(branches.view()->does.isEmpty());
        QVERIFY(!branches.view()->made->parts());
        branches.remove();
        QVERIFY(!branches.shown() && branches.here().empty());
        branches.take(steps.back().second);  // undo of the deletion
        QVERIFY(branches.shown());
        branches.take(steps.front().second);
        QVERIFY(branches.here().empty() && !branches.shown());
    }

    void branchesAreThereWhenTheWorkspaceIsOpenedAgain()
    {
        {
            const auto desk = shop();
            Branches& branches = *desk->session.branches();
            branches.make(QStringLiteral("first"));
            branches.skip(real(*desk, 2));
            branches.make(QStringLiteral("second"));
            branches.skip(real(*desk, 3));
            // Closed at once: what waits to be saved is saved all the same.
        }
        Opened desk(path("a.hindcast"), false);
        QVERIFY(desk.error.isEmpty());
        QVERIFY(desk.select(QStringLiteral("user/user-1")));
        Branches& branches = *desk.session.branches();
        QTRY_COMPARE_WITH_TIMEOUT(branches.here().size(), std::size_t{2}, kWaitMs);
        // The one that was shown last, without being asked for.
        QTRY_VERIFY_WITH_TIMEOUT(branches.shown() != nullptr && branches.view() != nullptr, kWaitMs);
        QCOMPARE(branches.shown()->branch.name(), std::string("second"));
        branches.show(branches.here().front()->id);
        QVERIFY(desk.idle());
        QCOMPARE(branches.view()->does, QStringLiteral("skip 2"));
        QVERIFY(branches.shown()->branch.canUndo());
        branches.takeBackLast();
        QVERIFY(desk.idle());
        QVERIFY(branches.view()->does.isEmpty());
        QVERIFY(desk.select(QStringLiteral("user/user-0")));
        QVERIFY(branches.here().empty() && !branches.view());
    }

    void ofEachEntityTheBranchThatWasShownIsShownAgain()
    {
        {
            const auto desk = shop();
            Branches& branches = *desk->session.branches();
            branches.make(QStringLiteral("of one"));
            QVERIFY(desk->select(QStringLiteral("user/user-0")));
            branches.make(QStringLiteral("of none"));
            branches.make(QStringLiteral("not shown"));
            branches.show({});
            QVERIFY(desk->idle());
            QCOMPARE(branches.shownByEntity(100), (std::map<std::string, std::string>{{"user/user-1", "of one"}}));
            QVERIFY(branches.shownByEntity(0).empty());
        }
        Opened desk(path("a.hindcast"), false);
        QVERIFY(desk.error.isEmpty());
        Branches& branches = *desk.session.branches();
        QTRY_VERIFY_WITH_TIMEOUT(branches.isRead() && desk.session.history() != nullptr, kWaitMs);
        QCOMPARE(desk.session.history()->key.id, std::string("user-0"));
        QVERIFY(branches.shown() == nullptr && branches.here().size() == 2);
        QVERIFY(desk.select(QStringLiteral("user/user-1")));
        QTRY_VERIFY_WITH_TIMEOUT(branches.shown() != nullptr && branches.view() != nullptr, kWaitMs);
        QCOMPARE(branches.shown()->branch.name(), std::string("of one"));
    }

    void aBranchFollowsAHistoryThatGrowsAndKeepsEventsThatAreNotThere()
    {
        writeEvents(path("more.jsonl"), 2, 3, 5);
        const auto desk = shop();
        Branches& branches = *desk->session.branches();
        branches.make();
        branches.skip(real(*desk, 5));
        branches.skip(EventId(PartId{0}, Offset{4'000}));  // is not in this history
        QVERIFY(desk->idle());
        QCOMPARE(branches.view()->idle.size(), 1);
        desk->session.playhead()->toLast();
        QVERIFY(desk->idle());
        QCOMPARE(address(branches), QStringLiteral("3 Main St"));
        QVERIFY(desk->import(path("more.jsonl")));
        QTRY_COMPARE_WITH_TIMEOUT(branches.view()->made->real()->events.size(), std::size_t{8}, kWaitMs);
        desk->session.playhead()->toLast();
        QVERIFY(desk->idle());
        QCOMPARE(branches.view()->made->history()->events.size(), std::size_t{7});
        QCOMPARE(branches.shown()->branch.edits().size(), std::size_t{2});
        QCOMPARE(address(branches), QStringLiteral("7 Main St"));
        QVERIFY(branches.state()->difference.empty());
    }

    void whereTheWorkspaceIsReadOnlyBranchesAreKeptInMemoryAndItIsSaid()
    {
        (void)shop();
        QFile::setPermissions(path("a.hindcast"), QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther);
        Opened first(path("a.hindcast"), false);  // who runs as root writes it all the same: then the second one is the reader
        Opened second(path("a.hindcast"), false);
        Opened& desk = first.session.readOnlyBecause().isEmpty() ? second : first;
        QVERIFY(!desk.session.readOnlyBecause().isEmpty());
        QVERIFY(desk.select(QStringLiteral("user/user-1")));
        Branches& branches = *desk.session.branches();
        branches.make();
        branches.skip(real(desk, 2));
        QVERIFY(desk.idle());
        QCOMPARE(branches.view()->does, QStringLiteral("skip 2"));
        QVERIFY(!branches.isSaved());
        QCOMPARE(branches.savedWords(), QStringLiteral("unsaved: read-only"));
        // What would be lost is known, until it is exported.
        QCOMPARE(branches.unsaved().size(), std::size_t{1});
        branches.exportTo(path("kept.jsonl"));
        QTRY_VERIFY_WITH_TIMEOUT(branches.unsaved().empty(), kWaitMs);
        branches.skip(real(desk, 3));
        QCOMPARE(branches.unsaved().size(), std::size_t{1});
        branches.takeBackAll();
        QVERIFY(branches.unsaved().empty());
    }

    void payloadsBeginWithWhatIsThereAndWatchesFollowTheBranch()
    {
        const auto desk = shop();
        Branches& branches = *desk->session.branches();
        desk->session.watches()->add(QStringLiteral("user"), QStringLiteral("/address"));
        branches.make();
        branches.skip(real(*desk, 3));
        QVERIFY(desk->idle());
        QCOMPARE(branches.watches()->runs.size(), std::size_t{1});
        QCOMPARE(branches.watches()->runs[0].second->size(), std::size_t{4});
        std::shared_ptr<const BranchPayload> told;
        connect(&branches, &Branches::payloadReady, this, [&](const std::shared_ptr<const BranchPayload>& one) { told = one; });
        auto ticket = branches.requestPayload(real(*desk, 4));
        QTRY_VERIFY_WITH_TIMEOUT(told && told->ticket == ticket, kWaitMs);
        QVERIFY2(told->payload.contains(QStringLiteral("\"address\": \"3 Main St\"")), qPrintable(told->payload));
        ticket = branches.requestPayloadLike(QStringLiteral("AddressChanged"), real(*desk, 1));
        QTRY_VERIFY_WITH_TIMEOUT(told->ticket == ticket, kWaitMs);
        QVERIFY2(told->payload.contains(QStringLiteral("1 Main St")), qPrintable(told->payload));
        ticket = branches.requestPayloadLike(QStringLiteral("Nothing"), {});
        QTRY_VERIFY_WITH_TIMEOUT(told->ticket == ticket, kWaitMs);
        QVERIFY(told->payload.isEmpty());
    }

    void anExportIsReadBackAsTheBranch()
    {
        const auto desk = shop();
        Branches& branches = *desk->session.branches();
        branches.make();
        branches.skip(real(*desk, 2));
        QVERIFY(branches.edit(real(*desk, 5), R"({"address":"9 Oak Ave"})", {}, {}));
        QVERIFY(desk->idle());
        std::shared_ptr<const BranchExport> told;
        connect(&branches, &Branches::exported, this, [&](const std::shared_ptr<const BranchExport>& one) { told = one; });
        branches.exportTo(path("branch.jsonl"));
        QTRY_VERIFY_WITH_TIMEOUT(told && told->ended, kWaitMs);
        QCOMPARE(told->written, std::uint64_t{4});
        QVERIFY(!told->cancelled);
        Opened again(path("b.hindcast"));
        again.session.importFile(path("branch.jsonl"), {}, {});
        QTRY_VERIFY_WITH_TIMEOUT(!again.session.reading().reading && again.session.counts().events == 4, kWaitMs);
        QVERIFY(again.select(QStringLiteral("user/user-1")));
        again.session.playhead()->toLast();
        QVERIFY(again.idle());
        QVERIFY2(stateText(again.session).contains(QStringLiteral("9 Oak Ave")), qPrintable(stateText(again.session)));
        QSignalSpy failed(&desk->session, &Session::failed);
        branches.exportTo(path("nowhere/branch.jsonl"));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kWaitMs);
        QVERIFY(failed[0][0].toString().startsWith(QStringLiteral("cannot export the branch")));
    }
};

QTEST_GUILESS_MAIN(TestBranches)
#include "test_branches.moc"
