#include "ui/session/name_cache.h"

#include <QtTest>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

QString nameOf(std::uint32_t id) { return QStringLiteral("Alice Nobody the %1th").arg(id); }

}  // namespace

class TestNameCache : public QObject {
    Q_OBJECT
private slots:
    void aLargeLogsNamesAreAllKeptForTheNextSearch()
    {
        NameCache names;
        constexpr std::uint32_t kMany = 300'000;
        for (std::uint32_t id = 0; id < kMany; ++id) names.keepWhereThereIsRoom(EntityId{id}, 7, nameOf(id));
        for (std::uint32_t id = 0; id < kMany; ++id) QCOMPARE(names.find(EntityId{id}, 7), std::optional(nameOf(id)));
        QVERIFY(names.bytes() <= NameCache::kBytes);
        names.clear();
        QVERIFY(!names.find(EntityId{3}, 7) && names.bytes() == 0);
    }

    void whoIsCalledSoIsFoundAmongWhatIsKnown()
    {
        NameCache names;
        for (std::uint32_t id = 30; id > 0; --id) names.keep(EntityId{id}, 2, nameOf(id));
        QCOMPARE(names.called(QStringLiteral("NOBODY the 2")).size(), std::size_t{11});
        QCOMPARE(names.called(QStringLiteral("the 3")), (std::vector{EntityId{3}, EntityId{30}}));
        QVERIFY(names.called(QStringLiteral("bob")).empty());
    }

    void aNameHoldsForAsManyEventsAndAnEmptyOneIsKnown()
    {
        NameCache names;
        names.keep(EntityId{1}, 2, QStringLiteral("Zoë"));
        names.keep(EntityId{2}, 2, {});
        QCOMPARE(names.find(EntityId{1}, 2), std::optional(QStringLiteral("Zoë")));
        QVERIFY(!names.find(EntityId{1}, 3) && !names.find(EntityId{4}, 2));
        QCOMPARE(names.find(EntityId{2}, 2), std::optional(QString()));
        const std::size_t before = names.bytes();
        names.keepWhereThereIsRoom(EntityId{1}, 3, QStringLiteral("Zoe"));
        QCOMPARE(names.find(EntityId{1}, 3), std::optional(QStringLiteral("Zoe")));
        QVERIFY(!names.find(EntityId{1}, 2));
        QCOMPARE(names.bytes(), before);
    }

    void theBoundHoldsAndWhatIsInViewGoesBeforeWhatASearchWentPast()
    {
        constexpr std::size_t kLimit = 20'000;
        NameCache names(kLimit);
        std::uint32_t id = 0;
        for (; id < 10'000; ++id) {
            names.keepWhereThereIsRoom(EntityId{id}, 1, nameOf(id));
            QVERIFY(names.bytes() <= kLimit);
        }
        QVERIFY(!names.find(EntityId{id - 1}, 1));
        for (; id < 10'020; ++id) {
            names.keep(EntityId{id}, 1, nameOf(id));
            QVERIFY(names.bytes() <= kLimit);
            QCOMPARE(names.find(EntityId{id}, 1), std::optional(nameOf(id)));
        }
    }
};

QTEST_GUILESS_MAIN(TestNameCache)
#include "test_name_cache.moc"
