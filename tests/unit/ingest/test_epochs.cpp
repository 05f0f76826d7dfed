#include "tests/unit/ingest/memory_source.h"

using namespace hindcast;
using namespace hindcast::test;

/// Other bytes at a position that is stored already.
class TestEpochs : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

private slots:
    void otherBytesAtAPositionOpenAnEpochAndAreSaid()
    {
        auto store = newStore(folder_, "epoch");
        auto lines = userEvents(100, 1);
        MemorySource first(lines);
        QVERIFY(ingest::run(*store, first, {}, {}, {}).has_value());
        // The topic was made anew: other records from offset 0 on, and no resume point that fits.
        for (auto& line : lines) line.value.insert(1, "\"made\":\"anew\",");
        MemorySource anew(lines);
        anew.forgetful = true;
        auto summary = ingest::run(*store, anew, {}, {}, {});
        QVERIFY2(summary.has_value(), summary ? "" : summary.error().text().c_str());
        QCOMPARE(summary->progress.stored, std::uint64_t{100});
        QCOMPARE(summary->notices.size(), std::size_t{1});
        auto reader = store->reader();
        QCOMPARE((*reader)->counts()->records, std::uint64_t{200});
        QCOMPARE((*reader)->parts()->back().epoch, 1u);
    }

    void whatStandsBeforeAChangeIsNotStoredAgain()
    {
        auto store = newStore(folder_, "tail-changed");
        auto lines = userEvents(1000, 1);
        MemorySource first(lines);
        QVERIFY(ingest::run(*store, first, {}, {}, {}).has_value());
        for (std::size_t i = 600; i < lines.size(); ++i) lines[i].value.insert(1, "\"corrected\":true,");
        // Read twice from the beginning, as a file is.
        for (const std::uint64_t expected : {400u, 0u}) {
            MemorySource changed(lines);
            changed.forgetful = true;
            auto summary = ingest::run(*store, changed, {}, {}, {});
            QVERIFY2(summary.has_value(), summary ? "" : summary.error().text().c_str());
            QCOMPARE(summary->progress.stored, expected);
            QCOMPARE(summary->progress.duplicates, 1000 - expected);
        }
    }

    void whatDiffersFromAllEpochsOpensAnotherOne()
    {
        auto store = newStore(folder_, "thrice");
        auto lines = userEvents(100, 1);
        MemorySource first(lines);
        QVERIFY(ingest::run(*store, first, {}, {}, {}).has_value());
        const auto readAgain = [&] {
            MemorySource again(lines);
            again.forgetful = true;
            return ingest::run(*store, again, {}, {}, {});
        };
        for (std::size_t i = 60; i < lines.size(); ++i) lines[i].value.insert(1, "\"corrected\":true,");
        auto second = readAgain();  // epoch 1 begins at offset 60
        QVERIFY(second.has_value() && second->notices.size() == 1);
        for (std::size_t i = 0; i < 10; ++i) lines[i].value.insert(1, "\"made\":\"anew\",");
        lines.resize(10);
        auto third = readAgain();
        QVERIFY(third.has_value());
        QCOMPARE(third->progress.stored, std::uint64_t{10});
        QCOMPARE(third->notices.size(), std::size_t{1});
        auto reader = store->reader();
        auto parts = (*reader)->parts();
        QCOMPARE(parts->size(), std::size_t{3});
        QCOMPARE(parts->back().epoch, 2u);
        QCOMPARE(parts->back().records, std::uint64_t{10});
        auto fourth = readAgain();
        QCOMPARE(fourth->progress.stored, std::uint64_t{0});
    }

    void anEpochThatBeginsWithinARunLeavesTheOldOneItsRange()
    {
        auto store = newStore(folder_, "within");
        auto lines = userEvents(30, 1);
        lines.push_back(lines[20]);
        lines.back().value.insert(1, "\"other\":1,");
        MemorySource source(lines);
        auto summary = ingest::run(*store, source, {}, {}, {});
        QVERIFY(summary.has_value() && summary->notices.size() == 2);  // the guessed mapping, and the epoch
        auto parts = (*store->reader())->parts();
        QCOMPARE(parts->size(), std::size_t{2});
        QVERIFY(parts->front().read == (std::vector<store::Range>{{Offset{0}, Offset{30}}}));
        // Two things of one position are no news when they are read again.
        MemorySource again(lines);
        again.forgetful = true;
        auto second = ingest::run(*store, again, {}, {}, {});
        QVERIFY(second.has_value());
        QCOMPARE(second->progress.stored, std::uint64_t{0});
        QCOMPARE((*store->reader())->parts()->size(), std::size_t{2});
    }

    void goingBackToWhatWasReadBeforeStoresNothing()
    {
        auto store = newStore(folder_, "to-and-fro");
        const auto lines = userEvents(100, 1);
        auto changed = lines;
        for (auto& line : changed) line.value.insert(1, "\"other\":1,");
        for (const auto& [each, expected] : {std::pair{&lines, 100u}, {&changed, 100u}, {&lines, 0u}, {&changed, 0u}}) {
            MemorySource source(*each);
            source.forgetful = true;
            auto summary = ingest::run(*store, source, {}, {}, {});
            QVERIFY(summary.has_value());
            QCOMPARE(summary->progress.stored, std::uint64_t{expected});
        }
    }
};

QTEST_GUILESS_MAIN(TestEpochs)
#include "test_epochs.moc"
