#pragma once
#include "core/decode/decoder.h"
#include "core/replay/replay.h"
#include "core/store/types.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace hindcast::ui {

/// The decoders of a workspace's topics, by part, made when first needed. Threads: one at a time.
class PartDecoders {
public:
    PartDecoders(std::vector<store::Part> parts, std::vector<decode::Mapping> mappings);
    /// Takes in parts that have come since.
    void addParts(std::vector<store::Part> parts);
    /// Null for a part that is not in the list.
    [[nodiscard]] decode::Decoder* of(PartId part);

private:
    std::unordered_map<PartId, std::string> topics_;
    std::vector<decode::Mapping> mappings_;
    std::unordered_map<std::string, std::unique_ptr<decode::Decoder>> decoders_;  ///< by topic
};

/// The JSON payloads of stored records, as the topics' mappings in force decode them.
[[nodiscard]] std::unique_ptr<replay::PayloadSource> payloadsOf(std::shared_ptr<PartDecoders> decoders);

}  // namespace hindcast::ui
