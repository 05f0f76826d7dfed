#include "ui/session/type_colors.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <map>
#include <set>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

std::unordered_map<TypeId, std::uint32_t> counts(std::initializer_list<std::pair<std::uint32_t, std::uint32_t>> list)
{
    std::unordered_map<TypeId, std::uint32_t> out;
    for (const auto& [type, count] : list) out.emplace(TypeId{type}, count);
    return out;
}

}  // namespace

/// Which colours each type was seen in, beside neutral.
class Seen {
public:
    void look(const TypeColors& colors)
    {
        for (std::uint32_t type = 0; type < 40; ++type)
            if (const int color = colors.of(TypeId{type}); color != TypeColors::kNeutral) in_[type].insert(color);
    }
    [[nodiscard]] bool eachInOneColour() const
    {
        return std::ranges::all_of(in_, [](const auto& type) { return type.second.size() == 1; });
    }
    [[nodiscard]] std::size_t types() const { return in_.size(); }

private:
    std::map<std::uint32_t, std::set<int>> in_;
};

class TestTypeColors : public QObject {
    Q_OBJECT
private slots:
    void theNineMostFrequentTypesHaveAColourEach()
    {
        TypeColors colors;
        colors.assign(
            counts({{0, 5}, {7, 50}, {14, 40}, {3, 30}, {4, 20}, {21, 10}, {9, 9}, {12, 8}, {15, 7}, {16, 6}, {13, 1}}));
        std::set<int> seen;
        for (const std::uint32_t type : {7u, 14u, 3u, 4u, 21u, 9u, 12u, 15u, 16u}) seen.insert(colors.of(TypeId{type}));
        QCOMPARE(seen.size(), std::size_t{9});
        QVERIFY(!seen.contains(TypeColors::kNeutral));
        QCOMPARE(colors.of(TypeId{0}), TypeColors::kNeutral);
        QCOMPARE(colors.of(TypeId{13}), TypeColors::kNeutral);
    }

    void aTypeLooksTheSameFromEntityToEntityWhereItCan()
    {
        TypeColors colors;
        colors.assign(counts({{1, 5}, {2, 9}, {4, 3}}));
        const int before = colors.of(TypeId{4});
        colors.assign(counts({{4, 100}, {6, 2}}));
        QCOMPARE(colors.of(TypeId{4}), before);
    }

    void growthTakesNoColourAway()
    {
        TypeColors colors;
        colors.assign(counts({{0, 1}, {7, 2}}));
        const int zero = colors.of(TypeId{0});
        const int seven = colors.of(TypeId{7});
        QVERIFY(zero != seven);
        colors.assign(counts({{0, 100}, {7, 2}, {14, 500}}));
        QCOMPARE(colors.of(TypeId{0}), zero);
        QCOMPARE(colors.of(TypeId{7}), seven);
        QVERIFY(colors.of(TypeId{14}) != zero && colors.of(TypeId{14}) != seven);
    }

    void whatStaysInViewKeepsItsColourWhicheverEntityIsSelected()
    {
        TypeColors colors;
        colors.assign(counts({{0, 9}, {1, 8}, {2, 7}}), {{TypeId{8}, {}, 3}});
        const int first = colors.of(TypeId{1});
        const int lane = colors.of(TypeId{8});
        colors.assign(counts({{8, 50}, {15, 40}}), {{TypeId{0}, {}, 9}, {TypeId{1}, {}, 8}, {TypeId{2}, {}, 7}});
        QCOMPARE(colors.of(TypeId{1}), first);
        QCOMPARE(colors.of(TypeId{8}), lane);
        colors.assign(counts({{30, 1}}));  // gone from view
        colors.assign(counts({{0, 9}, {1, 8}, {2, 7}}));
        QCOMPARE(colors.of(TypeId{1}), first);  // and back, as it was
    }

