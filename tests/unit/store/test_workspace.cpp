#include "core/store/schema.h"
#include "core/store/store.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <atomic>
#include <map>
#include <random>
#include <thread>

using namespace hindcast;
using namespace hindcast::store;

namespace {

struct Made {
    std::string category, id, type;
    Timestamp time;
};

/// Appends `count` records to a part, from `first` on, spread over entities; commits now and then; returns what was made.
std::vector<Made> fill(Writer& writer, PartId part, std::int64_t first, int count, std::uint64_t seed, int commitEvery)
{
    std::mt19937_64 random(seed);
    std::vector<Made> made;
    for (int i = 0; i < count; ++i) {
        Made each{random() % 3 == 0 ? "user" : "order", "id-" + std::to_string(random() % 50),
                  "type" + std::to_string(random() % 5), Timestamp::fromMilliseconds(1'700'000'000'000 + (first + i) * 1000)};
        const std::string value = "{\"id\":\"" + each.id + "\"}";
        RawRecord record;
        record.offset = Offset{first + i};
        record.key = each.id;
        record.value = value;
        EventFacts facts;
        facts.entities = {{"", each.category, each.id}};
        facts.type = each.type;
        facts.time = each.time;
        [&] { QVERIFY(writer.append(part, record, {}, facts).has_value()); }();
        writer.setProgress(part, Offset{first + i + 1});
        made.push_back(std::move(each));
        if (i % commitEvery == commitEvery - 1) [&] { QVERIFY(writer.commit().has_value()); }();
    }
    [&] { QVERIFY(writer.commit().has_value()); }();
    return made;
}

}  // namespace

