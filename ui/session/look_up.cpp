#include "ui/session/look_up.h"

#include "ui/session/id_fit.h"

#include <QCoreApplication>

#include <algorithm>
#include <compare>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <unordered_set>

namespace hindcast::ui {

namespace {

constexpr std::size_t kMostHits = 8;
constexpr std::size_t kMostKeyHits = 3;
constexpr std::size_t kMostLike = 20'000;  // entities that are looked at for the best of them
constexpr std::size_t kLookEvery = 4096;   // records between two looks at whether it is to stop

QString say(const char* text, int n = -1) { return QCoreApplication::translate("hindcast::ui::LookUp", text, nullptr, n); }

/// What a stored record is, and whether one can go there.
Result<std::optional<GoToHit>> hitOf(store::Reader& reader, ingest::Decoders& decoders, const store::Part& part, EventId id)
{
    auto event = ingest::describeEvent(reader, decoders, id);
    if (!event) return std::unexpected(event.error());
    if (!*event) return std::optional<GoToHit>{};
    GoToHit hit;
    hit.kind = GoToHit::Kind::Record;
    hit.event = id;
    hit.place = {QString::fromStdString(part.topic), part.partition, id.offset()};
    hit.type = QString::fromStdString((*event)->type);
    hit.time = (*event)->time;
    if (!(*event)->entities.empty()) {
        auto entity = reader.findEntity((*event)->entities.front());
        if (!entity) return std::unexpected(entity.error());
        hit.entity = *entity;
    } else if (auto reject = reader.rejectAt(id); reject && *reject) {
        hit.entity = (*reject)->entity;
    }
    hit.reject = !(*event)->reject.empty();
    if (hit.entity) {
        auto key = reader.entityKey(*hit.entity);
        if (!key) return std::unexpected(key.error());
        hit.entityText = QString::fromStdString(key->text());
        if (hit.reject) hit.type = say("a reject");
    } else if (hit.reject) {
        hit.type = say("a record that could not be decoded, and whose entity is not known");
    } else {
        hit.trouble = say("belongs to no entity");
    }
    return hit;
}

bool isTopic(const std::string& topic, const QString& wanted)
{
    return wanted.isEmpty() || QString::fromStdString(topic).compare(wanted, Qt::CaseInsensitive) == 0;
}

/// Why nothing is stored there.
QString notRead(const store::Part& part)
{
    if (part.read.empty()) return say("not read: nothing of this partition was");
    const qint64 from = part.read.front().from.value;
    const qint64 to = part.read.back().to.value - 1;
    return say("not stored; of this partition there is %1 to %2").arg(from).arg(to);
}

}  // namespace

Result<std::unique_ptr<ingest::Decoders>> decodersOf(store::Reader& reader)
{
    auto saved = ingest::loadMappings(reader);
    if (!saved) return std::unexpected(saved.error());
    auto decoders = std::make_unique<ingest::Decoders>(std::move(*saved));
    if (auto known = decoders->refresh(reader); !known) return std::unexpected(known.error());
    return decoders;
}

Result<std::vector<GoToHit>> lookUp(store::Reader& reader, const GoToReadings& readings,
                                    const std::function<Result<std::vector<EntityId>>(store::Reader&, const std::string&)>& named)
{
    std::vector<GoToHit> hits;
    std::unordered_set<std::uint32_t> seen;
    for (const QString& text : readings.entities) {
        auto ids = named(reader, text.toStdString());
        if (!ids) return std::unexpected(ids.error());
        auto keys = reader.entityKeys(*ids);
        if (!keys) return std::unexpected(keys.error());
        for (std::size_t i = 0; i < ids->size() && i < keys->size() && hits.size() < kMostHits; ++i) {
            if (!seen.insert((*ids)[i].value).second) continue;
            GoToHit hit;
            hit.entity = (*ids)[i];
            hit.entityText = QString::fromStdString((*keys)[i].text());
            hits.push_back(std::move(hit));
        }
    }
    if (readings.places.empty()) return hits;
    auto decoders = decodersOf(reader);
    if (!decoders) return std::unexpected(decoders.error());
    auto parts = reader.parts();
    if (!parts) return std::unexpected(parts.error());
    std::vector<GoToHit> troubles;
    for (const GoToReadings::Place& place : readings.places) {
        std::map<std::string, const store::Part*> without;  // by topic: its newest epoch
        std::set<std::string> found;
        for (const store::Part& part : *parts) {
            if (part.partition != place.partition || !isTopic(part.topic, place.topic)) continue;
            if (hits.size() >= kMostHits) break;
            auto hit = hitOf(reader, **decoders, part, EventId(part.id, place.offset));
            if (!hit) return std::unexpected(hit.error());
            if (*hit) {
                ((*hit)->trouble.isEmpty() ? hits : troubles).push_back(std::move(**hit));
                found.insert(part.topic);
            } else if (const store::Part*& newest = without[part.topic]; !newest || newest->epoch < part.epoch) {
                newest = &part;
            }
        }
        // A topic that was made anew is several parts: it is said once that none of them has the record.
        if (place.topic.isEmpty()) continue;
        for (const auto& [topic, part] : without) {
            if (found.contains(topic)) continue;
            GoToHit missing;
            missing.kind = GoToHit::Kind::Record;
            missing.place = {QString::fromStdString(topic), part->partition, place.offset};
            missing.trouble = notRead(*part);
            troubles.push_back(std::move(missing));
        }
    }
    hits.insert(hits.end(), std::make_move_iterator(troubles.begin()), std::make_move_iterator(troubles.end()));
    if (hits.size() > kMostHits) hits.resize(kMostHits);
    return hits;
}

Result<std::vector<GoToHit>> lookUpKey(store::Reader& reader, const QString& key, const std::stop_token& stop)
{
    const std::string wanted = key.toStdString();
    // As text, as JSON text, or as the only member of a JSON key: `"x"`, {"id":"x"}.
    const std::string quoted = '"' + wanted + '"';
    std::vector<EventId> found;
    std::size_t seen = 0;
    bool stopped = false;
    const auto done = reader.scan(EventId{}, [&](EventId id, const RawRecord& record, std::span<const Header>) {
        if (++seen % kLookEvery == 0 && stop.stop_requested()) {
            stopped = true;
            return false;
        }
        if (!record.key) return true;
        const std::string_view text = *record.key;
        const bool same = text == wanted || text == quoted ||
                          (text.starts_with('{') && (text.ends_with(':' + quoted + '}') || text.ends_with(": " + quoted + '}')));
        if (same) found.push_back(id);
        return found.size() < kMostKeyHits;
    });
    if (!done) return std::unexpected(done.error());
    if (stopped) return fail("cannot look for the key", "stopped", {}, Error::Kind::Cancelled);
    std::vector<GoToHit> hits;
    if (found.empty()) return hits;
    auto decoders = decodersOf(reader);
    if (!decoders) return std::unexpected(decoders.error());
    auto parts = reader.parts();
    if (!parts) return std::unexpected(parts.error());
    for (const EventId id : found)
        for (const store::Part& part : *parts) {
            if (part.id != id.part()) continue;
            auto hit = hitOf(reader, **decoders, part, id);
            if (!hit) return std::unexpected(hit.error());
            if (*hit) hits.push_back(std::move(**hit));
        }
    return hits;
}

Result<std::vector<GoToHit>> lookUpLike(store::Reader& reader, const QString& text, const std::stop_token& stop)
{
    std::vector<GoToHit> hits;
    std::vector<EntityId> ids;
    std::stop_source enough;
    const std::stop_callback link(stop, [&enough] { enough.request_stop(); });
    const auto done = reader.searchEntities(text.toStdString(), enough.get_token(), [&](std::span<const EntityId> some) {
        ids.insert(ids.end(), some.begin(),
                   some.begin() + static_cast<std::ptrdiff_t>(std::min(some.size(), kMostLike - ids.size())));
        if (ids.size() >= kMostLike) enough.request_stop();
    });
    if (stop.stop_requested()) return fail("cannot look for the id", "stopped", {}, Error::Kind::Cancelled);
    if (!done) return std::unexpected(done.error());
    auto keys = reader.entityKeys(ids);
    if (!keys) return std::unexpected(keys.error());
    // How well it fits: the id itself, its last word ("8841" of "order-8841"), its beginning ("844a7034-e77f" of a UUID), somewhere in
    // it; then the shorter one, and of the same length by the id, which is how people count: in the order of the log nobody sees one.
    struct Fit {
        int rank;
        qsizetype length;
        std::string_view id;  // in `keys`
        std::size_t index;
        [[nodiscard]] bool operator<(const Fit& other) const
        {
            if (rank != other.rank) return rank < other.rank;
            if (length != other.length) return length < other.length;
            if (const int order = id.compare(other.id); order != 0) return order < 0;
            return index < other.index;
        }
    };
    std::vector<Fit> fits;
    for (std::size_t i = 0; i < keys->size(); ++i) {
        const QString id = QString::fromStdString((*keys)[i].id);
        const QString all = QString::fromStdString((*keys)[i].text());
        const qsizetype in = id.indexOf(text, 0, Qt::CaseInsensitive);
        const qsizetype inAll = in < 0 ? all.indexOf(text, 0, Qt::CaseInsensitive) : -1;
        // A category alone that is called so is not what was meant.
        if (in < 0 && (inAll < 0 || inAll + text.size() <= all.size() - id.size())) continue;
        const bool whole = in == 0 && id.size() == text.size();
        const bool word = isLastWord(text.toStdString(), (*keys)[i].id);
        fits.push_back({whole ? 0 : word ? 1 : in <= 0 ? 2 : 3, id.size(), (*keys)[i].id, i});
    }
    const std::size_t some = std::min(fits.size(), kMostHits);
    std::partial_sort(fits.begin(), fits.begin() + static_cast<std::ptrdiff_t>(some), fits.end());
    for (std::size_t i = 0; i < some; ++i) {
        GoToHit hit;
        hit.entity = ids[fits[i].index];
        hit.entityText = QString::fromStdString((*keys)[fits[i].index].text());
        hit.like = fits[i].rank != 0;
        hits.push_back(std::move(hit));
    }
    return hits;
}

}  // namespace hindcast::ui
