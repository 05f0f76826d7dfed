#pragma once
#include "core/source/demo_clock.h"
#include "core/source/demo_text.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::source::demo {

enum class Topic : std::uint8_t { Users, Orders, Products, Carts, UserRows, ItemRows, Transactions, Heartbeats, Accounts };
inline constexpr std::size_t kTopics = 9;
struct TopicShape {
    std::string_view name;
    std::uint32_t partitions;
};
inline constexpr std::array<TopicShape, kTopics> kTopicShapes{{
    {"users", 3},
    {"orders", 6},
    {"products", 2},
    {"carts", 4},
    {"shop.public.users", 3},
    {"shop.public.order_items", 3},
    {"shop.transaction", 1},
    {"__debezium-heartbeat.shop", 1},
    {"accounts", 3},
}};

enum class What : std::uint8_t {
    UserRegistered,
    AddressAdded,
    AddressChanged,
    UserUpdated,
    UserDeleted,
    ProductAdded,
    PriceChanged,
    StockReserved,
    StockReplenished,
    CartItemAdded,
    CartItemRemoved,
    CartCheckedOut,
    OrderPlaced,
    OrderPaid,
    OrderAddressChanged,
    OrderShipped,
    OrderDelivered,
    OrderCancelled,
    OrderReturned,
    BrokenUser,  ///< records that cannot be decoded
    BrokenOrder,
    BrokenCart,
    RowRead,  ///< from here on the database's side: public.users
    RowInserted,
    RowUpdated,
    RowDeleted,
    RowTombstone,
    RowMovedAway,  ///< a key change: its delete, its tombstone, its insert
    RowMovedTombstone,
    RowMovedHere,
    ItemInserted,  ///< public.order_items
    ItemUpdated,
    ItemDeleted,
    ItemTombstone,
    TransactionBegan,
    TransactionEnded,
    Heartbeat,
    AccountOpened,  ///< store credit, which came to the shop last
    Deposited,
    Withdrawn,
    FeeCharged,
};
[[nodiscard]] constexpr bool isDatabase(What what) { return what >= What::RowRead && what <= What::Heartbeat; }
[[nodiscard]] Topic topicOf(What what);

inline constexpr std::uint32_t kNone = 0xffffffffu;

/// One record to come, still without its bytes.
struct Happening {
    Millis broker = 0;             ///< when the broker took it
    std::uint64_t sequence = 0;    ///< breaks ties of `broker`
    std::uint64_t id = 0;          ///< the event's id; on the database's side its transaction
    std::uint64_t cause = 0;       ///< the id of the event that caused it; 0: none
    std::uint64_t process = 0;     ///< the correlation
    std::uint32_t subject = 0;     ///< index of the person, product, cart, order or account
    std::uint32_t detail = kNone;  ///< a face, a line, a price, a reason, an amount: by `what`
    std::uint32_t extra = 0;
    What what = What::Heartbeat;
    std::uint8_t stream = 0;
    std::uint8_t latency = 0;  ///< ms from the event's own time to the broker's (not on the database's side)

    [[nodiscard]] Millis time() const { return broker - latency; }
};

struct Person {
    std::uint32_t number = 0;
    Face face;  ///< at registration
};
struct Product {
    std::uint32_t cents = 0;
    std::uint32_t stock = 0;
};
struct Line {
    std::uint32_t product = 0;
    std::uint32_t quantity = 0;
    std::uint32_t cents = 0;  ///< of one piece
};
struct Cart {
    std::uint32_t number = 0;
    std::uint32_t person = 0;
};
struct Order {
    std::uint32_t number = 0;
    std::uint32_t person = 0;
    std::uint32_t cart = 0;
    std::uint32_t firstLine = 0;
    std::uint32_t lineCount = 0;
    std::int64_t cents = 0;
};

/// Store credit of a customer's.
struct Account {
    std::uint32_t number = 0;
    Face owner;
};

/// Everything that will happen, in broker-time order, and what it happens to.
struct Plan {
    std::uint64_t seed = 0;
    std::vector<Person> people;
    std::vector<Face> faces;  ///< people after a change
    std::vector<Product> products;
    std::vector<Line> lines;
    std::vector<Cart> carts;
    std::vector<Order> orders;
    std::vector<Account> accounts;
    std::vector<Happening> happenings;
    std::vector<std::uint64_t> recordsOfStream;

    [[nodiscard]] std::int64_t centsOf(std::uint32_t firstLine, std::uint32_t count) const;
};

[[nodiscard]] Plan makePlan(std::uint64_t seed, std::uint64_t events);

/// The record's key; empty for a transaction marker, whose key only the database's log knows.
void appendKey(std::string& out, const Plan& plan, const Happening& happening);

/// Transaction markers are written while this holds: someone tried `provide.transaction.metadata` for an evening.
[[nodiscard]] constexpr bool transactionMetadataAt(Millis broker)
{
    return broker >= november(4, 20, 0, 0) && broker < november(4, 22, 0, 0);
}
/// A row change reaches the broker about this long after its commit.
inline constexpr Millis kCaptureDelay = 200;
/// The commit time of a row change from its broker time; never falls when broker times rise.
[[nodiscard]] constexpr Millis commitTime(Millis broker) { return broker - 150 - broker / kSecond % 97; }

// People whose lives are written down rather than drawn. Indices into Plan::people.
inline constexpr std::uint32_t kStaff = 59;      ///< rows 1 to 60 without 7, there before the log begins
inline constexpr std::uint32_t kRowSeven = 59;   ///< public.users/7
inline constexpr std::uint32_t kRowMoved = 60;   ///< public.users/72, which was 12
inline constexpr std::uint32_t kRowTwelve = 10;  ///< its index while it was 12
inline constexpr std::uint32_t kAlice = 61;      ///< user-123
inline constexpr std::uint32_t kFirstOfMany = 62;
inline constexpr std::uint32_t kStoryOrders = 7;  ///< the first of Plan::orders are user-123's

}  // namespace hindcast::source::demo
