#include "core/source/kafka_plan.h"

#include <algorithm>
#include <numeric>

namespace hindcast::source::kafka {

std::vector<std::int64_t> spread(std::int64_t count, std::span<const std::int64_t> sizes)
{
    // The smallest first: what they cannot give is shared by the rest.
    std::vector<std::size_t> order(sizes.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return sizes[a] < sizes[b]; });
    std::vector<std::int64_t> shares(sizes.size());
    std::int64_t left = std::max<std::int64_t>(count, 0);
    for (std::size_t k = 0; k < order.size(); ++k) {
        const auto others = static_cast<std::int64_t>(order.size() - k);
        const std::int64_t share = std::min(sizes[order[k]], (left + others - 1) / others);
        shares[order[k]] = share;
        left -= share;
    }
    return shares;
}

std::vector<Plan> plan(const KafkaStart& from, const KafkaUntil& until, const PlanFacts& facts)
{
    std::vector<std::int64_t> newest;
    if (from.kind == KafkaStart::Kind::LastRecords) {
        std::vector<std::int64_t> sizes;
        for (const Watermarks& each : facts.marks) sizes.push_back(each.high - each.low);
        newest = spread(from.offset, sizes);
    }
    std::vector<Plan> plans(facts.streams.size());
    for (std::size_t i = 0; i < plans.size(); ++i) {
        Plan& one = plans[i];
        const auto [low, high] = facts.marks[i];
        switch (from.kind) {
            case KafkaStart::Kind::Earliest: one.start = low; break;
            case KafkaStart::Kind::Latest: one.start = high; break;
            case KafkaStart::Kind::Offset: one.start = std::clamp(from.offset, low, high); break;
            case KafkaStart::Kind::Time: one.start = std::max(low, facts.startOffsets[i].value_or(high)); break;
            case KafkaStart::Kind::LastRecords: one.start = high - newest[i]; break;
        }
        if (one.start == low)
            one.reason = "from the beginning";
        else if (from.kind == KafkaStart::Kind::Time)
            one.reason = "began at time " + toIso(from.time);
        else
            one.reason = "began at offset " + std::to_string(one.start);

        switch (until.kind) {
            case KafkaUntil::Kind::CapturedEnd: one.end = high; break;
            case KafkaUntil::Kind::Time:
                if (!facts.endOffsets.empty()) one.end = facts.endOffsets[i].value_or(high);
                break;
            case KafkaUntil::Kind::Never: break;
        }
        if (const auto resumed = facts.resume.find(facts.streams[i]); resumed != facts.resume.end()) {
            one.start = resumed->second;
            one.reason = "resumed";
            if (one.start < low) {
                one.reason = "resumed at offset " + std::to_string(low) + ": retention removed those from " +
                             std::to_string(one.start) + " on";
                one.start = low;
            }
        } else if (facts.whole.contains(facts.streams[i].topic)) {
            one.start = low;
            one.reason = "from the beginning (the partition was added since)";
        }
    }
    return plans;
}

}  // namespace hindcast::source::kafka
