#include "tests/ui/session/session_test.h"

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

/// What comes in while one looks at something: a file that has grown is as good a source as any.
class TestLive : public InFolder {
    Q_OBJECT
    std::unique_ptr<Session> session_;

    /// `count` events of each of `users` users are there from now on.
    [[nodiscard]] bool holds(int users, int count)
    {
        writeEvents(path("events.jsonl"), users, count);
        session_->importFile(path("events.jsonl"), {}, {eventsMapping("events")});
        const auto events = static_cast<std::uint64_t>(users) * static_cast<std::uint64_t>(count);
        return QTest::qWaitFor([&] { return !session_->reading().reading && session_->counts().events == events; }, kWaitMs) &&
               idle();
    }
    [[nodiscard]] bool idle() { return isIdle(*session_); }
    [[nodiscard]] bool select(const QString& entity) { return isSelected(*session_, entity); }
    [[nodiscard]] std::uint64_t at() const { return session_->playhead()->version().value; }

private slots:
    void init()
    {
        QVERIFY(begin());
        session_ = std::make_unique<Session>();
        QSignalSpy opened(session_.get(), &Session::opened);
        session_->open(path("a.hindcast"), true);
        QVERIFY(opened.wait(kWaitMs));
        QVERIFY(holds(2, 10));
        QVERIFY(select(QStringLiteral("user/user-1")));
    }

    void cleanup() { session_.reset(); }  // before its folder: it saves where one stood

    void whatAnEmptyWorkspaceIsFilledWithIsNoNews() { QCOMPARE(session_->newEvents(), std::uint64_t{0}); }

    void whatComesIsCountedAndMovesNeitherPlayheadNorWindow()
    {
        session_->playhead()->setVersion(Version{4});
        session_->timeWindow()->zoomAbout(session_->playhead()->time(), 3);
        const Timestamp from = session_->timeWindow()->from();
        const Timestamp to = session_->timeWindow()->to();
        QSignalSpy news(session_.get(), &Session::newEventsChanged);
        QVERIFY(holds(2, 25));
        QCOMPARE(session_->newEvents(), std::uint64_t{30});
        QCOMPARE(session_->newEventsHere(), std::uint64_t{15});
        QVERIFY(!news.isEmpty());
        QCOMPARE(at(), std::uint64_t{4});
        QCOMPARE(session_->playhead()->last().value, std::uint64_t{25});
        QVERIFY(session_->timeWindow()->from() == from && session_->timeWindow()->to() == to);
        session_->acknowledgeNew();
        QCOMPARE(session_->newEvents(), std::uint64_t{0});
        QCOMPARE(at(), std::uint64_t{4});
    }

    void theFirstNewOneIsGoneToAndAllAreSeen()
    {
        session_->playhead()->setVersion(Version{4});
        QVERIFY(holds(2, 12));
        QVERIFY(holds(2, 25));
        QVERIFY(session_->goToFirstNew());
        QCOMPARE(at(), std::uint64_t{11});
        QCOMPARE(session_->newEvents(), std::uint64_t{0});
        QVERIFY(session_->playhead()->time() >= session_->timeWindow()->from() &&
                session_->playhead()->time() < session_->timeWindow()->to());
        QVERIFY(!session_->goToFirstNew());
    }

    void whoStandsAmongTheNewOnesIsNotLedBack()
    {
        session_->playhead()->setVersion(Version{4});
        QVERIFY(holds(2, 12));
        session_->playhead()->setVersion(Version{12});  // the last there is, which is new
        QVERIFY(holds(2, 25));
        QVERIFY(session_->goToFirstNew());
        QCOMPARE(at(), std::uint64_t{13});
        QVERIFY(holds(2, 30));
        session_->playhead()->setVersion(Version{30});
        QVERIFY(!session_->goToFirstNew());
        QCOMPARE(at(), std::uint64_t{30});
        QCOMPARE(session_->newEvents(), std::uint64_t{0});
    }

    void ofTypesThatAreHiddenNoneIsGoneTo()
    {
        session_->playhead()->setVersion(Version{4});
        const TypeId shown = session_->history()->events.front().type;
        session_->typeFilter()->showOnly(shown);
        QVERIFY(holds(2, 25));
        const auto& events = session_->history()->events;
        const auto next = std::find_if(events.begin() + 10, events.end(), [&](const auto& one) { return one.type == shown; });
        const auto expected = next == events.end() ? 4 : static_cast<std::uint64_t>(next - events.begin()) + 1;
        QCOMPARE(session_->goToFirstNew(), next != events.end());
        QCOMPARE(at(), expected);
        session_->typeFilter()->showOnly(TypeId{999});
        QVERIFY(holds(2, 30));
        QVERIFY(!session_->goToFirstNew());
        QCOMPARE(at(), expected);
        QCOMPARE(session_->newEvents(), std::uint64_t{0});
    }

    void followingGoesWithTheNewestEventUntilTheUserMoves()
    {
        session_->playhead()->setVersion(Version{4});
        QSignalSpy following(session_.get(), &Session::followingChanged);
        session_->setFollowing(true);
        QCOMPARE(at(), std::uint64_t{10});
        QVERIFY(holds(2, 60));
        QCOMPARE(at(), std::uint64_t{60});
        QVERIFY(session_->playhead()->time() < session_->timeWindow()->to());
        QCOMPARE(session_->newEvents(), std::uint64_t{0});
        QVERIFY(idle());
        QCOMPARE(session_->state()->state.version.value, std::uint64_t{60});
        // Another entity is followed as well.
        QVERIFY(select(QStringLiteral("user/user-0")));
        QVERIFY(session_->following());
        QCOMPARE(at(), std::uint64_t{60});
        QCOMPARE(following.count(), 1);
        session_->playhead()->step(-1);
        QVERIFY(!session_->following());
        QCOMPARE(following.count(), 2);
        QVERIFY(holds(2, 70));
        QCOMPARE(at(), std::uint64_t{59});
        QCOMPARE(session_->newEvents(), std::uint64_t{20});
    }

