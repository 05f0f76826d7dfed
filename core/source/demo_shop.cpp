// The catalogue, carts and orders.
#include "core/source/demo_planner.h"

#include <algorithm>

namespace hindcast::source::demo {

void Planner::planCatalogue()
{
    const auto count = static_cast<std::uint32_t>(std::clamp<std::uint64_t>(events_ / 300, 24, 1'000));
    prices_.resize(count);
    std::uint64_t weight = 0;
    for (std::uint32_t product = 0; product < count; ++product) {
        // Zipf with an offset: few sell much, many sell little. The story's own products are ordinary sellers.
        const std::uint32_t rank = product < kStoryProducts ? 30 + product * 5 : product - kStoryProducts;
        const std::uint64_t own = 1'000'000 / (rank + 4);
        weight += own;
        popularity_.push_back(weight);
        const std::uint32_t cents =
            product < kStoryProducts ? storyProduct(product).cents : static_cast<std::uint32_t>(random_.between(39, 1'490) * 10);
        prices_[product].push_back({0, cents});
        plan_.products.push_back({cents, static_cast<std::uint32_t>(20 + own * events_ / 25'000'000)});
    }
    for (std::uint32_t product = 0; product < count; ++product) {
        const Millis at = kFirstDay + 5 * kHour + product * 1'800'000 / count + random_.between(0, 900);
        const std::uint64_t id = idOf(What::ProductAdded, product);
        add(What::ProductAdded, product, at, id, 0, id);
        if (product < kStoryProducts) continue;
        const auto share = (popularity_[product] - popularity_[product - 1]) * (events_ / 30) / weight;
        planPriceChanges(product, static_cast<std::uint32_t>(share));
    }
}

void Planner::planPriceChanges(std::uint32_t product, std::uint32_t count)
{
    std::vector<Millis> moments(count);
    for (Millis& moment : moments) moment = shopping_.sample(random_, kOpening, kEnd);
    std::sort(moments.begin(), moments.end());
    const std::uint32_t usual = prices_[product].front().cents;
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto cents = static_cast<std::uint32_t>(usual * static_cast<std::uint64_t>(random_.between(82, 112)) / 1'000 * 10);
        if (cents == prices_[product].back().cents) continue;
        const std::uint64_t id = idOf(What::PriceChanged, product, i);
        add(What::PriceChanged, product, moments[i], id, 0, id, cents);
        prices_[product].push_back({moments[i], cents});
    }
}

std::uint32_t Planner::priceAt(std::uint32_t product, Millis at) const
{
    if (product < kStoryProducts) return storyProduct(product).cents;
    const auto& prices = prices_[product];
    const auto after =
        std::upper_bound(prices.begin(), prices.end(), at, [](Millis time, const Price& price) { return time < price.from; });
    return std::prev(after)->cents;
}

std::uint32_t Planner::drawProduct()
{
    const std::uint64_t mass = random_.next() % popularity_.back();
    return static_cast<std::uint32_t>(std::upper_bound(popularity_.begin(), popularity_.end(), mass) - popularity_.begin());
}

/// Those who came early buy more, and some come again and again.
std::uint32_t Planner::drawBuyer(Millis at)
{
    const auto end = std::partition_point(buyers_.begin(), buyers_.end(), [&](const Buyer& b) { return b.from + kMinute < at; });
    const auto count = static_cast<std::uint32_t>(end - buyers_.begin());
    if (count == 0) return kNone;
    const std::uint32_t first = random_.below(count);
    std::uint32_t index = std::min(first, random_.below(count));
    if (random_.chance(22)) index -= index % 40;
    const std::uint32_t person = buyers_[index].person;
    return person == kAlice ? kNone : person;
}

Planner::Session Planner::beginCart(std::uint32_t number, std::uint32_t person) const
{
    Session session;
    session.number = number;
    session.person = person;
    session.process = idOf(What::CartItemAdded, number);
    return session;
}

void Planner::putIn(Session& session, std::uint32_t product, std::uint32_t quantity, Millis at)
{
    if (session.cart == kNone) {
        session.cart = static_cast<std::uint32_t>(plan_.carts.size());
        plan_.carts.push_back({session.number, session.person});
    }
    auto item = std::find_if(session.items.begin(), session.items.end(), [&](const Line& l) { return l.product == product; });
    if (item == session.items.end()) item = session.items.insert(session.items.end(), {product, 0, priceAt(product, at)});
    item->quantity += quantity;
    const auto line = static_cast<std::uint32_t>(plan_.lines.size());
    plan_.lines.push_back(*item);
    add(What::CartItemAdded, session.cart, at, idOf(What::CartItemAdded, session.number, session.steps), 0, session.process, line,
        quantity);
    ++session.steps;
    session.last = at;
}

void Planner::takeOut(Session& session, std::size_t item, Millis at)
{
    const auto line = static_cast<std::uint32_t>(plan_.lines.size());
    plan_.lines.push_back(session.items[item]);
    add(What::CartItemRemoved, session.cart, at, idOf(What::CartItemRemoved, session.number, session.steps), 0, session.process,
        line);
    session.items.erase(session.items.begin() + static_cast<std::ptrdiff_t>(item));
    ++session.steps;
    session.last = at;
}

std::uint32_t Planner::checkOut(Session& session, std::uint32_t orderNumber, Millis at, Millis placedAt)
{
    const std::uint64_t checkedOut = idOf(What::CartCheckedOut, session.number);
    const auto order = static_cast<std::uint32_t>(plan_.orders.size());
    if (placedAt >= kEnd) return kNone;
    const auto firstLine = static_cast<std::uint32_t>(plan_.lines.size());
    const auto lineCount = static_cast<std::uint32_t>(session.items.size());
    plan_.lines.insert(plan_.lines.end(), session.items.begin(), session.items.end());
    plan_.orders.push_back(
        {orderNumber, session.person, session.cart, firstLine, lineCount, plan_.centsOf(firstLine, lineCount)});
    processOfOrder_.push_back(session.process);

    add(What::CartCheckedOut, session.cart, at, checkedOut, 0, session.process, order);
    const std::uint64_t placed = idOf(What::OrderPlaced, orderNumber);
    add(What::OrderPlaced, order, placedAt, placed, checkedOut, session.process);
    for (std::uint32_t line = 0; line < lineCount; ++line) addRow(What::ItemInserted, order, placedAt - 90, placed, line);
    for (std::uint32_t line = 0; line < lineCount; ++line) {
        const Line& reserved = plan_.lines[firstLine + line];
        add(What::StockReserved, reserved.product, placedAt + 60 + 45 * line, idOf(What::StockReserved, orderNumber, line),
            placed, session.process, reserved.quantity, order);
    }
    return order;
}

std::uint64_t Planner::processOfOrder(std::uint32_t order) const { return processOfOrder_[order]; }

void Planner::follow(std::uint32_t index, Millis placedAt, const Fate& fate)
{
    const Order order = plan_.orders[index];
    const std::uint64_t process = processOfOrder(index);
    std::uint64_t cause = idOf(What::StockReserved, order.number, order.lineCount - 1);
    const auto step = [&](What what, Millis at, std::uint32_t detail) {
        const std::uint64_t id = idOf(what, order.number);
        const bool happens = add(what, index, at, id, cause, process, detail);
        cause = id;
        return happens;
    };
    const auto choice = static_cast<std::uint32_t>(mix(plan_.seed, order.number, 3) % 1'000);
    const bool atOnce = fate.paid && *fate.paid < placedAt + kHour;
    if (fate.paid && !step(What::OrderPaid, *fate.paid, atOnce ? 1 + choice : kInvoice)) return;
    if (fate.addressChanged)
        add(What::OrderAddressChanged, index, *fate.addressChanged, idOf(What::OrderAddressChanged, order.number),
            fate.addressCause, process, fate.newFace, fate.oldFace);
    if (fate.cancelled) {
        if (!fate.paid) cause = idOf(What::OrderPlaced, order.number);
        if (!step(What::OrderCancelled, *fate.cancelled, fate.reason)) return;
        for (std::uint32_t line = 0; line < order.lineCount; ++line) {
            addRow(What::ItemDeleted, index, *fate.cancelled + 20, cause, line);
            addRow(What::ItemTombstone, index, *fate.cancelled + 20, cause, line);
        }
        releaseStock(order, *fate.cancelled + 150, cause, process);
        return;
    }
    if (fate.shipped && !step(What::OrderShipped, *fate.shipped, choice)) return;
    if (fate.delivered) {
        if (!step(What::OrderDelivered, *fate.delivered, choice)) return;
        addRow(What::RowUpdated, order.person, *fate.delivered + 400, cause, kNone,
               static_cast<std::uint32_t>(order.cents / 100));
    }
    if (fate.returned && *fate.returned > placedAt && step(What::OrderReturned, *fate.returned, fate.reason))
        for (std::uint32_t line = 0; line < order.lineCount; ++line)
            addRow(What::ItemUpdated, index, *fate.returned + 20, cause, line);
}

void Planner::releaseStock(const Order& order, Millis at, std::uint64_t cause, std::uint64_t process)
{
    constexpr std::uint64_t kReleases = std::uint64_t{1} << 40;  // apart from the deliveries' ids
    for (std::uint32_t line = 0; line < order.lineCount; ++line) {
        const Line& released = plan_.lines[order.firstLine + line];
        add(What::StockReplenished, released.product, at + 35 * line,
            idOf(What::StockReplenished, kReleases | order.number, line), cause, process, released.quantity, order.number);
    }
}

Fate Planner::drawFate(Millis placedAt)
{
    Fate fate;
    if (random_.chance(4)) {
        fate.cancelled = placedAt + random_.between(kHour, 6 * kHour);
        fate.reason = kPaymentFailed;
        return fate;
    }
    fate.paid = placedAt + (random_.chance(85) ? random_.between(15 * kSecond, 6 * kMinute) : random_.between(kHour, 30 * kHour));
    if (random_.chance(6)) {
        fate.cancelled = *fate.paid + random_.between(3 * kMinute, 5 * kHour);
        fate.reason = kPaymentFailed + 1 + random_.below(4);
        return fate;
    }
    const Millis earliest = *fate.paid + 2 * kHour;
    if (earliest + 28 * kHour >= kEnd) {
        fate.shipped = *fate.paid + random_.between(8 * kHour, 40 * kHour);
        return fate;
    }
    fate.shipped = shopping_.sample(random_, earliest, earliest + 28 * kHour);
    fate.delivered = *fate.shipped + random_.between(17 * kHour, 60 * kHour);
    if (random_.chance(8)) {
        fate.returned = *fate.delivered + random_.between(5 * kHour, 70 * kHour);
        fate.reason = random_.below(5);
    }
    return fate;
}

void Planner::planCarts()
{
    // What is left of the wished number of events goes into carts; one with what follows from it is about 8.7 records.
    const auto before = static_cast<std::uint64_t>(plan_.happenings.size());
    const std::uint64_t count = events_ > before ? (events_ - before) * 10 / 87 : 0;
    std::vector<Millis> moments(count);
    for (Millis& moment : moments) moment = shopping_.sample(random_, kOpening, kEnd);
    std::sort(moments.begin(), moments.end());

    // Order numbers rise with time and come to the story's own at about its moment.
    const std::int64_t ordersBefore =
        static_cast<std::int64_t>(count) * 68 / 100 * shopping_.millionthsBefore(november(4, 9, 4, 0)) / 1'000'000;
    nextOrder_ = static_cast<std::uint32_t>(std::max<std::int64_t>(8'841 - ordersBefore, 1));
    std::uint32_t number = 1'000;
    for (const Millis moment : moments) planOneCart(++number, moment);
}

/// Three records that cannot be decoded, each just before the one that its producer then sent properly.
void Planner::planBroken()
{
    struct Wanted {
        What like;
        What broken;
        Millis after;
    };
    constexpr std::array<Wanted, 3> kWanted{{
        {What::OrderShipped, What::BrokenOrder, november(1, 9, 0, 0)},
        {What::CartItemAdded, What::BrokenCart, november(3, 10, 0, 0)},
        {What::AddressChanged, What::BrokenUser, november(5, 11, 0, 0)},
    }};
    for (const Wanted& wanted : kWanted) {
        const Happening* first = nullptr;
        for (const Happening& happening : plan_.happenings)
            if (happening.what == wanted.like && happening.broker > wanted.after &&
                (first == nullptr || happening.broker < first->broker))
                first = &happening;
        if (first == nullptr) continue;
        const Happening like = *first;
        add(wanted.broken, like.subject, like.time() - 1'900, like.id, like.cause, like.process, like.detail, like.extra);
    }
}

void Planner::planOneCart(std::uint32_t number, Millis at)
{
    const std::uint32_t person = drawBuyer(at);
    if (person == kNone) return;
    ++cartsOfPerson_[person];
    Session session = beginCart(number, person);
    // Draws stand in statements of their own: the order in which arguments are evaluated is the compiler's choice.
    const std::uint32_t atMost = random_.below(4);
    const std::uint32_t wishes = 1 + std::min(atMost, random_.below(5));
    for (std::uint32_t i = 0; i < wishes; ++i) {
        const std::uint32_t product = drawProduct();
        const std::uint32_t quantity = random_.chance(80) ? 1 : 2 + random_.below(3);
        putIn(session, product, quantity, at);
        at += random_.between(9 * kSecond, 4 * kMinute);
    }
    if (session.items.size() > 1 && random_.chance(28)) {
        takeOut(session, random_.below(static_cast<std::uint32_t>(session.items.size())), at);
        at += random_.between(9 * kSecond, 2 * kMinute);
    }
    if (!random_.chance(70)) return;
    while (std::any_of(plan_.orders.begin(), plan_.orders.begin() + kStoryOrders,
                       [&](const Order& order) { return order.number == nextOrder_; }))
        ++nextOrder_;
    const Millis placedAt = at + random_.between(300, 2'500);
    const std::uint32_t order = checkOut(session, nextOrder_, at, placedAt);
    if (order == kNone) return;
    ++nextOrder_;
    follow(order, placedAt, drawFate(placedAt));
}

}  // namespace hindcast::source::demo