    void whatComesBackAfterManyOthersLooksAsAtFirst()
    {
        TypeColors colors;
        const auto first = counts({{0, 9}, {1, 8}, {2, 7}, {3, 6}, {4, 5}, {5, 4}, {6, 3}});
        const std::vector<store::TypeCount> lanes = {{TypeId{20}, {}, 4}, {TypeId{21}, {}, 3}, {TypeId{22}, {}, 2}};
        colors.assign(first, lanes);
        std::array<int, 7> at{};
        for (std::uint32_t type = 0; type < 7; ++type) at[type] = colors.of(TypeId{type});
        // Other entities, whose types share homes with them meanwhile, while the pinned lanes stay.
        for (std::uint32_t other = 0; other < 30; ++other)
            colors.assign(counts({{30 + other, 9}, {31 + other, 8}, {32 + other, 7}, {33 + other, 6}, {other % 7, 10}}), lanes);
        colors.assign(first, lanes);
        for (std::uint32_t type = 0; type < 7; ++type) QCOMPARE(colors.of(TypeId{type}), at[type]);
    }

    void thePinnedLanesTypesKeepTheirColoursThroughTenSelections()
    {
        TypeColors colors;
        colors.assign(counts({{0, 9}, {1, 8}, {2, 7}}));
        // The three rarest of nine live where the first three did, and are pinned.
        colors.assign(counts({{10, 9}, {11, 8}, {12, 7}, {13, 6}, {14, 5}, {15, 4}, {16, 3}, {17, 2}, {18, 1}}));
        const std::vector<store::TypeCount> lanes = {{TypeId{16}, {}, 3}, {TypeId{17}, {}, 2}, {TypeId{18}, {}, 1}};
        std::array<int, 3> at{};
        for (std::uint32_t i = 0; i < 3; ++i) at[i] = colors.of(TypeId{16 + i});
        // Of a type of a pinned lane too, and as many as there are colours left for.
        const std::vector<std::unordered_map<TypeId, std::uint32_t>> selections = {
            counts({{0, 9}, {1, 8}, {2, 7}}),
            counts({{17, 9}, {0, 1}}),
            counts({{10, 9}, {11, 8}, {12, 7}, {13, 6}, {14, 5}, {15, 4}}),
            counts({{2, 9}, {1, 8}, {0, 7}, {10, 6}, {30, 5}, {31, 4}}),
            counts({{18, 9}, {16, 8}, {2, 7}, {32, 6}}),
        };
        for (std::size_t i = 0; i < 10; ++i) {
            const auto& selected = selections[i % selections.size()];
            colors.assign(selected, lanes);
            std::set<int> taken;
            for (const auto& [type, count] : selected) {
                QVERIFY(colors.of(type) != TypeColors::kNeutral);
                taken.insert(colors.of(type));
            }
            QCOMPARE(taken.size(), selected.size());
            // Neutral only where the selected entity has a type that lives there too.
            for (std::uint32_t lane = 0; lane < 3; ++lane) {
                const bool away = taken.contains(at[lane]) && !selected.contains(TypeId{16 + lane});
                QCOMPARE(colors.of(TypeId{16 + lane}), away ? TypeColors::kNeutral : at[lane]);
            }
        }
    }

    void theSelectedEntitysTypesTakeColoursFromTheRarestOfOtherLanes()
    {
        TypeColors colors;
        std::vector<store::TypeCount> lanes;
        for (std::uint32_t type = 0; type < 9; ++type) lanes.push_back({TypeId{type}, {}, 100 - type});
        colors.assign({}, lanes);
        colors.assign(counts({{50, 5}, {51, 4}}), lanes);
        QVERIFY(colors.of(TypeId{50}) != TypeColors::kNeutral && colors.of(TypeId{51}) != TypeColors::kNeutral);
        QVERIFY(colors.of(TypeId{50}) != colors.of(TypeId{51}));
        QCOMPARE(colors.of(TypeId{8}), TypeColors::kNeutral);
        QCOMPARE(colors.of(TypeId{7}), TypeColors::kNeutral);
        QVERIFY(colors.of(TypeId{0}) != TypeColors::kNeutral);
    }

