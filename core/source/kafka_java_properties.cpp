#include "core/source/kafka_properties.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <set>

namespace hindcast::source::kafka {
namespace {

/// Settings of Java consumers, producers and tools that mean nothing to a reader in C: passed over, as a client.properties
/// file is shared by many programs. (group.id and the like are not among them: they are refused.)
const std::set<std::string_view>& javaOnly()
{
    static const std::set<std::string_view> names{
        "key.deserializer",
        "value.deserializer",
        "key.serializer",
        "value.serializer",
        "partitioner.class",
        "max.poll.records",
        "default.api.timeout.ms",
        "request.timeout.ms",
        "ssl.protocol",
        "ssl.provider",
        "ssl.enabled.protocols",
        "ssl.truststore.type",
        "ssl.truststore.password",
        "ssl.keystore.type",
        "ssl.keymanager.algorithm",
        "ssl.trustmanager.algorithm",
        "ssl.secure.random.implementation",
        "ssl.engine.factory.class",
        "security.providers",
        "fetch.max.wait.ms",
        "partition.assignment.strategy",
        "session.timeout.ms",
        "heartbeat.interval.ms",
        "max.poll.interval.ms",
        "exclude.internal.topics",
        "metric.reporters",
        "metrics.num.samples",
        "metrics.recording.level",
        "metrics.sample.window.ms",
        "auto.include.jmx.reporter",
        "sasl.login.class",
        "sasl.login.callback.handler.class",
        "sasl.client.callback.handler.class",
        "sasl.login.refresh.window.factor",
        "sasl.login.refresh.window.jitter",
        "sasl.login.refresh.min.period.seconds",
        "sasl.login.refresh.buffer.seconds",
        "acks",
        "batch.size",
        "buffer.memory",
        "compression.type",
        "delivery.timeout.ms",
        "linger.ms",
        "max.block.ms",
        "max.request.size",
        "max.in.flight.requests.per.connection",
        "retries",
        "receive.buffer.bytes",
        "send.buffer.bytes",
        "auto.commit.interval.ms",
        "schema.registry.url",
        "basic.auth.credentials.source",
        "basic.auth.user.info",
        "client.dns.lookup",
        "sasl.kerberos.ticket.renew.window.factor",
        "sasl.kerberos.ticket.renew.jitter",
        "sasl.kerberos.kinit.cmd.path",
        "enable.metrics.push",
    };
    return names;
}

enum class StoreType { Pem, Pkcs12, Jks, Unknown };

void appendUtf8(std::string& out, unsigned code)
{
    if (code < 0x80) {
        out += static_cast<char>(code);
        return;
    }
    if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6));
    } else {
        out += static_cast<char>(0xE0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    }
    out += static_cast<char>(0x80 | (code & 0x3F));
}

/// By content; what the file's owner calls it does not matter.
StoreType storeTypeOf(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::array<char, 4096> head{};
    file.read(head.data(), head.size());
    const std::string_view text(head.data(), static_cast<std::size_t>(file.gcount()));
    if (text.starts_with("\xFE\xED\xFE\xED") || text.starts_with("\xCE\xCE\xCE\xCE")) return StoreType::Jks;
    if (text.find("-----BEGIN ") != text.npos) return StoreType::Pem;
    if (text.starts_with('\x30')) return StoreType::Pkcs12;
    return StoreType::Unknown;
}

std::unexpected<Error> unreadableStore(const std::string& name, const std::string& path, StoreType type, std::string_view command)
{
    const std::string kind = type == StoreType::Jks      ? "a Java keystore (JKS)"
                             : type == StoreType::Pkcs12 ? "a PKCS#12 store"
                                                         : "no PEM file";
    return fail("the store named by " + name + " cannot be used", path + " is missing or is " + kind, std::string(command),
                Error::Kind::BadInput);
}

Result<void> translateStores(std::map<std::string, std::string>& properties, std::map<std::string, std::string>& out)
{
    const auto take = [&](const char* name) -> std::optional<std::string> {
        const auto found = properties.find(name);
        if (found == properties.end()) return {};
        std::string value = found->second;
        properties.erase(found);
        return value;
    };
    if (const auto path = take("ssl.truststore.location")) {
        if (const auto type = storeTypeOf(*path); type != StoreType::Pem)
            return unreadableStore(
                "ssl.truststore.location", *path, type,
                "write its certificates as PEM: keytool -list -rfc -keystore FILE > ca.pem, and give ssl.ca.location=ca.pem");
        out["ssl.ca.location"] = *path;
    }
    if (const auto pem = take("ssl.truststore.certificates")) out["ssl.ca.pem"] = *pem;
    if (const auto pem = take("ssl.keystore.certificate.chain")) out["ssl.certificate.pem"] = *pem;
    if (const auto pem = take("ssl.keystore.key")) out["ssl.key.pem"] = *pem;
    if (const auto path = take("ssl.keystore.location")) {
        switch (const auto type = storeTypeOf(*path)) {
            case StoreType::Pem:  // key and certificate in one file
                out["ssl.certificate.location"] = *path;
                out["ssl.key.location"] = *path;
                properties.erase("ssl.keystore.password");
                break;
            case StoreType::Pkcs12: out["ssl.keystore.location"] = *path; break;
            default:
                return unreadableStore(
                    "ssl.keystore.location", *path, type,
                    "convert it: keytool -importkeystore -srckeystore FILE -destkeystore client.p12 -deststoretype PKCS12");
        }
    }
    return {};
}

