// Sign-ups, addresses, renamings and departures: the `users` topic and the rows of public.users that go with it.
#include "core/source/demo_planner.h"

#include <algorithm>
#include <numeric>

namespace hindcast::source::demo {

namespace {

/// The service writes its row, then says so.
constexpr Millis kRowBefore = 90;

}  // namespace

std::uint64_t Planner::registerPerson(std::uint32_t person, Millis at)
{
    const std::uint64_t id = idOf(What::UserRegistered, plan_.people[person].number);
    add(What::UserRegistered, person, at, id, 0, id);
    addRow(What::RowInserted, person, at - kRowBefore, id);
    return id;
}

void Planner::giveAddress(std::uint32_t person, const Face& face, Millis at, std::uint64_t cause)
{
    const std::uint32_t kept = keepFace(face);
    const std::uint64_t id = idOf(What::AddressAdded, plan_.people[person].number);
    if (!add(What::AddressAdded, person, at, id, cause, cause, kept)) return;
    addRow(What::RowUpdated, person, at - kRowBefore, id, kept);
    buyers_.push_back({at, person});
}

std::uint64_t Planner::changeAddress(std::uint32_t person, const Face& face, Millis at, std::uint32_t nth)
{
    const std::uint32_t kept = keepFace(face);
    const std::uint64_t id = idOf(What::AddressChanged, plan_.people[person].number, nth);
    add(What::AddressChanged, person, at, id, 0, id, kept);
    addRow(What::RowUpdated, person, at - kRowBefore, id, kept);
    return id;
}

void Planner::updatePerson(std::uint32_t person, const Face& face, Millis at, std::uint32_t nth)
{
    const std::uint32_t kept = keepFace(face);
    const std::uint64_t id = idOf(What::UserUpdated, plan_.people[person].number, nth);
    add(What::UserUpdated, person, at, id, 0, id, kept);
    addRow(What::RowUpdated, person, at - kRowBefore, id, kept);
}

void Planner::deletePerson(std::uint32_t person, Millis at)
{
    const std::uint64_t id = idOf(What::UserDeleted, plan_.people[person].number);
    if (!add(What::UserDeleted, person, at, id, 0, id)) return;
    addRow(What::RowDeleted, person, at - kRowBefore, id);
    addRow(What::RowTombstone, person, at - kRowBefore, id);
}

void Planner::planPeople()
{
    const auto count = static_cast<std::uint32_t>(std::max<std::uint64_t>(events_ * 42 / 1'000, 60));
    std::vector<Millis> moments(count);
    for (Millis& moment : moments) moment = signUps_.sample(random_, kOpening, kEnd);
    std::sort(moments.begin(), moments.end());

    // Several instances of the user service hand out numbers, so they do not rise with time: a walk with a step that has no
    // factor in common with their count meets each of them once.
    const std::uint32_t numbers = count + 1;
    std::uint32_t step = numbers * 5 / 8 | 1u;
    while (std::gcd(step, numbers) != 1) step += 2;
    std::uint32_t number = 0;
    for (const Millis moment : moments) {
        do {
            number = (number + step) % numbers;
        } while (100 + number == plan_.people[kAlice].number);
        const auto person = static_cast<std::uint32_t>(plan_.people.size());
        plan_.people.push_back({100 + number, randomFace(random_, 100 + number)});
        const std::uint64_t registered = registerPerson(person, moment);
        if (!random_.chance(93)) continue;
        Face face = plan_.people[person].face;
        moveHouse(face, random_);
        const Millis settled = moment + random_.between(40 * kSecond, 25 * kMinute);
        giveAddress(person, face, settled, registered);
        planChangesOf(person, settled);
    }
    std::sort(buyers_.begin(), buyers_.end());
    cartsOfPerson_.assign(plan_.people.size(), 0);
}

void Planner::planChangesOf(std::uint32_t person, Millis from)
{
    if (from + kHour >= kEnd) return;
    struct Change {
        Millis at;
        std::uint32_t kind;
    };
    std::vector<Change> changes;
    if (random_.chance(24)) changes.push_back({0, 0});
    if (random_.chance(7)) changes.push_back({0, 0});
    if (random_.chance(8)) changes.push_back({0, 1});
    if (random_.chance(9)) changes.push_back({0, 2});
    for (Change& change : changes) change.at = shopping_.sample(random_, from + kHour, kEnd);
    std::sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.at < b.at; });
    Face face = plan_.faces.back();
    Millis last = from;
    std::uint32_t nth = 0;
    for (const Change& change : changes) {
        if (change.at < last + kMinute) continue;
        last = change.at;
        if (change.kind == 0) {
            moveHouse(face, random_);
            changeAddress(person, face, change.at, nth++);
            continue;
        }
        if (change.kind == 1)
            takeOtherSurname(face, random_);
        else
            takeOtherMail(face, random_);
        updatePerson(person, face, change.at, nth++);
    }
}

/// Some of those who never filled a cart leave again, after the last that they did.
void Planner::planDepartures()
{
    std::vector<Millis> lastSeen(plan_.people.size(), 0);
    for (const Happening& happening : plan_.happenings)
        if (topicOf(happening.what) == Topic::Users || topicOf(happening.what) == Topic::UserRows)
            lastSeen[happening.subject] = std::max(lastSeen[happening.subject], happening.broker);
    for (auto person = kFirstOfMany; person < plan_.people.size(); ++person) {
        if (cartsOfPerson_[person] != 0 || !random_.chance(6)) continue;
        const Millis from = lastSeen[person] + kHour;
        if (from < kEnd) deletePerson(person, shopping_.sample(random_, from, kEnd));
    }
}

}  // namespace hindcast::source::demo
