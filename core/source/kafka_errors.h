#pragma once
#include "core/event/error.h"

#include <librdkafka/rdkafka.h>

#include <chrono>
#include <string>
#include <string_view>

namespace hindcast::source::kafka {

/// Something that librdkafka said.
struct Trouble {
    rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;
    std::string text;
};

/// The broker was reached and will not have us, or we will not have it: login refused, certificates.
[[nodiscard]] bool isRefusal(rd_kafka_resp_err_t code);
/// The other side ended the TLS connection and says why (a client certificate is missing, for one); librdkafka calls it transport.
[[nodiscard]] bool isTlsAlert(std::string_view text);
/// The connection was closed while TLS was being set up: the port speaks no TLS, or the broker is just stopping.
[[nodiscard]] bool closedInHandshake(std::string_view text);
/// Nothing listens at the address, or its name is not known: more waiting hardly helps.
[[nodiscard]] bool isUnreachable(const Trouble& trouble);
/// Nothing the user must act on: librdkafka goes on trying.
[[nodiscard]] bool isPassing(rd_kafka_resp_err_t code);

/// librdkafka's text without what is of no use to a person ("(after 2ms in state CONNECT, 3 identical error(s) suppressed)").
[[nodiscard]] std::string calm(std::string_view text);

/// What the words of a connection error are made from.
struct ConnectionFacts {
    std::string brokers;
    std::string mechanism;  ///< "sasl.mechanism", or empty
    std::string protocol;   ///< "security.protocol", in any case of letters, or empty
    std::chrono::milliseconds timeout{};
    int libraryVersion = 0;  ///< rd_kafka_version()
};
/// Why the cluster could not be talked to, and what to do. `trouble` may be empty: nobody answered at all.
[[nodiscard]] Error connectionError(const ConnectionFacts& facts, const Trouble& trouble);

/// An error about one topic (or the whole cluster, where `topic` is empty) with the right kind.
[[nodiscard]] Error topicError(std::string_view topic, rd_kafka_resp_err_t code, std::string_view detail = {});

}  // namespace hindcast::source::kafka