class TestWorkspace : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::string path(const char* name) const { return folder_.filePath(name).toStdString(); }
    static void write(const std::string& path, const QByteArray& bytes)
    {
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

private slots:
    void postingsDirectoryAndNamesAgreeWithTheRecordsHoweverManyRunsThereAre()
    {
        for (const int commitEvery : {1, 7, 1000}) {
            const std::string file = path(("runs" + std::to_string(commitEvery)).c_str());
            auto store = Store::open(file, Mode::CreateOrOpen);
            QVERIFY(store.has_value());
            auto writer = (*store)->writer();
            auto part = (*writer)->addPart(*(*writer)->addSource("file", "a", "a", ""), "t", Partition{0});
            auto reader = (*store)->reader();
            std::shared_ptr<const Directory> growing;
            std::vector<Made> made;
            for (int step = 0; step < 6; ++step) {
                auto more = fill(**writer, *part, step * 200, 200, static_cast<std::uint64_t>(step), commitEvery);
                made.insert(made.end(), more.begin(), more.end());
                auto directory = (*reader)->directory(growing);
                QVERIFY(directory.has_value());
                growing = *directory;
            }
            std::map<EntityKey, std::vector<std::size_t>> expected;
            for (std::size_t i = 0; i < made.size(); ++i) expected[{made[i].category, made[i].id}].push_back(i);
            QCOMPARE(growing->size(), expected.size());
            auto fresh = (*reader)->directory();
            QVERIFY(fresh.has_value());
            QVERIFY((*fresh)->counts == growing->counts && (*fresh)->last == growing->last && (*fresh)->first == growing->first);
            for (const auto& [key, indices] : expected) {
                auto entity = (*reader)->findEntity(key);
                QVERIFY(entity.has_value() && entity->has_value());
                QVERIFY(*(*reader)->entityKey(**entity) == key);
                auto postings = (*reader)->postings(**entity);
                QVERIFY(postings.has_value());
                QCOMPARE(postings->items.size(), indices.size());
                QCOMPARE(std::size_t{growing->counts[(*entity)->value]}, indices.size());
                QVERIFY(growing->last[(*entity)->value] == made[indices.back()].time);
                for (std::size_t i = 0; i < indices.size(); ++i) {
                    QCOMPARE(postings->items[i].id.offset().value, static_cast<std::int64_t>(indices[i]));
                    QCOMPARE((*reader)->typeName(postings->items[i].type), made[indices[i]].type);
                    QVERIFY(postings->items[i].time == made[indices[i]].time);
                }
            }
            const auto counts = (*reader)->counts();
            QCOMPARE(counts->events, std::uint64_t{1200});
            QCOMPARE(counts->entities, std::uint64_t{expected.size()});
            std::vector<EntityId> found;
            QVERIFY((*reader)->searchEntities(
                "ID-4", {}, [&](std::span<const EntityId> ids) { found.insert(found.end(), ids.begin(), ids.end()); }));
            std::size_t hits = 0;
            for (const auto& [key, indices] : expected) hits += key.id.find("id-4") != std::string::npos ? 1 : 0;
            QCOMPARE(found.size(), hits);
            found.clear();
            QVERIFY((*reader)->searchEntities(
                "user/id-4", {}, [&](std::span<const EntityId> ids) { found.insert(found.end(), ids.begin(), ids.end()); }));
            hits = 0;
            for (const auto& [key, indices] : expected) hits += key.category == "user" && key.id.starts_with("id-4") ? 1 : 0;
            QCOMPARE(found.size(), hits);
        }
    }

    void anEntityLargerThanABlockIsFoundWhole()
    {
        auto store = Store::open(path("large"), Mode::CreateOrOpen);
        auto writer = (*store)->writer();
        auto part = (*writer)->addPart(*(*writer)->addSource("file", "a", "a", ""), "t", Partition{0});
        constexpr int kEvents = 40'000;
        for (int i = 0; i < kEvents; ++i) {
            RawRecord record;
            record.offset = Offset{i};
            record.value = "{}";
            EventFacts facts;
            const std::string other = "small-" + std::to_string(i % 500);
            facts.entities = {{"", "big", "one"}, {"", "small", other}};
            facts.type = "t";
            facts.time = Timestamp{i};
            QVERIFY((*writer)->append(*part, record, {}, facts).has_value());
            if (i % 9000 == 0) QVERIFY((*writer)->commit().has_value());
        }
        QVERIFY((*writer)->commit().has_value());
        auto reader = (*store)->reader();
        auto big = (*reader)->postings(**(*reader)->findEntity({"big", "one"}));
        QCOMPARE(big->items.size(), std::size_t{kEvents});
        for (int i = 0; i < kEvents; ++i) QCOMPARE(big->items[static_cast<std::size_t>(i)].id.offset().value, std::int64_t{i});
        for (int s : {0, 1, 250, 499}) {
            auto small = (*reader)->postings(**(*reader)->findEntity({"small", "small-" + std::to_string(s)}));
            QCOMPARE(small->items.size(), std::size_t{kEvents / 500});
            QVERIFY(!small->items.front().primary);
        }
    }

    void aLongListOfRecordsComesInItsOwnOrderHoweverItJumps()
    {
        auto store = Store::open(path("long"), Mode::CreateOrOpen);
        auto writer = (*store)->writer();
        const SourceId source = *(*writer)->addSource("file", "a", "a", "");
        std::vector<EventId> all;
        for (int p = 0; p < 3; ++p) {
            auto part = (*writer)->addPart(source, "t", Partition{p});
            fill(**writer, *part, 0, 3000, static_cast<std::uint64_t>(p), 500);
            for (int i = 0; i < 3000; ++i) all.emplace_back(*part, Offset{i});
        }
        auto reader = (*store)->reader();
        std::mt19937_64 random(9);
        for (int round = 0; round < 4; ++round) {
            // In order, by small jumps between the parts, and at random.
            std::vector<EventId> ids = all;
            if (round == 1) std::ranges::sort(ids, {}, [](EventId id) { return std::pair(id.offset(), id.part()); });
            if (round >= 2) std::ranges::shuffle(ids, random);
            std::size_t at = 0;
            auto read = (*reader)->records(ids, [&](EventId id, const RawRecord& record, std::span<const Header>) {
                [&] { QVERIFY(id == ids[at] && record.offset == id.offset() && record.value->starts_with("{\"id\"")); }();
                ++at;
                return round != 3 || at < 100;  // the last time it is left early
            });
            QVERIFY(read.has_value());
            QCOMPARE(at, round == 3 ? std::size_t{100} : ids.size());
        }
        std::vector<EventId> missing = all;
        missing[5000] = EventId(PartId{1}, Offset{999'999});
        auto failed = (*reader)->records(missing, [](EventId, const RawRecord&, std::span<const Header>) { return true; });
        QVERIFY(!failed.has_value());
    }

    void whatWasNotCommittedIsGoneAndTheCheckpointSaysSo()
    {
        const std::string file = path("killed");
        const pid_t child = ::fork();
        if (child == 0) {
            auto store = Store::open(file, Mode::CreateOrOpen);
            auto writer = (*store)->writer();
            auto part = (*writer)->addPart(*(*writer)->addSource("file", "a", "a", ""), "t", Partition{0});
            fill(**writer, *part, 0, 300, 1, 1000);
            RawRecord record;
            record.offset = Offset{300};
            record.value = "{}";
            (void)(*writer)->append(*part, record, {}, EventFacts{});
            ::kill(::getpid(), SIGKILL);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status));
        auto store = Store::open(file, Mode::ReadWrite);
        QVERIFY2(store.has_value(), store ? "" : store.error().text().c_str());
        auto writer = (*store)->writer();
        auto part = (*writer)->addPart(SourceId{1}, "t", Partition{0});
        QCOMPARE((*writer)->checkpoint(*part)->value, std::int64_t{300});
        auto reader = (*store)->reader();
        QCOMPARE((*reader)->counts()->records, std::uint64_t{300});
    }

    void aSecondWriterIsToldWhoWritesAndMayStillRead()
    {
        const std::string file = path("shared");
        auto store = Store::open(file, Mode::CreateOrOpen);
        auto writer = (*store)->writer();
        auto part = (*writer)->addPart(*(*writer)->addSource("file", "a", "a", ""), "t", Partition{0});
        fill(**writer, *part, 0, 10, 1, 1000);
        auto second = Store::open(file, Mode::ReadWrite);
        QVERIFY(!second.has_value());
        QCOMPARE(second.error().kind, Error::Kind::Retry);
        QVERIFY2(second.error().why.find("process " + std::to_string(::getpid())) != std::string::npos,
                 second.error().text().c_str());
        auto reading = Store::open(file, Mode::ReadOnly);
        QVERIFY(reading.has_value());
        auto reader = (*reading)->reader();
        QCOMPARE((*reader)->counts()->records, std::uint64_t{10});
        QVERIFY(!(*reading)->writer().has_value());
        fill(**writer, *part, 10, 5, 2, 1000);
        QCOMPARE((*reader)->counts()->records, std::uint64_t{15});
    }

    void filesThatAreNoWorkspaceAreNamedAndLeftAlone()
    {
        const auto why = [](const std::string& file) {
            auto store = Store::open(file, Mode::ReadWrite);
            return store ? std::string("opened") : store.error().text();
        };
        QVERIFY(why(path("absent")).find("no such file") != std::string::npos);
        QVERIFY(why(folder_.path().toStdString()).find("it is a folder") != std::string::npos);
        write(path("empty"), "");
        QVERIFY(why(path("empty")).find("is empty") != std::string::npos);
        write(path("text"), QByteArray("{\"event_type\":\"x\"}\n").repeated(50));
        QVERIFY2(why(path("text")).find("no Hindcast workspace") != std::string::npos, why(path("text")).c_str());
        write(path("short"), "abc");
        QVERIFY(why(path("short")).find("no Hindcast workspace") != std::string::npos);
        auto other = Connection::open(path("other"), Connection::Access::Create);
        QVERIFY((*other)->execute("CREATE TABLE t(x)").has_value());
        QVERIFY2(why(path("other")).find("but no Hindcast workspace") != std::string::npos, why(path("other")).c_str());
        QFile text(QString::fromStdString(path("text")));
        QVERIFY(text.open(QIODevice::ReadOnly));
        QCOMPARE(text.size(), qint64{950});
    }

    void laterCutOrDamagedWorkspacesAreToldApart()
    {
        const std::string file = path("whole");
        {
            auto store = Store::open(file, Mode::CreateOrOpen);
            auto writer = (*store)->writer();
            auto part = (*writer)->addPart(*(*writer)->addSource("file", "a", "a", ""), "t", Partition{0});
            fill(**writer, *part, 0, 3000, 1, 100);
        }
        QVERIFY(!QFile::exists(QString::fromStdString(file + "-wal")));  // one file, once it is closed
        QVERIFY(!QFile::exists(QString::fromStdString(file + "-lock")));
        QFile whole(QString::fromStdString(file));
        QVERIFY(whole.open(QIODevice::ReadOnly));
        const QByteArray bytes = whole.readAll();

        write(path("cut"), bytes.left(bytes.size() / 2));
        auto cut = Store::open(path("cut"), Mode::ReadOnly);
        QVERIFY(!cut.has_value());
        QVERIFY(cut.error().why.find("cut short") != std::string::npos);

        write(path("later"), bytes);
        {
            auto connection = Connection::open(path("later"), Connection::Access::Write);
            QVERIFY((*connection)->execute("PRAGMA user_version = 99").has_value());
        }
        auto later = Store::open(path("later"), Mode::ReadOnly);
        QVERIFY(!later.has_value());
        QCOMPARE(later.error().kind, Error::Kind::Unsupported);
        QVERIFY(later.error().why.find("layout 99") != std::string::npos);

        std::mt19937_64 random(5);
        for (int round = 0; round < 60; ++round) {
            QByteArray broken = bytes;
            for (int i = 0; i < 40; ++i)
                broken[100 + static_cast<qsizetype>(random() % static_cast<std::uint64_t>(bytes.size() - 100))] =
                    static_cast<char>(random());
            write(path("damaged"), broken);
            auto store = Store::open(path("damaged"), Mode::ReadOnly);
            if (!store) continue;
            auto reader = (*store)->reader();
            if (!reader) continue;
            // Whatever is asked is answered or refused with a reason: nothing crashes, nothing hangs.
            (void)(*reader)->counts();
            (void)(*reader)->parts();
            (void)(*reader)->directory();
            for (std::uint32_t e = 0; e < 100; ++e) (void)(*reader)->postings(EntityId{e});
            (void)(*reader)->scan(EventId{}, [](EventId, const RawRecord&, std::span<const Header>) { return true; });
        }
    }

    void aMigrationIsDoneOnceAndWholly()
    {
        auto connection = Connection::open(path("migrated"), Connection::Access::Create);
        const Migration steps[] = {{1, "CREATE TABLE a(x)"}, {2, "ALTER TABLE a ADD COLUMN y; INSERT INTO a VALUES(1, 2)"}};
        QVERIFY(migrate(**connection, std::span(steps).first(1)).has_value());
        QCOMPARE(*(*connection)->integer("PRAGMA user_version"), std::int64_t{1});
        QVERIFY(migrate(**connection, steps).has_value());
        QVERIFY(migrate(**connection, steps).has_value());
        QCOMPARE(*(*connection)->integer("SELECT count(*) FROM a"), std::int64_t{1});
        const Migration broken[] = {{1, ""}, {2, ""}, {3, "CREATE TABLE b(x); CREATE TABLE a(z)"}};
        QVERIFY(!migrate(**connection, broken).has_value());
        QCOMPARE(*(*connection)->integer("PRAGMA user_version"), std::int64_t{2});
        QCOMPARE(*(*connection)->integer("SELECT count(*) FROM sqlite_master WHERE name = 'b'"), std::int64_t{0});
    }

    void decodingAnewReplacesWhatWasDerivedAndACancelChangesNothing()
    {
        auto store = Store::open(path("remap"), Mode::CreateOrOpen);
        auto writer = (*store)->writer();
        auto part = (*writer)->addPart(*(*writer)->addSource("file", "a", "a", ""), "t", Partition{0});
        const auto made = fill(**writer, *part, 0, 10'000, 1, 300);
        const auto decode = [](PartId, const RawRecord& record, std::span<const Header>, EventFacts& facts) {
            facts.type = "other";
            if (record.offset.value % 10 == 0)
                facts.reject = "every tenth";
            else
                facts.entities = {{"", "thing", *record.key}};
        };
        auto reader = (*store)->reader();
        const auto before = *(*reader)->directory();
        auto cancelled = (*writer)->remap(decode, [](std::uint64_t done) { return done < 5000; });
        QVERIFY(!cancelled.has_value());
        QCOMPARE(cancelled.error().kind, Error::Kind::Cancelled);
        QCOMPARE((*reader)->counts()->rejects, std::uint64_t{0});
        QVERIFY((*reader)->findEntity({"user", "id-1"})->has_value());
        auto done = (*writer)->remap(decode, [](std::uint64_t) { return true; });
        QVERIFY2(done.has_value(), done ? "" : done.error().text().c_str());
        QCOMPARE((*reader)->counts()->rejects, std::uint64_t{1000});
        QCOMPARE((*reader)->counts()->events, std::uint64_t{9000});
        QVERIFY(!(*reader)->findEntity({"user", "id-1"})->has_value());
        QVERIFY((*reader)->findEntity({"thing", "id-1"})->has_value());
        // A reader that knew the entities as they were, as one of another program may, does not add the new ones to them.
        const auto sameAsFresh = [&] {
            const auto fresh = *(*(*store)->reader())->directory();
            const auto grown = *(*reader)->directory(before);
            return grown->counts == fresh->counts && grown->category == fresh->category && grown->first == fresh->first &&
                   grown->madeAnew == before->madeAnew + 1;
        };
        QVERIFY(sameAsFresh());
        QCOMPARE((*reader)->directory(before).value()->size(), std::size_t{50});
        QCOMPARE((*reader)->rejects(3)->size(), std::size_t{3});
        // And reading goes on where it was.
        fill(**writer, *part, 10'000, 100, 2, 300);
        QCOMPARE((*reader)->counts()->records, std::uint64_t{10'100});
        QVERIFY(sameAsFresh());
    }

    void settingsKeepTheirNumbersAsTheyCame()
    {
        auto store = Store::open(path("settings"), Mode::CreateOrOpen);
        auto writer = (*store)->writer();
        (*writer)->setSetting("models", *parseJson(R"({"b":119.90,"a":[1e400,12345678901234567890123]})"));
        QVERIFY((*writer)->commit().has_value());
        auto reader = (*store)->reader();
        QCOMPARE(toText(**(*reader)->setting("models")), std::string(R"({"b":119.90,"a":[1e400,12345678901234567890123]})"));
        QVERIFY(!(*reader)->setting("none")->has_value());
    }

    void severalSettingsAreSavedTogether()
    {
        auto store = Store::open(path("together"), Mode::CreateOrOpen);
        const std::vector<std::pair<std::string, Json>> both{{"models", Json(1)}, {"models.before", Json(2)}};
        QVERIFY((*store)->saveSettings(both).has_value());
        QVERIFY((*store)->saveSettings({}).has_value());
        auto reader = (*store)->reader();
        for (const auto& [name, value] : both) QCOMPARE(toText(**(*reader)->setting(name)), toText(value));
        auto readOnly = Store::open(path("together"), Mode::ReadOnly);
        const auto refused = (*readOnly)->saveSettings(both);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().kind, Error::Kind::Denied);
    }

    void aSettingIsSavedWithoutAWriterAndNoEventSeemsOther()
    {
        const std::string file = path("setting");
        auto store = Store::open(file, Mode::CreateOrOpen);
        {
            auto writer = (*store)->writer();
            auto part = (*writer)->addPart(*(*writer)->addSource("file", "a", "a", ""), "t", Partition{0});
            fill(**writer, *part, 0, 50, 1, 10);
        }
        auto reader = (*store)->reader();
        const auto before = (*reader)->counts();
        const auto directory = (*reader)->directory();
        QVERIFY((*store)->saveSetting("pins", *parseJson(R"(["user/1",1.50])")).has_value());
        QCOMPARE(toText(**(*reader)->setting("pins")), std::string(R"(["user/1",1.50])"));
        QVERIFY((*store)->saveSetting("pins", *parseJson("[]")).has_value());
        QCOMPARE(toText(**(*reader)->setting("pins")), std::string("[]"));
        QCOMPARE((*reader)->counts()->generation, before->generation);
        QCOMPARE((*reader)->counts()->records, before->records);
        QVERIFY(*(*reader)->directory(*directory) == *directory);  // the very same one: nothing was read anew
        // And it lasts.
        reader->reset();
        store->reset();
        auto again = Store::open(file, Mode::ReadOnly);
        QCOMPARE(toText(**(*(*again)->reader())->setting("pins")), std::string("[]"));
    }

    void aSettingIsSavedWhileAWriterAppendsAndCommitsWithoutEnd()
    {
        auto store = Store::open(path("beside"), Mode::CreateOrOpen);
        std::atomic<bool> stop = false;
        std::atomic<int> written = 0;
        std::jthread writing([&] {
            auto writer = (*store)->writer();
            auto part = (*writer)->addPart(*(*writer)->addSource("file", "a", "a", ""), "t", Partition{0});
            // Always in a transaction, but for the moment between two.
            for (std::int64_t from = 0; !stop; from += 40) {
                fill(**writer, *part, from, 40, 1, 20);
                written += 40;
            }
            (*writer)->setSetting("mappings", *parseJson("[1]"));
            [&] { QVERIFY((*writer)->commit().has_value()); }();
        });
        QTRY_VERIFY(written > 0);
        auto reader = (*store)->reader();
        for (int i = 0; i < 60; ++i) {
            auto saved = (*store)->saveSetting("pins", Json(i));
            QVERIFY2(saved.has_value(), saved ? "" : saved.error().text().c_str());
            QCOMPARE(toText(**(*reader)->setting("pins")), std::to_string(i));
        }
        const int during = written;
        QTRY_VERIFY(written > during);  // and the writer goes on
        stop = true;
        writing.join();
        QCOMPARE((*reader)->counts()->records, static_cast<std::uint64_t>(written));
        QCOMPARE(toText(**(*reader)->setting("pins")), std::string("59"));
        QCOMPARE(toText(**(*reader)->setting("mappings")), std::string("[1]"));
        QCOMPARE((*reader)->counts()->generation, static_cast<std::uint64_t>(written / 20 + 1));  // the writer's commits alone
    }

    void aSettingThatCannotBeSavedSaysWhy()
    {
        const std::string file = path("denied");
        auto store = Store::open(file, Mode::CreateOrOpen);
        auto writer = (*store)->writer();
        QVERIFY((*writer)->addSource("file", "a", "a", "").has_value());  // a transaction is open from here on
        const auto late = (*store)->saveSetting("models", Json::object(), std::chrono::milliseconds(20));
        QVERIFY(!late.has_value());
        QVERIFY(late.error().kind == Error::Kind::Retry);
        QVERIFY2(late.error().text().find("try again") != std::string::npos, late.error().text().c_str());
        QVERIFY((*writer)->commit().has_value());
        QVERIFY((*store)->saveSetting("models", Json::object()).has_value());
        // The turn comes back also where a writer goes without committing.
        QVERIFY((*writer)->addSource("file", "b", "b", "").has_value());
        writer->reset();
        QVERIFY((*store)->saveSetting("models", Json::object()).has_value());

        auto readOnly = Store::open(file, Mode::ReadOnly);
        const auto denied = (*readOnly)->saveSetting("models", Json::object());
        QVERIFY(!denied.has_value());
        QVERIFY(denied.error().kind == Error::Kind::Denied);
    }
};

QTEST_APPLESS_MAIN(TestWorkspace)
#include "test_workspace.moc"
