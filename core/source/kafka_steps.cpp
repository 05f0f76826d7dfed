#include "core/source/kafka_steps.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace hindcast::source::kafka {

namespace {

constexpr auto kForNames = std::chrono::milliseconds(5000);
constexpr auto kForTcp = std::chrono::milliseconds(4000);
constexpr auto kForOtherNames = std::chrono::milliseconds(500);
constexpr std::uint16_t kPort = 9092;

std::string trimmed(std::string_view text)
{
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
    return std::string(text);
}

Result<platform::Endpoint> endpointOf(std::string text)
{
    const std::string whole = text;
    if (const auto scheme = text.find("://"); scheme != text.npos) text.erase(0, scheme + 3);
    std::string port;
    platform::Endpoint out;
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        out.host = text.substr(1, end == text.npos ? text.npos : end - 1);
        if (end != text.npos && end + 1 < text.size() && text[end + 1] == ':') port = text.substr(end + 2);
    } else if (const auto colon = text.rfind(':'); colon != text.npos && text.find(':') == colon) {
        out.host = text.substr(0, colon);
        port = text.substr(colon + 1);
    } else {
        out.host = text;
    }
    out.port = kPort;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), out.port);
    if (out.host.empty() || (!port.empty() && (error != std::errc() || end != port.data() + port.size() || out.port == 0)))
        return fail("cannot connect to " + whole, "that is no address", "write host:port, several with commas between them",
                    Error::Kind::BadInput);
    return out;
}

std::string ofAll(std::size_t good, std::size_t all)
{
    return good == all ? std::string() : std::to_string(good) + " of " + std::to_string(all);
}

std::string property(const KafkaConnection& connection, const char* name)
{
    const auto found = connection.properties.find(name);
    std::string value = found == connection.properties.end() ? std::string() : found->second;
    std::ranges::transform(value, value.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return value;
}

/// Looks up and reaches all endpoints, each in a thread of its own: one that does not answer holds back no other.
class Attempts {
public:
    Attempts(const std::vector<platform::Endpoint>& endpoints, std::stop_token stop)
        : endpoints_(endpoints), stop_(std::move(stop)), all_(endpoints.size())
    {
        for (std::size_t i = 0; i < endpoints.size(); ++i) threads_.emplace_back([this, i] { run(i); });
    }
    Attempts(const Attempts&) = delete;
    Attempts& operator=(const Attempts&) = delete;
    ~Attempts() { halt_.request_stop(); }  // the threads end within a tenth of a second, and are joined

    /// Until the first name is known, and a moment for the others: a name server that answers does so soon.
    void waitForNames()
    {
        std::unique_lock lock(mutex_);
        const auto answered = [this] { return std::ranges::all_of(all_, &Attempt::answered); };
        changed_.wait(lock, stop_, [&] { return answered() || std::ranges::any_of(all_, &Attempt::named); });
        changed_.wait_for(lock, stop_, kForOtherNames, answered);
    }
    /// Until one is reached or all have failed.
    [[nodiscard]] bool waitForTcp()
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, stop_, [this] { return reached_ || std::ranges::all_of(all_, &Attempt::ended); });
        return reached_;
    }
    [[nodiscard]] std::size_t named() const
    {
        const std::scoped_lock lock(mutex_);
        return static_cast<std::size_t>(std::ranges::count_if(all_, &Attempt::named));
    }
    /// Why no name is known: the first one's reason.
    [[nodiscard]] Error unnamed() const
    {
        const std::scoped_lock lock(mutex_);
        const auto told = std::ranges::find_if(all_, [](const Attempt& one) { return !one.named && one.trouble; });
        Error error = told != all_.end() ? *told->trouble
                                         : Error{"cannot find " + endpoints_.front().host, "the name stands for no address", {}};
        error.hint = "check the spelling; a name of an inner network is known only there (VPN, Docker)";
        return error;
    }
    /// Why none is reached: the reason of the first one that has a name.
    [[nodiscard]] Error unreached() const
    {
        const std::scoped_lock lock(mutex_);
        const auto first = std::ranges::find_if(all_, [](const Attempt& one) { return one.named && one.trouble; });
        Error error = *first->trouble;
        error.what = "cannot reach " + endpoints_[static_cast<std::size_t>(first - all_.begin())].text();
        error.hint = error.why == "no answer" ? "a firewall may drop it, or the address is another network's: check host and port"
                                              : "check that the broker runs and that this is its port";
        return error;
    }

