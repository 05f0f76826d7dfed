#include "core/source/kafka_health.h"

#include <simdjson.h>

#include <algorithm>
#include <set>

namespace hindcast::source::kafka {
namespace {

/// "sasl_ssl://127.0.0.1:9092/1" → "127.0.0.1:9092"
std::string addressOf(std::string_view name)
{
    if (const auto scheme = name.find("://"); scheme != name.npos) name.remove_prefix(scheme + 3);
    return std::string(name.substr(0, name.rfind('/')));
}

std::string clockOf(Timestamp time)
{
    const std::string iso = toIso(Timestamp{time.ns - time.ns % 1'000'000'000});
    return iso.size() >= 19 ? iso.substr(11, 8) + " UTC" : iso;
}

/// Longer than any broker takes that is well: a fetch that finds nothing new is answered after fetch.wait.max.ms.
constexpr std::chrono::seconds kPatience{5};

std::int64_t numberAt(const simdjson::dom::element& object, std::string_view name, std::int64_t otherwise)
{
    std::int64_t number = 0;
    return object[name].get(number) ? otherwise : number;
}

/// "broker A is", "2 brokers are"
template <typename Brokers>
std::string brokersText(const Brokers& brokers)
{
    return brokers.size() == 1 ? "broker " + brokers.begin()->first + " is" : std::to_string(brokers.size()) + " brokers are";
}

template <typename Brokers>
Timestamp earliest(const Brokers& brokers)
{
    return std::ranges::min_element(brokers, {}, [](const auto& one) { return one.second; })->second;
}

}  // namespace

void Health::onError(rd_kafka_resp_err_t code, std::string_view text)
{
    if (code == RD_KAFKA_RESP_ERR__TRANSPORT && isTlsAlert(text)) code = RD_KAFKA_RESP_ERR__SSL;
    const std::lock_guard lock(mutex_);
    if (isRefusal(code)) {
        const int before = refusal_ ? refusal_->times : 0;
        refusal_ = Refusal{{code, std::string(text)}, before + (closedInHandshake(text) ? 0 : 1)};
        last_ = refusal_->trouble;
    } else if (code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) {
        if (!allDown_) allDown_ = Timestamp::now();
        if (last_.text.empty()) last_ = {code, std::string(text)};
    } else if (!(refusal_ && isPassing(code))) {  // a refused connection is closed, which is told as one more error
        last_ = {code, std::string(text)};
    }
}

void Health::onStatistics(std::string_view json)
{
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    if (parser.parse(json.data(), json.size()).get(root)) return;

    const std::int64_t clock = numberAt(root, "ts", 0);
    std::set<std::string> down;
    std::map<std::string, Waiting> owing;
    bool anyUp = false;
    simdjson::dom::object brokers;
    if (!root["brokers"].get(brokers)) {
        for (const auto& [key, broker] : brokers) {
            std::string_view state;
            std::string_view source;
            simdjson::dom::object partitions;
            // librdkafka parks partitions without a leader at a broker of its own making.
            if (!broker["source"].get(source) && source == "internal") continue;
            if (broker["state"].get(state) || broker["toppars"].get(partitions)) continue;
            if (state == "UP") {
                anyUp = true;
                if (partitions.size() == 0 || numberAt(broker, "waitresp_cnt", 0) == 0) continue;
                // Microseconds since something came and something was sent; -1: nothing yet.
                const std::int64_t quiet = numberAt(broker, "rxidle", -1);
                const std::int64_t sent = numberAt(broker, "txidle", -1);
                Waiting& waits = owing[addressOf(key)];
                waits.lastByte = quiet < 0 ? INT64_MIN : clock - quiet;
                waits.since = std::max(waits.lastByte, sent < 0 ? clock : clock - sent);
                simdjson::dom::element throttle;
                if (!broker["throttle"].get(throttle)) waits.throttle = numberAt(throttle, "max", 0);
            } else if (partitions.size() > 0) {
                down.insert(addressOf(key));
            }
        }
    }
    std::map<std::string, int> counts;
    int leaderless = 0;
    simdjson::dom::object topics;
    if (!root["topics"].get(topics)) {
        for (const auto& [name, topic] : topics) {
            simdjson::dom::object partitions;
            if (topic["partitions"].get(partitions)) continue;
            for (const auto& [number, partition] : partitions) {
                bool desired = false;
                std::int64_t leader = 0;
                if (number != "-1" && !partition["desired"].get(desired) && desired && !partition["leader"].get(leader) &&
                    leader < 0)
                    ++leaderless;
            }
            const auto internal = partitions["-1"].error() ? 0u : 1u;
            counts[std::string(name)] = static_cast<int>(partitions.size() - internal);
        }
    }

    const std::lock_guard lock(mutex_);
    const Timestamp now = Timestamp::now();
    std::map<std::string, Timestamp> away;
    for (const auto& broker : down) {
        const auto known = away_.find(broker);
        // One that was silent is given up after a while: it was gone all that time.
        const auto silent = silent_.find(broker);
        away[broker] = known != away_.end() ? known->second : silent != silent_.end() ? silent->second : allDown_.value_or(now);
    }
    away_ = std::move(away);
    noteWaiting(std::move(owing), clock, now);
    if (anyUp) {
        allDown_.reset();
        refusal_.reset();
    }
    if (leaderless == 0) leaderlessSince_.reset();
    leaderless_ = leaderlessSince_ ? leaderless : 0;
    if (leaderless > 0 && !leaderlessSince_) leaderlessSince_ = now;
    partitions_ = std::move(counts);
}

/// A later request does not begin the wait anew, a byte that comes does.
void Health::noteWaiting(std::map<std::string, Waiting> owing, std::int64_t clock, Timestamp now)
{
    silent_.clear();
    for (auto& [broker, waits] : owing) {
        if (const auto known = waiting_.find(broker); known != waiting_.end() && waits.lastByte <= known->second.since) {
            waits.since = known->second.since;
            waits.throttle = std::max(waits.throttle, known->second.throttle);
        }
        const std::int64_t patience =
            std::chrono::microseconds(kPatience + fetchWait_ + std::chrono::milliseconds(waits.throttle)).count();
        if (clock - waits.since >= patience) silent_[broker] = Timestamp{now.ns - (clock - waits.since) * 1000};
    }
    waiting_ = std::move(owing);
}

void Health::onLogLine(std::string_view line)
{
    const std::lock_guard lock(mutex_);
    version_.addLogLine(line);
}

std::string Health::kafkaVersion() const
{
    const std::lock_guard lock(mutex_);
    return version_.text();
}

void Health::onAnswer()
{
    const std::lock_guard lock(mutex_);
    away_.clear();
    allDown_.reset();
}

Health::View Health::view() const
{
    const std::lock_guard lock(mutex_);
    View view;
    const auto are = [&view](Away::Kind kind, const std::map<std::string, Timestamp>& brokers) {
        view.away = Away{kind, static_cast<std::uint32_t>(brokers.size()), brokers.size() == 1 ? brokers.begin()->first : ""};
    };
    if (!away_.empty()) {
        are(Away::Kind::Brokers, away_);
        view.since = earliest(away_);
        view.notice = brokersText(away_) + " away since " + clockOf(*view.since) + ", trying again";
    } else if (allDown_) {
        view.away = Away{Away::Kind::Cluster, 0, {}};
        view.since = allDown_;
        view.notice = "the cluster is away since " + clockOf(*allDown_) + ", trying again";
    } else if (!silent_.empty()) {
        are(Away::Kind::Silent, silent_);
        view.since = earliest(silent_);
        view.notice = "no answer from " +
                      (silent_.size() == 1 ? silent_.begin()->first : std::to_string(silent_.size()) + " brokers") + " since " +
                      clockOf(*view.since);
    }
    if (view.notice.empty() && leaderless_ > 0) {
        view.away = Away{Away::Kind::NoLeader, static_cast<std::uint32_t>(leaderless_), {}};
        view.since = leaderlessSince_;
        view.notice = std::to_string(leaderless_) + (leaderless_ == 1 ? " partition has" : " partitions have") +
                      " no leader since " + clockOf(*leaderlessSince_) + ", waiting for one";
    }
    view.connected = view.notice.empty();
    return view;
}

std::optional<Health::Refusal> Health::refusal() const
{
    const std::lock_guard lock(mutex_);
    return refusal_;
}

std::optional<Timestamp> Health::unreachableSince() const
{
    const std::lock_guard lock(mutex_);
    return isUnreachable(last_) ? allDown_ : std::nullopt;
}

Trouble Health::lastTrouble() const
{
    const std::lock_guard lock(mutex_);
    return last_;
}

int Health::partitionsOf(const std::string& topic) const
{
    const std::lock_guard lock(mutex_);
    const auto found = partitions_.find(topic);
    return found == partitions_.end() ? 0 : found->second;
}

}  // namespace hindcast::source::kafka
