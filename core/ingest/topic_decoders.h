#pragma once
#include "core/decode/decoder.h"
#include "core/decode/guess.h"
#include "core/ingest/batch_queue.h"
#include "core/ingest/decoders.h"
#include "core/store/writer.h"

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace hindcast::ingest {

/// The mappings of a running ingest: given ones first, then those saved in the workspace, then a guess from the first records.
/// What was guessed or learned is saved with the next commit.
class TopicDecoders {
public:
    TopicDecoders(SavedMappings saved, const std::vector<decode::Mapping>& given, const std::vector<decode::Mapping>& proposals);

    [[nodiscard]] decode::Decoder* find(const std::string& topic);
    /// Makes the decoder of a topic; where no mapping is known, guesses one from the topic's records in `waiting`.
    decode::Decoder& make(const std::string& topic, const std::deque<Delivery>& waiting, std::vector<std::string>& notices);
    /// Hands what is new to the writer.
    void save(store::Writer& writer);

private:
    SavedMappings saved_;
    std::map<std::string, std::unique_ptr<decode::Decoder>, std::less<>> decoders_;
    bool changed_ = false;
};

}  // namespace hindcast::ingest
