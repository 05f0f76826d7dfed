#include "app/hindcast/options.h"

#include "core/event/time.h"

#include <charconv>

namespace hindcast::app {

namespace {

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
    const auto from = source::kafkaStartFromText(options.from);
    if (!from) return std::unexpected(from.error());
    kafka.from = *from;
    const auto until = source::kafkaUntilFromText(options.until);
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
    if (!options.animation.empty() && !options.screenshot.empty())
        return usage("cannot draw both", "--screenshot and --animation end the program", "call it twice");
    if (!options.time.empty()) {
        const auto time = timestampFromUser(options.time, Timestamp::now());
        if (!time) return std::unexpected(time.error());
        plan.time = *time;
    }
    if (!options.mapping.empty()) {
        auto mappings = decode::mappingsFromFile(options.mapping);
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
