#include "core/replay/remote_fold.h"

#include <algorithm>
#include <vector>

namespace hindcast::replay {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kBatch = 1u << 13;  // ids handed to the feed at once
constexpr std::uint64_t kEventsPerStop = 256;
constexpr std::uint64_t kFewestPerSnapshot = 16;
constexpr std::uint64_t kMostPerSnapshot = 1u << 13;

}  // namespace

Result<void> RemoteFold::advance(std::uint64_t to, std::uint64_t changesFrom, std::uint64_t statesFrom,
                                 const std::stop_token& stop, const std::function<bool(Version)>& each)
{
    if (host_.version >= to) return {};
    changesFrom_ = changesFrom;
    statesFrom_ = statesFrom;
    each_ = &each;
    goOn_ = true;
    if (!run_) {
        auto run = host_.reducer->start(*this, {});
        if (!run) return std::unexpected(run.error());
        run_ = std::move(*run);
        standsAt_.reset();
    }
    fed_ = lastAsked_ = lastTaken_ = host_.version;
    since_ = Clock::now();
    auto done = begin();
    if (done) done = feed(to, stop);
    const bool whole = done && fed_ == to;
    if (whole && detail_ != model::Detail::States && (asked_.empty() || asked_.back() != to)) {
        done = run_->askState();
        asked_.push_back(to);
    }
    if (done) done = run_->drain();
    asked_.clear();
    each_ = nullptr;
    if (!done) {
        run_.reset();
        return done;
    }
    standsAt_.reset();
    if (host_.version == to) standsAt_ = to;
    if (goOn_ && !whole) return replayStopped();
    return {};
}

Result<void> RemoteFold::begin()
{
    if (standsAt_ == host_.version) return {};
    detail_ = model::Detail::Nothing;
    const History& history = *host_.history;
    return run_->begin(++tag_, history.key, Version{host_.version}, host_.state.alive ? &host_.state : nullptr, detail_);
}

Result<void> RemoteFold::feed(std::uint64_t to, const std::stop_token& stop)
{
    std::vector<EventId> ids;
    Result<void> done;
    bool stopped = false;
    const auto& events = host_.history->events;
    while (goOn_ && !stopped && done && fed_ < to) {
        const std::uint64_t end = std::min(to, fed_ + kBatch);
        ids.clear();
        for (std::uint64_t v = fed_; v < end; ++v) ids.push_back(events[v].id);
        const auto one = [&](const RawRecord* record, std::span<const Header> headers) {
            done = feedOne(fed_ + 1, record, headers);
            stopped = fed_ % kEventsPerStop == 0 && stop.stop_requested();
            return done && goOn_ && !stopped;
        };
        auto read = host_.feed->records(ids, [&](EventId id, const RawRecord& record, std::span<const Header> headers) {
            // Records that are not there are passed over by the feed; their versions stand all the same.
            while (fed_ < end && events[fed_].id != id)
                if (!one(nullptr, {})) return false;
            return fed_ < end && one(&record, headers);
        });
        if (!read) return read;
        while (done && goOn_ && !stopped && fed_ < end)
            if (!one(nullptr, {})) break;
    }
    return done;
}

Result<void> RemoteFold::feedOne(std::uint64_t version, const RawRecord* record, std::span<const Header> headers)
{
    using model::Detail;
    const Detail wanted = version >= changesFrom_ ? Detail::Changes : version >= statesFrom_ ? Detail::States : Detail::Nothing;
    if (wanted != detail_) {
        if (auto done = run_->setDetail(wanted); !done) return done;
        detail_ = wanted;
    }
    const HistoryEvent& event = host_.history->events[version - 1];
    Result<void> done;
    if (!record) {
        host_.errors.add(version, {"the record is not in the workspace any more", "store"});
        done = run_->pass(Version{version});
    } else {
        done = run_->feed({.id = event.id,
                           .version = Version{version},
                           .category = host_.history->key.category,
                           .entity = host_.history->key.id,
                           .type = host_.typeName(event.type),
                           .kind = event.kind,
                           .time = event.time,
                           .payload = host_.payloads->payload(event.id, *record, headers)});
    }
    if (!done) return done;
    fed_ = version;
    if (detail_ == Detail::States || version - lastAsked_ < askEvery_) return {};
    lastAsked_ = version;
    if (host_.nextSnapshot && version >= *host_.nextSnapshot) {
        host_.nextSnapshot = host_.snapshots.after(version);
        return {};
    }
    asked_.push_back(version);
    return run_->askState();
}

void RemoteFold::failed(std::uint64_t tag, Version version, const model::EvolveError& error)
{
    if (tag == tag_) host_.errors.add(version.value, error);
}

void RemoteFold::state(std::uint64_t tag, Version version, const model::GivenState& given)
{
    if (tag != tag_ || !goOn_) return;
    const bool asked = !asked_.empty() && asked_.front() == version.value;
    if (asked) asked_.pop_front();
    take(version.value, given);
    if (!asked && each_ && *each_ && version.value >= statesFrom_) goOn_ = (*each_)(version);
}

/// A state that is known: the one at hand from now on, and every now and then a snapshot.
void RemoteFold::take(std::uint64_t version, const model::GivenState& given)
{
    host_.state = given.foldState();
    host_.version = version;
    if (version <= lastTaken_) return;
    const auto now = Clock::now();
    const auto gap = host_.snapshots.gap();
    const std::uint64_t events = version - lastTaken_;
    const SnapshotCache::Cost spent = now - since_;
    if (detail_ == model::Detail::States && spent < gap) return;
    host_.cost += spent;
    lastTaken_ = version;
    since_ = now;
    if (events >= kFewestPerSnapshot) {
        // As many events as are folded in a gap, felt towards by steps: packets come in bursts.
        const double each = std::max(1.0, static_cast<double>(spent.count()) / static_cast<double>(events));
        const auto fitting = static_cast<std::uint64_t>(static_cast<double>(gap.count()) / each);
        askEvery_ = std::clamp((askEvery_ * 3 + fitting) / 4, kFewestPerSnapshot, kMostPerSnapshot);
    }
    if (host_.cost - host_.mark < gap / 2) return;
    host_.snapshots.add(version, host_.state, host_.cost);
    host_.mark = host_.cost;
}

void RemoteFold::changes(std::uint64_t tag, Version version, const Changes& changes)
{
    if (tag != tag_ || !goOn_) return;
    host_.changes = changes;
    host_.changesFor = version.value;
    if (each_ && *each_ && version.value >= changesFrom_) goOn_ = (*each_)(version);
}

Result<void> EntityReplay::Impl::advanceRemote(std::uint64_t to, std::uint64_t recordFrom, std::uint64_t statesFrom,
                                               const std::stop_token& stop, const Each& each)
{
    if (!remote) remote = std::make_unique<RemoteFold>(*this);
    return remote->advance(to, recordFrom, statesFrom, stop, each);
}

EntityReplay::Impl::Impl(std::size_t snapshotBytes) : snapshots(snapshotBytes) {}
EntityReplay::Impl::~Impl() = default;

}  // namespace hindcast::replay
