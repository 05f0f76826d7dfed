#include "core/source/source.h"

namespace hindcast::source {

std::string_view nameOf(Kind kind)
{
    switch (kind) {
        case Kind::Kafka: return "kafka";
        case Kind::JsonLines: return "jsonl";
        case Kind::Records: return "records";
        case Kind::Demo: return "demo";
    }
    return "unknown";
}

}  // namespace hindcast::source
