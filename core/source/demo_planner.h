#pragma once
#include "core/source/demo_plan.h"

#include <optional>
#include <span>
#include <vector>

namespace hindcast::source::demo {

/// How an order ends. Times at or after kEnd do not come to pass.
struct Fate {
    std::optional<Millis> paid{};
    std::optional<Millis> addressChanged{};  ///< caused by the customer's own AddressChanged
    std::uint32_t newFace = kNone;           ///< of Plan::faces
    std::uint32_t oldFace = kNone;
    std::uint64_t addressCause = 0;
    std::optional<Millis> shipped{};
    std::optional<Millis> delivered{};
    std::optional<Millis> cancelled{};
    std::optional<Millis> returned{};
    std::uint32_t reason = 0;
};

/// Builds a Plan. Each part of the shop adds its happenings in any order; finish() sorts them and hands out partitions.
class Planner {
public:
    Planner(std::uint64_t seed, std::uint64_t events);

    void planCatalogue();  // demo_shop.cpp
    void planPeople();
    void planCarts();
    void planDepartures();
    void planBroken();
    void planStory();     // demo_story.cpp
    void planSnapshot();  // demo_rows.cpp
    void planRowLives();
    void planHeartbeats();
    void planReplenishment();
    void planTransactionMarkers();
    void planAccounts();  // demo_accounts.cpp
    [[nodiscard]] Plan finish();

private:
    struct Session;  ///< a cart being filled

    /// False, and nothing added, where `time` lies beyond the end. `number` and `nth` make the id, so that it does not depend on
    /// the volume.
    std::uint64_t idOf(What what, std::uint64_t number, std::uint64_t nth = 0) const;
    bool add(What what, std::uint32_t subject, Millis time, std::uint64_t id, std::uint64_t cause, std::uint64_t process,
             std::uint32_t detail = kNone, std::uint32_t extra = 0);
    bool addRow(What what, std::uint32_t subject, Millis commit, std::uint64_t transaction, std::uint32_t detail = kNone,
                std::uint32_t extra = 0);

    // A person's events, each with the row change that goes with it. `nth` counts the person's changes.
    std::uint64_t registerPerson(std::uint32_t person, Millis at);
    void giveAddress(std::uint32_t person, const Face& face, Millis at, std::uint64_t cause);
    std::uint64_t changeAddress(std::uint32_t person, const Face& face, Millis at, std::uint32_t nth);
    void updatePerson(std::uint32_t person, const Face& face, Millis at, std::uint32_t nth);
    void deletePerson(std::uint32_t person, Millis at);
    std::uint32_t keepFace(const Face& face);

    [[nodiscard]] Session beginCart(std::uint32_t number, std::uint32_t person) const;
    void putIn(Session& session, std::uint32_t product, std::uint32_t quantity, Millis at);
    void takeOut(Session& session, std::size_t item, Millis at);
    /// Checks out and places the order; answers the Order's index, kNone beyond the end.
    std::uint32_t checkOut(Session& session, std::uint32_t orderNumber, Millis at, Millis placedAt);
    void follow(std::uint32_t order, Millis placedAt, const Fate& fate);
    [[nodiscard]] Fate drawFate(Millis placedAt);
    void releaseStock(const Order& order, Millis at, std::uint64_t cause, std::uint64_t process);
    void planOneCart(std::uint32_t number, Millis at);
    void planChangesOf(std::uint32_t person, Millis from);
    void planPriceChanges(std::uint32_t product, std::uint32_t count);
    /// Money comes or goes; answers by how much the balance changed, 0 beyond the end.
    std::int64_t move(std::uint32_t account, What what, std::int64_t cents, Millis at);
    void planAliceAccount(std::uint32_t account, Millis charged);
    void planAccount(std::uint32_t account, Millis charged, Random& own);

    [[nodiscard]] std::uint32_t drawProduct();
    [[nodiscard]] std::uint32_t drawBuyer(Millis at);
    [[nodiscard]] std::uint32_t priceAt(std::uint32_t product, Millis at) const;
    [[nodiscard]] std::uint64_t processOfOrder(std::uint32_t order) const;

    struct Price {
        Millis from;
        std::uint32_t cents;
    };
    struct Buyer {
        Millis from;  ///< has an address since
        std::uint32_t person;
        auto operator<=>(const Buyer&) const = default;
    };

    Plan plan_;
    std::uint64_t events_;
    Random random_;
    Rhythm signUps_;
    Rhythm shopping_;
    std::uint64_t sequence_ = 4;              // a marker may stand just before the first
    std::vector<std::vector<Price>> prices_;  ///< per product, by time
    std::vector<std::uint64_t> popularity_;   ///< cumulative weights of the products
    std::vector<Buyer> buyers_;
    std::vector<std::uint32_t> cartsOfPerson_;
    std::vector<std::uint64_t> processOfOrder_;
    std::uint32_t nextOrder_ = 1;
};

struct Planner::Session {
    std::uint32_t cart = kNone;  ///< index, once the first item is in
    std::uint32_t number = 0;
    std::uint32_t person = 0;
    std::uint64_t process = 0;
    std::uint32_t steps = 0;
    Millis last = 0;
    std::vector<Line> items;
};

}  // namespace hindcast::source::demo
