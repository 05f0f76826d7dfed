#pragma once
#include "core/event/time.h"
#include "core/source/kafka_errors.h"
#include "core/source/kafka_version.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace hindcast::source::kafka {

/// What is known of the connection, fed by librdkafka's background thread whether or not anybody reads, asked from any thread.
/// A broker that we read partitions from and that is not up is *away*; the statistics (every second) say so and take it back.
class Health {
public:
    void onError(rd_kafka_resp_err_t code, std::string_view text);
    void onStatistics(std::string_view json);
    void onLogLine(std::string_view line);

    struct View {
        bool connected = true;
        std::string notice;  ///< "broker localhost:9092 is away since 09:14:22 UTC, trying again"
    };
    [[nodiscard]] View view() const;
    /// The last refusal (login, TLS) that no working connection has followed, and how many there were for certain: a broker that
    /// stops while TLS is set up looks like one, too.
    struct Refusal {
        Trouble trouble;
        int times = 0;
    };
    [[nodiscard]] std::optional<Refusal> refusal() const;
    /// Since when every broker turns us away at its door (nothing listens there, or its name is not known).
    [[nodiscard]] std::optional<Timestamp> unreachableSince() const;
    /// The last thing that went wrong; empty: nothing.
    [[nodiscard]] Trouble lastTrouble() const;
    /// How many partitions the topic is known to have by now; 0: not known.
    [[nodiscard]] int partitionsOf(const std::string& topic) const;
    /// "3.9"; empty while it is not known.
    [[nodiscard]] std::string kafkaVersion() const;

private:
    mutable std::mutex mutex_;
    std::map<std::string, Timestamp> away_;  ///< broker → since
    std::optional<Timestamp> allDown_;
    std::optional<Timestamp> leaderlessSince_;
    int leaderless_ = 0;  ///< partitions that no broker leads, told twice in a row: at the start leaders are not known yet
    std::optional<Refusal> refusal_;
    Trouble last_;
    std::map<std::string, int> partitions_;
    VersionGuess version_;
};

}  // namespace hindcast::source::kafka
