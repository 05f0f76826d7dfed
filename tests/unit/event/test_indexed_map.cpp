#include "core/event/indexed_map.h"

#include <QTest>

#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace hindcast;

namespace {

/// Counts its copies: a map that grows must move its members.
struct Tracked {
    int value = 0;
    static inline int copies = 0;

    Tracked() = default;
    explicit Tracked(int number) : value(number) {}
    Tracked(const Tracked& other) : value(other.value) { ++copies; }
    Tracked(Tracked&& other) noexcept : value(std::exchange(other.value, -1)) {}
    Tracked& operator=(const Tracked&) = default;
    Tracked& operator=(Tracked&&) noexcept = default;
};

using Map = IndexedMap<std::string, Tracked>;

}  // namespace

class TestIndexedMap : public QObject {
    Q_OBJECT
private slots:
    void randomUseIsThatOfAPlainList();
    void growingMovesTheMembers();
    void aMemberMayBeMadeFromAnotherOne();
};

void TestIndexedMap::randomUseIsThatOfAPlainList()
{
    std::mt19937 random(71);
    for (int round = 0; round < 40; ++round) {
        Map map;
        std::vector<std::pair<std::string, int>> list;
        const std::size_t keys = round % 2 == 0 ? 30 : 300;
        for (int step = 0; step < 600; ++step) {
            const std::string key = "key " + std::to_string(random() % keys);
            const auto known = std::find_if(list.begin(), list.end(), [&](const auto& item) { return item.first == key; });
            switch (random() % 4) {
                case 0:
                    QCOMPARE(map.erase(key), std::size_t{known == list.end() ? 0U : 1U});
                    if (known != list.end()) list.erase(known);
                    break;
                case 1:
                    if (known == list.end()) {
                        const std::size_t where = random() % (list.size() + 1);
                        map.insertAt(where, key, Tracked(step));
                        list.insert(list.begin() + static_cast<std::ptrdiff_t>(where), {key, step});
                    }
                    break;
                default:
                    map[key].value = step;
                    if (known == list.end())
                        list.emplace_back(key, step);
                    else
                        known->second = step;
            }
            QCOMPARE(map.size(), list.size());
        }
        const Map copy = map;
        for (std::size_t i = 0; i < list.size(); ++i) {
            QCOMPARE(copy.begin()[static_cast<std::ptrdiff_t>(i)].first, list[i].first);
            QCOMPARE(copy.at(list[i].first).value, list[i].second);
        }
        QCOMPARE(copy.count("none"), std::size_t{0});
    }
}

void TestIndexedMap::growingMovesTheMembers()
{
    Map map;
    Tracked::copies = 0;
    for (int i = 0; i < 1'000; ++i) map.emplace(std::to_string(i), i);
    QCOMPARE(Tracked::copies, 0);
    for (int i = 0; i < 1'000; ++i) QCOMPARE(map.at(std::to_string(i)).value, i);
}

void TestIndexedMap::aMemberMayBeMadeFromAnotherOne()
{
    Map map;
    map.emplace("0", 17);
    for (int i = 1; i < 200; ++i) map.emplace(std::to_string(i), std::as_const(map).at(std::to_string(i - 1)));
    QCOMPARE(map.at("199").value, 17);
}

QTEST_APPLESS_MAIN(TestIndexedMap)
#include "test_indexed_map.moc"
