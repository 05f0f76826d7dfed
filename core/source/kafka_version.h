#pragma once
#include <string>
#include <string_view>

namespace hindcast::source::kafka {

/// A broker does not tell its version; it tells which versions of each request it understands, and those grew with the releases.
class VersionGuess {
public:
    /// A line of librdkafka's `debug=feature`: "… ApiKey Fetch (1) Versions 0..11". Others are ignored.
    void addLogLine(std::string_view line);
    /// "3.9", "2.3 – 2.6", "4.1+"; empty while nothing is known.
    [[nodiscard]] std::string text() const;

private:
    int produceMax_ = -1;
    int fetchMin_ = -1;
    int fetchMax_ = -1;
};

}  // namespace hindcast::source::kafka
