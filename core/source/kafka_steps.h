#pragma once
#include "core/platform/network.h"
#include "core/source/kafka.h"
#include "core/source/kafka_errors.h"

#include <functional>
#include <string_view>
#include <vector>

namespace hindcast::source::kafka {

using TellStep = std::function<void(const ConnectStep&)>;

/// "kafka-1:9094, SSL://kafka-2, [::1]:9092": a port that is not written is 9092. The error names what is none.
[[nodiscard]] Result<std::vector<platform::Endpoint>> endpointsOf(std::string_view brokers);

/// Names and TCP, by plain sockets, of all brokers beside each other until one is reached; tells each step in the calling thread,
/// which waits.
[[nodiscard]] Result<void> reachOneOf(const std::vector<platform::Endpoint>& endpoints, std::stop_token stop,
                                      const TellStep& tell);

/// Which step a trouble with the connection belongs to, where names and TCP are well.
[[nodiscard]] ConnectStep::Kind stepOf(rd_kafka_resp_err_t code);

/// Whether the properties ask for TLS, and for a login.
[[nodiscard]] bool wantsTls(const KafkaConnection& connection);
[[nodiscard]] bool wantsLogin(const KafkaConnection& connection);

}  // namespace hindcast::source::kafka
