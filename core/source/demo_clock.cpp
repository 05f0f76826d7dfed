#include "core/source/demo_clock.h"

#include <algorithm>
#include <chrono>

namespace hindcast::source::demo {

namespace {

constexpr std::array<int, 24> kHours{4, 2, 1, 1, 1, 2, 5, 9, 12, 14, 15, 15, 16, 15, 14, 14, 15, 17, 20, 23, 24, 19, 13, 7};
constexpr std::array<int, 24> kWeekendHours{6, 4, 2, 1, 1, 1, 2, 4, 8, 13, 17, 19, 19, 18, 18, 18, 18, 18, 19, 20, 20, 17, 13, 9};

void appendTwo(std::string& out, int number)
{
    out += static_cast<char>('0' + number / 10);
    out += static_cast<char>('0' + number % 10);
}

}  // namespace

Rhythm::Rhythm(const std::array<int, kDays>& dayWeights)
{
    const auto hours = static_cast<std::size_t>((kEnd - kFirstDay) / kHour);
    massBeforeHour_.push_back(0);
    for (std::size_t hour = 0; hour < hours; ++hour) {
        const std::size_t day = hour / 24;
        const bool weekend = day % 7 == 5 || day % 7 == 6;  // kFirstDay is a Monday
        const std::int64_t weight = std::int64_t{(weekend ? kWeekendHours : kHours)[hour % 24]} * dayWeights[day];
        weightOfHour_.push_back(weight);
        massBeforeHour_.push_back(massBeforeHour_.back() + weight * kHour);
    }
}

std::int64_t Rhythm::massBefore(Millis at) const
{
    const auto hour = static_cast<std::size_t>((at - kFirstDay) / kHour);
    if (hour >= weightOfHour_.size()) return massBeforeHour_.back();
    return massBeforeHour_[hour] + weightOfHour_[hour] * ((at - kFirstDay) % kHour);
}

Millis Rhythm::sample(Random& random, Millis from, Millis to) const
{
    const std::int64_t low = massBefore(from);
    const std::int64_t high = massBefore(to);
    if (low >= high) return from;
    const std::int64_t mass = random.between(low, high - 1);
    const auto above = std::upper_bound(massBeforeHour_.begin(), massBeforeHour_.end(), mass);
    const auto hour = static_cast<std::size_t>(above - massBeforeHour_.begin()) - 1;
    return kFirstDay + static_cast<Millis>(hour) * kHour + (mass - massBeforeHour_[hour]) / weightOfHour_[hour];
}

std::int64_t Rhythm::millionthsBefore(Millis at) const { return massBefore(at) / (massBeforeHour_.back() / 1'000'000); }

void appendIso(std::string& out, Millis at)
{
    const auto days = static_cast<int>(at / kDay);
    const auto inDay = static_cast<int>(at % kDay);
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
    const int year = static_cast<int>(date.year());
    appendTwo(out, year / 100);
    appendTwo(out, year % 100);
    out += '-';
    appendTwo(out, static_cast<int>(static_cast<unsigned>(date.month())));
    out += '-';
    appendTwo(out, static_cast<int>(static_cast<unsigned>(date.day())));
    out += 'T';
    appendTwo(out, inDay / static_cast<int>(kHour));
    out += ':';
    appendTwo(out, inDay / static_cast<int>(kMinute) % 60);
    out += ':';
    appendTwo(out, inDay / static_cast<int>(kSecond) % 60);
    out += '.';
    const int millis = inDay % 1'000;
    out += static_cast<char>('0' + millis / 100);
    appendTwo(out, millis % 100);
    out += 'Z';
}

}  // namespace hindcast::source::demo
