#pragma once
#include "core/event/time.h"
#include "core/source/kafka_errors.h"
#include "core/source/kafka_version.h"
#include "core/source/source.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace hindcast::source::kafka {

/// What is known of the connection, fed by librdkafka's background thread whether or not anybody reads, asked from any thread.
/// A broker that we read partitions from and that is not up is *away*; one that is up and leaves a request without an answer is
/// *silent*: a frozen process, a network that drops what is sent. The statistics (every second) say so and take it back.
class Health {
public:
    /// How long a broker without new records may hold back its answer (fetch.wait.max.ms). Before the first statistics.
    void setFetchWait(std::chrono::milliseconds wait) { fetchWait_ = wait; }
    void onError(rd_kafka_resp_err_t code, std::string_view text);
    void onStatistics(std::string_view json);
    void onLogLine(std::string_view line);
    /// The cluster has answered a question: who was away before is not, or the next statistics tell so.
    void onAnswer();

    struct View {
        bool connected = true;
        /// "broker localhost:9092 is away since 09:14:22 UTC, trying again", "no answer from localhost:9092 since 09:14:22 UTC"
        std::string notice;
        std::optional<Timestamp> since;  ///< not connected
        std::optional<Away> away;        ///< then
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
    /// A broker that owes an answer. Times are librdkafka's own clock, in microseconds.
    struct Waiting {
        std::int64_t lastByte = 0;  ///< that came
        std::int64_t since = 0;     ///< that byte, or the first request after it
        std::int64_t throttle = 0;  ///< by which a quota may hold back the answer, as it said last
    };
    void noteWaiting(std::map<std::string, Waiting> owing, std::int64_t clock, Timestamp now);

    mutable std::mutex mutex_;
    std::chrono::milliseconds fetchWait_{0};
    std::map<std::string, Timestamp> away_;  ///< broker → since
    std::map<std::string, Waiting> waiting_;
    std::map<std::string, Timestamp> silent_;  ///< broker → since
    std::optional<Timestamp> allDown_;
    std::optional<Timestamp> leaderlessSince_;
    int leaderless_ = 0;  ///< partitions that no broker leads, told twice in a row: at the start leaders are not known yet
    std::optional<Refusal> refusal_;
    Trouble last_;
    std::map<std::string, int> partitions_;
    VersionGuess version_;
};

}  // namespace hindcast::source::kafka
