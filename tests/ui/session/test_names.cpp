#include "tests/ui/session/session_test.h"
#include "ui/session/go_to.h"

#include <algorithm>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

namespace {

constexpr int kUsers = 600;

}  // namespace

/// Entities are searched by what people call them, all of them, whether they were in view or not.
class TestNames : public InFolder {
    Q_OBJECT
    std::unique_ptr<Session> session_;
    std::vector<EntityId> called_;
    std::vector<std::pair<quint64, quint64>> steps_;  ///< looked, of

    [[nodiscard]] bool import(const decode::Mapping& mapping)
    {
        writeEvents(path("events.jsonl"), kUsers, 3);
        session_->open(path("a.hindcast"), true);
        if (!QTest::qWaitFor([&] { return session_->isOpen(); }, kWaitMs)) return false;
        session_->importFile(path("events.jsonl"), {}, {mapping});
        return QTest::qWaitFor([&] { return !session_->reading().reading && session_->counts().events == 3 * kUsers; },
                               kWaitMs) &&
               QTest::qWaitFor([&] { return session_->isIdle(); }, kWaitMs);
    }
    [[nodiscard]] static decode::Mapping named()
    {
        decode::Mapping mapping = eventsMapping("events");
        mapping.name.emplace();
        mapping.name->from = decode::FieldSource::From::State;
        mapping.name->at = *Pointer::parse("/name");
        return mapping;
    }
    void search(const QString& text)
    {
        called_.clear();
        steps_.clear();
        session_->searchEntities(text);
    }
    [[nodiscard]] bool done() const { return !steps_.empty() && steps_.back().first == steps_.back().second; }

private slots:
    void init()
    {
        QVERIFY(begin());
        session_ = std::make_unique<Session>();
        connect(session_.get(), &Session::entitiesCalled, this,
                [this](const std::vector<EntityId>& ids, quint64 looked, quint64 total) {
                    called_.insert(called_.end(), ids.begin(), ids.end());
                    steps_.emplace_back(looked, total);
                });
    }
    void cleanup() { session_.reset(); }

    void allOfThemAreFoundOnceAndHowFarItCameIsTold()
    {
        QVERIFY(import(named()));
        search(QStringLiteral("ALICE 4"));
        QVERIFY(QTest::qWaitFor([&] { return done(); }, kWaitMs));
        QVERIFY(QTest::qWaitFor([&] { return session_->isIdle(); }, kWaitMs));
        QCOMPARE(called_.size(), std::size_t{111});  // Alice 4, 40 to 49, 400 to 499
        std::ranges::sort(called_);
        QVERIFY(std::ranges::adjacent_find(called_) == called_.end());
        QVERIFY(std::ranges::is_sorted(steps_));
        QCOMPARE(steps_.back().second, quint64{kUsers});
    }

    void namesInViewGoFirstAndTheSearchGoesOnAfterThem()
    {
        QVERIFY(import(named()));
        std::size_t names = 0;
        connect(session_.get(), &Session::entityNamesReady, this,
                [&](const std::vector<EntityName>& some) { names += some.size(); });
        search(QStringLiteral("alice 59"));
        session_->requestEntityNames({EntityId{3}, EntityId{599}});
        QVERIFY(QTest::qWaitFor([&] { return names == 2; }, kWaitMs));
        QVERIFY(QTest::qWaitFor([&] { return done(); }, kWaitMs));
        QCOMPARE(called_.size(), std::size_t{11});
    }

    void anotherSearchTakesThePlaceOfTheOneBeforeAndNoneEndsIt()
    {
        QVERIFY(import(named()));
        search(QStringLiteral("alice"));
        search(QStringLiteral("alice 599"));
        QVERIFY(QTest::qWaitFor([&] { return done(); }, kWaitMs));
        QCOMPARE(called_, std::vector<EntityId>{EntityId{599}});
        search(QStringLiteral("alice"));
        search({});
        QVERIFY(QTest::qWaitFor([&] { return session_->isIdle(); }, kWaitMs));
        QCoreApplication::processEvents();
        QVERIFY(called_.empty() && steps_.empty());
    }

