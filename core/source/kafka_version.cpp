#include "core/source/kafka_version.h"

#include <charconv>
#include <iterator>
#include <optional>
#include <utility>

namespace hindcast::source::kafka {

namespace {

/// "3..12" at the end of what follows `name`.
std::optional<std::pair<int, int>> rangeAfter(std::string_view line, std::string_view name)
{
    const auto at = line.find(name);
    if (at == line.npos) return std::nullopt;
    std::string_view rest = line.substr(at + name.size());
    int least = 0;
    int most = 0;
    auto [middle, error] = std::from_chars(rest.data(), rest.data() + rest.size(), least);
    if (error != std::errc()) return std::nullopt;
    rest.remove_prefix(static_cast<std::size_t>(middle - rest.data()));
    if (!rest.starts_with("..")) return std::nullopt;
    rest.remove_prefix(2);
    if (std::from_chars(rest.data(), rest.data() + rest.size(), most).ec != std::errc()) return std::nullopt;
    return std::pair(least, most);
}

struct Release {
    int fetchMax;
    const char* text;
};
constexpr Release kReleases[] = {{5, "0.11"},       {6, "1.0"},        {7, "1.1"},        {9, "2.0"},  {10, "2.1 – 2.2"},
                                 {11, "2.3 – 2.6"}, {12, "2.7 – 3.0"}, {13, "3.1 – 3.4"}, {14, "3.5"}, {15, "3.5 – 3.6"}};

}  // namespace

void VersionGuess::addLogLine(std::string_view line)
{
    if (const auto fetch = rangeAfter(line, "ApiKey Fetch (1) Versions ")) {
        fetchMin_ = fetch->first;
        fetchMax_ = fetch->second;
    } else if (const auto produce = rangeAfter(line, "ApiKey Produce (0) Versions ")) {
        produceMax_ = produce->second;
    }
}

std::string VersionGuess::text() const
{
    if (fetchMax_ < 0) return {};
    if (fetchMax_ >= 18) return "4.1+";
    if (fetchMin_ >= 4) return "4.0";  // it left the oldest versions behind
    if (fetchMax_ == 17) return "3.9";
    if (fetchMax_ == 16) return produceMax_ >= 11 ? "3.8" : "3.7";
    for (const Release& release : kReleases)
        if (fetchMax_ <= release.fetchMax) return fetchMax_ < 5 ? "older than 0.11" : release.text;
    return {};
}

}  // namespace hindcast::source::kafka
