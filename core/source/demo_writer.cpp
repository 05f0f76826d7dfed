#include "core/source/demo_writer.h"

#include <array>

namespace hindcast::source::demo {

namespace {

/// Names, in the order of What, of the event types.
constexpr std::array<std::string_view, 19> kTypes{"UserRegistered",   "AddressAdded",   "AddressChanged",      "UserUpdated",
                                                  "UserDeleted",      "ProductAdded",   "PriceChanged",        "StockReserved",
                                                  "StockReplenished", "CartItemAdded",  "CartItemRemoved",     "CartCheckedOut",
                                                  "OrderPlaced",      "OrderPaid",      "OrderAddressChanged", "OrderShipped",
                                                  "OrderDelivered",   "OrderCancelled", "OrderReturned"};

std::string_view typeName(What what)
{
    switch (what) {
        case What::BrokenUser: return "AddressChanged";
        case What::BrokenOrder: return "OrderShipped";
        case What::BrokenCart: return "CartItemAdded";
        case What::AccountOpened: return "AccountOpened";
        case What::Deposited: return "Deposited";
        case What::Withdrawn: return "Withdrawn";
        case What::FeeCharged: return "FeeCharged";
        default: return kTypes[static_cast<std::size_t>(what)];
    }
}

std::string_view serviceOf(Topic topic)
{
    switch (topic) {
        case Topic::Users: return "user-service";
        case Topic::Products: return "catalog-service";
        case Topic::Carts: return "cart-service";
        case Topic::Accounts: return "account-service";
        default: return "order-service";
    }
}

Span since(const Sheet& sheet, std::size_t from) { return {from, sheet.bytes.size() - from}; }

}  // namespace

void Sheet::clear()
{
    bytes.clear();
    records.clear();
    headers.clear();
}

void appendUserId(std::string& out, std::uint32_t number)
{
    out += "user-";
    appendNumber(out, number);
}

void appendOrderId(std::string& out, std::uint32_t number)
{
    out += "order-";
    appendNumber(out, number);
}

void appendCartId(std::string& out, std::uint32_t number)
{
    out += "cart-";
    appendNumber(out, number);
}

void appendProductId(std::string& out, std::uint32_t product)
{
    out += "sku-";
    appendNumber(out, 1'001 + product);
}

void appendAccountId(std::string& out, std::uint32_t number)
{
    out += "account-";
    appendNumber(out, number);
}

void appendKey(std::string& out, const Plan& plan, const Happening& happening)
{
    switch (topicOf(happening.what)) {
        case Topic::Users: appendUserId(out, plan.people[happening.subject].number); break;
        case Topic::Orders: appendOrderId(out, plan.orders[happening.subject].number); break;
        case Topic::Products: appendProductId(out, happening.subject); break;
        case Topic::Carts: appendCartId(out, plan.carts[happening.subject].number); break;
        case Topic::UserRows:
            out += "{\"id\":";
            appendNumber(out, plan.people[happening.subject].number);
            out += '}';
            break;
        case Topic::ItemRows:
            out += "{\"order_id\":";
            appendNumber(out, plan.orders[happening.subject].number);
            out += ",\"line\":";
            appendNumber(out, happening.detail + 1);
            out += '}';
            break;
        case Topic::Heartbeats: out += "{\"serverName\":\"shop\"}"; break;
        case Topic::Transactions: break;
        case Topic::Accounts: appendAccountId(out, plan.accounts[happening.subject].number); break;
    }
}

Writer::Writer(const Plan& plan) : plan_(plan)
{
    people_.reserve(plan.people.size());
    rows_.reserve(plan.people.size());
    for (const Person& person : plan.people) {
        people_.push_back(person.face);
        rows_.push_back({person.face, 0, 0});
    }
    prices_.reserve(plan.products.size());
    for (const Product& product : plan.products) prices_.push_back(product.cents);
    appendUuid(runId_, mix(plan.seed, 5));
}

void Writer::write(const Happening& happening, Sheet& sheet)
{
    Sheet::Record record;
    record.firstHeader = static_cast<std::uint32_t>(sheet.headers.size());
    sheet.records.push_back(record);
    if (isDatabase(happening.what))
        writeRow(happening, sheet);
    else
        writeEvent(happening, sheet);
    Sheet::Record& written = sheet.records.back();
    written.headerCount = static_cast<std::uint32_t>(sheet.headers.size()) - written.firstHeader;
}

void Writer::writeEvent(const Happening& happening, Sheet& sheet)
{
    Sheet::Record& record = sheet.records.back();
    std::string& out = sheet.bytes;
    std::size_t from = out.size();
    appendKey(out, plan_, happening);
    record.key = since(sheet, from);

    from = out.size();
    if (happening.what == What::BrokenUser) {
        // What a proxy answered in place of the service, sent on unread.
        out += "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";
    } else {
        out += "{\"event_type\":\"";
        out += typeName(happening.what);
        out += '"';
        switch (topicOf(happening.what)) {
            case Topic::Users: appendUserEvent(out, happening); break;
            case Topic::Products: appendProductEvent(out, happening); break;
            case Topic::Carts: appendCartEvent(out, happening); break;
            case Topic::Accounts: appendAccountEvent(out, happening); break;
            default: appendOrderEvent(out, happening); break;
        }
        out += ",\"timestamp\":\"";
        appendIso(out, happening.time());
        out += "\"}";
        // A producer that died in the middle of its write and tried again.
        if (happening.what == What::BrokenOrder) out.resize(out.size() - 38);
    }
    record.value = since(sheet, from);
    writeEventHeaders(happening, sheet);
}

void Writer::writeEventHeaders(const Happening& happening, Sheet& sheet) const
{
    const auto uuid = [&](std::string_view name, std::uint64_t number) {
        const std::size_t from = sheet.bytes.size();
        appendUuid(sheet.bytes, number);
        sheet.headers.push_back({name, since(sheet, from)});
    };
    uuid("event_id", happening.id);
    uuid("correlation_id", mix(happening.process, 6));
    if (happening.cause != 0) uuid("causation_id", happening.cause);
    std::size_t from = sheet.bytes.size();
    appendHex(sheet.bytes, mix(happening.process, 7));
    appendHex(sheet.bytes, mix(happening.process, 8));
    sheet.headers.push_back({"trace-id", since(sheet, from)});
    from = sheet.bytes.size();
    sheet.bytes += serviceOf(topicOf(happening.what));
    sheet.headers.push_back({"source", since(sheet, from)});
}

void Writer::appendUserEvent(std::string& out, const Happening& happening)
{
    Face& face = people_[happening.subject];
    out += ",\"user_id\":\"";
    appendUserId(out, plan_.people[happening.subject].number);
    out += '"';
    const Face& next = happening.detail == kNone ? face : plan_.faces[happening.detail];
    switch (happening.what) {
        case What::UserRegistered:
            out += ",\"name\":\"";
            appendName(out, face);
            out += "\",\"email\":\"";
            appendMail(out, face);
            out += '"';
            break;
        case What::AddressAdded:
            out += ",\"address\":";
            appendAddress(out, next);
            break;
        case What::AddressChanged:
            out += ",\"new_address\":";
            appendAddress(out, next);
            out += ",\"old_address\":";
            appendAddress(out, face);
            break;
        case What::UserUpdated:
            out += ",\"new_name\":\"";
            appendName(out, next);
            out += "\",\"old_name\":\"";
            appendName(out, face);
            out += "\",\"new_email\":\"";
            appendMail(out, next);
            out += "\",\"old_email\":\"";
            appendMail(out, face);
            out += '"';
            break;
        default: out += ",\"reason\":\"asked to be forgotten\""; break;
    }
    face = next;
}

void Writer::appendProductEvent(std::string& out, const Happening& happening)
{
    out += ",\"product_id\":\"";
    appendProductId(out, happening.subject);
    out += '"';
    std::uint32_t& price = prices_[happening.subject];
    switch (happening.what) {
        case What::ProductAdded:
            out += ",\"name\":\"";
            appendProductName(out, happening.subject);
            out += "\",\"price\":";
            appendCents(out, price);
            out += ",\"stock\":";
            appendNumber(out, plan_.products[happening.subject].stock);
            break;
        case What::PriceChanged:
            out += ",\"new_price\":";
            appendCents(out, happening.detail);
            out += ",\"old_price\":";
            appendCents(out, price);
            price = happening.detail;
            break;
        case What::StockReserved:
            out += ",\"order_id\":\"";
            appendOrderId(out, plan_.orders[happening.extra].number);
            out += "\",\"quantity\":";
            appendNumber(out, happening.detail);
            out += ",\"stock_change\":-";
            appendNumber(out, happening.detail);
            break;
        default:
            out += happening.extra == 0 ? ",\"reason\":\"delivery\"" : ",\"reason\":\"order cancelled\"";
            if (happening.extra != 0) {
                out += ",\"order_id\":\"";
                appendOrderId(out, happening.extra);
                out += '"';
            }
            out += ",\"quantity\":";
            appendNumber(out, happening.detail);
            out += ",\"stock_change\":";
            appendNumber(out, happening.detail);
            break;
    }
}

void Writer::appendCartEvent(std::string& out, const Happening& happening) const
{
    const Cart& cart = plan_.carts[happening.subject];
    out += ",\"cart_id\":\"";
    appendCartId(out, cart.number);
    out += "\",\"user_id\":\"";
    appendUserId(out, plan_.people[cart.person].number);
    out += '"';
    if (happening.what == What::CartCheckedOut) {
        const Order& order = plan_.orders[happening.detail];
        out += ",\"order_id\":\"";
        appendOrderId(out, order.number);
        out += "\",\"total\":";
        appendCents(out, order.cents);
        return;
    }
    const Line& line = plan_.lines[happening.detail];
    out += ",\"product_id\":\"";
    appendProductId(out, line.product);
    out += "\",\"quantity\":";
    if (happening.what == What::BrokenCart) {
        out += "NaN";  // a division by zero somewhere, which JSON cannot say
        return;
    }
    appendNumber(out, happening.what == What::CartItemAdded ? happening.extra : line.quantity);
    // What the cart's contents are to become, as a merge patch: null takes the product out.
    out += ",\"items\":{\"";
    appendProductId(out, line.product);
    out += "\":";
    if (happening.what == What::CartItemRemoved) {
        out += "null}";
        return;
    }
    out += "{\"name\":\"";
    appendProductName(out, line.product);
    out += "\",\"quantity\":";
    appendNumber(out, line.quantity);
    out += ",\"price\":";
    appendCents(out, line.cents);
    out += "}}";
}

void Writer::appendOrderEvent(std::string& out, const Happening& happening) const
{
    const Order& order = plan_.orders[happening.subject];
    out += ",\"order_id\":\"";
    appendOrderId(out, order.number);
    out += '"';
    switch (happening.what) {
        case What::OrderPlaced: appendOrderPlaced(out, order); break;
        case What::OrderPaid:
            out += ",\"amount\":";
            appendCents(out, order.cents);
            out += ",\"method\":\"";
            out += paymentMethod(happening.detail);
            out += '"';
            break;
        case What::OrderAddressChanged:
            out += ",\"new_address\":";
            appendAddress(out, plan_.faces[happening.detail]);
            out += ",\"old_address\":";
            appendAddress(out, plan_.faces[happening.extra]);
            break;
        case What::OrderShipped:
        case What::BrokenOrder:
            out += ",\"carrier\":\"";
            out += carrier(happening.detail);
            out += "\",\"tracking\":\"";
            appendNumber(out, 10'000'000'000u + mix(plan_.seed, order.number, 2) % 90'000'000'000u);
            out += '"';
            break;
        case What::OrderDelivered:
            out += happening.detail % 5 == 0 ? ",\"left_with\":\"neighbour\"" : ",\"left_with\":\"customer\"";
            break;
        default:
            // Only what matters to the customer names the customer: these stand in the user's history too.
            out += ",\"user_id\":\"";
            appendUserId(out, plan_.people[order.person].number);
            out += "\",\"reason\":\"";
            out += happening.what == What::OrderCancelled ? cancelReason(happening.detail) : returnReason(happening.detail);
            out += "\",\"total_change\":";
            appendCents(out, -order.cents);
            break;
    }
}

void Writer::appendAccountEvent(std::string& out, const Happening& happening) const
{
    const Account& account = plan_.accounts[happening.subject];
    out += ",\"account_id\":\"";
    appendAccountId(out, account.number);
    if (happening.what == What::AccountOpened) {
        out += "\",\"owner\":\"";
        appendName(out, account.owner);
        out += "\",\"tariff\":\"2.60 a month\"";
        return;
    }
    out += "\",\"amount\":";
    appendCents(out, happening.detail);
    if (happening.what == What::FeeCharged) out += ",\"for\":\"November\",\"tariff\":\"2.60 a month\"";
}

void Writer::appendOrderPlaced(std::string& out, const Order& order) const
{
    out += ",\"user_id\":\"";
    appendUserId(out, plan_.people[order.person].number);
    out += "\",\"cart_id\":\"";
    appendCartId(out, plan_.carts[order.cart].number);
    out += "\",\"lines\":[";
    for (std::uint32_t i = 0; i < order.lineCount; ++i) {
        const Line& line = plan_.lines[order.firstLine + i];
        out += i == 0 ? "{\"product_id\":\"" : ",{\"product_id\":\"";
        appendProductId(out, line.product);
        out += "\",\"name\":\"";
        appendProductName(out, line.product);
        out += "\",\"quantity\":";
        appendNumber(out, line.quantity);
        out += ",\"price\":";
        appendCents(out, line.cents);
        out += '}';
    }
    out += "],\"total\":";
    appendCents(out, order.cents);
    out += ",\"ship_to\":";
    appendAddress(out, people_[order.person]);
}

}  // namespace hindcast::source::demo
