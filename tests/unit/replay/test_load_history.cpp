#include "core/replay/gathered.h"
#include "core/replay/history.h"
#include "core/store/store.h"
#include "tests/unit/replay/test_log.h"

#include <QObject>
#include <QTemporaryDir>

using namespace hindcast;
using namespace hindcast::test;
using hindcast::replay::loadHistory;

namespace {

struct Row {
    std::int64_t offset = 0;
    std::string id;
    EventKind kind = EventKind::Create;
    std::uint64_t lsn = 0;
    std::string value = R"({"a":1})";
    std::string reject = {};
};

/// A workspace of one capture: one table, some partitions.
class Workspace {
public:
    Workspace()
    {
        store_ = *store::Store::open(folder_.filePath("w.hindcast").toStdString(), store::Mode::CreateOrOpen);
        writer_ = *store_->writer();
        source_ = *writer_->addSource("file", "capture", "capture", "");
    }
    void add(int partition, const std::vector<Row>& rows)
    {
        const PartId part = *writer_->addPart(source_, "pg.public.users", Partition{partition});
        for (const Row& row : rows) {
            RawRecord record;
            record.offset = Offset{row.offset};
            record.key = row.id;
            if (row.kind != EventKind::Tombstone) record.value = row.value;
            EventFacts facts;
            facts.entities = {{"pg", "public.users", row.id}};
            facts.kind = row.kind;
            facts.type = row.kind == EventKind::Tombstone ? "tombstone" : nameOf(row.kind);
            facts.time = Timestamp::fromSeconds(1'700'000'000 + row.offset);
            facts.order = {row.lsn, row.lsn, 0};
            facts.payload = record.value.value_or("");
            facts.reject = row.reject;
            if (!writer_->append(part, record, {}, facts)) qFatal("cannot append");
            writer_->setProgress(part, Offset{row.offset + 1});
        }
        if (!writer_->commit()) qFatal("cannot commit");
    }
    std::shared_ptr<const replay::History> history(const std::string& id)
    {
        reader_ = *store_->reader();
        const auto entity = *reader_->findEntity({"public.users", id});
        if (!entity) qFatal("no such entity");
        return *loadHistory(*reader_, *entity);
    }
    store::Reader& reader() { return *reader_; }

private:
    QTemporaryDir folder_;
    std::shared_ptr<store::Store> store_;
    std::unique_ptr<store::Writer> writer_;
    std::unique_ptr<store::Reader> reader_;
    SourceId source_;
};

std::string kinds(const replay::History& history)
{
    std::string out;
    for (const auto& event : history.events)
        out += std::string(nameOf(event.kind)) + "@" + std::to_string(event.id.offset().value) + (event.primary ? " " : "* ");
    return out;
}

class ValuePayloads final : public PayloadSource {
public:
    std::string_view payload(EventId, const RawRecord& record, std::span<const Header>) override
    {
        return record.value.value_or(std::string_view());
    }
};

}  // namespace

class LoadHistoryTest : public QObject {
    Q_OBJECT

private slots:
    void aTruncateOfTheTableEndsTheRowsThatLiveThen()
    {
        Workspace workspace;
        workspace.add(0, {{0, "1", EventKind::Create, 10},
                          {1, "2", EventKind::Create, 11},
                          {2, "2", EventKind::Delete, 12},
                          {3, "2", EventKind::Tombstone, 0},
                          {4, "1", EventKind::Create, 30}});
        workspace.add(1, {{0, "*", EventKind::Truncate, 20}, {1, "*", EventKind::Truncate, 25}, {2, "3", EventKind::Create, 26}});
        COMPARE_TEXT(kinds(*workspace.history("1")), std::string("create@0 truncate@0* create@4 "));
        COMPARE_TEXT(kinds(*workspace.history("2")), std::string("create@1 delete@2 "));
        COMPARE_TEXT(kinds(*workspace.history("3")), std::string("create@2 "));
        COMPARE_TEXT(kinds(*workspace.history("*")), std::string("truncate@0 truncate@1 "));
        QVERIFY(workspace.history("1")->rows);
        QVERIFY(workspace.history("1")->completeness.complete);
    }

    void rejectsStandApartAndMakeALifePartial()
    {
        Workspace workspace;
        workspace.add(
            0, {{0, "1", EventKind::Create, 10}, {1, "1", EventKind::Plain, 0, "{", "no JSON"}, {2, "1", EventKind::Update, 11}});
        const auto history = workspace.history("1");
        COMPARE_TEXT(kinds(*history), std::string("create@0 update@2 "));
        QCOMPARE(history->rejects.size(), std::size_t{1});
        COMPARE_TEXT(history->completeness.because,
                     std::string("a record with its key at pg.public.users/0 offset 1 could not be decoded"));
    }

    void aReplayReadsItsRecordsFromTheWorkspace()
    {
        Workspace workspace;
        std::vector<Row> rows;
        for (std::int64_t i = 0; i < 1000; ++i)
            rows.push_back(
                {i, std::to_string(i % 3), i < 3 ? EventKind::Create : EventKind::Update, static_cast<std::uint64_t>(i + 1),
                 R"({"op":"u","before":null,"after":{"id":)" + std::to_string(i % 3) + R"(,"n":)" + std::to_string(i) + "}}"});
        workspace.add(0, rows);
        const auto other = workspace.history("2");
        const auto history = workspace.history("1");
        QCOMPARE(history->events.size(), std::size_t{333});
        replay::EntityReplay replay(workspace.reader(), history, model::defaultReducer(history->rows),
                                    std::make_unique<ValuePayloads>());
        // Gathered in any order, and of other entities as well: the states are the same.
        std::vector<EventId> ids;
        for (const auto& each : {other, history})
            for (const auto& event : each->events) ids.push_back(event.id);
        std::ranges::reverse(ids);
        auto gathered = replay::GatheredRecords::read(workspace.reader(), ids, {});
        QVERIFY(gathered.has_value());
        replay::EntityReplay second(replay::GatheredRecords::feed(*gathered), history, model::defaultReducer(history->rows),
                                    std::make_unique<ValuePayloads>());
        for (const std::uint64_t v : {333u, 1u, 200u, 199u}) {
            for (replay::EntityReplay* each : {&replay, &second}) {
                const auto state = each->at(Version{v});
                QVERIFY(state);
                COMPARE_TEXT(text(state->document), R"({"id":1,"n":)" + std::to_string(1 + (v - 1) * 3) + "}");
            }
        }
    }
};

QTEST_APPLESS_MAIN(LoadHistoryTest)
#include "test_load_history.moc"
