#include "core/source/kafka_errors.h"

namespace hindcast::source::kafka {
namespace {

bool has(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

std::string loginHint(const ConnectionFacts& facts, std::string_view text)
{
    if (has(text, "nsupported")) return "check sasl.mechanism: the broker names what it accepts";
    const bool scram = facts.mechanism.starts_with("SCRAM");
    if (scram && facts.libraryVersion < 0x020601ff)
        return "check sasl.username and sasl.password; if they are right and the broker is Kafka 4 or newer: the librdkafka in "
               "use (" +
               std::string(rd_kafka_version_str()) +
               ") cannot log in there by SCRAM, which was mended in 2.6.1; use a newer librdkafka or another mechanism";
    return "check sasl.mechanism, sasl.username and sasl.password";
}

std::string tlsHint(std::string_view text)
{
    if (closedInHandshake(text) || has(text, "wrong version number") || has(text, "PLAINTEXT") || has(text, "packet length"))
        return "the port may not speak TLS: check security.protocol";
    if (has(text, "hostname mismatch") || has(text, "Hostname mismatch") || has(text, "IP address mismatch"))
        return "the certificate is for another name: use that name as the address";
    if (has(text, "certificate required") || has(text, "bad certificate") || has(text, "unknown ca") ||
        has(text, "handshake failure"))
        return "the broker may ask for a client certificate: name it by ssl.certificate.location and ssl.key.location";
    if (has(text, "certificate verify failed") || has(text, "self signed") || has(text, "self-signed"))
        return "name the certificate of its authority by ssl.ca.location";
    return "check the ssl properties";
}

/// The other side took the connection and closed it before it had answered.
bool isClosedOnUs(std::string_view text)
{
    for (const std::string_view words : {"Broken pipe", "Connection reset", "Disconnected", "disconnected", "closed by peer"})
        if (has(text, words)) return true;
    return false;
}

/// What else its port may want.
std::string closedHint(const std::string& protocol)
{
    constexpr std::string_view kElse = "; else check the address and that the broker runs";
    const bool tls = protocol.ends_with("SSL") || protocol.ends_with("ssl");
    const bool login = protocol.starts_with("SASL") || protocol.starts_with("sasl");
    if (!tls && !login) return "the port may want a login or encryption: set security.protocol" + std::string(kElse);
    if (!login) return "the port may want a login, too: check security.protocol" + std::string(kElse);
    if (!tls) return "the port may want encryption, or no login: check security.protocol" + std::string(kElse);
    return "check security.protocol against the port's" + std::string(kElse);
}

std::string secondsOf(std::chrono::milliseconds time)
{
    if (time.count() % 1000 == 0) return std::to_string(time.count() / 1000) + " s";
    return std::to_string(time.count()) + " ms";
}

}  // namespace

bool isRefusal(rd_kafka_resp_err_t code)
{
    switch (code) {
        case RD_KAFKA_RESP_ERR__AUTHENTICATION:
        case RD_KAFKA_RESP_ERR__SSL:
        case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
        case RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM:
        case RD_KAFKA_RESP_ERR_ILLEGAL_SASL_STATE:
        case RD_KAFKA_RESP_ERR_SECURITY_DISABLED: return true;
        default: return false;
    }
}

bool isPassing(rd_kafka_resp_err_t code)
{
    switch (code) {
        case RD_KAFKA_RESP_ERR__TRANSPORT:
        case RD_KAFKA_RESP_ERR__RESOLVE:
        case RD_KAFKA_RESP_ERR__TIMED_OUT:
        case RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE:
        case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
        case RD_KAFKA_RESP_ERR__WAIT_COORD:
        case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
        case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
        case RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION:
        case RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE:
        case RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE:
        case RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION:
        case RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR:
        case RD_KAFKA_RESP_ERR_FENCED_LEADER_EPOCH:
        case RD_KAFKA_RESP_ERR_UNKNOWN_LEADER_EPOCH:
        case RD_KAFKA_RESP_ERR_OFFSET_NOT_AVAILABLE: return true;
        default: return false;
    }
}

bool isUnreachable(const Trouble& trouble)
{
    return trouble.code == RD_KAFKA_RESP_ERR__RESOLVE || has(trouble.text, "Connection refused");
}

bool isTlsAlert(std::string_view text) { return has(text, "SSL routines") && has(text, "alert"); }

bool closedInHandshake(std::string_view text) { return has(text, "unexpected eof") || has(text, "Connection reset"); }

std::string calm(std::string_view text)
{
    // "ssl://localhost:9093/bootstrap: " or "localhost:9092/1: ": the broker is named beside it.
    if (const auto colon = text.find(": "); colon != text.npos) {
        const std::string_view name = text.substr(0, colon);
        const auto slash = name.rfind('/');
        if (slash != name.npos && name.substr(0, slash).rfind(':') != name.npos && name.find(' ') == name.npos)
            text.remove_prefix(colon + 2);
    }
    for (const std::string_view tail : {" (after ", ": (after "}) {
        if (const auto at = text.rfind(tail); at != text.npos && text.ends_with(")")) text = text.substr(0, at);
    }
    while (text.ends_with(':') || text.ends_with(' ')) text.remove_suffix(1);
    return std::string(text);
}

Error connectionError(const ConnectionFacts& facts, const Trouble& trouble)
{
    const std::string why = calm(trouble.text);
    switch (trouble.code) {
        case RD_KAFKA_RESP_ERR__AUTHENTICATION:
        case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
        case RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM:
        case RD_KAFKA_RESP_ERR_ILLEGAL_SASL_STATE:
        case RD_KAFKA_RESP_ERR_SECURITY_DISABLED:
            return {"cannot log in to " + facts.brokers, why, loginHint(facts, why), Error::Kind::Denied};
        case RD_KAFKA_RESP_ERR__SSL: return {"cannot set up TLS with " + facts.brokers, why, tlsHint(why), Error::Kind::Denied};
        default: break;
    }
    std::string hint = "check the address, that the broker runs, and that nothing stands between";
    if (trouble.code == RD_KAFKA_RESP_ERR__RESOLVE) hint = "check the name of the broker";
    if (isClosedOnUs(why)) hint = closedHint(facts.protocol);
    if (has(why, "security.protocol") || has(why, "SSL listener"))
        hint = "the port may expect TLS or a login: check security.protocol";
    if (has(why, "Invalid response size"))
        return {"cannot read from " + facts.brokers, "what answers there does not speak Kafka's protocol",
                "check the port: a web server or a proxy may stand there", Error::Kind::BadInput};
    if (isUnreachable(trouble)) return {"cannot reach " + facts.brokers, why, std::move(hint), Error::Kind::Retry};
    return {"no answer from " + facts.brokers + " within " + secondsOf(facts.timeout),
            why.empty() ? "nothing answers there" : why, std::move(hint), Error::Kind::Retry};
}

Error topicError(std::string_view topic, rd_kafka_resp_err_t code, std::string_view detail)
{
    const std::string what = topic.empty() ? "cannot read from the cluster" : "cannot read topic " + std::string(topic);
    std::string why = rd_kafka_err2str(code);
    if (!detail.empty() && detail != why) why = calm(detail);
    switch (code) {
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
            return {what, "this user is not authorised to, says the broker", "ask for the rights Describe and Read on the topic",
                    Error::Kind::Denied};
        case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
            return {what, "this user is not authorised to, says the broker", "ask for the right", Error::Kind::Denied};
        case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
        case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
        case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
            return {what, "the cluster has no such topic", "it may have been deleted", Error::Kind::BadInput};
        case RD_KAFKA_RESP_ERR__NOT_IMPLEMENTED:
            return {what, why, "the librdkafka in use was built without what this needs", Error::Kind::Unsupported};
        default: break;
    }
    if (isRefusal(code)) return {what, why, {}, Error::Kind::Denied};
    return {what, why, {}, isPassing(code) ? Error::Kind::Retry : Error::Kind::Failed};
}

}  // namespace hindcast::source::kafka
