#include "core/source/kafka_properties.h"

#include "core/source/kafka.h"
#include "core/source/kafka_handles.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>

namespace hindcast::source {
namespace kafka {
namespace {

struct Refusal {
    std::string_view name;
    std::string_view why;
    std::string_view harmless;  ///< a value that changes nothing, so that it may stand in a shared file
};
constexpr std::array<Refusal, 21> kRefused{{
    {"group.id", "Hindcast never joins a consumer group", ""},
    {"group.instance.id", "Hindcast never joins a consumer group", ""},
    {"group.protocol", "Hindcast never joins a consumer group", ""},
    {"group.protocol.type", "Hindcast never joins a consumer group", ""},
    {"group.remote.assignor", "Hindcast never joins a consumer group", ""},
    {"enable.auto.commit", "Hindcast never commits offsets", "false"},
    {"auto.commit.enable", "Hindcast never commits offsets", "false"},
    {"enable.auto.offset.store", "Hindcast never commits offsets", "false"},
    {"offset.store.method", "Hindcast never commits offsets", "none"},
    {"offset.store.path", "Hindcast never commits offsets", ""},
    {"offset.store.sync.interval.ms", "Hindcast never commits offsets", ""},
    {"transactional.id", "Hindcast does not write to Kafka", ""},
    {"enable.idempotence", "Hindcast does not write to Kafka", "false"},
    {"allow.auto.create.topics", "Hindcast never makes topics", "false"},
    {"plugin.library.paths", "plugins could do anything, also write", ""},
    {"interceptor.classes", "interceptors could do anything, also write", ""},
    {"client.id", "the client calls itself hindcast, so that a cluster's owner can tell who reads", "hindcast"},
    {"auto.offset.reset", "where to begin is chosen when reading (--from)", "error"},
    {"enable.partition.eof", "the end of a reading depends on it", "true"},
    {"statistics.interval.ms", "the state of the connection depends on it", "1000"},
    {"test.mock.num.brokers", "it would replace the cluster by a made-up one", "0"},
}};

std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

std::string withoutBlanks(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == text.npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

Result<void> addOne(KafkaConnection& connection, const std::string& name, const std::string& value)
{
    if (name == "bootstrap.servers" || name == "metadata.broker.list") {
        if (connection.brokers.empty()) connection.brokers = value;
        return {};
    }
    if (auto allowed = checkProperty(name, value); !allowed) return allowed;

    const Conf conf(rd_kafka_conf_new());
    std::array<char, 512> message{};
    switch (rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), message.data(), message.size())) {
        case RD_KAFKA_CONF_OK: break;
        case RD_KAFKA_CONF_UNKNOWN: {
            const std::string near = nearestName(name, propertyNames());
            return fail("the Kafka property " + name + " is not known", message.data(),
                        near.empty() ? "see librdkafka's list of properties" : "did you mean " + near + "?",
                        Error::Kind::BadInput);
        }
        default:
            return fail("the Kafka property " + name + " cannot be set",
                        isSecret(name) ? "the value is not accepted" : message.data(), {}, Error::Kind::BadInput);
    }
    connection.properties[name] = value;
    return {};
}

}  // namespace

bool isSecret(std::string_view name)
{
    for (const std::string_view part :
         {"password", "secret", "key.pem", "jaas", "keystore.key", "oauthbearer.config", "passphrase"})
        if (name.find(part) != name.npos) return true;
    return false;
}

Result<void> checkProperty(const std::string& name, const std::string& value)
{
    for (const Refusal& refusal : kRefused) {
        if (name != refusal.name || (!refusal.harmless.empty() && value == refusal.harmless)) continue;
        return fail("the Kafka property " + name + " is refused", std::string(refusal.why), "leave it out",
                    Error::Kind::BadInput);
    }
    return {};
}

const std::vector<std::string>& propertyNames()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> found;
        // librdkafka gives the list only as the Markdown table of its documentation.
        std::FILE* file = std::tmpfile();
        if (!file) return found;
        rd_kafka_conf_properties_show(file);
        std::string text(static_cast<std::size_t>(std::max(0L, std::ftell(file))), '\0');
        text.resize(std::fseek(file, 0, SEEK_SET) == 0 ? std::fread(text.data(), 1, text.size(), file) : 0);
        std::fclose(file);
        std::string_view rest(text);
        while (!rest.empty()) {
            const std::string_view line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(rest.size(), line.size() + 1));
            const std::string name = withoutBlanks(line.substr(0, line.find('|')));
            const bool isName =
                line.find('|') != line.npos && !name.empty() && name.find_first_of(" -#") == name.npos && name != "Property";
            if (isName) found.push_back(name);
        }
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }();
    return names;
}

std::string nearestName(std::string_view name, const std::vector<std::string>& names)
{
    std::string best;
    std::size_t least = std::max<std::size_t>(2, name.size() / 4) + 1;
    for (const std::string& each : names) {
        const std::size_t length = each.size() > name.size() ? each.size() - name.size() : name.size() - each.size();
        if (length >= least) continue;
        if (const std::size_t far = distance(name, each); far < least) {
            least = far;
            best = each;
        }
    }
    return best;
}

}  // namespace kafka

bool mayBeKept(std::string_view property)
{
    static constexpr std::array<std::string_view, 9> kKept{"security.protocol",
                                                           "sasl.mechanism",
                                                           "sasl.mechanisms",
                                                           "sasl.username",
                                                           "ssl.ca.location",
                                                           "ssl.certificate.location",
                                                           "ssl.key.location",
                                                           "ssl.endpoint.identification.algorithm",
                                                           "enable.ssl.certificate.verification"};
    static constexpr std::array<std::string_view, 5> kTuning{"fetch.", "socket.", "reconnect.", "queued.", "broker.address."};
    return std::ranges::find(kKept, property) != kKept.end() ||
           std::ranges::any_of(kTuning, [&](std::string_view begin) { return property.starts_with(begin); });
}

Result<void> addProperty(KafkaConnection& connection, std::string_view assignment)
{
    const auto equals = assignment.find('=');
    const std::string name = kafka::withoutBlanks(assignment.substr(0, equals));
    if (equals == assignment.npos || name.empty())
        return fail("the Kafka property cannot be read", "it is not of the form NAME=VALUE", "for example security.protocol=SSL",
                    Error::Kind::BadInput);
    auto translated = kafka::translateJava({{name, kafka::withoutBlanks(assignment.substr(equals + 1))}});
    if (!translated) return std::unexpected(translated.error());
    for (const auto& [each, value] : *translated) {
        if (auto added = kafka::addOne(connection, each, value); !added) return added;
    }
    return {};
}

Result<void> addPropertiesFile(KafkaConnection& connection, const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return fail("cannot read the properties file " + path, "no such file, or no permission", {}, Error::Kind::BadInput);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (file.bad() || text.find('\0') != text.npos)
        return fail("cannot read the properties file " + path, "it is no text file", {}, Error::Kind::BadInput);
    auto properties = kafka::parsePropertiesText(text);
    for (const char* chosenElsewhere : {"auto.offset.reset", "client.id"}) properties.erase(chosenElsewhere);
    auto translated = kafka::translateJava(properties);
    if (!translated) {
        translated.error().what = path + ": " + translated.error().what;
        return std::unexpected(translated.error());
    }
    KafkaConnection whole = connection;  // all of the file or nothing
    for (const auto& [name, value] : *translated) {
        if (auto added = kafka::addOne(whole, name, value); !added) {
            added.error().what = path + ": " + added.error().what;
            return added;
        }
    }
    connection = std::move(whole);
    return {};
}

}  // namespace hindcast::source
