// The mapping file and the set-rules models of the demo's topics. They are also the worked examples of both formats.
#include "core/source/demo.h"

#include "core/event/json.h"

namespace hindcast::source {

namespace {

constexpr const char* kMappings = R"([
  {
    "topic": "users", "envelope": "plain",
    "entities": [{"category": {"const": "user"}, "id": {"from": "key"}}],
    "type": {"from": "value", "at": "/event_type"},
    "time": {"from": "value", "at": "/timestamp", "unit": "iso"},
    "correlation": {"from": "header", "name": "correlation_id"},
    "causation": {"from": "header", "name": "causation_id"},
    "name": {"from": "state", "at": "/name"}
  },
  {
    "topic": "orders", "envelope": "plain",
    "entities": [{"category": {"const": "order"}, "id": {"from": "key"}},
                 {"category": {"const": "user"}, "id": {"from": "value", "at": "/user_id"}}],
    "type": {"from": "value", "at": "/event_type"},
    "time": {"from": "value", "at": "/timestamp", "unit": "iso"},
    "correlation": {"from": "header", "name": "correlation_id"},
    "causation": {"from": "header", "name": "causation_id"}
  },
  {
    "topic": "products", "envelope": "plain",
    "entities": [{"category": {"const": "product"}, "id": {"from": "key"}},
                 {"category": {"const": "catalog"}, "id": {"const": "product-catalog"}}],
    "type": {"from": "value", "at": "/event_type"},
    "time": {"from": "value", "at": "/timestamp", "unit": "iso"},
    "correlation": {"from": "header", "name": "correlation_id"},
    "causation": {"from": "header", "name": "causation_id"},
    "name": {"from": "state", "at": "/name"}
  },
  {
    "topic": "carts", "envelope": "plain",
    "entities": [{"category": {"const": "cart"}, "id": {"from": "key"}}],
    "type": {"from": "value", "at": "/event_type"},
    "time": {"from": "value", "at": "/timestamp", "unit": "iso"},
    "correlation": {"from": "header", "name": "correlation_id"},
    "causation": {"from": "header", "name": "causation_id"}
  },
  {
    "topic": "accounts", "envelope": "plain",
    "entities": [{"category": {"const": "account"}, "id": {"from": "key"}}],
    "type": {"from": "value", "at": "/event_type"},
    "time": {"from": "value", "at": "/timestamp", "unit": "iso"},
    "correlation": {"from": "header", "name": "correlation_id"},
    "causation": {"from": "header", "name": "causation_id"},
    "name": {"from": "state", "at": "/owner"}
  },
  {"topic": "shop.public.*", "envelope": "debezium", "name": {"from": "state", "at": "/name"}},
  {"topic": "shop.transaction", "envelope": "debezium"},
  {"topic": "__debezium-heartbeat.shop", "envelope": "debezium"}
]
)";

constexpr const char* kUser = R"({
  "entity": "user",
  "initial": {},
  "on": {
    "UserRegistered": [
      {"set": "/id", "value": {"at": "/user_id"}},
      {"set": "/name", "value": {"at": "/name"}},
      {"set": "/email", "value": {"at": "/email"}},
      {"set": "/status", "value": {"const": "active"}}
    ],
    "AddressAdded": [{"set": "/address", "value": {"at": "/address"}}],
    "AddressChanged": [
      {"set": "/address", "value": {"at": "/new_address"}},
      {"set": "/addressChangedAt", "value": {"meta": "time"}}
    ],
    "UserUpdated": [
      {"set": "/name", "value": {"at": "/new_name"}},
      {"set": "/email", "value": {"at": "/new_email"}}
    ],
    "OrderPlaced": [
      {"append": "/orders", "value": {"object": {"id": {"at": "/order_id"}, "total": {"at": "/total"}}}},
      {"add": "/spent", "value": {"at": "/total"}},
      {"set": "/status", "value": {"const": "customer"}}
    ],
    "OrderCancelled": [
      {"append": "/cancelled", "value": {"at": "/order_id"}},
      {"add": "/spent", "value": {"at": "/total_change"}},
      {"set": "/status", "value": {"const": "churn-risk"}}
    ],
    "OrderReturned": [
      {"append": "/returned", "value": {"at": "/order_id"}},
      {"add": "/spent", "value": {"at": "/total_change"}},
      {"set": "/status", "value": {"const": "churn-risk"}}
    ],
    "UserDeleted": [{"end": true}]
  }
}
)";

