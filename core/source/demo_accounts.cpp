// Store-credit accounts, and the fault that is in them: on the 5th of November the monthly fee of some was charged with its decimal
// point in the wrong place. The same at any volume.
#include "core/source/demo_planner.h"

#include <algorithm>
#include <array>
#include <vector>

namespace hindcast::source::demo {

namespace {

constexpr std::uint32_t kFirstAccount = 48;
constexpr std::uint32_t kLastAccount = 83;
constexpr std::uint32_t kAliceAccount = 77;
constexpr std::uint32_t kFirstWrong = 77;  ///< from here on another instance of the billing service charged, of a newer release
constexpr std::int64_t kFee = 260;
constexpr std::int64_t kWrongFee = 2'600;
constexpr Millis kCharging = november(5, 9, 0, 0);

/// The fee alone takes these below zero.
constexpr bool isNearlyEmpty(std::uint32_t number) { return number == 79 || number == 80 || number == 82; }
constexpr bool isWrong(std::uint32_t number) { return number >= kFirstWrong; }

}  // namespace

std::int64_t Planner::move(std::uint32_t account, What what, std::int64_t cents, Millis at)
{
    const Account& of = plan_.accounts[account];
    const std::uint64_t id = idOf(what, of.number, static_cast<std::uint64_t>(at));
    // Those who charge run through all accounts in one go; what customers do is a process of its own.
    const std::uint64_t process = what == What::FeeCharged ? idOf(What::FeeCharged, 0) : id;
    const bool happens = add(what, account, at, id, 0, process, static_cast<std::uint32_t>(cents));
    if (!happens) return 0;
    return what == What::Deposited ? cents : -cents;
}

void Planner::planAccounts()
{
    for (std::uint32_t number = kFirstAccount; number <= kLastAccount; ++number) {
        const auto account = static_cast<std::uint32_t>(plan_.accounts.size());
        Random own(mix(plan_.seed, number, 11));
        const Millis charged = kCharging + (number - kFirstAccount) * 131 + 1'043;
        if (number == kAliceAccount) {
            plan_.accounts.push_back({number, plan_.people[kAlice].face});
            planAliceAccount(account, charged);
            continue;
        }
        plan_.accounts.push_back({number, randomFace(own, number)});
        planAccount(account, charged, own);
    }
}

/// account-77: the balance that its owner complains of. Withdrawals were accepted by the till, which counted the fee as it should
/// have been; so nobody noticed before the seventh event.
void Planner::planAliceAccount(std::uint32_t account, Millis charged)
{
    add(What::AccountOpened, account, november(3, 19, 5, 27, 640), idOf(What::AccountOpened, kAliceAccount), 0,
        idOf(What::AccountOpened, kAliceAccount));
    move(account, What::Deposited, 5'000, november(4, 8, 30, 12, 93));
    move(account, What::Withdrawn, 2'200, november(4, 14, 6, 41, 508));
    move(account, What::Deposited, 4'400, november(5, 7, 45, 3, 277));
    move(account, What::FeeCharged, kWrongFee, charged);
    move(account, What::Withdrawn, 4'000, november(5, 17, 31, 55, 816));
    move(account, What::Withdrawn, 2'000, november(6, 9, 2, 19, 440));
    move(account, What::Deposited, 2'000, november(6, 10, 20, 34, 151));
    move(account, What::Withdrawn, 2'600, november(6, 11, 41, 8, 902));
}

void Planner::planAccount(std::uint32_t account, Millis charged, Random& own)
{
    const std::uint32_t number = plan_.accounts[account].number;
    const Millis opened = shopping_.sample(own, kOpening, november(2, 12, 0, 0));
    add(What::AccountOpened, account, opened, idOf(What::AccountOpened, number), 0, idOf(What::AccountOpened, number));
    std::int64_t balance = 0;
    const auto live = [&](std::size_t count, Millis from, Millis to, bool withdraws) {
        std::vector<Millis> moments(count);
        for (Millis& moment : moments) moment = shopping_.sample(own, from, to);
        std::sort(moments.begin(), moments.end());
        for (const Millis at : moments) {
            constexpr std::array<std::int64_t, 5> kDeposits{1'000, 2'000, 2'500, 5'000, 10'000};
            const std::int64_t deposit = kDeposits[own.below(kDeposits.size())];
            const bool saves = own.chance(45);
            const std::int64_t most = std::max<std::int64_t>(balance - 800, 1'000) / 10;
            const std::int64_t withdrawal = own.between(50, std::max<std::int64_t>(most, 50)) * 10;
            const bool deposits = !withdraws || saves || balance < 1'400;
            balance += deposits ? move(account, What::Deposited, deposit, at) : move(account, What::Withdrawn, withdrawal, at);
        }
    };
    live(4 + own.below(4), opened + kHour, charged - 2 * kHour, true);
    const std::int64_t rest = own.between(40, 230) * 10;
    if (isNearlyEmpty(number) && balance > rest)
        balance += move(account, What::Withdrawn, balance - rest, charged - own.between(20, 90) * kMinute);
    if (!isNearlyEmpty(number) && balance < 4'000) balance += move(account, What::Deposited, 5'000, charged - kHour);
    balance += move(account, What::FeeCharged, isWrong(number) ? kWrongFee : kFee, charged);
    live(own.below(4), charged + kHour, kEnd, !isWrong(number));
}

}  // namespace hindcast::source::demo
