#include "core/source/kafka_steps.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace hindcast::source::kafka {

namespace {

constexpr auto kForNames = std::chrono::milliseconds(5000);
constexpr auto kForTcp = std::chrono::milliseconds(4000);
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
    std::vector<std::pair<platform::Endpoint, std::vector<platform::SocketAddress>>> named;
    std::optional<Error> unnamed;
    for (const platform::Endpoint& endpoint : endpoints) {
        auto addresses = platform::addressesOf(endpoint, kForNames, stop);
        if (addresses && !addresses->empty())
            named.emplace_back(endpoint, std::move(*addresses));
        else if (!addresses && addresses.error().kind == Error::Kind::Cancelled)
            return std::unexpected(addresses.error());
        else if (!unnamed && !addresses)
            unnamed = addresses.error();
    }
    if (named.empty()) {
        Error error = unnamed.value_or(Error{"cannot find " + endpoints.front().host, "the name stands for no address", {}});
        error.hint = "check the spelling; a name of an inner network is known only there (VPN, Docker)";
        say(ConnectStep::Kind::Names, false);
        return std::unexpected(std::move(error));
    }
    say(ConnectStep::Kind::Names, true, ofAll(named.size(), endpoints.size()));

    std::optional<Error> unreached;
    for (const auto& [endpoint, addresses] : named) {
        for (const platform::SocketAddress& address : addresses) {
            auto reached = platform::reach(address, kForTcp, stop);
            if (reached) {
                say(ConnectStep::Kind::Tcp, true);
                return {};
            }
            if (reached.error().kind == Error::Kind::Cancelled) return reached;
            if (unreached) continue;
            unreached = std::move(reached.error());
            unreached->what = "cannot reach " + endpoint.text();
            unreached->hint = unreached->why == "no answer"
                                  ? "a firewall may drop it, or the address is another network's: check host and port"
                                  : "check that the broker runs and that this is its port";
        }
    }
    say(ConnectStep::Kind::Tcp, false);
    return std::unexpected(std::move(*unreached));
}

ConnectStep::Kind stepOf(rd_kafka_resp_err_t code)
{
    if (code == RD_KAFKA_RESP_ERR__SSL) return ConnectStep::Kind::Tls;
    return isRefusal(code) ? ConnectStep::Kind::Login : ConnectStep::Kind::Cluster;
}

bool wantsTls(const KafkaConnection& connection) { return property(connection, "security.protocol").ends_with("SSL"); }

bool wantsLogin(const KafkaConnection& connection) { return property(connection, "security.protocol").starts_with("SASL"); }

}  // namespace hindcast::source::kafka
