#include "core/platform/network.h"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

namespace hindcast::platform {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLookAtStop{100};

/// What a look-up leaves for whoever still waits for it.
struct LookUp {
    std::mutex mutex;
    std::condition_variable_any done;
    bool finished = false;
    int code = 0;
    int systemError = 0;
    std::vector<SocketAddress> found;
};

void lookUp(const Endpoint& endpoint, LookUp& out)
{
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    const int code = ::getaddrinfo(endpoint.host.c_str(), std::to_string(endpoint.port).c_str(), &hints, &list);
    const int systemError = errno;
    const std::scoped_lock lock(out.mutex);
    out.code = code;
    out.systemError = systemError;
    for (const addrinfo* each = list; each != nullptr; each = each->ai_next) {
        SocketAddress& address = out.found.emplace_back();
        const auto* bytes = reinterpret_cast<const unsigned char*>(each->ai_addr);
        address.bytes.assign(bytes, bytes + each->ai_addrlen);
        address.family = each->ai_family;
    }
    if (list != nullptr) ::freeaddrinfo(list);
    out.finished = true;
    out.done.notify_all();
}

struct Socket {
    explicit Socket(int made) : descriptor(made) {}
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    ~Socket()
    {
        if (descriptor >= 0) ::close(descriptor);
    }
    int descriptor;
};

}  // namespace

std::string Endpoint::text() const
{
    return (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + std::to_string(port);
}

Result<std::vector<SocketAddress>> addressesOf(const Endpoint& endpoint, std::chrono::milliseconds timeout, std::stop_token stop)
{
    // getaddrinfo() can be neither bounded nor stopped: it runs beside, and who waits may go away.
    auto look = std::make_shared<LookUp>();
    std::thread([look, endpoint] { lookUp(endpoint, *look); }).detach();
    std::unique_lock lock(look->mutex);
    look->done.wait_for(lock, stop, timeout, [&] { return look->finished; });
    const std::string what = "cannot find " + endpoint.host;
    if (!look->finished && stop.stop_requested()) return fail(what, "cancelled", {}, Error::Kind::Cancelled);
    if (!look->finished) return fail(what, "no name server answers", {}, Error::Kind::Retry);
    if (look->code != 0)
        return fail(what, look->code == EAI_SYSTEM ? std::strerror(look->systemError) : ::gai_strerror(look->code), {},
                    look->code == EAI_AGAIN ? Error::Kind::Retry : Error::Kind::BadInput);
    return look->found;
}

Result<void> reachAny(std::span<const SocketAddress> addresses, std::chrono::milliseconds timeout, std::stop_token stop)
{
    const std::string what = "cannot connect";
    const auto deadline = Clock::now() + timeout;
    std::list<Socket> sockets;     // as long as the attempts go on
    std::vector<pollfd> waiting;   // by address; a descriptor below 0: has ended, poll() steps over it
    std::vector<std::string> why;  // by address; empty: no answer yet
    for (const SocketAddress& address : addresses) {
        why.emplace_back();
        const int made = ::socket(address.family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        waiting.push_back({made, POLLOUT, 0});
        if (made >= 0) sockets.emplace_back(made);
        const auto* to = reinterpret_cast<const sockaddr*>(address.bytes.data());
        if (made >= 0 && ::connect(made, to, static_cast<socklen_t>(address.bytes.size())) == 0) return {};
        if (made >= 0 && errno == EINPROGRESS) continue;
        why.back() = std::strerror(errno);
        waiting.back().fd = -1;
    }
    while (std::ranges::any_of(waiting, [](const pollfd& one) { return one.fd >= 0; })) {
        if (stop.stop_requested()) return fail(what, "cancelled", {}, Error::Kind::Cancelled);
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
        if (left.count() <= 0) break;
        const int ready =
            ::poll(waiting.data(), waiting.size(), static_cast<int>(std::min<std::int64_t>(left.count(), kLookAtStop.count())));
        if (ready < 0 && errno != EINTR) return fail(what, std::strerror(errno), {}, Error::Kind::Retry);
        if (ready <= 0) continue;
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            if (waiting[i].fd < 0 || waiting[i].revents == 0) continue;
            int error = 0;
            socklen_t size = sizeof error;
            ::getsockopt(waiting[i].fd, SOL_SOCKET, SO_ERROR, &error, &size);
            if (error == 0) return {};
            why[i] = std::strerror(error);
            waiting[i].fd = -1;
        }
    }
    if (addresses.empty()) return fail(what, "there is no address", {}, Error::Kind::BadInput);
    return fail(what, why.front().empty() ? "no answer" : why.front(), {}, Error::Kind::Retry);
}

}  // namespace hindcast::platform
