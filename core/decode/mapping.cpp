#include "core/decode/mapping.h"

namespace hindcast::decode {

bool topicMatches(std::string_view pattern, std::string_view topic)
{
    // The usual walk with one remembered star: linear but for the text that the last star has to give back.
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t mark = 0;
    while (t < topic.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = t;
        } else if (p < pattern.size() && pattern[p] == topic[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

const Mapping* mappingFor(const std::vector<Mapping>& mappings, std::string_view topic)
{
    for (const Mapping& mapping : mappings)
        if (mapping.topic == topic) return &mapping;
    for (const Mapping& mapping : mappings)
        if (topicMatches(mapping.topic, topic)) return &mapping;
    return nullptr;
}

}  // namespace hindcast::decode