    void typesOfOtherLanesAndOfTheLogGetTheColoursThatAreLeft()
    {
        TypeColors colors;
        colors.assign(counts({{0, 5}, {1, 4}, {2, 3}}), {{TypeId{10}, {}, 7}, {TypeId{0}, {}, 100}});
        colors.assignFree({{TypeId{20}, {}, 11},
                           {TypeId{21}, {}, 10},
                           {TypeId{22}, {}, 9},
                           {TypeId{24}, {}, 8},
                           {TypeId{25}, {}, 7},
                           {TypeId{23}, {}, 6},
                           {TypeId{10}, {}, 5}});
        std::set<int> seen;
        for (const std::uint32_t type : {0u, 1u, 2u, 10u, 20u, 21u, 22u, 24u, 25u}) seen.insert(colors.of(TypeId{type}));
        QCOMPARE(seen.size(), std::size_t{9});
        QVERIFY(!seen.contains(TypeColors::kNeutral));
        QCOMPARE(colors.of(TypeId{23}), TypeColors::kNeutral);   // the rarest
        QCOMPARE(colors.of(TypeId{999}), TypeColors::kNeutral);  // never told of
    }

    void tenSelectionsOverTheDemosPinsShowEachTypeInOneColour_data()
    {
        QTest::addColumn<bool>("lanesFirst");
        QTest::newRow("the pinned lanes are there first") << true;
        QTest::newRow("the selected entity is there first") << false;
    }

