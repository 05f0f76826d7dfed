#include "core/source/demo_planner.h"

#include <algorithm>
#include <numeric>

namespace hindcast::source::demo {

namespace {

constexpr std::array<int, kDays> kSignUpDays{18, 13, 11, 9, 9, 6, 7, 10, 10, 9, 9};
constexpr std::array<int, kDays> kShoppingDays{4, 6, 8, 9, 9, 6, 7, 11, 11, 10, 10};

// Java's client and every client that wants to meet it: murmur2 with Kafka's seed, masked to positive, modulo the partitions.
std::uint32_t murmur2(std::string_view bytes)
{
    constexpr std::uint32_t m = 0x5bd1e995;
    const auto byte = [&](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(bytes[i])}; };
    std::uint32_t h = 0x9747b28c ^ static_cast<std::uint32_t>(bytes.size());
    std::size_t i = 0;
    for (; i + 4 <= bytes.size(); i += 4) {
        std::uint32_t k = byte(i) | byte(i + 1) << 8 | byte(i + 2) << 16 | byte(i + 3) << 24;
        k *= m;
        k ^= k >> 24;
        h = h * m ^ k * m;
    }
    const std::size_t rest = bytes.size() - i;
    if (rest > 2) h ^= byte(i + 2) << 16;
    if (rest > 1) h ^= byte(i + 1) << 8;
    if (rest > 0) h = (h ^ byte(i)) * m;
    h = (h ^ (h >> 13)) * m;
    return h ^ (h >> 15);
}

}  // namespace

Topic topicOf(What what)
{
    if (what <= What::UserDeleted || what == What::BrokenUser) return Topic::Users;
    if (what <= What::StockReplenished) return Topic::Products;
    if (what <= What::CartCheckedOut || what == What::BrokenCart) return Topic::Carts;
    if (what <= What::BrokenOrder) return Topic::Orders;
    if (what <= What::RowMovedHere) return Topic::UserRows;
    if (what <= What::ItemTombstone) return Topic::ItemRows;
    if (what >= What::AccountOpened) return Topic::Accounts;
    return what == What::Heartbeat ? Topic::Heartbeats : Topic::Transactions;
}

std::int64_t Plan::centsOf(std::uint32_t firstLine, std::uint32_t count) const
{
    std::int64_t sum = 0;
    for (std::uint32_t i = firstLine; i < firstLine + count; ++i) sum += std::int64_t{lines[i].cents} * lines[i].quantity;
    return sum;
}

