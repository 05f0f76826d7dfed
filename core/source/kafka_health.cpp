#include "core/source/kafka_health.h"

#include <simdjson.h>

#include <set>

namespace hindcast::source::kafka {
namespace {

/// "127.0.0.1:9092/1" → "127.0.0.1:9092"
std::string addressOf(std::string_view name) { return std::string(name.substr(0, name.rfind('/'))); }

std::string clockOf(Timestamp time)
{
    const std::string iso = toIso(Timestamp{time.ns - time.ns % 1'000'000'000});
    return iso.size() >= 19 ? iso.substr(11, 8) + " UTC" : iso;
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

    std::set<std::string> down;
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
            if (state == "UP")
                anyUp = true;
            else if (partitions.size() > 0)
                down.insert(addressOf(key));
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
        away[broker] = known != away_.end() ? known->second : allDown_.value_or(now);
    }
    away_ = std::move(away);
    if (anyUp) {
        allDown_.reset();
        refusal_.reset();
    }
    if (leaderless == 0) leaderlessSince_.reset();
    leaderless_ = leaderlessSince_ ? leaderless : 0;
    if (leaderless > 0 && !leaderlessSince_) leaderlessSince_ = now;
    partitions_ = std::move(counts);
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

Health::View Health::view() const
{
    const std::lock_guard lock(mutex_);
    View view;
    if (!away_.empty()) {
        const auto& [broker, since] = *away_.begin();
        view.notice = (away_.size() == 1 ? "broker " + broker + " is" : std::to_string(away_.size()) + " brokers are") +
                      " away since " + clockOf(since) + ", trying again";
    } else if (allDown_) {
        view.notice = "the cluster is away since " + clockOf(*allDown_) + ", trying again";
    }
    if (view.notice.empty() && leaderless_ > 0) {
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