Result<void> translateJaas(const std::string& text, const std::map<std::string, std::string>& given,
                           std::map<std::string, std::string>& out)
{
    auto login = parseJaas(text);
    if (!login) return std::unexpected(login.error());
    const auto option = [&](const char* name) {
        const auto found = login->options.find(name);
        return found == login->options.end() ? std::string() : found->second;
    };
    if (login->module == "PlainLoginModule" || login->module == "ScramLoginModule") {
        out["sasl.username"] = option("username");
        out["sasl.password"] = option("password");
        const bool plain = login->module == "PlainLoginModule";
        if (plain && !given.contains("sasl.mechanism") && !given.contains("sasl.mechanisms")) out["sasl.mechanism"] = "PLAIN";
        return {};
    }
    std::string hint = "give librdkafka's own sasl properties instead";
    if (login->module == "OAuthBearerLoginModule")
        hint =
            "give sasl.oauthbearer.method=oidc, sasl.oauthbearer.client.id, sasl.oauthbearer.client.secret and "
            "sasl.oauthbearer.token.endpoint.url instead";
    if (login->module == "Krb5LoginModule") hint = "give sasl.kerberos.keytab and sasl.kerberos.principal instead";
    return fail("sasl.jaas.config cannot be used", "the login module " + login->module + " has no counterpart here", hint,
                Error::Kind::BadInput);
}

}  // namespace

Result<std::map<std::string, std::string>> translateJava(const std::map<std::string, std::string>& properties)
{
    std::map<std::string, std::string> rest = properties;
    std::map<std::string, std::string> out;
    if (auto stores = translateStores(rest, out); !stores) return std::unexpected(stores.error());
    if (const auto jaas = rest.find("sasl.jaas.config"); jaas != rest.end()) {
        if (auto done = translateJaas(jaas->second, properties, out); !done) return std::unexpected(done.error());
        rest.erase(jaas);
    }
    for (const auto& [name, value] : rest) {
        if (name == "ssl.endpoint.identification.algorithm") {
            out[name] = value.empty() ? "none" : value;
        } else if (!javaOnly().contains(name)) {
            out[name] = value;
        }
    }
    return out;
}

std::map<std::string, std::string> parsePropertiesText(std::string_view text)
{
    std::map<std::string, std::string> properties;
    const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\f'; };
    std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    while (at < text.size()) {
        while (at < text.size() && (isBlank(text[at]) || text[at] == '\r' || text[at] == '\n')) ++at;
        if (at >= text.size()) break;
        if (text[at] == '#' || text[at] == '!') {
            while (at < text.size() && text[at] != '\n' && text[at] != '\r') ++at;
            continue;
        }
        // One logical line: escapes and continued lines are resolved while name and value are told apart.
        std::string name;
        std::string value;
        enum { Name, Separator, Value } part = Name;
        bool sawSign = false;
        for (; at < text.size() && text[at] != '\n' && text[at] != '\r'; ++at) {
            char c = text[at];
            bool escaped = false;
            if (c == '\\' && at + 1 < text.size()) {
                c = text[++at];
                if (c == '\r' || c == '\n') {
                    if (c == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
                    while (at + 1 < text.size() && isBlank(text[at + 1])) ++at;
                    continue;
                }
                escaped = true;
                if (c == 't')
                    c = '\t';
                else if (c == 'n')
                    c = '\n';
                else if (c == 'r')
                    c = '\r';
                else if (c == 'f')
                    c = '\f';
                else if (c == 'u' && at + 4 < text.size()) {
                    const auto code =
                        static_cast<unsigned>(std::strtoul(std::string(text.substr(at + 1, 4)).c_str(), nullptr, 16));
                    at += 4;
                    std::string& into = part == Name ? name : value;
                    if (part == Separator) part = Value;
                    appendUtf8(into, code);
                    continue;
                }
            }
            if (part == Name) {
                if (!escaped && (c == '=' || c == ':')) {
                    part = Separator;
                    sawSign = true;
                } else if (!escaped && isBlank(c)) {
                    part = Separator;
                } else {
                    name += c;
                }
                continue;
            }
            if (part == Separator) {
                if (!escaped && isBlank(c)) continue;
                if (!escaped && !sawSign && (c == '=' || c == ':')) {
                    sawSign = true;
                    continue;
                }
                part = Value;
            }
            value += c;
        }
        if (!name.empty()) properties[name] = value;
    }
    // Java keeps blanks at the end of a value, which nobody means: they would make a password wrong invisibly.
    for (auto& [name, value] : properties) {
        if (!isSecret(name)) value.erase(value.find_last_not_of(" \t") + 1);
    }
    return properties;
}

Result<JaasLogin> parseJaas(std::string_view text)
{
    JaasLogin login;
    std::vector<std::string> words;
    std::size_t at = 0;
    const auto malformed = [] {
        return fail("sasl.jaas.config cannot be read", "it is not of the form: MODULE required name=\"value\" …;", {},
                    Error::Kind::BadInput);
    };
    while (at < text.size() && text[at] != ';') {
        if (std::isspace(static_cast<unsigned char>(text[at]))) {
            ++at;
            continue;
        }
        std::string word;
        while (at < text.size() && text[at] != ';' && !std::isspace(static_cast<unsigned char>(text[at]))) {
            if (text[at] != '"' && text[at] != '\'') {
                word += text[at++];
                continue;
            }
            const char quote = text[at++];
            while (at < text.size() && text[at] != quote) {
                if (text[at] == '\\' && at + 1 < text.size()) ++at;
                word += text[at++];
            }
            if (at >= text.size()) return malformed();
            ++at;
        }
        words.push_back(std::move(word));
    }
    if (words.size() < 2) return malformed();
    login.module = words[0].substr(words[0].rfind('.') + 1);
    for (std::size_t i = 2; i < words.size(); ++i) {
        const auto equals = words[i].find('=');
        if (equals == std::string::npos) return malformed();
        login.options[words[i].substr(0, equals)] = words[i].substr(equals + 1);
    }
    return login;
}

}  // namespace hindcast::source::kafka
