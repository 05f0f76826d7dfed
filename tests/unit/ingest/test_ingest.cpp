#include "tests/unit/ingest/memory_source.h"

using namespace hindcast;
using namespace hindcast::test;

/// A run from its source to its end.
class TestIngest : public WithStores {
    Q_OBJECT

private slots:
    void everyRecordComesInOnceWithItsEntityTypeAndTime()
    {
        auto store = newStore("once");
        MemorySource source(userEvents(1000, 3));
        int told = 0;
        auto summary = ingest::run(*store, source, {}, {}, [&](const ingest::Progress&) { ++told; });
        QVERIFY2(summary.has_value(), summary ? "" : summary.error().text().c_str());
        QVERIFY(summary->complete);
        QCOMPARE(summary->progress.stored, std::uint64_t{1000});
        QCOMPARE(summary->progress.rejects, std::uint64_t{0});
        QVERIFY(told >= 1);
        auto reader = store->reader();
        QCOMPARE((*reader)->counts()->entities, std::uint64_t{37});
        QCOMPARE((*reader)->types()->size(), std::size_t{3});
        QVERIFY((*reader)->counts()->firstTime == Timestamp::fromMilliseconds(1'700'000'000'000));
        QCOMPARE(ingest::savedMappings(**reader)->size(), std::size_t{1});

        MemorySource again(userEvents(1000, 3));
        auto second = ingest::run(*store, again, {}, {}, {});
        QVERIFY(second.has_value() && second->complete);
        QCOMPARE(second->progress.stored, std::uint64_t{0});
    }

    void aRunThatFailedMidwayAndWasResumedEqualsOneThatDidNot()
    {
        auto whole = storeOf("whole", userEvents(3000, 4));
        QVERIFY(whole != nullptr);
        for (const std::size_t failAfter : {1u, 500u, 1234u, 2999u}) {
            auto store = newStore(("resumed" + std::to_string(failAfter)).c_str());
            MemorySource failing(userEvents(3000, 4));
            failing.failAfter = failAfter;
            auto failed = ingest::run(*store, failing, {}, {}, {});
            QVERIFY(!failed.has_value());
            MemorySource rest(userEvents(3000, 4));
            auto resumed = ingest::run(*store, rest, {}, {}, {});
            QVERIFY(resumed.has_value() && resumed->complete);
            QVERIFY(rest.delivered < 3000 || failAfter < 10);
            QCOMPARE(story(*store), story(*whole));
        }
    }

    void stoppingKeepsWhatWasDeliveredAndSaysSo()
    {
        auto store = newStore("stopped");
        MemorySource source(userEvents(500, 1));
        source.endless = true;
        std::stop_source stop;
        std::jthread later([&] {
            while (source.delivered < 500) std::this_thread::yield();
            std::this_thread::sleep_for(std::chrono::milliseconds(1500));
            stop.request_stop();
        });
        auto summary = ingest::run(*store, source, {}, stop.get_token(), {});
        QVERIFY(summary.has_value());
        QVERIFY(!summary->complete);
        QCOMPARE(summary->because, std::string("it was stopped"));
        QCOMPARE(summary->progress.stored, std::uint64_t{500});
    }

    void whatTheSourceHadToSkipIsKnownAsAGap()
    {
        auto store = newStore("skipped");
        auto lines = userEvents(100, 1);
        lines.erase(lines.begin() + 40, lines.begin() + 60);
        MemorySource source(lines);
        source.skipTo = 60;
        QVERIFY(ingest::run(*store, source, {}, {}, {}).has_value());
        auto reader = store->reader();
        const auto parts = (*reader)->parts();
        const std::vector<store::Range> expected = {{Offset{0}, Offset{40}}, {Offset{60}, Offset{100}}};
        QCOMPARE(parts->at(0).read, expected);
    }

    void whileTheSourceIsOpenedASettingCanBeSaved()
    {
        auto store = storeOf("slow-to-open", userEvents(50, 1));
        QVERIFY(store != nullptr);
        for (const char* name : {"known", "new"}) {  // the source is in the workspace already, and is not
            auto other = std::string_view(name) == "known" ? store : newStore(name);
            MemorySource source(userEvents(100, 1));
            Result<void> saved = fail("", "not tried");
            source.opening = [&]() -> Result<void> {
                saved = other->saveSetting("pins", Json(name), std::chrono::milliseconds(0));
                return {};
            };
            const auto summary = ingest::run(*other, source, {}, {}, {});
            QVERIFY(summary.has_value() && summary->complete);
            QVERIFY2(saved.has_value(), saved ? "" : saved.error().text().c_str());
            QCOMPARE((*other->reader())->counts()->records, std::uint64_t{100});
            QCOMPARE((*other->reader())->sources()->size(), std::size_t{1});
        }
    }

    void whileTheSourceIsBeingOpenedThatIsToldAndItCanBeStopped()
    {
        auto store = newStore("never-open");
        MemorySource source(userEvents(10, 1));
        source.opening = [&]() -> Result<void> {
            while (!source.cancelled) std::this_thread::yield();
            return fail("connecting", "cancelled", {}, Error::Kind::Cancelled);
        };
        std::stop_source stop;
        int told = 0;
        auto summary = ingest::run(*store, source, {}, stop.get_token(), [&](const ingest::Progress&) {
            ++told;
            stop.request_stop();
        });
        QVERIFY2(summary.has_value(), summary ? "" : summary.error().text().c_str());
        QVERIFY(told >= 1 && !summary->complete);
        QCOMPARE(summary->because, std::string("it was stopped"));
    }

    void aSourceThatDoesNotOpenLeavesNothingInTheWorkspace()
    {
        auto store = newStore("nothing");
        MemorySource source(userEvents(10, 1));
        source.opening = []() -> Result<void> { return fail("cannot connect", "nobody is there"); };
        QVERIFY(!ingest::run(*store, source, {}, {}, {}).has_value());
        QVERIFY((*store->reader())->sources()->empty());
    }

    void aFileThatIsFilledUpAtItsFrontIsWhole()
    {
        auto store = newStore("front");
        auto lines = userEvents(200, 1);
        MemorySource end({lines.begin() + 100, lines.end()});
        end.begin = 100;
        QVERIFY(ingest::run(*store, end, {}, {}, {}).has_value());
        QCOMPARE((*store->reader())->parts()->front().logStart.value, std::int64_t{100});
        MemorySource whole(lines);
        whole.forgetful = true;
        QVERIFY(ingest::run(*store, whole, {}, {}, {}).has_value());
        const auto part = (*store->reader())->parts()->front();
        QCOMPARE(part.logStart.value, std::int64_t{0});
        QVERIFY(part.read == (std::vector<store::Range>{{Offset{0}, Offset{200}}}));
    }
};

QTEST_GUILESS_MAIN(TestIngest)
#include "test_ingest.moc"
