#pragma once
#include "core/event/error.h"

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace hindcast::platform {

/// Where a program listens, as a user writes it.
struct Endpoint {
    std::string host;
    std::uint16_t port = 0;
    [[nodiscard]] std::string text() const;  ///< "kafka-1:9094", "[::1]:9092"
};

/// An address that a name stands for.
struct SocketAddress {
    std::vector<unsigned char> bytes;  ///< a sockaddr of its family
    int family = 0;
};

/// Both wait at most `timeout` and give up early when stopped (Kind::Cancelled); `why` says what the system said. They send nothing.
[[nodiscard]] Result<std::vector<SocketAddress>> addressesOf(const Endpoint& endpoint, std::chrono::milliseconds timeout,
                                                             std::stop_token stop);
/// Whether somebody accepts a TCP connection there; it is closed at once.
[[nodiscard]] Result<void> reach(const SocketAddress& address, std::chrono::milliseconds timeout, std::stop_token stop);

}  // namespace hindcast::platform
