// What a newcomer looks at first: user-123 and her orders, order-8841, cart-77, the row public.users/7. The same at any volume.
#include "core/source/demo_planner.h"

namespace hindcast::source::demo {

namespace {

enum StoryItem : std::uint32_t { Mug, Notebook, Lamp, Stand, Throw, Espresso, Teapot, Candle };

}  // namespace

void Planner::planStory()
{
    for (std::uint32_t number = 1; number <= 60; ++number) {
        if (number == 7) continue;
        Random own(mix(plan_.seed, number, 7));
        Face face = randomFace(own, number);
        moveHouse(face, own);
        plan_.people.push_back({number, face});
    }
    Face seven{.first = firstName("Jonas"), .last = lastName("Weber"), .host = 1, .plainMail = true};
    plan_.people.push_back({7, seven});
    plan_.people.push_back({72, plan_.people[kRowTwelve].face});
    Face alice{.first = firstName("Alice"), .last = lastName("Smith"), .plainMail = true};
    plan_.people.push_back({123, alice});

    // user-123: seventeen events over a day and a half; the ninth is the move, in the middle.
    const std::uint64_t registered = registerPerson(kAlice, november(3, 18, 42, 7, 311));
    alice.house = 123;
    alice.street = streetName("Main St");
    giveAddress(kAlice, alice, november(3, 20, 15, 40, 902), registered);
    buyers_.clear();  // she buys by this story only

    const auto buy = [&](std::uint32_t cartNumber, std::uint32_t orderNumber, std::uint32_t product, std::uint32_t quantity,
                         Millis placedAt, const Fate& fate) {
        Session cart = beginCart(cartNumber, kAlice);
        putIn(cart, product, quantity, placedAt - 3 * kMinute - 12'345);
        const std::uint32_t order = checkOut(cart, orderNumber, placedAt - 1'204, placedAt);
        follow(order, placedAt, fate);
    };

    const Millis mugs = november(3, 21, 48, 15, 260);
    buy(70, 8838, Mug, 2, mugs,
        {.paid = mugs + 41'300, .shipped = november(4, 8, 10, 2, 77), .delivered = november(5, 11, 24, 50, 640)});

    alice.host = 2;
    updatePerson(kAlice, alice, november(3, 23, 20, 11, 45), 0);

    const Millis notebooks = november(4, 2, 37, 9, 518);
    buy(71, 8839, Notebook, 2, notebooks,
        {.paid = notebooks + 22'871, .cancelled = november(4, 5, 52, 31, 96), .reason = kPaymentFailed + 3});

    const Millis stand = november(4, 9, 1, 10, 402);
    buy(72, 8840, Stand, 1, stand,
        {.paid = stand + 35'020, .shipped = november(4, 13, 5, 18, 377), .delivered = november(5, 12, 40, 3, 915)});

    // cart-77 fills over half a day and becomes order-8841.
    Session cart = beginCart(77, kAlice);
    putIn(cart, Mug, 1, november(3, 21, 52, 30, 118));
    putIn(cart, Lamp, 1, november(3, 21, 55, 2, 840));
    putIn(cart, Candle, 2, november(3, 21, 58, 47, 6));
    putIn(cart, Espresso, 1, november(3, 22, 31, 19, 333));
    takeOut(cart, 3, november(3, 22, 40, 5, 71));  // the espresso machine
    putIn(cart, Candle, 1, november(3, 23, 25, 58, 402));
    takeOut(cart, 0, november(4, 2, 41, 12, 905));  // the mug
    putIn(cart, Teapot, 1, november(4, 7, 15, 44, 230));
    putIn(cart, Throw, 1, november(4, 8, 55, 20, 664));
    takeOut(cart, 1, november(4, 8, 57, 3, 518));  // the candles
    takeOut(cart, 1, november(4, 9, 2, 41, 187));  // the teapot
    const Millis lamp = november(4, 9, 3, 55, 19);
    const std::uint32_t order = checkOut(cart, 8841, lamp - 1'377, lamp);

    const std::uint32_t mainStreet = keepFace(alice);
    alice.house = 456;
    alice.street = streetName("Oak Ave");
    const std::uint64_t moved = changeAddress(kAlice, alice, november(4, 9, 14, 22, 118), 0);
    follow(order, lamp,
           {.paid = lamp + 36'621,
            .addressChanged = november(4, 9, 14, 24, 806),
            .newFace = static_cast<std::uint32_t>(plan_.faces.size() - 1),
            .oldFace = mainStreet,
            .addressCause = moved,
            .shipped = november(4, 12, 20, 36, 450),
            .delivered = november(4, 17, 2, 9, 733),
            .returned = november(4, 20, 36, 54, 281),
            .reason = 1});

    const Millis espresso = november(4, 11, 30, 0);
    buy(78, 8852, Espresso, 1, espresso,
        {.paid = espresso + 49'112, .cancelled = november(4, 14, 2, 41, 770), .reason = kPaymentFailed + 2});

    alice.last = lastName("Miller");
    updatePerson(kAlice, alice, november(4, 15, 47, 36, 24), 1);

    const Millis teapots = november(4, 17, 26, 8, 590);
    buy(79, 8871, Teapot, 2, teapots,
        {.paid = teapots + 28'456, .shipped = november(5, 9, 18, 0, 412), .delivered = november(6, 10, 5, 33, 871)});

    alice.host = 0;
    updatePerson(kAlice, alice, november(4, 19, 20, 2, 667), 2);

    alice.flat = 7;
    changeAddress(kAlice, alice, november(4, 22, 12, 49, 350), 1);

    const Millis candles = november(4, 23, 31, 17, 142);
    buy(80, 8879, Candle, 3, candles, {.paid = candles + 55'730, .shipped = november(5, 14, 44, 26, 18)});
}

}  // namespace hindcast::source::demo
