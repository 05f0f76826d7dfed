#include "core/decode/source_order.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace hindcast::decode {

std::optional<std::uint64_t> unsignedFrom(std::string_view text)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return number;
}

namespace {

/// The two elements of a sequence, each quoted or not; the quotes may be escaped once more by the string around them.
SourceOrder fromSequence(std::string_view text)
{
    std::array<std::uint64_t, 2> parts{};
    std::size_t index = 0;
    std::size_t i = text.find('[');
    if (i == std::string_view::npos) return {};
    for (++i; i < text.size() && text[i] != ']'; ++i) {
        if (text[i] == ',') {
            if (++index == parts.size()) break;
        } else if (text[i] >= '0' && text[i] <= '9') {
            const auto [end, error] = std::from_chars(text.data() + i, text.data() + text.size(), parts[index]);
            if (error != std::errc()) return {};
            i = static_cast<std::size_t>(end - text.data()) - 1;
        }
    }
    return {.major = parts[0], .minor = parts[1], .row = 0};
}

std::uint32_t rowFrom(std::string_view text)
{
    return static_cast<std::uint32_t>(
        std::min<std::uint64_t>(unsignedFrom(text).value_or(0), std::numeric_limits<std::uint32_t>::max()));
}

SourceOrder fromBinlog(const SourcePlace& place)
{
    const std::size_t dot = place.file.rfind('.');
    const auto number = dot == std::string_view::npos ? std::nullopt : unsignedFrom(place.file.substr(dot + 1));
    const auto position = unsignedFrom(place.pos);
    if (!number || !position) return {};
    return {.major = *number, .minor = *position, .row = rowFrom(place.row)};
}

/// VLF sequence number, block offset in units of 512 bytes, slot. The widths hold a log of petabytes; 80 bits do not fit.
std::uint64_t packLsn(std::string_view text)
{
    constexpr std::array<unsigned, 3> kBits{24, 26, 14};
    std::uint64_t packed = 0;
    const char* at = text.data();
    const char* const end = at + text.size();
    for (std::size_t i = 0; i < kBits.size(); ++i) {
        std::uint64_t number = 0;
        const auto [next, error] = std::from_chars(at, end, number, 16);
        const bool last = i + 1 == kBits.size();
        if (error != std::errc() || (last ? next != end : next == end || *next != ':')) return 0;
        at = last ? next : next + 1;
        packed = packed << kBits[i] | std::min(number, (std::uint64_t{1} << kBits[i]) - 1);
    }
    return packed;
}

}  // namespace

SourceOrder sourceOrder(const SourcePlace& place)
{
    const auto from = [&](std::string_view connector) { return place.connector == connector; };
    const bool unnamed = place.connector.empty();
    if (from("postgresql") || (unnamed && !place.sequence.empty())) return fromSequence(place.sequence);
    if (from("mysql") || from("mariadb") || (unnamed && !place.file.empty())) return fromBinlog(place);
    if (from("sqlserver") || (unnamed && place.commitLsn.find(':') != std::string_view::npos))
        return {.major = packLsn(place.commitLsn), .minor = packLsn(place.changeLsn), .row = rowFrom(place.eventSerial)};
    if (from("oracle") || (unnamed && !place.commitScn.empty()))
        return {.major = unsignedFrom(place.commitScn).value_or(0), .minor = unsignedFrom(place.scn).value_or(0), .row = 0};
    return {};
}

}  // namespace hindcast::decode
