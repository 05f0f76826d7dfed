#include "core/replay/completeness.h"

#include "core/event/number_text.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace hindcast::replay {

namespace {

using store::Part;
using store::Posting;

std::string offsetText(std::int64_t offset) { return grouped(static_cast<std::uint64_t>(offset)); }

std::string nameOf(const Part& part) { return part.topic + "/" + std::to_string(part.partition.value); }

/// Why not everything that this part ever held is here; empty where it is.
std::optional<std::string> lackOf(const Part& part)
{
    const std::string name = nameOf(part);
    if (part.read.empty()) {
        // Of an empty partition there is no range to be read; one that was begun later may have held anything before.
        if (part.logStart.value == 0 && part.startReason.empty()) return std::nullopt;
        return name + " was not read from its start" + (part.startReason.empty() ? "" : " (" + part.startReason + ")");
    }
    const std::int64_t from = part.read.front().from.value;
    if (part.logStart.value > 0 && from <= part.logStart.value)
        return name + " begins at offset " + offsetText(part.logStart.value) +
               ": earlier records were not there to be read (retention, or a slice)";
    if (from > 0) {
        std::string why = name + " was read from offset " + offsetText(from);
        if (!part.startReason.empty()) why += " (" + part.startReason + ")";
        return why;
    }
    if (part.read.size() > 1)
        return name + " lacks offsets " + offsetText(part.read[0].to.value) + " to " + offsetText(part.read[1].from.value - 1) +
               ": they were gone before they could be read";
    if (part.compacted) return name + " is compacted: of a key's older events some may be gone";
    return std::nullopt;
}

auto topicOf(const Part& part) { return std::tie(part.source, part.topic, part.epoch); }

}  // namespace

Completeness judgeCompleteness(const std::vector<Part>& parts, const std::vector<Posting>& postings)
{
    std::vector<std::string> reasons;
    std::size_t rejects = 0;
    const Posting* firstReject = nullptr;
    std::vector<PartId> touched;
    for (const Posting& posting : postings) {
        if (touched.empty() || touched.back() != posting.id.part()) touched.push_back(posting.id.part());
        if (!posting.reject) continue;
        if (++rejects == 1) firstReject = &posting;
    }
    const auto partOf = [&](PartId id) {
        return std::find_if(parts.begin(), parts.end(), [&](const Part& part) { return part.id == id; });
    };
    std::vector<const Part*> topics;  // one part for each
    for (const PartId id : touched) {
        const auto part = partOf(id);
        if (part == parts.end()) continue;
        const bool known =
            std::any_of(topics.begin(), topics.end(), [&](const Part* topic) { return topicOf(*topic) == topicOf(*part); });
        if (!known) topics.push_back(&*part);
    }
    if (firstReject) {
        const auto part = partOf(firstReject->id.part());
        std::string where = part == parts.end()
                                ? std::string()
                                : " at " + nameOf(*part) + " offset " + offsetText(firstReject->id.offset().value);
        reasons.push_back(rejects == 1 ? "a record with its key" + where + " could not be decoded"
                                       : grouped(rejects) + " records with its key could not be decoded, the first" + where);
    }
    // The partitions that its events lie in come first. The others count as well: which partition a key goes to is the producer's to
    // say, and another one since the topic has grown.
    const auto addLacks = [&](bool own) {
        for (const Part* topic : topics)
            for (const Part& part : parts)
                if (topicOf(part) == topicOf(*topic) && (std::ranges::find(touched, part.id) != touched.end()) == own)
                    if (auto lack = lackOf(part)) reasons.push_back(std::move(*lack));
    };
    addLacks(true);
    addLacks(false);
    if (reasons.empty()) return {};
    Completeness partial{false, reasons.front()};
    if (reasons.size() > 1)
        partial.because +=
            "; and " + std::to_string(reasons.size() - 1) + (reasons.size() == 2 ? " more reason" : " more reasons");
    partial.reasons = std::move(reasons);
    return partial;
}

}  // namespace hindcast::replay
