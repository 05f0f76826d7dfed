#include "core/store/store.h"

#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <random>

using namespace hindcast;
using namespace hindcast::store;

/// A part's log against the simplest model there is: a map from offset to bytes.
class TestPartLog : public QObject {
    Q_OBJECT

    static void check(Store& store, const std::map<std::int64_t, std::string>& model)
    {
        auto reader = store.reader();
        QVERIFY(reader.has_value());
        std::map<std::int64_t, std::string> got;
        std::int64_t last = -1;
        auto scanned = (*reader)->scan(EventId{}, [&](EventId id, const RawRecord& record, std::span<const Header>) {
            [&] { QVERIFY(id.offset().value > last); }();
            last = id.offset().value;
            got.emplace(id.offset().value, std::string(*record.value));
            return true;
        });
        QVERIFY2(scanned.has_value(), scanned ? "" : scanned.error().text().c_str());
        QVERIFY(got == model);
        for (const auto& [offset, value] : model) {
            auto record = (*reader)->record(EventId(PartId{1}, Offset{offset}));
            QVERIFY(record.has_value() && record->has_value());
            QCOMPARE(std::string(*(*record)->record.value), value);
        }
    }

private slots:
    void anyOrderOfArrivalGivesEachPositionOnce_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 0; seed < 12; ++seed) QTest::addRow("seed %d", seed) << seed;
    }
    void anyOrderOfArrivalGivesEachPositionOnce()
    {
        QFETCH(int, seed);
        std::mt19937_64 random(static_cast<std::uint64_t>(seed));
        QTemporaryDir folder;
        const std::string path = folder.filePath("w.hindcast").toStdString();
        std::map<std::int64_t, std::string> model;
        for (int session = 0; session < 5; ++session) {
            auto store = Store::open(path, Mode::CreateOrOpen);
            QVERIFY2(store.has_value(), store ? "" : store.error().text().c_str());
            auto writer = (*store)->writer();
            QVERIFY(writer.has_value());
            auto source = (*writer)->addSource("file", "a", "a", "");
            auto part = (*writer)->addPart(*source, "orders", Partition{0});
            QVERIFY(part.has_value());
            for (int burst = 0; burst < 12; ++burst) {
                // Runs that go forwards from anywhere: fresh, overlapping what is there, filling gaps, with holes of their own.
                std::int64_t at = static_cast<std::int64_t>(random() % 4000);
                for (std::uint64_t n = random() % 300; n > 0; --n) {
                    at += 1 + static_cast<std::int64_t>(random() % 4 == 0 ? random() % 3 : 0);
                    const std::string value = "{\"n\":" + std::to_string(at) + "}";
                    RawRecord record;
                    record.offset = Offset{at};
                    record.value = value;
                    EventFacts facts;
                    facts.type = "t";
                    auto appended = (*writer)->append(*part, record, {}, facts);
                    QVERIFY2(appended.has_value(), appended ? "" : appended.error().text().c_str());
                    const bool fresh = model.emplace(at, value).second;
                    QCOMPARE(*appended, fresh ? Writer::Appended::Stored : Writer::Appended::Duplicate);
                }
                if (random() % 3 == 0) {
                    auto committed = (*writer)->commit();
                    QVERIFY2(committed.has_value(), committed ? "" : committed.error().text().c_str());
                    if (random() % 4 == 0) check(**store, model);
                }
            }
            QVERIFY((*writer)->commit().has_value());
            check(**store, model);
        }
    }

    void theSamePositionWithOtherBytesIsTold()
    {
        QTemporaryDir folder;
        auto store = Store::open(folder.filePath("w.hindcast").toStdString(), Mode::CreateOrOpen);
        auto writer = (*store)->writer();
        auto part = (*writer)->addPart(*(*writer)->addSource("file", "a", "a", ""), "orders", Partition{0});
        RawRecord record;
        record.offset = Offset{7};
        record.value = "1";
        EventFacts facts;
        QCOMPARE(*(*writer)->append(*part, record, {}, facts), Writer::Appended::Stored);
        QVERIFY((*writer)->commit().has_value());
        QCOMPARE(*(*writer)->append(*part, record, {}, facts), Writer::Appended::Duplicate);
        record.value = "2";
        QCOMPARE(*(*writer)->append(*part, record, {}, facts), Writer::Appended::OtherBytes);
        record.value = std::nullopt;
        QCOMPARE(*(*writer)->append(*part, record, {}, facts), Writer::Appended::OtherBytes);
        auto epoch = (*writer)->newEpoch(*part);
        QVERIFY(epoch.has_value() && *epoch != *part);
        QCOMPARE(*(*writer)->append(*epoch, record, {}, facts), Writer::Appended::Stored);
        QVERIFY((*writer)->commit().has_value());
        auto reader = (*store)->reader();
        QCOMPARE((*reader)->notices()->size(), std::size_t{1});
        QCOMPARE((*reader)->parts()->back().epoch, 1u);
        // The newest epoch is the one that a later read goes on with.
        QCOMPARE(*(*writer)->addPart(SourceId{1}, "orders", Partition{0}), *epoch);
    }
};

QTEST_APPLESS_MAIN(TestPartLog)
#include "test_part_log.moc"
