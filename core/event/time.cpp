#include "core/event/time.h"

#include <algorithm>
#include <chrono>

namespace hindcast {

namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kDaySeconds = 86'400;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

std::optional<Timestamp> inRange(Wide ns)
{
    if (ns < INT64_MIN || ns > INT64_MAX) return {};
    return Timestamp{static_cast<std::int64_t>(ns)};
}

/// Days since 1970-01-01 of a date in the Gregorian calendar, and back: Howard Hinnant's days_from_civil and civil_from_days
/// ("chrono-Compatible Low-Level Date Algorithms").
constexpr std::int64_t daysFromDate(std::int64_t year, int month, int day)
{
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t yearOfEra = year - era * 400;
    const std::int64_t dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const std::int64_t dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146'097 + dayOfEra - 719'468;
}

struct Date {
    std::int64_t year;
    int month;
    int day;
};

constexpr Date dateFromDays(std::int64_t days)
{
    days += 719'468;
    const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
    const std::int64_t dayOfEra = days - era * 146'097;
    const std::int64_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36'524 - dayOfEra / 146'096) / 365;
    const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const std::int64_t shifted = (5 * dayOfYear + 2) / 153;
    const int day = static_cast<int>(dayOfYear - (153 * shifted + 2) / 5 + 1);
    const int month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
    return {yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

constexpr int daysInMonth(int year, int month)
{
    constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : kDays[month - 1];
}

/// Reads a text from left to right; each call moves on only where it succeeds.
class Scan {
public:
    explicit Scan(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool done() const { return rest_.empty(); }
    [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
    bool take(char c)
    {
        if (peek() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool takeAny(std::string_view characters)
    {
        if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool take(std::string_view word)
    {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }
    bool number(std::size_t digits, int& out)
    {
        if (rest_.size() < digits) return false;
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (!isDigit(rest_[i])) return false;
            value = value * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(digits);
        out = value;
        return true;
    }
    /// A run of one or more digits.
    std::string_view digits()
    {
        std::size_t count = 0;
        while (count < rest_.size() && isDigit(rest_[count])) ++count;
        const std::string_view run = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return run;
    }

private:
    std::string_view rest_;
};

bool scanDate(Scan& scan, std::int64_t& days)
{
    int year = 0;
    int month = 0;
    int day = 0;
    if (!scan.number(4, year)) return false;
    const char separator = scan.peek();
    if ((separator != '-' && separator != '/') || !scan.take(separator)) return false;
    if (!scan.number(2, month) || !scan.take(separator) || !scan.number(2, day)) return false;
    if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return false;
    days = daysFromDate(year, month, day);
    return true;
}

bool scanClock(Scan& scan, int& seconds, int& ns)
{
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (!scan.number(2, hour) || !scan.take(':') || !scan.number(2, minute)) return false;
    if (scan.take(':')) {
        if (!scan.number(2, second)) return false;
        if (scan.takeAny(".,")) {
            const std::string_view fraction = scan.digits();
            if (fraction.empty()) return false;
            for (std::size_t i = 0; i < 9; ++i) ns = ns * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
        }
    }
    // 60 is a leap second: the moment after it, as every clock that counts without them has it.
    if (hour > 23 || minute > 59 || second > 60) return false;
    seconds = hour * 3600 + minute * 60 + second;
    return true;
}

bool scanZone(Scan& scan, int& minutesEast)
{
    if (scan.takeAny("Zz")) {
        minutesEast = 0;
        return true;
    }
    scan.take(' ');
    if (scan.take("UTC") || scan.take("GMT")) {
        minutesEast = 0;
        return true;
    }
    const bool west = scan.peek() == '-';
    if (!scan.takeAny("+-")) return false;
    int hours = 0;
    int minutes = 0;
    if (!scan.number(2, hours)) return false;
    if (scan.take(':') ? !scan.number(2, minutes) : !scan.done() && !scan.number(2, minutes)) return false;
    if (hours > 23 || minutes > 59) return false;
    minutesEast = (hours * 60 + minutes) * (west ? -1 : 1);
    return true;
}

/// A plain decimal with an optional exponent, as an integer number of 10^-scale, digits beyond that cut. Leading zeros and an
/// exponent are taken: epochs come out of headers and of programs that write 1.7E9.
std::optional<Wide> scaledNumber(std::string_view text, int scale)
{
    constexpr Wide kLimit = Wide{INT64_MAX} * kSecond * 10;
    Scan scan(text);
    const bool negative = scan.take('-');
    const std::string_view whole = scan.digits();
    if (whole.empty()) return {};
    std::string_view fraction;
    if (scan.take('.') && (fraction = scan.digits()).empty()) return {};
    int exponent = 0;
    if (scan.takeAny("eE")) {
        const bool minus = scan.peek() == '-';
        scan.takeAny("+-");
        const std::string_view digits = scan.digits();
        if (digits.empty()) return {};
        for (const char c : digits) exponent = std::min(exponent * 10 + (c - '0'), 100'000);
        if (minus) exponent = -exponent;
    }
    if (!scan.done()) return {};

    const std::int64_t places = static_cast<std::int64_t>(whole.size()) + exponent + scale;  // digits that count
    const std::size_t given = whole.size() + fraction.size();
    Wide value = 0;
    for (std::int64_t i = 0; i < places; ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (at >= given && value == 0) break;
        const char c = at < whole.size() ? whole[at] : at < given ? fraction[at - whole.size()] : '0';
        value = value * 10 + (c - '0');
        if (value > kLimit) return {};
    }
    return negative ? -value : value;
}

int scaleOf(TimeUnit unit)
{
    switch (unit) {
        case TimeUnit::Seconds: return 9;
        case TimeUnit::Milliseconds: return 6;
        case TimeUnit::Microseconds: return 3;
        default: return 0;
    }
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// "-2h", "+1d", "-1h30m": empty where the text is no such thing.
std::optional<Wide> relativeNanoseconds(std::string_view text)
{
    Scan scan(text);
    const bool back = scan.peek() == '-';
    if (!scan.takeAny("+-")) return {};
    Wide total = 0;
    do {
        const std::string_view digits = scan.digits();
        if (digits.empty() || digits.size() > 12) return {};
        Wide count = 0;
        for (const char c : digits) count = count * 10 + (c - '0');
        if (scan.take("ms"))
            total += count * 1'000'000;
        else if (scan.take('s'))
            total += count * kSecond;
        else if (scan.take('m'))
            total += count * 60 * kSecond;
        else if (scan.take('h'))
            total += count * 3600 * kSecond;
        else if (scan.take('d'))
            total += count * kDaySeconds * kSecond;
        else if (scan.take('w'))
            total += count * 7 * kDaySeconds * kSecond;
        else
            return {};
    } while (!scan.done());
    return back ? -total : total;
}

void appendPadded(std::string& out, std::int64_t number, int width)
{
    char digits[12];
    for (int i = width; i-- > 0; number /= 10) digits[i] = static_cast<char>('0' + number % 10);
    out.append(digits, static_cast<std::size_t>(width));
}

}  // namespace

Timestamp Timestamp::now()
{
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return Timestamp{std::chrono::duration_cast<std::chrono::nanoseconds>(since).count()};
}

std::optional<TimeUnit> timeUnitFromName(std::string_view name)
{
    for (const auto unit : {TimeUnit::Auto, TimeUnit::Iso, TimeUnit::Seconds, TimeUnit::Milliseconds, TimeUnit::Microseconds,
                            TimeUnit::Nanoseconds})
        if (nameOf(unit) == name) return unit;
    return {};
}

std::string_view nameOf(TimeUnit unit)
{
    switch (unit) {
        case TimeUnit::Auto: return "auto";
        case TimeUnit::Iso: return "iso";
        case TimeUnit::Seconds: return "s";
        case TimeUnit::Milliseconds: return "ms";
        case TimeUnit::Microseconds: return "us";
        case TimeUnit::Nanoseconds: return "ns";
    }
    return "auto";
}

std::optional<Timestamp> timestampFromIso(std::string_view text, int zoneOffsetMinutes)
{
    Scan scan(text);
    std::int64_t days = 0;
    int seconds = 0;
    int ns = 0;
    int minutesEast = zoneOffsetMinutes;
    if (!scanDate(scan, days)) return {};
    if (!scan.done()) {
        if (!scan.takeAny("Tt /") || !scanClock(scan, seconds, ns)) return {};
        if (!scan.done() && (!scanZone(scan, minutesEast) || !scan.done())) return {};
    }
    return inRange((Wide{days} * kDaySeconds + seconds - Wide{minutesEast} * 60) * kSecond + ns);
}

std::optional<Timestamp> timestampFromEpoch(std::string_view number, TimeUnit unit)
{
    if (unit == TimeUnit::Iso) return {};
    if (unit == TimeUnit::Auto) {
        const auto whole = scaledNumber(number, 0);
        if (!whole) return {};
        const Wide size = *whole < 0 ? -*whole : *whole;
        unit = size < Wide{100'000'000'000}           ? TimeUnit::Seconds
               : size < Wide{100'000'000'000'000}     ? TimeUnit::Milliseconds
               : size < Wide{100'000'000'000'000'000} ? TimeUnit::Microseconds
                                                      : TimeUnit::Nanoseconds;
    }
    const auto ns = scaledNumber(number, scaleOf(unit));
    return ns ? inRange(*ns) : std::nullopt;
}

Result<Timestamp> timestampFromUser(std::string_view text, Timestamp now)
{
    const std::string_view wanted = trimmed(text);
    const auto refuse = [&](const char* why) {
        return fail("cannot read the time \"" + std::string(text) + "\"", why,
                    "write 2025-11-04T09:14:22Z, an epoch in s, ms or us, or -2h, -15m, -3d", Error::Kind::BadInput);
    };
    if (wanted == "now") return now;
    if (const auto shift = relativeNanoseconds(wanted)) {
        const auto moment = inRange(Wide{now.ns} + *shift);
        if (!moment) return refuse("it lies outside of the years 1678 to 2262");
        return *moment;
    }
    if (const auto moment = timestampFromIso(wanted)) return *moment;
    if (const auto moment = timestampFromEpoch(wanted, TimeUnit::Auto)) return *moment;
    return refuse("it is no moment between the years 1678 and 2262");
}

std::string toIso(Timestamp time)
{
    std::int64_t seconds = time.ns / kSecond;
    std::int64_t ns = time.ns % kSecond;
    if (ns < 0) {
        ns += kSecond;
        --seconds;
    }
    std::int64_t days = seconds / kDaySeconds;
    std::int64_t clock = seconds % kDaySeconds;
    if (clock < 0) {
        clock += kDaySeconds;
        --days;
    }
    const Date date = dateFromDays(days);
    std::string text;
    text.reserve(30);
    appendPadded(text, date.year, 4);
    text += '-';
    appendPadded(text, date.month, 2);
    text += '-';
    appendPadded(text, date.day, 2);
    text += 'T';
    appendPadded(text, clock / 3600, 2);
    text += ':';
    appendPadded(text, clock / 60 % 60, 2);
    text += ':';
    appendPadded(text, clock % 60, 2);
    if (ns != 0) {
        text += '.';
        if (ns % 1'000'000 == 0)
            appendPadded(text, ns / 1'000'000, 3);
        else if (ns % 1'000 == 0)
            appendPadded(text, ns / 1'000, 6);
        else
            appendPadded(text, ns, 9);
    }
    text += 'Z';
    return text;
}

}  // namespace hindcast
