#include "ui/session/type_colors.h"

#include <QtTest>

#include <array>
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
        // Other entities, whose types take what is free meanwhile, while the pinned lanes stay.
        for (std::uint32_t other = 0; other < 30; ++other)
            colors.assign(counts({{30 + other, 9}, {31 + other, 8}, {32 + other, 7}, {33 + other, 6}, {other % 7, 1}}), lanes);
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
            for (std::uint32_t lane = 0; lane < 3; ++lane) QCOMPARE(colors.of(TypeId{16 + lane}), at[lane]);
            for (const auto& [type, count] : selected) QVERIFY(colors.of(type) != TypeColors::kNeutral);
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
};

QTEST_GUILESS_MAIN(TestTypeColors)
#include "test_type_colors.moc"
