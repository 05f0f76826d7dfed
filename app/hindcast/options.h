#pragma once
#include "core/decode/mapping.h"
#include "core/event/error.h"
#include "core/source/kafka.h"
#include "ui/look/theme.h"

#include <QSize>
#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace hindcast::app {

/// The command line as given.
struct Options {
    std::string workspace;
    bool demo = false;
    std::string entity;
    std::string time;
    std::optional<std::uint64_t> version;
    std::string theme;
    std::string size;
    std::string screenshot;
    std::string animation;
    bool presentation = false;
    std::string brokers;
    std::vector<std::string> topics;
    std::string from = "-24h";  ///< the beginning of a production topic is asked for, never assumed (contracts 6)
    std::string until = "never";
    std::vector<std::string> properties;
    std::string mapping;
};

/// The same, understood. What cannot be understood is an Error with Kind::BadInput.
struct Plan {
    Options given;
    std::optional<ui::Theme::Scheme> scheme;
    std::optional<QSize> size;
    std::optional<source::KafkaOptions> kafka;
    std::vector<decode::Mapping> mappings;
    std::optional<Timestamp> time;
};
[[nodiscard]] Result<Plan> planFrom(const Options& options);

}  // namespace hindcast::app
