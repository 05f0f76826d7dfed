#include "core/ingest/batch_queue.h"
#include "core/ingest/decoders.h"
#include "core/ingest/ingest.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <random>
#include <thread>

using namespace hindcast;

namespace {

/// A source that holds its records in memory, in the order of `lines`, and can be told to misbehave.
class MemorySource final : public source::Source {
public:
    struct Line {
        std::string topic, key, value;
        int partition = 0;
        std::int64_t offset = 0;
    };
    explicit MemorySource(std::vector<Line> lines, std::size_t batch = 10) : lines_(std::move(lines)), batch_(batch) {}

    std::optional<std::size_t> failAfter;  ///< an error once so many records have been delivered
    std::atomic<std::size_t> delivered = 0;
    bool endless = false;
    std::int64_t begin = 0;                 ///< offset where the log begins
    bool forgetful = false;                 ///< begins at the beginning whatever was read before
    std::optional<std::int64_t> skipTo;     ///< the offset, first of its batch, before which records were gone
    std::function<Result<void>()> opening;  ///< called by open(), whose error it may be

    Result<source::Identity> identity() override { return source::Identity{source::Kind::Kafka, "memory", "memory", ""}; }
    Result<void> open(const std::vector<source::Resume>& resume) override
    {
        if (opening)
            if (auto done = opening(); !done) return done;
        if (!forgetful)
            for (const auto& each : resume) next_[each.stream] = each.next.value;
        for (const Line& line : lines_) stream(line);
        return {};
    }
    std::vector<source::StreamFacts> streams() const override
    {
        std::vector<source::StreamFacts> facts;
        for (const SourceStream& each : *streams_) {
            source::StreamFacts fact;
            fact.stream = each;
            const auto next = next_.find(each);
            fact.logStart = Offset{begin};
            fact.startedAt = Offset{next == next_.end() ? begin : next->second};
            if (const auto gap = skipped_.find(each); gap != skipped_.end()) fact.startedAt = gap->second;
            fact.startReason = "from the beginning";
            facts.push_back(fact);
        }
        return facts;
    }
    Result<RecordBatch> next(std::chrono::milliseconds wait) override
    {
        RecordBatch batch;
        batch.streams = streams_;
        auto owned = std::make_shared<std::vector<Line>>();
        owned->reserve(batch_);
        while (at_ < lines_.size() && owned->size() < batch_) {
            const Line& line = lines_[at_++];
            const auto from = next_.find({line.topic, Partition{line.partition}});
            if (from != next_.end() && line.offset < from->second) continue;
            owned->push_back(line);
        }
        for (const Line& line : *owned) {
            if (failAfter && delivered >= *failAfter) return fail("cannot read memory", "it was told to fail");
            RawRecord record;
            record.stream = stream(line);
            record.offset = Offset{line.offset};
            if (skipTo && line.offset == *skipTo) {
                skipped_[(*streams_)[record.stream]] = record.offset;
                batch.factsChanged = true;
            }
            record.timestampKind = TimestampKind::Create;
            record.timestamp = Timestamp::fromMilliseconds(1'700'000'000'000 + line.offset);
            record.key = line.key;
            record.value = line.value;
            batch.records.push_back(record);
            batch.bytes += line.key.size() + line.value.size();
            batch.progress.push_back({record.stream, Offset{line.offset + 1}});
            ++delivered;
        }
        batch.owner = owned;
        if (batch.records.empty() && endless) std::this_thread::sleep_for(wait);
        return batch;
    }
    bool finished() const override { return !endless && at_ >= lines_.size(); }
    source::Status status() const override
    {
        source::Status status;
        status.recordsTotal = lines_.size();
        status.recordsDelivered = delivered;
        return status;
    }
    void cancel() override {}

private:
    std::uint32_t stream(const Line& line)
    {
        const SourceStream name{line.topic, Partition{line.partition}};
        for (std::uint32_t i = 0; i < streams_->size(); ++i)
            if ((*streams_)[i] == name) return i;
        auto grown = std::make_shared<std::vector<SourceStream>>(*streams_);
        grown->push_back(name);
        streams_ = grown;
        return static_cast<std::uint32_t>(grown->size() - 1);
    }
    std::vector<Line> lines_;
    std::size_t batch_;
    std::atomic<std::size_t> at_ = 0;
    std::map<SourceStream, std::int64_t> next_;
    std::map<SourceStream, Offset> skipped_;
    std::shared_ptr<const std::vector<SourceStream>> streams_ = std::make_shared<std::vector<SourceStream>>();
};

std::vector<MemorySource::Line> userEvents(int count, int partitions)
{
    std::vector<MemorySource::Line> lines;
    std::vector<std::int64_t> offsets(static_cast<std::size_t>(partitions));
    static constexpr const char* kTypes[] = {"UserRegistered", "AddressAdded", "OrderPlaced"};
    for (int i = 0; i < count; ++i) {
        const std::string user = "user-" + std::to_string(i % 37);
        const int partition = i % 37 % partitions;
        lines.push_back({"users", user,
                         std::string("{\"event_type\":\"") + kTypes[i % 3] + "\",\"user_id\":\"" + user + "\",\"timestamp\":" +
                             std::to_string(1'700'000'000'000 + i * 1000) + ",\"seq\":" + std::to_string(i) + "}",
                         partition, offsets[static_cast<std::size_t>(partition)]++});
    }
    return lines;
}

/// Everything that a workspace says, as text: two workspaces that print alike are alike.
std::string story(store::Store& store)
{
    auto reader = store.reader();
    ingest::Decoders decoders(*ingest::loadMappings(**reader));
    [&] { QVERIFY(decoders.refresh(**reader).has_value()); }();
    std::string text;
    auto done = (*reader)->scan(EventId{}, [&](EventId id, const RawRecord& record, std::span<const Header>) {
        const auto position = (*reader)->position(id);
        text += position->topic + "/" + std::to_string(position->partition.value) + "@" + std::to_string(position->offset.value) +
                " " + std::string(record.value.value_or("")) + "\n";
        return true;
    });
    [&] { QVERIFY(done.has_value()); }();
    std::map<std::string, std::string> lives;
    const auto directory = *(*reader)->directory();
    for (std::uint32_t e = 0; e < directory->size(); ++e) {
        std::string life;
        const auto postings = (*reader)->postings(EntityId{e});
        for (const auto& posting : postings->items)
            life += " " + std::to_string(posting.id.packed) + ":" + (*reader)->typeName(posting.type) + ":" + toIso(posting.time);
        lives[(*reader)->entityKey(EntityId{e})->text()] = life;
    }
    for (const auto& [entity, life] : lives) text += entity + life + "\n";
    const auto parts = (*reader)->parts();
    for (const auto& part : *parts)
        for (const auto& range : part.read)
            text += part.topic + " " + std::to_string(range.from.value) + ".." + std::to_string(range.to.value) + "\n";
    return text;
}

std::shared_ptr<store::Store> newStore(const QTemporaryDir& folder, const char* name)
{
    auto store = store::Store::open(folder.filePath(name).toStdString(), store::Mode::CreateOrOpen);
    return store ? *store : nullptr;
}

}  // namespace