    void tenSelectionsOverTheDemosPinsShowEachTypeInOneColour()
    {
        QFETCH(const bool, lanesFirst);
        // The log of the demo, the most frequent type first; the numbers are the places in it.
        std::vector<store::TypeCount> log;
        for (std::uint32_t type = 0; type < 21; ++type) log.push_back({TypeId{type}, {}, 10'000 - type * 400});
        log.resize(TypeColors::kEnough);
        const auto user = counts({{5, 7}, {17, 3}, {18, 2}, {15, 2}, {8, 1}, {19, 1}, {9, 1}});
        const auto order = counts({{7, 1}, {19, 1}, {5, 1}, {6, 1}, {10, 1}, {20, 1}});
        const auto row = counts({{3, 4}, {13, 1}, {1, 1}});
        const auto cart = counts({{0, 7}, {12, 4}, {4, 1}});
        std::map<std::uint32_t, std::uint64_t> all;
        for (const auto* lane : {&user, &order, &row})
            for (const auto& [type, count] : *lane) all[type.value] += count;
        std::vector<store::TypeCount> lanes;
        for (const auto& [type, count] : all) lanes.push_back({TypeId{type}, {}, count});

        TypeColors colors;
        Seen seen;
        colors.assign({});
        colors.assignFree(log);
        seen.look(colors);
        colors.assign(lanesFirst ? counts({}) : user, lanesFirst ? lanes : std::vector<store::TypeCount>());
        colors.assignFree(log);
        seen.look(colors);
        for (const auto* selected : {&user, &order, &user, &row, &order, &cart, &row, &user, &cart, &order}) {
            colors.assign(*selected, lanes);
            colors.assignFree(log);
            seen.look(colors);
            std::set<int> told;
            for (const auto& [type, count] : *selected) told.insert(colors.of(type));
            QCOMPARE(told.size(), selected->size());
            QVERIFY(!told.contains(TypeColors::kNeutral));
        }
        QVERIFY(seen.types() > 14);
        QVERIFY(seen.eachInOneColour());
    }

    void ranksThatChangeWhileReadingMoveNoColour()
    {
        TypeColors colors;
        std::vector<store::TypeCount> lanes;
        std::array<int, 40> before{};
        const auto note = [&] {
            for (std::uint32_t type = 0; type < 40; ++type) before[type] = colors.of(TypeId{type});
        };
        for (std::uint32_t look = 0; look < 20; ++look) {
            // Other types lead each time; from the third look on there are two pinned lanes' types, whose counts change as well.
            std::vector<store::TypeCount> log;
            for (std::uint32_t type = 0; type < TypeColors::kEnough; ++type)
                log.push_back({TypeId{(type * 7 + look * 5) % 25}, {}, 1000 - type});
            if (look >= 3) lanes = {{TypeId{30}, {}, 1 + look * 7 % 5}, {TypeId{31}, {}, 1 + look * 3 % 5}};
            colors.assign({}, lanes);
            colors.assignFree(log);
            if (look == 0 || look == 3) note();
            for (std::uint32_t type = 0; type < 40; ++type) QCOMPARE(colors.of(TypeId{type}), before[type]);
        }
        QVERIFY(colors.of(TypeId{30}) != TypeColors::kNeutral && colors.of(TypeId{31}) != TypeColors::kNeutral);
    }

    void countsThatGrowTakeNoColourFromATypeThatSharesItsHome()
    {
        TypeColors colors;
        std::vector<store::TypeCount> lanes;
        for (std::uint32_t type = 0; type < 10; ++type) lanes.push_back({TypeId{type}, {}, 100 - type});
        colors.assign({}, lanes);
        QVERIFY(colors.of(TypeId{8}) != TypeColors::kNeutral);
        QCOMPARE(colors.of(TypeId{9}), TypeColors::kNeutral);
        const int shared = colors.of(TypeId{8});
        lanes[9].events = 1000;
        colors.assign({}, lanes);
        QCOMPARE(colors.of(TypeId{8}), shared);
        QCOMPARE(colors.of(TypeId{9}), TypeColors::kNeutral);
        // Selected, the other has it; and keeps it afterwards, for it is the more frequent by now.
        colors.assign(counts({{9, 1000}}), lanes);
        QCOMPARE(colors.of(TypeId{9}), shared);
        QCOMPARE(colors.of(TypeId{8}), TypeColors::kNeutral);
        colors.assign({}, lanes);
        QCOMPARE(colors.of(TypeId{9}), shared);
    }

    void whatAnotherEntityHadDoesNotPutARareTypeAmongTheNine()
    {
        TypeColors colors;
        colors.assign(counts({{0, 9}, {1, 8}, {2, 7}}));
        colors.assign(counts({{0, 1}, {10, 20}, {11, 19}, {12, 18}, {13, 17}, {14, 16}, {15, 15}, {16, 14}, {17, 13}, {18, 12}}));
        std::set<int> told;
        for (std::uint32_t type = 10; type < 19; ++type) told.insert(colors.of(TypeId{type}));
        QCOMPARE(told.size(), std::size_t(TypeColors::kColors));
        QVERIFY(!told.contains(TypeColors::kNeutral));
        QCOMPARE(colors.of(TypeId{0}), TypeColors::kNeutral);
    }

    void twoTypesOfTheSelectedEntityThatShareAHomeAreToldApart()
    {
        TypeColors colors;
        colors.assign(counts({{0, 9}, {1, 8}, {2, 7}, {3, 6}, {4, 5}, {5, 4}, {6, 3}, {7, 2}, {8, 1}}));
        const int home = colors.of(TypeId{0});
        colors.assign(counts({{10, 5}}));
        QCOMPARE(colors.of(TypeId{10}), home);
        colors.assign(counts({{0, 2}, {10, 5}, {1, 1}}));
        QCOMPARE(colors.of(TypeId{10}), home);  // the more frequent
        const int other = colors.of(TypeId{0});
        QVERIFY(other != TypeColors::kNeutral && other != home && other != colors.of(TypeId{1}));
        colors.assign(counts({{0, 2}}));
        QCOMPARE(colors.of(TypeId{0}), other);  // and from now on
    }

    void typesOfOnePinnedLaneShareNoHome_data()
    {
        QTest::addColumn<bool>("laneFirst");
        QTest::newRow("the lane is pinned first") << true;
        QTest::newRow("another entity is selected first") << false;
    }

    void typesOfOnePinnedLaneShareNoHome()
    {
        QFETCH(const bool, laneFirst);
        // The overview's nine live everywhere; the lane has four of them, and four that come later.
        std::vector<store::TypeCount> log;
        for (std::uint32_t type = 0; type < 18; ++type) log.push_back({TypeId{type}, {}, 1000 - type});
        const auto lane = counts({{0, 1}, {1, 1}, {2, 9}, {3, 9}, {20, 1}, {21, 1}, {22, 1}, {23, 1}});
        const auto other = counts({{4, 9}, {5, 8}, {6, 7}, {7, 6}, {8, 5}, {30, 4}});
        std::vector<store::TypeCount> lanes;
        for (const auto& [type, count] : lane) lanes.push_back({type, {}, count});
        TypeColors colors;
        Seen seen;
        const auto show = [&](const TypeColors::Counts& selected) {
            colors.assign(selected, lanes, {&lane});
            colors.assignFree(log);
            seen.look(colors);
        };
        colors.assign({});
        colors.assignFree(log);
        seen.look(colors);
        if (laneFirst) show({});
        for (const auto* selected : {&other, &lane, &other, &lane}) {
            show(*selected);
            std::set<int> told;
            for (const auto& [type, count] : *selected) told.insert(colors.of(type));
            QCOMPARE(told.size(), selected->size());
            QVERIFY(!told.contains(TypeColors::kNeutral));
        }
        QVERIFY(seen.eachInOneColour());
    }

    void aLaterRunBeginsWithTheHomesOfTheOneBefore()
    {
        TypeColors before;
        before.assign(counts({{0, 9}, {1, 8}, {2, 7}, {3, 6}, {4, 5}, {5, 4}, {6, 3}, {7, 2}, {8, 1}}));
        before.assign(counts({{10, 9}, {11, 8}, {3, 7}}));
        TypeColors after;
        after.begin(before.homes());
        QCOMPARE(after.of(TypeId{10}), TypeColors::kNeutral);  // nothing is in view yet
        after.assign(counts({{11, 9}, {12, 8}}));
        QCOMPARE(after.of(TypeId{11}), before.of(TypeId{11}));
        after.assign(counts({{10, 9}, {3, 1}}));
        QCOMPARE(after.of(TypeId{10}), before.of(TypeId{10}));
        QCOMPARE(after.of(TypeId{3}), before.of(TypeId{3}));
        TypeColors spoilt;
        spoilt.begin({{TypeId{1}, -1}, {TypeId{2}, TypeColors::kColors}});
        QVERIFY(spoilt.homes().empty());
    }

    void whatIsKeptForALaterRunIsNotMoreThanASettingHolds()
    {
        TypeColors colors;
        for (std::uint32_t type = 0; type < 1000; ++type) colors.assign(counts({{type, 1}}));
        const auto homes = colors.homes();
        QCOMPARE(homes.size(), TypeColors::kKept);
        QCOMPARE(homes.front().first, TypeId{999});  // it is in view
    }

    void twoEntitiesPushNoTypeToAndFro()
    {
        TypeColors colors;
        colors.assign(counts({{0, 9}, {1, 8}, {2, 7}, {3, 6}, {4, 5}, {5, 4}, {6, 3}, {7, 2}, {8, 1}}));
        colors.assign(counts({{10, 5}}));  // shares a home with 0
        // Beside 0 in one entity, beside whoever has its second home in the other.
        const auto one = counts({{0, 2}, {10, 5}, {1, 1}});
        const auto other = counts({{0, 9}, {1, 8}, {2, 7}, {3, 6}, {4, 5}, {5, 4}, {6, 3}, {7, 2}, {8, 1}});
        for (int i = 0; i < 2; ++i) {
            colors.assign(one);
            colors.assign(other);
        }
        std::map<std::uint32_t, int> settled;
        for (std::uint32_t type = 0; type < 11; ++type) settled[type] = colors.of(TypeId{type});
        for (int i = 0; i < 4; ++i) {
            colors.assign(one);
            for (const std::uint32_t type : {0U, 1U}) QCOMPARE(colors.of(TypeId{type}), settled[type]);
            colors.assign(other);
            for (std::uint32_t type = 0; type < 9; ++type) QCOMPARE(colors.of(TypeId{type}), settled[type]);
        }
    }
};

QTEST_GUILESS_MAIN(TestTypeColors)
#include "test_type_colors.moc"
