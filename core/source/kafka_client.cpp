#include "core/source/kafka_client.h"

#include "core/source/kafka_properties.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace hindcast::source::kafka {
namespace {

using Clock = std::chrono::steady_clock;

void onEvent(rd_kafka_t*, rd_kafka_event_t* raw, void* opaque)
{
    const Event event(raw);
    auto& health = *static_cast<Health*>(opaque);
    switch (rd_kafka_event_type(raw)) {
        case RD_KAFKA_EVENT_ERROR: {
            const char* text = rd_kafka_event_error_string(raw);
            health.onError(rd_kafka_event_error(raw), text ? text : "");
            break;
        }
        case RD_KAFKA_EVENT_STATS:
            if (const char* json = rd_kafka_event_stats(raw)) health.onStatistics(json);
            break;
        default: break;
    }
}

/// What matters comes as events; librdkafka's own lines would go to stderr.
void ignoreLog(const rd_kafka_t*, int, const char*, const char*) {}

void listenForVersion(const rd_kafka_t* client, int, const char*, const char* line)
{
    static_cast<Health*>(rd_kafka_opaque(client))->onLogLine(line);
}

std::string numberText(std::uint64_t number, std::uint64_t low, std::uint64_t high)
{
    return std::to_string(std::clamp(number, low, high));
}

std::map<std::string, std::string> defaultsFor(const Tuning& tuning)
{
    const QueueLimits limits = queueLimits(tuning);
    std::uint64_t fetch = std::min<std::uint64_t>(tuning.memoryLimit / 8, 8u << 20);
    if (tuning.bytesPerSecond) fetch = std::min(fetch, std::max<std::uint64_t>(*tuning.bytesPerSecond / 4, 16u << 10));
    return {
        {"isolation.level", tuning.readUncommitted ? "read_uncommitted" : "read_committed"},
        {"queued.min.messages", std::to_string(limits.messages)},
        {"queued.max.messages.kbytes", std::to_string(limits.bytes >> 10)},
        {"fetch.message.max.bytes", numberText(std::min<std::uint64_t>(fetch, 1u << 20), 16u << 10, 1u << 30)},
        {"fetch.max.bytes", numberText(fetch, 1u << 20, 1u << 30)},
        {"fetch.wait.max.ms", "100"},
        {"fetch.error.backoff.ms", "200"},
        {"reconnect.backoff.ms", "100"},
        {"reconnect.backoff.max.ms", "2000"},
        {"topic.metadata.refresh.interval.ms", "30000"},
        {"socket.keepalive.enable", "true"},
    };
}

/// As it stands now: a property may have made it longer.
std::chrono::milliseconds fetchWaitOf(const rd_kafka_conf_t* conf)
{
    std::array<char, 32> text{};
    std::size_t size = text.size();
    if (rd_kafka_conf_get(conf, "fetch.wait.max.ms", text.data(), &size) != RD_KAFKA_CONF_OK) return {};
    return std::chrono::milliseconds(std::strtoll(text.data(), nullptr, 10));
}

/// What no property may change (addProperty refuses them).
constexpr std::array<std::pair<const char*, const char*>, 9> kForced{{
    {"client.id", "hindcast"},
    {"enable.auto.commit", "false"},
    {"auto.commit.enable", "false"},
    {"enable.auto.offset.store", "false"},
    {"allow.auto.create.topics", "false"},
    {"auto.offset.reset", "error"},
    {"enable.partition.eof", "true"},
    {"statistics.interval.ms", "1000"},
    {"check.crcs", "true"},
}};

}  // namespace

QueueLimits queueLimits(const Tuning& tuning)
{
    // A message that waits costs librdkafka about 420 bytes beside its own (measured): half of the limit is for those.
    constexpr std::uint64_t kCostOfMessage = 420;
    const std::uint64_t half = tuning.memoryLimit / 2;
    std::uint64_t bytes = half;
    if (tuning.bytesPerSecond) bytes = std::min(bytes, *tuning.bytesPerSecond * 2);
    return {std::clamp<std::uint64_t>(half / kCostOfMessage, 1000, 10'000'000),
            std::clamp<std::uint64_t>(bytes, 64u << 10, std::uint64_t{2'097'151} << 10)};
}

Client::Client(KafkaConnection connection) : connection_(std::move(connection)), health_(std::make_unique<Health>()) {}