    void whoSetAFieldIsKnownOfTheShownStateWhileItsLifeGrows()
    {
        QTRY_VERIFY_WITH_TIMEOUT(session_->state() && session_->state()->provenance, kWaitMs);
        session_->setFollowing(true);
        for (const int count : {30, 60}) {
            QVERIFY(holds(2, count));
            const auto state = session_->state();
            const Version shown{static_cast<std::uint64_t>(count)};
            QCOMPARE(state->state.version, shown);
            // By what was built of the life, or what was told apart from it since.
            const auto& knows = shown <= state->provenanceTo ? state->provenance : state->since;
            QVERIFY(knows != nullptr);
            QCOMPARE(knows->setBy("/address", shown), std::optional(shown));
        }
    }

    void lookingElsewhereInTimeEndsFollowingAndZoomingDoesNot()
    {
        session_->setFollowing(true);
        session_->timeWindow()->zoomAbout(session_->playhead()->time(), 2);
        QVERIFY(session_->following());
        session_->timeWindow()->panBy(-3 * session_->timeWindow()->span());
        QVERIFY(!session_->following());
    }

    void withNothingSelectedTheLogsEndIsFollowed()
    {
        QSignalSpy opened(session_.get(), &Session::opened);
        session_->open(path("b.hindcast"), true);
        QVERIFY(opened.wait(kWaitMs));
        QVERIFY(holds(2, 10));
        session_->setFollowing(true);
        QCOMPARE(session_->playhead()->time(), *session_->counts().lastTime);
        QVERIFY(holds(2, 30));
        QVERIFY(session_->following());
        QCOMPARE(session_->playhead()->time(), *session_->counts().lastTime);
        QVERIFY(session_->playhead()->time() < session_->timeWindow()->to());
    }

    void decodingAnewIsNoNews()
    {
        decode::Mapping other = eventsMapping("events");
        other.type.reset();
        session_->remap({other});
        QVERIFY(QTest::qWaitFor([&] { return !session_->reading().reading; }, kWaitMs) && idle());
        QCOMPARE(session_->newEvents(), std::uint64_t{0});
    }

    void whatWasNewBeforeDecodingAnewIsSo()
    {
        QVERIFY(holds(2, 25));
        QCOMPARE(session_->newEvents(), std::uint64_t{30});
        decode::Mapping other = eventsMapping("events");
        other.type.reset();
        session_->remap({other});
        QVERIFY(QTest::qWaitFor([&] { return !session_->reading().reading; }, kWaitMs) && idle());
        QCOMPARE(session_->counts().events, std::uint64_t{50});
        QCOMPARE(session_->newEvents(), std::uint64_t{30});
        session_->acknowledgeNew();
        QCOMPARE(session_->newEvents(), std::uint64_t{0});
    }

    void aMappingThatIsInForceAlreadyChangesNothing()
    {
        session_->playhead()->setVersion(Version{4});
        const TypeId type = session_->history()->events[0].type;
        session_->typeFilter()->setShown(type, false);
        const int series = session_->typeSeries(session_->history()->events[1].type);
        const auto history = session_->history();
        QSignalSpy selection(session_.get(), &Session::selectionChanged);
        QSignalSpy anew(session_.get(), &Session::mappingsChanged);
        session_->remap({eventsMapping("events")});
        QVERIFY(QTest::qWaitFor([&] { return !session_->reading().reading; }, kWaitMs) && idle());
        QVERIFY(selection.isEmpty() && anew.isEmpty());
        QVERIFY(session_->history() == history);
        QCOMPARE(at(), std::uint64_t{4});
        QVERIFY(!session_->typeFilter()->shows(type));
        QCOMPARE(session_->typeSeries(history->events[1].type), series);
    }

    void theFirstNewOneMayStandBeforeWhatWasThere()
    {
        QSignalSpy opened(session_.get(), &Session::opened);
        session_->open(path("late.hindcast"), true);
        QVERIFY(opened.wait(kWaitMs));
        const auto imported = [&](const char* topic, int from, int count, std::uint64_t events) {
            const QString file = path(topic) + QStringLiteral(".jsonl");
            writeEvents(file, 1, count, from);
            session_->importFile(file, {}, {eventsMapping(topic)});
            return QTest::qWaitFor([&] { return !session_->reading().reading && session_->counts().events == events; },
                                   kWaitMs) &&
                   idle();
        };
        QVERIFY(imported("later", 20, 10, 10));
        QVERIFY(select(QStringLiteral("user/user-0")));
        QVERIFY(imported("earlier", 10, 5, 15));
        QCOMPARE(session_->newEventsHere(), std::uint64_t{5});
        QVERIFY(session_->goToFirstNew());
        QCOMPARE(at(), std::uint64_t{1});
    }

    void closingForgetsWhatWasFollowed()
    {
        session_->setFollowing(true);
        session_->close();
        QVERIFY(!session_->following());
        session_->setFollowing(true);
        QVERIFY(!session_->following());
    }

    void whatCannotBePausedIsNot()
    {
        session_->pauseReading();
        session_->resumeReading();
        QVERIFY(!session_->reading().reading && !session_->reading().resumable);
    }
};

QTEST_GUILESS_MAIN(TestLive)
#include "test_live.moc"
