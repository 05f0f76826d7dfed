#include "app/hindcast/options.h"

#include "core/event/json.h"

#include <charconv>
#include <fstream>
#include <sstream>

namespace hindcast::app {

namespace {

Result<std::vector<decode::Mapping>> mappingsFromFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail("cannot read " + path, "there is no such file, or it may not be read", {}, Error::Kind::BadInput);
    std::ostringstream text;
    text << file.rdbuf();
    const auto json = parseJson(text.str());
    if (!json)
        return fail("cannot read " + path,
                    "not JSON: " + json.error().message + " at byte " + std::to_string(json.error().offset), {},
                    Error::Kind::BadInput);
    return decode::mappingsFromJson(*json);
}

Result<source::KafkaStart> startFrom(const std::string& text)
{
    using Kind = source::KafkaStart::Kind;
    if (text == "earliest" || text == "beginning") return source::KafkaStart{Kind::Earliest, 0, {}};
    if (text == "latest" || text == "end") return source::KafkaStart{Kind::Latest, 0, {}};
    std::int64_t offset = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), offset);
    // A bare number is an offset, unless it is as long as an epoch.
    if (error == std::errc() && end == text.data() + text.size() && offset >= 0 && text.size() < 10)
        return source::KafkaStart{Kind::Offset, offset, {}};
    const auto time = timestampFromUser(text, Timestamp::now());
    if (!time)
        return fail("cannot use --from " + text, "it is no time and no offset",
                    "write earliest, latest, an offset, a time or -24h", Error::Kind::BadInput);
    return source::KafkaStart{Kind::Time, 0, *time};
}

Result<source::KafkaUntil> untilFrom(const std::string& text)
{
    using Kind = source::KafkaUntil::Kind;
    if (text == "end") return source::KafkaUntil{Kind::CapturedEnd, {}};
    if (text == "never" || text == "live") return source::KafkaUntil{Kind::Never, {}};
    const auto time = timestampFromUser(text, Timestamp::now());
    if (!time) return fail("cannot use --until " + text, "it is no time", "write end, never, or a time", Error::Kind::BadInput);
    return source::KafkaUntil{Kind::Time, *time};
}

Result<source::KafkaOptions> kafkaFrom(const Options& options)
{
    source::KafkaOptions kafka;
    kafka.connection.brokers = options.brokers;
    for (const std::string& property : options.properties) {
        const auto added = property.starts_with('@') ? source::addPropertiesFile(kafka.connection, property.substr(1))
                                                     : source::addProperty(kafka.connection, property);
        if (!added) return std::unexpected(added.error());
    }
    kafka.topics = options.topics;
    const auto from = startFrom(options.from);
    if (!from) return std::unexpected(from.error());
    kafka.from = *from;
    const auto until = untilFrom(options.until);
    if (!until) return std::unexpected(until.error());
    kafka.until = *until;
    return kafka;
}

std::optional<QSize> sizeFrom(const std::string& text)
{
    const std::size_t cross = text.find('x');
    if (cross == std::string::npos) return {};
    int width = 0;
    int height = 0;
    const char* end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), text.data() + cross, width);
    const auto second = std::from_chars(text.data() + cross + 1, end, height);
    if (first.ec != std::errc() || first.ptr != text.data() + cross || second.ec != std::errc() || second.ptr != end) return {};
    if (width < 200 || height < 200 || width > 16'000 || height > 16'000) return {};
    return QSize(width, height);
}

}  // namespace

Result<Plan> planFrom(const Options& options)
{
    const auto usage = [](std::string what, std::string why, std::string hint = {}) {
        return fail(std::move(what), std::move(why), std::move(hint), Error::Kind::BadInput);
    };
    Plan plan;
    plan.given = options;
    if (options.theme == "light") plan.scheme = ui::Theme::Scheme::Light;
    if (options.theme == "dark") plan.scheme = ui::Theme::Scheme::Dark;
    if (options.theme == "system") plan.scheme = ui::Theme::Scheme::System;
    if (!options.size.empty()) {
        plan.size = sizeFrom(options.size);
        if (!plan.size) return usage("cannot use --size " + options.size, "it is no size", "write WIDTHxHEIGHT, as 1680x1020");
    }
    if (!options.time.empty()) {
        const auto time = timestampFromUser(options.time, Timestamp::now());
        if (!time) return std::unexpected(time.error());
        plan.time = *time;
    }
    if (!options.mapping.empty()) {
        auto mappings = mappingsFromFile(options.mapping);
        if (!mappings) return std::unexpected(mappings.error());
        plan.mappings = std::move(*mappings);
    }
    if (!options.brokers.empty()) {
        if (options.workspace.empty())
            return usage("cannot connect to " + options.brokers, "there is no workspace to read into",
                         "name one: hindcast orders.hindcast --brokers …");
        if (options.topics.empty()) return usage("cannot connect to " + options.brokers, "no topic is named", "add --topic NAME");
        auto kafka = kafkaFrom(options);
        if (!kafka) return std::unexpected(kafka.error());
        plan.kafka = std::move(*kafka);
    }
    return plan;
}

}  // namespace hindcast::app
