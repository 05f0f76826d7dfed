#pragma once
#include "core/event/error.h"

#include <chrono>
#include <cstdint>
#include <span>
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

/// Both block the calling thread for at most `timeout` and give up early when stopped (Kind::Cancelled), within a tenth of a second;
/// `why` says what the system said. They send nothing. Threads: any. A look-up that was given up goes on by itself in a thread that
/// holds nothing of the caller's.
[[nodiscard]] Result<std::vector<SocketAddress>> addressesOf(const Endpoint& endpoint, std::chrono::milliseconds timeout,
                                                             std::stop_token stop);
/// Whether somebody accepts a TCP connection at one of the addresses, which are tried beside each other; it is closed at once. The
/// error is that of the first address.
[[nodiscard]] Result<void> reachAny(std::span<const SocketAddress> addresses, std::chrono::milliseconds timeout,
                                    std::stop_token stop);

}  // namespace hindcast::platform
