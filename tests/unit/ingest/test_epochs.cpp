#include "tests/unit/ingest/memory_source.h"

using namespace hindcast;
using namespace hindcast::test;

/// Other bytes at a position that is stored already.
class TestEpochs : public WithStores {
    Q_OBJECT

    /// From the beginning, whatever was read before, as a file is.
    [[nodiscard]] static auto readAgain(store::Store& store, const std::vector<MemorySource::Line>& lines)
    {
        MemorySource source(lines);
        source.forgetful = true;
        return ingest::run(store, source, {}, {}, {});
    }

private slots:
    void otherBytesAtAPositionOpenAnEpochAndAreSaid()
    {
        auto lines = userEvents(100, 1);
        auto store = storeOf("epoch", lines);
        QVERIFY(store != nullptr);
        // The topic was made anew: other records from offset 0 on, and no resume point that fits.
        for (auto& line : lines) line.value.insert(1, "\"made\":\"anew\",");
        auto summary = readAgain(*store, lines);
        QVERIFY2(summary.has_value(), summary ? "" : summary.error().text().c_str());
        QCOMPARE(summary->progress.stored, std::uint64_t{100});
        QCOMPARE(summary->notices.size(), std::size_t{1});
        auto reader = store->reader();
        QCOMPARE((*reader)->counts()->records, std::uint64_t{200});
        QCOMPARE((*reader)->parts()->back().epoch, 1u);
    }

    void whatStandsBeforeAChangeIsNotStoredAgain()
    {
        auto lines = userEvents(1000, 1);
        auto store = storeOf("tail-changed", lines);
        QVERIFY(store != nullptr);
        for (std::size_t i = 600; i < lines.size(); ++i) lines[i].value.insert(1, "\"corrected\":true,");
        // The second time there is nothing new in it.
        for (const std::uint64_t expected : {400u, 0u}) {
            auto summary = readAgain(*store, lines);
            QVERIFY2(summary.has_value(), summary ? "" : summary.error().text().c_str());
            QCOMPARE(summary->progress.stored, expected);
            QCOMPARE(summary->progress.duplicates, 1000 - expected);
        }
    }

    void whatDiffersFromAllEpochsOpensAnotherOne()
    {
        auto lines = userEvents(100, 1);
        auto store = storeOf("thrice", lines);
        QVERIFY(store != nullptr);
        for (std::size_t i = 60; i < lines.size(); ++i) lines[i].value.insert(1, "\"corrected\":true,");
        auto second = readAgain(*store, lines);  // epoch 1 begins at offset 60
        QVERIFY(second.has_value() && second->notices.size() == 1);
        for (std::size_t i = 0; i < 10; ++i) lines[i].value.insert(1, "\"made\":\"anew\",");
        lines.resize(10);
        auto third = readAgain(*store, lines);
        QVERIFY(third.has_value());
        QCOMPARE(third->progress.stored, std::uint64_t{10});
        QCOMPARE(third->notices.size(), std::size_t{1});
        auto reader = store->reader();
        auto parts = (*reader)->parts();
        QCOMPARE(parts->size(), std::size_t{3});
        QCOMPARE(parts->back().epoch, 2u);
        QCOMPARE(parts->back().records, std::uint64_t{10});
        auto fourth = readAgain(*store, lines);
        QCOMPARE(fourth->progress.stored, std::uint64_t{0});
    }

    void anEpochThatBeginsWithinARunLeavesTheOldOneItsRange()
    {
        auto store = newStore("within");
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
        auto second = readAgain(*store, lines);
        QVERIFY(second.has_value());
        QCOMPARE(second->progress.stored, std::uint64_t{0});
        QCOMPARE((*store->reader())->parts()->size(), std::size_t{2});
    }

    void goingBackToWhatWasReadBeforeStoresNothing()
    {
        auto store = newStore("to-and-fro");
        const auto lines = userEvents(100, 1);
        auto changed = lines;
        for (auto& line : changed) line.value.insert(1, "\"other\":1,");
        for (const auto& [each, expected] : {std::pair{&lines, 100u}, {&changed, 100u}, {&lines, 0u}, {&changed, 0u}}) {
            auto summary = readAgain(*store, *each);
            QVERIFY(summary.has_value());
            QCOMPARE(summary->progress.stored, std::uint64_t{expected});
        }
    }
};

QTEST_GUILESS_MAIN(TestEpochs)
#include "test_epochs.moc"
