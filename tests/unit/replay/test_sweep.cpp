#include "core/replay/sweep.h"
#include "tests/unit/replay/sweep_workspace.h"

#include <QObject>

#include <atomic>
#include <mutex>

using namespace hindcast;
using namespace hindcast::test;
using replay::SweepBatch;
using replay::SweepFold;
using replay::SweptEvent;

namespace {

/// What a sweep showed: by entity the ids and payloads of its events.
struct Seen {
    std::mutex mutex;
    std::map<std::uint32_t, std::string> lives;
    bool anyStreamed = false;
    std::size_t largestBatch = 0;
};

class Collect final : public SweepFold {
public:
    explicit Collect(Seen& seen) : seen_(seen) {}
    Result<void> fold(SweepBatch& batch) override
    {
        std::size_t events = 0;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            std::string life = batch.history(i).key.text() + ":";
            auto walked = batch.walk(i, Version{}, [&](const SweptEvent& swept) -> Result<bool> {
                life += " " + std::to_string(swept.version.value) + "=" + std::to_string(swept.event.id.packed) + "," +
                        std::string(batch.typeName(swept.event.type)) + "," + std::string(swept.payload);
                ++events;
                return true;
            });
            if (!walked) return walked;
            const std::scoped_lock lock(seen_.mutex);
            seen_.lives[batch.history(i).entity.value] = life;
        }
        const std::scoped_lock lock(seen_.mutex);
        if (!batch.held())
            seen_.anyStreamed = true;
        else
            seen_.largestBatch = std::max(seen_.largestBatch, events);
        return {};
    }

private:
    Seen& seen_;
};

replay::MakeFold collectInto(Seen& seen)
{
    return [&seen](const std::stop_token&) -> Result<std::unique_ptr<SweepFold>> { return std::make_unique<Collect>(seen); };
}

/// The same by histories and records one by one.
std::map<std::uint32_t, std::string> naive(const SweepWorkspace& workspace)
{
    auto reader = *workspace.store()->reader();
    std::map<std::uint32_t, std::string> lives;
    for (const EntityId id : workspace.entities()) {
        const auto history = *replay::loadHistory(*reader, id);
        std::string life = history->key.text() + ":";
        for (std::size_t i = 0; i < history->events.size(); ++i) {
            const auto& event = history->events[i];
            const auto record = *reader->record(event.id);
            life += " " + std::to_string(i + 1) + "=" + std::to_string(event.id.packed) + "," + reader->typeName(event.type) +
                    "," + std::string(record->record.value.value_or(""));
        }
        lives[id.value] = life;
    }
    return lives;
}

class Failing final : public SweepFold {
public:
    Result<void> fold(SweepBatch&) override { return fail("the fold failed", "it was told to"); }
};

}  // namespace

class SweepTest : public QObject {
    Q_OBJECT

private slots:
    void historiesOfManyAreThoseOfEachAlone()
    {
        SweepWorkspace workspace(7);
        workspace.grow(6000, 90);
        auto reader = *workspace.store()->reader();
        const auto directory = *reader->directory();
        replay::BareHistories histories(*reader);
        std::mt19937 random(3);
        for (int round = 0; round < 20; ++round) {
            // All of them, or any few: the index is walked from one to the next.
            std::vector<EntityId> some;
            for (std::uint32_t id = 0; id < directory->size(); ++id)
                if (round == 0 || random() % static_cast<unsigned>(round) == 0) some.emplace_back(id);
            const auto loaded = histories.load(some, *directory);
            QVERIFY(loaded);
            for (std::size_t i = 0; i < some.size(); ++i) {
                const auto alone = *replay::loadHistory(*reader, some[i]);
                const replay::BareHistory& bare = (*loaded)[i];
                QCOMPARE(bare.key.text(), alone->key.text());
                QCOMPARE(bare.rows, alone->rows);
                QCOMPARE(bare.completeness->because, alone->completeness.because);
                QCOMPARE(bare.events.size(), alone->events.size());
                for (std::size_t e = 0; e < bare.events.size(); ++e) {
                    QVERIFY(bare.events[e].id == alone->events[e].id);
                    QVERIFY(bare.events[e].effective == alone->events[e].effective);
                    QVERIFY(bare.events[e].kind == alone->events[e].kind);
                }
            }
        }
    }

    void everyEventIsShownOnceInItsOrderByOneThreadAndByFour()
    {
        SweepWorkspace workspace;
        workspace.grow(9000, 200);
        const auto expected = naive(workspace);
        for (const unsigned threads : {1u, 4u}) {
            Seen seen;
            replay::SweepOptions options;
            options.threads = threads;
            replay::SweepProgress last;
            bool fell = false;
            options.progress = [&](const replay::SweepProgress& now) {
                fell = fell || now.events < last.events || now.entities < last.entities;
                last = now;
            };
            const auto done = replay::sweep(workspace.source(), {}, options, collectInto(seen));
            QVERIFY(done);
            QVERIFY(seen.lives == expected);
            QCOMPARE(done->entities, expected.size());
            QCOMPARE(last.entities, last.entitiesTotal);
            QCOMPARE(last.events, done->events);
            QVERIFY(!fell);
        }
    }