    void whereOneCanGoIsFoundByNameAndByAPartOfAnId()
    {
        QVERIFY(import(named()));
        QSignalSpy looked(session_.get(), &Session::lookedUp);
        const auto hits = [&](const QString& text) {
            looked.clear();
            session_->lookUp(readGoTo(text, Timestamp::now()));
            QStringList out;
            if (!QTest::qWaitFor([&] { return !looked.isEmpty() && looked.last().at(2).toBool(); }, kWaitMs)) return out;
            for (const GoToHit& hit : looked.last().at(1).value<std::vector<GoToHit>>())
                out << hit.entityText + (hit.name.isEmpty() ? QString() : QLatin1Char('=') + hit.name);
            return out;
        };
        // Who is called exactly so is first, though others come before it.
        const QStringList alices = hits(QStringLiteral("alice 59"));
        QCOMPARE(alices.value(0), QStringLiteral("user/user-59=Alice 59"));
        QVERIFY2(alices.size() == 8 && alices.contains(QStringLiteral("user/user-590=Alice 590")), qPrintable(alices.join(u' ')));
        // An id that is there is what was meant, and beside it those like it.
        const QStringList ids = hits(QStringLiteral("user-59"));
        QCOMPARE(ids.value(0), QStringLiteral("user/user-59"));
        QVERIFY2(ids.size() == 8 && ids.contains(QStringLiteral("user/user-590")), qPrintable(ids.join(u' ')));
        QCOMPARE(hits(QStringLiteral("r-598")), QStringList{QStringLiteral("user/user-598")});
        QCOMPARE(hits(QStringLiteral("user/user-598")), QStringList{QStringLiteral("user/user-598")});
        QVERIFY(hits(QStringLiteral("nobody")).isEmpty());
        QVERIFY(QTest::qWaitFor([&] { return session_->isIdle(); }, kWaitMs));
    }

    void namesThatAreKnownAreAnsweredBeforeOthersAreLookedAt()
    {
        QVERIFY(import(named()));
        QSignalSpy ready(session_.get(), &Session::entityNamesReady);
        session_->requestEntityNames({EntityId{599}});
        QVERIFY(QTest::qWaitFor([&] { return !ready.isEmpty() && session_->isIdle(); }, kWaitMs));
        std::vector<std::vector<EntityId>> answers;
        bool done = false;
        connect(session_.get(), &Session::lookedUp, this, [&](const QString&, const std::vector<GoToHit>& hits, bool last) {
            std::vector<EntityId> ids;
            for (const GoToHit& hit : hits) ids.push_back(hit.entity.value_or(EntityId{}));
            if (!ids.empty()) answers.push_back(std::move(ids));
            done = last;
        });
        session_->lookUp(readGoTo(QStringLiteral("alice 5"), Timestamp::now()));
        QVERIFY(QTest::qWaitFor([&] { return done; }, kWaitMs));
        QVERIFY(!answers.empty());
        QCOMPARE(answers.front(), std::vector<EntityId>{EntityId{599}});
        QCOMPARE(answers.back().front(), EntityId{5});  // called exactly so
        std::vector<EntityId> all = answers.back();
        std::ranges::sort(all);
        QVERIFY(all.size() == 8 && std::ranges::adjacent_find(all) == all.end());
    }

    void ofIdsThatFitEquallyWellTheOrderIsTheIds()
    {
        QFile file(path("orders.jsonl"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (const char* id : {"order-8838", "order-8800", "order-8803", "order-880", "order-8801", "order-9000"})
            file.write(QByteArray("{\"user_id\":\"") + id +
                       "\",\"timestamp\":\"2025-11-04T00:00:00Z\",\"event_type\":\"OrderPlaced\"}\n");
        file.close();
        session_->open(path("a.hindcast"), true);
        QVERIFY(QTest::qWaitFor([&] { return session_->isOpen(); }, kWaitMs));
        session_->importFile(path("orders.jsonl"), {}, {eventsMapping("orders")});
        QVERIFY(QTest::qWaitFor([&] { return !session_->reading().reading && session_->counts().events == 6; }, kWaitMs));
        QVERIFY(isIdle(*session_));
        QSignalSpy looked(session_.get(), &Session::lookedUp);
        session_->lookUp(readGoTo(QStringLiteral("order-88"), Timestamp::now()));
        QVERIFY(QTest::qWaitFor([&] { return !looked.isEmpty() && looked.last().at(2).toBool(); }, kWaitMs));
        QStringList ids;
        for (const GoToHit& hit : looked.last().at(1).value<std::vector<GoToHit>>()) ids << hit.entityText.section(u'/', 1);
        QCOMPARE(ids.join(u' '), QStringLiteral("order-880 order-8800 order-8801 order-8803 order-8838"));
    }

    void whoGoesToANameDoesNotEndTheSearchInTheList()
    {
        QVERIFY(import(named()));
        search(QStringLiteral("alice 4"));
        session_->lookUp(readGoTo(QStringLiteral("alice 7"), Timestamp::now()));
        QVERIFY(QTest::qWaitFor([&] { return done(); }, kWaitMs));
        QCOMPARE(called_.size(), std::size_t{111});
    }

    void whereNobodyHasANameThatIsSaid()
    {
        QVERIFY(import(eventsMapping("events")));
        search(QStringLiteral("alice"));
        QVERIFY(QTest::qWaitFor([&] { return done(); }, kWaitMs));
        QCOMPARE(steps_.back().second, quint64{0});
    }
};

QTEST_GUILESS_MAIN(TestNames)
#include "test_names.moc"