Planner::Planner(std::uint64_t seed, std::uint64_t events)
    : events_(events), random_(mix(seed, 1)), signUps_(kSignUpDays), shopping_(kShoppingDays)
{
    plan_.seed = seed;
    plan_.happenings.reserve(events + events / 8 + 1'000);
}

std::uint64_t Planner::idOf(What what, std::uint64_t number, std::uint64_t nth) const
{
    return mix(plan_.seed, (static_cast<std::uint64_t>(what) << 48) | number, nth);
}

bool Planner::add(What what, std::uint32_t subject, Millis time, std::uint64_t id, std::uint64_t cause, std::uint64_t process,
                  std::uint32_t detail, std::uint32_t extra)
{
    if (time >= kEnd) return false;
    Happening happening;
    happening.latency = static_cast<std::uint8_t>(2 + id % 37);
    happening.broker = time + happening.latency;
    happening.sequence = sequence_;
    sequence_ += 4;  // room for a transaction's markers
    happening.id = id;
    happening.cause = cause;
    happening.process = process;
    happening.subject = subject;
    happening.detail = detail;
    happening.extra = extra;
    happening.what = what;
    plan_.happenings.push_back(happening);
    return true;
}

bool Planner::addRow(What what, std::uint32_t subject, Millis commit, std::uint64_t transaction, std::uint32_t detail,
                     std::uint32_t extra)
{
    if (commit >= kEnd) return false;
    Happening happening;
    happening.broker = commit + kCaptureDelay;
    happening.sequence = sequence_;
    sequence_ += 4;
    happening.id = transaction;
    happening.subject = subject;
    happening.detail = detail;
    happening.extra = extra;
    happening.what = what;
    plan_.happenings.push_back(happening);
    return true;
}

std::uint32_t Planner::keepFace(const Face& face)
{
    plan_.faces.push_back(face);
    return static_cast<std::uint32_t>(plan_.faces.size() - 1);
}

namespace {

void sortByBroker(std::vector<Happening>& happenings)
{
    std::sort(happenings.begin(), happenings.end(), [](const Happening& a, const Happening& b) {
        return a.broker != b.broker ? a.broker < b.broker : a.sequence < b.sequence;
    });
}

}  // namespace

/// A product whose stock runs low is ordered anew, once, some hours before it would be gone.
void Planner::planReplenishment()
{
    sortByBroker(plan_.happenings);
    struct Shelf {
        std::int64_t stock = 0;
        std::uint32_t deliveries = 0;
        Millis due = 0;
    };
    std::vector<Shelf> shelves(plan_.products.size());
    for (std::size_t i = 0; i < shelves.size(); ++i) shelves[i].stock = plan_.products[i].stock;
    const std::size_t count = plan_.happenings.size();
    for (std::size_t i = 0; i < count; ++i) {
        const Happening happening = plan_.happenings[i];
        if (happening.what != What::StockReserved && happening.what != What::StockReplenished) continue;
        Shelf& shelf = shelves[happening.subject];
        const std::uint32_t full = plan_.products[happening.subject].stock;
        if (happening.what == What::StockReplenished) {
            shelf.stock += happening.detail;
            continue;
        }
        shelf.stock -= happening.detail;
        if (shelf.stock >= full / 3 || happening.broker < shelf.due) continue;
        shelf.due = happening.broker + random_.between(40, 150) * kMinute;
        shelf.stock += full;
        const std::uint64_t id = idOf(What::StockReplenished, happening.subject, ++shelf.deliveries);
        add(What::StockReplenished, happening.subject, shelf.due, id, happening.id, happening.process, full);
    }
}

/// BEGIN and END around the transactions of the evening on which their metadata was on.
void Planner::planTransactionMarkers()
{
    sortByBroker(plan_.happenings);
    std::vector<Happening> markers;
    std::size_t first = 0;
    const auto isRow = [&](std::size_t i) {
        return i < plan_.happenings.size() && isDatabase(plan_.happenings[i].what) && plan_.happenings[i].what != What::Heartbeat;
    };
    while (first < plan_.happenings.size()) {
        const Happening& begin = plan_.happenings[first];
        if (!isRow(first) || !transactionMetadataAt(begin.broker)) {
            ++first;
            continue;
        }
        std::uint32_t users = 0;
        std::uint32_t items = 0;
        std::size_t end = first;
        for (; isRow(end) && plan_.happenings[end].id == begin.id; ++end) {
            const What what = plan_.happenings[end].what;
            if (what == What::RowTombstone || what == What::RowMovedTombstone || what == What::ItemTombstone) continue;
            ++(topicOf(what) == Topic::UserRows ? users : items);
        }
        Happening marker = begin;
        marker.what = What::TransactionBegan;
        marker.sequence = begin.sequence - 1;
        marker.detail = users;
        marker.extra = items;
        markers.push_back(marker);
        marker.what = What::TransactionEnded;
        marker.sequence = plan_.happenings[end - 1].sequence + 1;
        markers.push_back(marker);
        first = end;
    }
    plan_.happenings.insert(plan_.happenings.end(), markers.begin(), markers.end());
}

Plan Planner::finish()
{
    sortByBroker(plan_.happenings);
    std::array<std::uint32_t, kTopics> firstStream{};
    std::uint32_t streams = 0;
    for (std::size_t topic = 0; topic < kTopics; ++topic) {
        firstStream[topic] = streams;
        streams += kTopicShapes[topic].partitions;
    }
    plan_.recordsOfStream.assign(streams, 0);
    std::string key;
    for (Happening& happening : plan_.happenings) {
        const auto topic = static_cast<std::size_t>(topicOf(happening.what));
        key.clear();
        appendKey(key, plan_, happening);
        const std::uint32_t partition = (murmur2(key) & 0x7fffffff) % kTopicShapes[topic].partitions;
        happening.stream = static_cast<std::uint8_t>(firstStream[topic] + partition);
        ++plan_.recordsOfStream[happening.stream];
    }
    return std::move(plan_);
}

Plan makePlan(std::uint64_t seed, std::uint64_t events)
{
    Planner planner(seed, events);
    planner.planStory();
    planner.planSnapshot();
    planner.planRowLives();
    planner.planHeartbeats();
    planner.planCatalogue();
    planner.planPeople();
    planner.planCarts();
    planner.planDepartures();
    planner.planBroken();
    planner.planReplenishment();
    planner.planTransactionMarkers();
    planner.planAccounts();
    return planner.finish();
}

}  // namespace hindcast::source::demo