Result<std::shared_ptr<Client>> Client::make(const KafkaConnection& connection, const Tuning& tuning)
{
    if (connection.brokers.empty())
        return fail("cannot connect to Kafka", "no broker is named", "give host:port", Error::Kind::BadInput);
    std::shared_ptr<Client> client(new Client(connection));
    Conf conf(rd_kafka_conf_new());
    std::array<char, 512> message{};
    const auto set = [&](const std::string& name, const std::string& value) {
        return rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), message.data(), message.size());
    };
    for (const auto& [name, value] : defaultsFor(tuning)) set(name, value);
    bool debug = false;
    for (const auto& [name, value] : connection.properties) {
        if (auto allowed = checkProperty(name, value); !allowed) return std::unexpected(allowed.error());
        if (set(name, value) != RD_KAFKA_CONF_OK)
            return fail("the Kafka property " + name + " cannot be set", client->withoutSecrets(message.data()), {},
                        Error::Kind::BadInput);
        debug = debug || name == "debug";
    }
    for (const auto& [name, value] : kForced) set(name, value);
    if (set("bootstrap.servers", connection.brokers) != RD_KAFKA_CONF_OK)
        return fail("cannot connect to " + connection.brokers, message.data(), "give host:port", Error::Kind::BadInput);

    client->health_->setFetchWait(fetchWaitOf(conf.get()));
    rd_kafka_conf_set_opaque(conf.get(), client->health_.get());
    rd_kafka_conf_set_events(conf.get(), RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_STATS);
    rd_kafka_conf_set_background_event_cb(conf.get(), onEvent);
    if (!debug) rd_kafka_conf_set_log_cb(conf.get(), tuning.askVersion ? listenForVersion : ignoreLog);
    if (!debug && tuning.askVersion) set("debug", "feature");

    rd_kafka_t* handle = rd_kafka_new(RD_KAFKA_CONSUMER, conf.get(), message.data(), message.size());
    if (!handle)
        return fail("cannot set up the connection to " + connection.brokers, client->withoutSecrets(message.data()),
                    "check the properties", Error::Kind::BadInput);
    (void)conf.release();  // the handle has taken it
    client->handle_.reset(handle);
    // So that errors and statistics arrive while nobody calls us.
    const Queue main(rd_kafka_queue_get_main(handle));
    const Queue background(rd_kafka_queue_get_background(handle));
    rd_kafka_queue_forward(main.get(), background.get());
    return client;
}

Result<MetadataHandle> Client::metadata(const std::string& topic, std::stop_token stop)
{
    Topic only;
    if (!topic.empty()) {
        only.reset(rd_kafka_topic_new(handle(), topic.c_str(), nullptr));
        if (!only) return std::unexpected(topicError(topic, rd_kafka_last_error()));
    }
    // In slices, so that a refused login and a stop end the wait; growing, so that a slow link gets its answer.
    const auto begun = Clock::now();
    auto slice = std::chrono::milliseconds(250);
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(begun + connection_.timeout - Clock::now());
        if (stop.stop_requested()) return fail("connecting to " + connection_.brokers, "cancelled", {}, Error::Kind::Cancelled);
        if (left.count() <= 0) return std::unexpected(connectionError());
        const rd_kafka_metadata_t* found = nullptr;
        const auto code =
            rd_kafka_metadata(handle(), only ? 0 : 1, only.get(), &found, static_cast<int>(std::min(left, slice).count()));
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return MetadataHandle(found);
        if (!isPassing(code)) return std::unexpected(withoutSecrets(topicError(topic, code)));
        // Where several brokers are named another one may take us.
        const bool alone = connection_.brokers.find(',') == std::string::npos;
        // A few tries, so that every address of a name has had its turn.
        constexpr std::int64_t kTriesNs = 2'000'000'000;
        if (const auto since = health_->unreachableSince(); since && Timestamp::now().ns - since->ns > kTriesNs)
            return std::unexpected(connectionError());
        if (const auto refusal = health_->refusal(); refusal && (alone || Clock::now() - begun > std::chrono::seconds(1)))
            return std::unexpected(connectionError());
        slice = health_->unreachableSince() ? std::chrono::milliseconds(250) : slice * 2;
    }
}

Result<std::string> Client::clusterId(std::stop_token stop)
{
    // Comes with any metadata, which says better than rd_kafka_clusterid() what goes wrong.
    if (auto found = metadata({}, stop); !found) return std::unexpected(found.error());
    std::string id;
    if (char* text = rd_kafka_clusterid(handle(), static_cast<int>(connection_.timeout.count()))) {
        id = text;
        rd_kafka_mem_free(handle(), text);
    }
    return id;
}

Trouble Client::trouble() const
{
    const auto refusal = health_->refusal();
    return refusal ? refusal->trouble : health_->lastTrouble();
}

Error Client::connectionError() const
{
    const auto mechanism = connection_.properties.find("sasl.mechanism");
    const auto mechanisms = connection_.properties.find("sasl.mechanisms");
    ConnectionFacts facts;
    facts.brokers = connection_.brokers;
    if (mechanism != connection_.properties.end())
        facts.mechanism = mechanism->second;
    else if (mechanisms != connection_.properties.end())
        facts.mechanism = mechanisms->second;
    if (const auto protocol = connection_.properties.find("security.protocol"); protocol != connection_.properties.end())
        facts.protocol = protocol->second;
    facts.timeout = connection_.timeout;
    facts.libraryVersion = rd_kafka_version();
    return withoutSecrets(kafka::connectionError(facts, trouble()));
}

std::string Client::withoutSecrets(std::string text) const
{
    for (const auto& [name, value] : connection_.properties) {
        if (!isSecret(name) || value.size() < 3) continue;
        for (auto at = text.find(value); at != std::string::npos; at = text.find(value, at + 3))
            text.replace(at, value.size(), "***");
    }
    return text;
}

Error Client::withoutSecrets(Error error) const
{
    error.what = withoutSecrets(std::move(error.what));
    error.why = withoutSecrets(std::move(error.why));
    return error;
}

}  // namespace hindcast::source::kafka
