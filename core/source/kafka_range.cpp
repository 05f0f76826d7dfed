#include "core/event/time.h"
#include "core/source/kafka.h"

#include <charconv>

namespace hindcast::source {

Result<KafkaStart> kafkaStartFromText(const std::string& text)
{
    using Kind = KafkaStart::Kind;
    if (text == "earliest" || text == "beginning") return KafkaStart{Kind::Earliest, 0, {}};
    if (text == "latest" || text == "end") return KafkaStart{Kind::Latest, 0, {}};
    std::int64_t offset = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), offset);
    // A bare number is an offset, unless it is as long as an epoch.
    if (error == std::errc() && end == text.data() + text.size() && offset >= 0 && text.size() < 10)
        return KafkaStart{Kind::Offset, offset, {}};
    const auto time = timestampFromUser(text, Timestamp::now());
    if (!time)
        return fail("cannot read from " + text, "it is no time and no offset",
                    "write earliest, latest, an offset, a time or -24h", Error::Kind::BadInput);
    return KafkaStart{Kind::Time, 0, *time};
}

Result<KafkaUntil> kafkaUntilFromText(const std::string& text)
{
    using Kind = KafkaUntil::Kind;
    if (text == "end") return KafkaUntil{Kind::CapturedEnd, {}};
    if (text == "never" || text == "live") return KafkaUntil{Kind::Never, {}};
    const auto time = timestampFromUser(text, Timestamp::now());
    if (!time) return fail("cannot read until " + text, "it is no time", "write end, never, or a time", Error::Kind::BadInput);
    return KafkaUntil{Kind::Time, *time};
}

}  // namespace hindcast::source
