#include "ui/session/session_impl.h"
#include "ui/session/whole_megabytes.h"

#include <algorithm>
#include <utility>

namespace hindcast::ui {

// To go on with a reading from Kafka: one that this session paused, or one that the workspace tells of.

/// A run has come so far that it knows its partitions: from now on it can be gone on with.
void Session::Impl::noteBegan(const std::vector<source::Resume>& positions, bool complete)
{
    if (positions.empty() || !live.kafka) return;
    live.positions = positions;
    live.positionsAreAll = true;
    ingest::KafkaReading now;
    now.kafka = *live.kafka;
    now.kafka.positions = positions;
    now.kafka.positionsAreAll = true;
    now.diskLimit = live.ingest.diskLimit;
    now.diskAllowance = live.ingest.diskAllowance;
    now.cluster = live.ingest.onlyFrom;
    now.stopped = Timestamp::now();
    now.complete = complete;
    live.stored = std::move(now);
}

/// What the workspace does not hold and the reading that was begun was not given either: without it that will fail each time.
std::vector<std::string> Session::Impl::secretsNotGiven() const
{
    std::vector<std::string> out;
    if (!live.kafka || !live.stored || live.stored->kafka.connection.brokers != live.kafka->connection.brokers) return out;
    const auto& given = live.kafka->connection.properties;
    const auto protocol = given.find("security.protocol");
    const bool signsIn =
        protocol != given.end() && (protocol->second.starts_with("SASL") || protocol->second.starts_with("sasl"));
    for (const std::string& name : live.stored->withheld) {
        if (name.starts_with("sasl.") && !signsIn) continue;  // one may have come to another way in
        if (const auto at = given.find(name); at == given.end() || at->second.empty()) out.push_back(name);
    }
    return out;
}

/// Of the reading that was turned away; it is offered anew, without them.
void Session::Impl::forgetSecrets()
{
    if (!live.kafka) return;
    const std::vector<std::string> notGiven = secretsNotGiven();
    ingest::KafkaReading refused;
    refused.kafka = *live.kafka;
    refused.diskLimit = live.ingest.diskLimit;
    refused.diskAllowance = live.ingest.diskAllowance;
    refused.cluster = live.ingest.onlyFrom;
    if (live.stored && live.stored->kafka.connection.brokers == refused.kafka.connection.brokers &&
        live.stored->kafka.topics == refused.kafka.topics)
        refused.stopped = live.stored->stopped;
    std::erase_if(refused.kafka.connection.properties, [&](const auto& property) {
        if (source::mayBeKept(property.first)) return false;
        refused.withheld.push_back(property.first);
        return true;
    });
    for (const std::string& name : notGiven)
        if (std::ranges::find(refused.withheld, name) == refused.withheld.end()) refused.withheld.push_back(name);
    live.stored = std::move(refused);
    live.kafka.reset();
    reading.resumable = false;
}

void Session::Impl::offerReading()
{
    reading.offer.reset();
    if (!workspace || workspace->store->readOnly() || reading.reading || reading.resumable || !live.stored) return;
    const ingest::KafkaReading& stored = *live.stored;
    // What had an end in time and came there has nothing to go on to.
    if (stored.complete && stored.kafka.until.kind == source::KafkaUntil::Kind::Time) return;
    ReadingOffer offer;
    for (const std::string& topic : stored.kafka.topics) offer.topics << QString::fromStdString(topic);
    for (const std::string& property : stored.withheld) offer.withheld << QString::fromStdString(property);
    offer.brokers = QString::fromStdString(stored.kafka.connection.brokers);
    offer.stopped = stored.stopped;
    if (stored.diskFull && stored.diskLimit) {
        offer.because = QString::fromStdString(ingest::diskLimitReached(*stored.diskLimit));
        reading.diskFull = reading.ended.isEmpty();  // else something else has been read since
    }
    reading.offer = std::move(offer);
}

/// What goOn() would raise the limit on disk to; empty where it would not.
std::optional<std::uint64_t> Session::Impl::limitToGoOnWith() const
{
    if (reading.reading) return {};
    if (reading.resumable) {
        const auto& limit = live.ingest.diskLimit;
        if (!reading.diskFull || !limit) return {};
        return raisedLimit(*limit, live.ingest.diskAllowance.value_or(*limit), counts.fileBytes);
    }
    if (!reading.offer || !live.stored) return {};
    const auto& limit = live.stored->diskLimit;
    if (!limit || counts.fileBytes < *limit) return {};
    return raisedLimit(*limit, live.stored->diskAllowance.value_or(*limit), counts.fileBytes);
}

/// How large the file is, is known a little later than that the reading has ended.
void Session::Impl::tellLimit()
{
    const auto now = limitToGoOnWith();
    if (std::exchange(reading.raisedLimit, now) != now) emit q->readingChanged();
}

std::optional<source::KafkaOptions> Session::offeredReading() const
{
    return impl_->reading.offer && impl_->live.stored ? std::optional(impl_->live.stored->kafka) : std::nullopt;
}

void Session::takeOffer(const std::map<std::string, std::string>& properties)
{
    Impl& impl = *impl_;
    if (!impl.reading.offer || !impl.live.stored) return;
    const ingest::KafkaReading stored = *impl.live.stored;
    source::KafkaOptions kafka = stored.kafka;
    for (const auto& [name, value] : properties) kafka.connection.properties.insert_or_assign(name, value);
    ingest::Options how;
    how.diskLimit = stored.diskLimit;
    how.diskAllowance = stored.diskAllowance;
    how.onlyFrom = stored.cluster;
    impl.goOn(std::move(kafka), std::move(how), stored.diskLimit && impl.counts.fileBytes >= *stored.diskLimit);
}

void Session::resumeReading()
{
    Impl& impl = *impl_;
    if (!impl.workspace || impl.reading.reading || !impl.live.kafka || !impl.reading.resumable) return;
    source::KafkaOptions kafka = *impl.live.kafka;
    kafka.positions = impl.live.positions;
    kafka.positionsAreAll = impl.live.positionsAreAll;
    ingest::Options how = impl.live.ingest;
    // How the records become events was said when the reading began, and may have been corrected since: what is saved holds.
    how.proposals.insert(how.proposals.end(), how.mappings.begin(), how.mappings.end());
    how.mappings.clear();
    impl.goOn(std::move(kafka), std::move(how), impl.reading.diskFull);
}

/// The reading that was to follow another one. Of the same brokers both are read from now on: a partition with a checkpoint goes on
/// from there, one of which nothing has come yet from where the first reading had begun.
void Session::Impl::readNext()
{
    Live::Next next = *std::exchange(live.readNext, std::nullopt);
    live.resumeAfter = false;
    if (live.kafka && live.kafka->connection.brokers == next.kafka.connection.brokers) {
        const source::KafkaOptions& before = *live.kafka;
        bool left = false;
        for (const std::string& topic : before.topics) {
            if (std::ranges::find(next.kafka.topics, topic) != next.kafka.topics.end()) continue;
            next.kafka.topics.push_back(topic);
            left = true;
        }
        // What nobody took back goes on as it was.
        if (left && before.until.kind == source::KafkaUntil::Kind::Never) next.kafka.until = before.until;
        for (const source::Resume& began : live.positions)
            if (std::ranges::find(next.kafka.positions, began.stream, &source::Resume::stream) == next.kafka.positions.end())
                next.kafka.positions.push_back(began);
        next.kafka.positionsAreAll = live.positionsAreAll && next.kafka.topics.size() == before.topics.size();
        // How the others become events was said with the first one; what is saved by now holds before it.
        auto& proposals = next.ingest.proposals;
        for (const auto* said : {&live.ingest.mappings, &live.ingest.proposals})
            proposals.insert(proposals.end(), said->begin(), said->end());
        // What is joined to has read there before. Of other brokers nobody knows yet whether they are there at all.
        if (!live.positions.empty()) next.kafka.waitForCluster = true;
    }
    q->readKafka(std::move(next.kafka), std::move(next.ingest));
}

void Session::Impl::goOn(source::KafkaOptions kafka, ingest::Options ingest, bool diskFull)
{
    // To go on after the limit is to allow as much again; that limit holds until it is reached, over pauses as well.
    if (diskFull && ingest.diskLimit) {
        ingest.diskAllowance = ingest.diskAllowance.value_or(*ingest.diskLimit);
        ingest.diskLimit = raisedLimit(*ingest.diskLimit, *ingest.diskAllowance, counts.fileBytes);
    }
    kafka.waitForCluster = true;
    readKafka(std::move(kafka), std::move(ingest));
}

}  // namespace hindcast::ui