    void littleMemoryMakesSmallBatchesAndLongLivesAreReadAsTheyAreWalked()
    {
        SweepWorkspace workspace(5);
        workspace.grow(4000, 60);
        for (int i = 0; i < 5000; ++i) workspace.add("long", "Placed", R"({"n":)" + std::to_string(i) + "}");
        workspace.commit();
        const auto expected = naive(workspace);
        for (const unsigned threads : {1u, 3u}) {
            Seen seen;
            replay::SweepOptions options;
            options.threads = threads;
            options.memory = 200'000;
            QVERIFY(replay::sweep(workspace.source(), {}, options, collectInto(seen)));
            QVERIFY(seen.lives == expected);
            QVERIFY(seen.anyStreamed);
            QVERIFY(seen.largestBatch < 2500);
        }
    }

    void payloadsLargerThanTheMemoryAreHalvedUntilTheyFit()
    {
        SweepWorkspace workspace(9);
        for (int i = 0; i < 60; ++i)
            workspace.add(std::to_string(i % 6), "Placed", R"({"text":")" + std::string(10'000, 'x') + R"("})");
        workspace.commit();
        const auto expected = naive(workspace);
        Seen seen;
        replay::SweepOptions options;
        options.threads = 1;
        options.memory = 250'000;  // two lives of 100 kB
        QVERIFY(replay::sweep(workspace.source(), {}, options, collectInto(seen)));
        QVERIFY(seen.lives == expected);
        QVERIFY(seen.largestBatch <= 20);
    }

    void onlyTheScopeIsLookedAt()
    {
        SweepWorkspace workspace;
        workspace.grow(2000, 50);
        const auto all = naive(workspace);
        auto reader = *workspace.store()->reader();
        const auto directory = *reader->directory();
        Seen seen;
        replay::SweepScope scope;
        scope.categories = {directory->category[0]};
        QVERIFY(replay::sweep(workspace.source(), scope, {}, collectInto(seen)));
        for (const auto& [id, life] : all) QCOMPARE(seen.lives.contains(id), directory->category[id] == directory->category[0]);
        Seen two;
        scope.categories.reset();
        scope.entities = {EntityId{3}, EntityId{1}, EntityId{3}, EntityId{999'999}};
        QVERIFY(replay::sweep(workspace.source(), scope, {}, collectInto(two)));
        for (const auto& [id, life] : two.lives) QVERIFY(id == 1 || id == 3);
        Seen none;
        scope.entities = std::vector<EntityId>();
        const auto nothing = replay::sweep(workspace.source(), scope, {}, collectInto(none));
        QVERIFY(nothing && none.lives.empty());
        QCOMPARE(nothing->entitiesTotal, std::uint64_t{0});
    }

    void itEndsSoonWhenItIsStoppedAndSaysSo()
    {
        SweepWorkspace workspace;
        workspace.grow(30'000, 300);
        std::stop_source stop;
        replay::SweepOptions options;
        options.stop = stop.get_token();
        options.threads = 2;
        std::uint64_t seenEvents = 0;
        options.progress = [&](const replay::SweepProgress& now) {
            seenEvents = now.events;
            if (now.events > 0) stop.request_stop();
        };
        Seen seen;
        const auto done = replay::sweep(workspace.source(), {}, options, collectInto(seen));
        QVERIFY(!done);
        QVERIFY(done.error().kind == Error::Kind::Cancelled);
        QVERIFY(seenEvents > 0 && seenEvents < 30'000);
    }

    void theErrorOfOneThreadEndsAll()
    {
        SweepWorkspace workspace;
        workspace.grow(3000, 100);
        Seen seen;
        std::atomic<int> made = 0;
        const auto done = replay::sweep(workspace.source(), {}, {.threads = 4},
                                        [&](const std::stop_token&) -> Result<std::unique_ptr<SweepFold>> {
                                            if (made++ == 0) return std::make_unique<Failing>();
                                            return std::make_unique<Collect>(seen);
                                        });
        // Another thread may have taken all before the one that fails had its turn.
        if (!done) QCOMPARE(done.error().what, std::string("the fold failed"));
        const auto refused = replay::sweep(
            workspace.source(), {}, {.threads = 1},
            [](const std::stop_token&) -> Result<std::unique_ptr<SweepFold>> { return std::make_unique<Failing>(); });
        QVERIFY(!refused);
        QCOMPARE(refused.error().what, std::string("the fold failed"));
    }

    void whatTheStoreHasGrownByIsThereTheNextTime()
    {
        SweepWorkspace workspace;
        workspace.grow(1000, 40);
        for (int round = 0; round < 4; ++round) {
            Seen seen;
            QVERIFY(replay::sweep(workspace.source(), {}, {.threads = 2}, collectInto(seen)));
            QVERIFY(seen.lives == naive(workspace));
            workspace.grow(700, 40 + round * 30);
        }
    }
};

QTEST_GUILESS_MAIN(SweepTest)
#include "test_sweep.moc"