class TestIngest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

private slots:
    void everyRecordComesInOnceWithItsEntityTypeAndTime()
    {
        auto store = newStore(folder_, "once");
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
        auto whole = newStore(folder_, "whole");
        MemorySource all(userEvents(3000, 4));
        QVERIFY(ingest::run(*whole, all, {}, {}, {}).has_value());
        for (const std::size_t failAfter : {1u, 500u, 1234u, 2999u}) {
            auto store = newStore(folder_, ("resumed" + std::to_string(failAfter)).c_str());
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
        auto store = newStore(folder_, "stopped");
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

    void theDiskLimitEndsTheRunPolitely()
    {
        auto store = newStore(folder_, "limited");
        MemorySource source(userEvents(200'000, 2), 500);
        ingest::Options options;
        options.diskLimit = 1;
        options.commitEvery = std::chrono::milliseconds(5);
        auto summary = ingest::run(*store, source, options, {}, {});
        QVERIFY(summary.has_value());
        QVERIFY(!summary->complete);
        QVERIFY2(summary->because.find("disk limit") != std::string::npos, summary->because.c_str());
        auto reader = store->reader();
        QCOMPARE((*reader)->counts()->records, summary->progress.stored);
    }

    void theDiskLimitHoldsWhereRecordsComeFasterThanCommits()
    {
        auto store = newStore(folder_, "limited-and-fast");
        MemorySource source(userEvents(100'000, 3), 500);
        ingest::Options options;
        options.diskLimit = 1 << 20;
        options.commitEvery = std::chrono::minutes(10);
        auto summary = ingest::run(*store, source, options, {}, {});
        QVERIFY(summary.has_value() && !summary->complete);
        QVERIFY(summary->progress.stored > 0 && summary->progress.stored < 100'000);
    }

    void theDiskLimitIsOfTheFileAndNotOfItsWriteAheadLog()
    {
        auto store = newStore(folder_, "limited-and-slow");
        std::mt19937 random(7);  // nothing that could be packed
        std::vector<MemorySource::Line> lines;
        for (int i = 0; i < 20'000; ++i) {
            std::string text(900, ' ');
            for (char& one : text) one = static_cast<char>('a' + random() % 26);
            lines.push_back({"users", "user-1", "{\"user_id\":\"user-1\",\"text\":\"" + text + "\"}", 0, i});
        }
        MemorySource source(lines);
        ingest::Options options;
        options.diskLimit = 3'000'000;
        options.commitEvery = std::chrono::milliseconds(0);  // each batch a commit: a log of many times the file's size
        auto summary = ingest::run(*store, source, options, {}, {});
        QVERIFY2(summary.has_value() && summary->diskFull, summary ? "" : summary.error().text().c_str());
        QVERIFY(summary->progress.stored < 20'000);
        auto reader = store->reader();
        const std::uint64_t told = (*reader)->counts()->fileBytes;
        const std::string path = store->path();
        reader->reset();
        store.reset();
        const std::uint64_t file = std::filesystem::file_size(path);
        QCOMPARE(told, file);
        QVERIFY2(file >= 3'000'000 && file < 3'500'000, std::to_string(file).c_str());
    }

    void whatTheSourceHadToSkipIsKnownAsAGap()
    {
        auto store = newStore(folder_, "skipped");
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

    void aGivenMappingHoldsForWhatIsStoredTooAndAProposalForNothingThatHasOne()
    {
        auto store = newStore(folder_, "given");
        auto lines = userEvents(100, 1);
        MemorySource first({lines.begin(), lines.begin() + 50});
        QVERIFY(ingest::run(*store, first, {}, {}, {}).has_value());
        decode::Mapping mapping = ingest::savedMappings(**store->reader())->front();
        mapping.type.reset();  // all are called "event" then
        ingest::Options proposed;
        proposed.proposals = {mapping};
        MemorySource second({lines.begin(), lines.begin() + 70});
        QVERIFY(ingest::run(*store, second, proposed, {}, {}).has_value());
        QVERIFY((*store->reader())->types()->size() == 3 && *ingest::savedMappings(**store->reader()) != std::vector{mapping});
        ingest::Options given;
        given.mappings = {mapping};
        MemorySource third(lines);
        QVERIFY(ingest::run(*store, third, given, {}, {}).has_value());
        QVERIFY(*ingest::savedMappings(**store->reader()) == std::vector{mapping});
        std::uint64_t events = 0;
        const auto types = (*store->reader())->types();
        for (const store::TypeCount& type : *types)
            if (type.events > 0) {
                QCOMPARE(type.name, std::string("event"));
                events += type.events;
            }
        QCOMPARE(events, std::uint64_t{100});
    }

    void whereTheSourceDoesNotOpenItIsToldAllTheSameThatAllWasDecodedAnew()
    {
        auto store = newStore(folder_, "not-opened");
        const auto lines = userEvents(100, 1);
        MemorySource first(lines);
        QVERIFY(ingest::run(*store, first, {}, {}, {}).has_value());
        auto reader = store->reader();
        const auto before = *(*reader)->directory();
        decode::Mapping mapping = ingest::savedMappings(**reader)->front();
        mapping.type.reset();
        ingest::Options given;
        given.mappings = {mapping};
        MemorySource second(lines);
        second.opening = []() -> Result<void> { return fail("cannot connect", "nobody is there"); };
        bool told = false;
        const auto summary =
            ingest::run(*store, second, given, {}, [&](const ingest::Progress& progress) { told |= progress.remapped; });
        QVERIFY(!summary.has_value());
        QVERIFY(told);
        QVERIFY(*ingest::savedMappings(**reader) == std::vector{mapping});
        const auto now = *(*reader)->directory(before);
        QCOMPARE(now->counts, (*store->reader())->directory().value()->counts);
        QVERIFY(now->madeAnew != before->madeAnew);
    }

    void whileTheSourceIsOpenedASettingCanBeSaved()
    {
        auto store = newStore(folder_, "slow-to-open");
        MemorySource first(userEvents(50, 1));
        QVERIFY(ingest::run(*store, first, {}, {}, {}).has_value());
        for (const char* name : {"known", "new"}) {  // the source is in the workspace already, and is not
            auto other = std::string_view(name) == "known" ? store : newStore(folder_, name);
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

    void aSourceThatDoesNotOpenLeavesNothingInTheWorkspace()
    {
        auto store = newStore(folder_, "nothing");
        MemorySource source(userEvents(10, 1));
        source.opening = []() -> Result<void> { return fail("cannot connect", "nobody is there"); };
        QVERIFY(!ingest::run(*store, source, {}, {}, {}).has_value());
        QVERIFY((*store->reader())->sources()->empty());
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

    void aFileThatIsFilledUpAtItsFrontIsWhole()
    {
        auto store = newStore(folder_, "front");
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

    void recordsThatCannotBeDecodedAreKeptWithTheirReasons()
    {
        auto store = newStore(folder_, "rejects");
        auto lines = userEvents(50, 1);
        lines[7].value = "{\"event_type\":\"UserReg";
        lines[8].value = "{\"a\":NaN}";
        MemorySource source(lines);
        auto summary = ingest::run(*store, source, {}, {}, {});
        QVERIFY(summary.has_value() && summary->complete);
        QCOMPARE(summary->progress.rejects, std::uint64_t{2});
        auto reader = store->reader();
        auto rejects = (*reader)->rejects();
        QCOMPARE(rejects->size(), std::size_t{2});
        QVERIFY(rejects->front().entity.has_value());
        QCOMPARE(std::string(*(*(*reader)->record(rejects->front().id))->record.value), lines[7].value);
        QCOMPARE((*reader)->counts()->events, std::uint64_t{48});
    }

    void aFullQueueHoldsTheSourceBack()
    {
        ingest::BatchQueue queue(1000);
        std::atomic<int> pushed = 0;
        std::stop_source stop;
        std::jthread producer([&] {
            for (int i = 0; i < 10; ++i) {
                ingest::Delivery delivery;
                delivery.batch.bytes = 400;
                if (!queue.push(std::move(delivery), stop.get_token())) return;
                ++pushed;
            }
        });
        QTRY_COMPARE(pushed.load(), 2);
        QTest::qWait(50);
        QCOMPARE(pushed.load(), 2);
        QVERIFY(queue.pop(std::chrono::milliseconds(0)).has_value());
        QTRY_COMPARE(pushed.load(), 3);
        stop.request_stop();
        producer.join();
        QCOMPARE(pushed.load(), 3);
    }

    void anotherMappingIsAppliedToWhatIsStored()
    {
        auto store = newStore(folder_, "remapped");
        MemorySource source(userEvents(300, 1));
        QVERIFY(ingest::run(*store, source, {}, {}, {}).has_value());
        auto json =
            parseJson(R"([{"topic":"users","entities":[{"category":{"const":"type"},"id":{"from":"value","at":"/event_type"}}],
                                   "type":{"from":"value","at":"/user_id"}}])");
        auto mappings = decode::mappingsFromJson(*json);
        QVERIFY2(mappings.has_value(), mappings ? "" : mappings.error().text().c_str());
        auto done = ingest::remap(*store, *mappings, {}, {});
        QVERIFY2(done.has_value(), done ? "" : done.error().text().c_str());
        auto reader = store->reader();
        QCOMPARE((*reader)->counts()->entities, std::uint64_t{3});
        QVERIFY((*reader)->findEntity({"type", "OrderPlaced"})->has_value());
        QVERIFY(ingest::savedMappings(**reader)->front() == mappings->front());
    }
};

QTEST_GUILESS_MAIN(TestIngest)
#include "test_ingest.moc"