constexpr const char* kOrder = R"({
  "entity": "order",
  "initial": {},
  "on": {
    "OrderPlaced": [
      {"set": "/id", "value": {"at": "/order_id"}},
      {"set": "/user", "value": {"at": "/user_id"}},
      {"set": "/status", "value": {"const": "placed"}},
      {"set": "/total", "value": {"at": "/total"}},
      {"set": "/lines", "value": {"at": "/lines"}},
      {"set": "/shipTo", "value": {"at": "/ship_to"}}
    ],
    "OrderPaid": [
      {"set": "/status", "value": {"const": "paid"}},
      {"set": "/payment", "value": {"object": {"method": {"at": "/method"}, "at": {"meta": "time"}}}}
    ],
    "OrderAddressChanged": [{"set": "/shipTo", "value": {"at": "/new_address"}}],
    "OrderShipped": [
      {"set": "/status", "value": {"const": "shipped"}},
      {"set": "/parcel", "value": {"object": {"carrier": {"at": "/carrier"}, "tracking": {"at": "/tracking"}}}}
    ],
    "OrderDelivered": [
      {"set": "/status", "value": {"const": "delivered"}},
      {"merge": "/parcel", "value": {"object": {"leftWith": {"at": "/left_with"}}}}
    ],
    "OrderCancelled": [
      {"set": "/status", "value": {"const": "cancelled"}},
      {"set": "/reason", "value": {"at": "/reason"}}
    ],
    "OrderReturned": [
      {"set": "/status", "value": {"const": "returned"}},
      {"set": "/reason", "value": {"at": "/reason"}}
    ]
  }
}
)";

constexpr const char* kProduct = R"({
  "entity": "product",
  "initial": {},
  "on": {
    "ProductAdded": [
      {"set": "/id", "value": {"at": "/product_id"}},
      {"set": "/name", "value": {"at": "/name"}},
      {"set": "/price", "value": {"at": "/price"}},
      {"set": "/stock", "value": {"at": "/stock"}},
      {"set": "/sold", "value": {"const": 0}}
    ],
    "PriceChanged": [
      {"set": "/price", "value": {"at": "/new_price"}},
      {"set": "/priceChangedAt", "value": {"meta": "time"}}
    ],
    "StockReserved": [
      {"add": "/stock", "value": {"at": "/stock_change"}},
      {"add": "/sold", "value": {"at": "/quantity"}}
    ],
    "StockReplenished": [{"add": "/stock", "value": {"at": "/stock_change"}}]
  }
}
)";

constexpr const char* kCatalog = R"({
  "entity": "catalog",
  "initial": {},
  "on": {
    "ProductAdded": [{"add": "/products", "value": {"const": 1}}],
    "PriceChanged": [{"add": "/priceChanges", "value": {"const": 1}}],
    "StockReserved": [{"add": "/reservations", "value": {"const": 1}}, {"add": "/piecesReserved", "value": {"at": "/quantity"}}],
    "StockReplenished": [{"add": "/replenishments", "value": {"const": 1}}]
  }
}
)";

constexpr const char* kCart = R"({
  "entity": "cart",
  "initial": {},
  "on": {
    "CartItemAdded": [
      {"set": "/id", "value": {"at": "/cart_id"}},
      {"set": "/user", "value": {"at": "/user_id"}},
      {"set": "/status", "value": {"const": "open"}},
      {"merge": "/items", "value": {"at": "/items"}}
    ],
    "CartItemRemoved": [{"merge": "/items", "value": {"at": "/items"}}],
    "CartCheckedOut": [
      {"set": "/status", "value": {"const": "checked out"}},
      {"set": "/order", "value": {"at": "/order_id"}},
      {"set": "/total", "value": {"at": "/total"}}
    ]
  }
}
)";

constexpr const char* kAccountScript = R"(// Store credit: what a customer has paid in, less what was spent and the monthly fee.

const cents = (amount) => Math.round(amount * 100) / 100;

const tierOf = (balance, before) =>
  balance < 0 ? "blocked" : balance >= 60 || before === "gold" ? "gold" : "basic";

const moved = (state, amount) => {
  const balance = cents(state.balance + amount);
  return { ...state, balance, tier: tierOf(balance, state.tier) };
};

export const entities = {
  account: {
    initial: () => ({ balance: 0, fees: [] }),

    evolve: {
      AccountOpened: (state, { payload }) =>
        ({ id: payload.account_id, owner: payload.owner, ...state, tier: "basic", withdrawals: [] }),
      Deposited: (state, { payload }) => moved(state, payload.amount),
      Withdrawn: (state, { payload }) =>
        ({ ...moved(state, -payload.amount), withdrawals: [...state.withdrawals, payload.amount] }),
      FeeCharged: (state, { payload }) =>
        ({ ...moved(state, -payload.amount), fees: [...state.fees, payload.amount] }),
    },

    invariants: {
      "the balance is never below zero": (state) => state.balance >= 0 || `it is ${state.balance}`,
    },
  },
};
)";

}  // namespace

std::string demoMappings() { return kMappings; }

std::vector<std::pair<std::string, std::string>> demoModels()
{
    return {{"user", kUser},       {"order", kOrder},
            {"product", kProduct}, {"catalog", kCatalog},
            {"cart", kCart},       {"account", toText(Json{{"script", {{"name", "account.mjs"}, {"source", kAccountScript}}}})}};
}

}  // namespace hindcast::source
