#include "tests/ui/entities/entities_fixture.h"

#include <ctime>
#include <optional>

using namespace hindcast;
using namespace hindcast::ui;
using test::idAt;

class TestOrder final : public test::EntitiesFixture {
    Q_OBJECT
private slots:
    void initTestCase() { theme_.apply(); }
    void init() { prepare(); }

    void orderingIsByTheKeyThenByFirstSeen()
    {
        auto directory = std::make_shared<store::Directory>(*test::directoryOf(6));
        directory->counts = {3, 9, 3, 1, 9, 3};
        const auto ids = [&](EntityOrder order, std::optional<CategoryId> category = {}) {
            QString text;
            for (const EntityId id : orderEntities({directory, nullptr, category, order, {}, {}, {}}).ids)
                text += QString::number(id.value);
            return text;
        };
        QCOMPARE(ids(EntityOrder::Recent), QStringLiteral("543210"));
        QCOMPARE(ids(EntityOrder::MostEvents), QStringLiteral("140253"));
        QCOMPARE(ids(EntityOrder::FirstSeen), QStringLiteral("012345"));
        QCOMPARE(ids(EntityOrder::Recent, CategoryId{1}), QStringLiteral("41"));
    }

    void millionsAreSortedWithoutHoldingTheWindow()
    {
        QSignalSpy reordered(&browser_->model(), &EntitiesModel::reordered);
        const auto directory = test::directoryOf(3'000'000);
        browser_->model().setDirectory(directory);
        QVERIFY2(browser_->model().lines().ids().empty(), "they are put in order elsewhere");
        reordered.clear();  // the list was emptied
        QVERIFY(reordered.wait(60'000));
        QCOMPARE(idAt(browser_->model(), 0), EntityId{2'999'999});
    }

    void groupsAreDealtOutInTheirOrder()
    {
        auto directory = test::directoryOf(7);
        const OrderResult result = orderEntities(
            {directory, nullptr, {}, EntityOrder::Recent, {}, {EntityId{4}}, {CategoryId{2}, CategoryId{0}, CategoryId{9}}});
        QString text;
        for (const EntityId id : result.ids) text += QString::number(id.value);
        QCOMPARE(text, QStringLiteral("526301"));
        QCOMPARE(result.groups.size(), std::size_t{3});
        QCOMPARE(result.groups[1].begin, std::size_t{2});
        QCOMPARE(result.groups[1].count, std::size_t{3});
        QCOMPARE(result.groups[2].category, CategoryId{1});
    }

    void aMillionWithPinsAndGroupsHoldTheWindowUpNowhere()
    {
        const auto directory = test::directoryOf(1'000'000);
        EntitiesModel& model = browser_->model();
        QSignalSpy reordered(&model, &EntitiesModel::reordered);
        model.setDirectory(directory);
        QVERIFY(reordered.wait(60'000));
        qint64 worst = 0;
        // The thread's own time: other programs on the machine are not to count.
        const auto now = [] {
            timespec time{};
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
            return qint64{time.tv_sec} * 1'000'000 + time.tv_nsec / 1000;
        };
        const auto timed = [&](auto run) {
            const qint64 before = now();
            run();
            worst = std::max(worst, now() - before);
        };
        std::vector<Pins::Pin> pins;
        for (std::uint32_t i = 0; i < 20; ++i) pins.push_back({QStringLiteral("p/%1").arg(i), EntityId{i * 49'999}});
        timed([&] { browser_->setGrouped(true); });
        QVERIFY(reordered.wait(60'000));
        for (std::size_t i = 1; i <= pins.size(); ++i)
            timed([&] { model.setPins({pins.begin(), pins.begin() + static_cast<std::ptrdiff_t>(i)}); });
        timed([&] { model.setGroupOpen(20, false); });
        timed([&] { browser_->list().setTopRow(500'000); });
        timed([&] { browser_->list().grab(); });
        timed([&] { browser_->setSelected(EntityId{17}); });
        timed([&] { browser_->chooseNext(1); });
        timed([&] { model.setAllGroupsOpen(true); });
        timed([&] { model.setPins({pins.begin() + 1, pins.end()}); });
        std::vector<EntityId> batch;
        for (std::uint32_t i = 0; i < 50'000; ++i) batch.emplace_back(i);
        timed([&] { model.beginSearch(QStringLiteral("user")); });
        model.setNamed({});
        timed([&] { model.addFound(batch, false); });
        timed([&] {
            model.setDirectory(test::directoryOf(1));
            model.setDirectory({});
        });
        qInfo("the longest of these: %lld µs", static_cast<long long>(worst));
        QVERIFY2(worst < 8000, qPrintable(QString::number(worst)));
    }
};

QTEST_MAIN(TestOrder)
#include "test_order.moc"
