#pragma once
#include "core/source/source.h"
#include "core/store/types.h"

#include <map>
#include <string>
#include <vector>

namespace hindcast::ui {

/// How far the partitions of each Kafka cluster have been read, by the cluster's identity: of the newest epoch of each.
[[nodiscard]] std::map<std::string, std::vector<source::Resume>> kafkaPositions(const std::vector<store::Source>& sources,
                                                                                const std::vector<store::Part>& parts);

}  // namespace hindcast::ui
