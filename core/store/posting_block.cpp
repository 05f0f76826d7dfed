#include "core/store/posting_block.h"

#include "core/store/bytes.h"
#include "core/store/compress.h"

namespace hindcast::store {

// Content: entities (count, then step and number of postings each), time scale, then a column each: event ids (per entity the first
// whole, then steps), times (steps), types, flags, and the source orders of the postings whose flag says so.
namespace {

enum Flag : std::uint8_t { kKindMask = 0x0f, kSecondary = 0x10, kReject = 0x20, kOrdered = 0x40 };

std::int64_t scaleOf(std::span<const EntityPosting> postings)
{
    std::int64_t scale = 1'000'000;
    for (const auto& each : postings) {
        if (each.posting.time.ns % scale == 0) continue;
        scale = each.posting.time.ns % 1'000 == 0 ? 1'000 : 1;
        if (scale == 1) break;
    }
    return scale;
}

struct Group {
    EntityId entity;
    std::uint64_t count = 0;
};

bool readGroups(ByteReader& in, std::vector<Group>& groups, std::uint64_t& total)
{
    const std::uint64_t entities = in.number();
    if (in.failed() || entities > 10'000'000) return false;
    groups.resize(entities);
    std::uint32_t entity = 0;
    total = 0;
    for (auto& group : groups) {
        entity += static_cast<std::uint32_t>(in.number());
        group = {EntityId{entity}, in.number()};
        total += group.count;
        if (total > 100'000'000) return false;
    }
    return !in.failed();
}

}  // namespace

std::string encodePostings(std::span<const EntityPosting> postings)
{
    std::string content;
    content.reserve(postings.size() * 8 + 16);
    ByteWriter out(content);
    std::uint64_t entities = 0;
    for (std::size_t i = 0; i < postings.size(); ++i)
        if (i == 0 || postings[i].entity != postings[i - 1].entity) ++entities;
    out.number(entities);
    std::uint32_t previousEntity = 0;
    for (std::size_t i = 0; i < postings.size();) {
        std::size_t end = i;
        while (end < postings.size() && postings[end].entity == postings[i].entity) ++end;
        out.number(postings[i].entity.value - previousEntity);
        out.number(end - i);
        previousEntity = postings[i].entity.value;
        i = end;
    }
    const std::int64_t scale = scaleOf(postings);
    out.number(static_cast<std::uint64_t>(scale));
    for (std::size_t i = 0; i < postings.size(); ++i) {
        const bool first = i == 0 || postings[i].entity != postings[i - 1].entity;
        out.number(postings[i].posting.id.packed - (first ? 0 : postings[i - 1].posting.id.packed));
    }
    std::int64_t previousTime = 0;
    for (const auto& each : postings) {
        const std::int64_t time = each.posting.time.ns / scale;
        out.difference(time, previousTime);
        previousTime = time;
    }
    for (const auto& each : postings) out.number(each.posting.type.value);
    for (const auto& each : postings) {
        auto flags = static_cast<std::uint8_t>(each.posting.kind);
        if (!each.posting.primary) flags |= kSecondary;
        if (each.posting.reject) flags |= kReject;
        if (!each.order.absent()) flags |= kOrdered;
        out.byte(flags);
    }
    std::uint64_t previousMajor = 0;
    for (const auto& each : postings) {
        if (each.order.absent()) continue;
        out.difference(static_cast<std::int64_t>(each.order.major), static_cast<std::int64_t>(previousMajor));
        out.difference(static_cast<std::int64_t>(each.order.minor), static_cast<std::int64_t>(each.order.major));
        out.number(each.order.row);
        previousMajor = each.order.major;
    }
    std::string stored;
    compress(stored, content);
    return stored;
}

bool decodePostings(std::string_view stored, std::vector<EntityPosting>& out)
{
    thread_local Buffer content;
    thread_local std::vector<Group> groups;
    if (!decompress(content, stored, 0)) return false;
    ByteReader in(content.view());
    std::uint64_t total = 0;
    if (!readGroups(in, groups, total)) return false;
    const auto scale = static_cast<std::int64_t>(in.number());
    const std::size_t base = out.size();
    out.resize(base + total);
    const std::span<EntityPosting> block(out.data() + base, total);
    std::size_t at = 0;
    for (const auto& group : groups) {
        std::uint64_t id = 0;
        for (std::uint64_t i = 0; i < group.count; ++i) {
            id += in.number();
            block[at].entity = group.entity;
            block[at].posting.id = EventId{id};
            ++at;
        }
    }
    std::int64_t time = 0;
    for (auto& each : block) {
        time = in.difference(time);
        each.posting.time = Timestamp{time * scale};
    }
    for (auto& each : block) each.posting.type = TypeId{static_cast<std::uint32_t>(in.number())};
    thread_local std::vector<bool> ordered;
    ordered.assign(total, false);
    at = 0;
    for (auto& each : block) {
        const std::uint8_t flags = in.byte();
        each.posting.kind = static_cast<EventKind>(flags & kKindMask);
        each.posting.primary = (flags & kSecondary) == 0;
        each.posting.reject = (flags & kReject) != 0;
        ordered[at++] = (flags & kOrdered) != 0;
    }
    std::uint64_t major = 0;
    at = 0;
    for (auto& each : block) {
        if (!ordered[at++]) continue;
        each.order.major = static_cast<std::uint64_t>(in.difference(static_cast<std::int64_t>(major)));
        each.order.minor = static_cast<std::uint64_t>(in.difference(static_cast<std::int64_t>(each.order.major)));
        each.order.row = static_cast<std::uint32_t>(in.number());
        major = each.order.major;
    }
    return !in.failed() && in.atEnd();
}

bool decodePostingsOf(std::string_view stored, EntityId entity, Postings& out)
{
    // Columns have to be walked from their start whatever is wanted, so a block is decoded whole: it is small.
    thread_local std::vector<EntityPosting> block;
    block.clear();
    if (!decodePostings(stored, block)) return false;
    for (const auto& each : block) {
        if (each.entity != entity) continue;
        if (!each.order.absent() && out.orders.empty()) out.orders.resize(out.items.size());
        out.items.push_back(each.posting);
        if (!each.order.absent() || !out.orders.empty()) out.orders.push_back(each.order);
    }
    return true;
}

std::string encodeStats(std::span<const EntityStat> stats)
{
    std::string content;
    ByteWriter out(content);
    out.number(stats.size());
    std::uint32_t entity = 0;
    std::int64_t time = 0;
    for (const auto& stat : stats) {
        out.number(stat.entity.value - entity);
        out.number(stat.count);
        out.difference(stat.first.ns, time);
        out.difference(stat.last.ns, stat.first.ns);
        entity = stat.entity.value;
        time = stat.first.ns;
    }
    std::string stored;
    compress(stored, content);
    return stored;
}

bool decodeStats(std::string_view stored, std::vector<EntityStat>& out)
{
    thread_local Buffer content;
    if (!decompress(content, stored, 0)) return false;
    ByteReader in(content.view());
    const std::uint64_t count = in.number();
    if (in.failed() || count > 1'000'000'000) return false;
    std::uint32_t entity = 0;
    std::int64_t time = 0;
    for (std::uint64_t i = 0; i < count && !in.failed(); ++i) {
        EntityStat stat;
        entity += static_cast<std::uint32_t>(in.number());
        stat.entity = EntityId{entity};
        stat.count = static_cast<std::uint32_t>(in.number());
        stat.first = Timestamp{in.difference(time)};
        stat.last = Timestamp{in.difference(stat.first.ns)};
        time = stat.first.ns;
        out.push_back(stat);
    }
    return !in.failed() && in.atEnd();
}

}  // namespace hindcast::store