private:
    struct Attempt {
        bool answered = false;  ///< whether the name is known is known
        bool named = false;
        bool ended = false;
        std::optional<Error> trouble;
    };

    void run(std::size_t i)
    {
        const std::stop_callback forward(stop_, [this] { halt_.request_stop(); });
        const auto note = [&](const auto& change) {
            const std::scoped_lock lock(mutex_);
            change(all_[i]);
            changed_.notify_all();
        };
        const auto addresses = platform::addressesOf(endpoints_[i], kForNames, halt_.get_token());
        const bool named = addresses && !addresses->empty();
        note([&](Attempt& one) {
            one.answered = true;
            one.named = named;
            one.ended = !named;
            if (!addresses) one.trouble = addresses.error();
        });
        if (!named) return;
        const auto reached = platform::reachAny(*addresses, kForTcp, halt_.get_token());
        note([&](Attempt& one) {
            one.ended = true;
            if (reached)
                reached_ = true;
            else
                one.trouble = reached.error();
        });
    }

    const std::vector<platform::Endpoint>& endpoints_;
    std::stop_token stop_;
    std::stop_source halt_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::vector<Attempt> all_;  ///< by endpoint
    bool reached_ = false;
    std::vector<std::jthread> threads_;  ///< last: they use what stands above
};

}  // namespace

Result<std::vector<platform::Endpoint>> endpointsOf(std::string_view brokers)
{
    std::vector<platform::Endpoint> all;
    while (!brokers.empty()) {
        const auto comma = brokers.find(',');
        const std::string one = trimmed(brokers.substr(0, comma));
        brokers = comma == brokers.npos ? std::string_view() : brokers.substr(comma + 1);
        if (one.empty()) continue;
        auto endpoint = endpointOf(one);
        if (!endpoint) return std::unexpected(endpoint.error());
        all.push_back(std::move(*endpoint));
    }
    if (all.empty()) return fail("cannot connect to Kafka", "no broker is named", "give host:port", Error::Kind::BadInput);
    return all;
}

Result<void> reachOneOf(const std::vector<platform::Endpoint>& endpoints, std::stop_token stop, const TellStep& tell)
{
    const auto say = [&](ConnectStep::Kind kind, bool passed, std::string note = {}) {
        if (tell) tell({kind, passed, std::move(note)});
    };
    Attempts attempts(endpoints, stop);
    attempts.waitForNames();
    if (stop.stop_requested()) return fail("connecting to Kafka", "cancelled", {}, Error::Kind::Cancelled);
    if (const std::size_t named = attempts.named(); named > 0) {
        say(ConnectStep::Kind::Names, true, ofAll(named, endpoints.size()));
    } else {
        say(ConnectStep::Kind::Names, false);
        return std::unexpected(attempts.unnamed());
    }
    const bool reached = attempts.waitForTcp();
    if (!reached && stop.stop_requested()) return fail("connecting to Kafka", "cancelled", {}, Error::Kind::Cancelled);
    say(ConnectStep::Kind::Tcp, reached);
    if (!reached) return std::unexpected(attempts.unreached());
    return {};
}

ConnectStep::Kind stepOf(rd_kafka_resp_err_t code)
{
    if (code == RD_KAFKA_RESP_ERR__SSL) return ConnectStep::Kind::Tls;
    return isRefusal(code) ? ConnectStep::Kind::Login : ConnectStep::Kind::Cluster;
}

bool wantsTls(const KafkaConnection& connection) { return property(connection, "security.protocol").ends_with("SSL"); }

bool wantsLogin(const KafkaConnection& connection) { return property(connection, "security.protocol").starts_with("SASL"); }

}  // namespace hindcast::source::kafka
