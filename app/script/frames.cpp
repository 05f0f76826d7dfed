#include "app/script/frames.h"

#include <sys/socket.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

namespace hindcast::script {

std::optional<Frame> Frames::read(std::string reuse)
{
    std::uint32_t length = 0;
    char kind = 0;
    if (!readAll(reinterpret_cast<char*>(&length), sizeof length) || length == 0 || !readAll(&kind, 1)) return std::nullopt;
    Frame frame{static_cast<model::ScriptFrame>(kind), std::move(reuse)};
    frame.body.resize(length - 1);
    if (!readAll(frame.body.data(), frame.body.size())) return std::nullopt;
    return frame;
}

bool Frames::write(model::ScriptFrame kind, std::string_view body)
{
    std::array<char, 5> head{};
    const auto length = static_cast<std::uint32_t>(body.size() + 1);
    std::memcpy(head.data(), &length, sizeof length);
    head[4] = static_cast<char>(kind);
    return writeAll(head.data(), head.size()) && writeAll(body.data(), body.size());
}

bool Frames::readAll(char* to, std::size_t count)
{
    while (count > 0) {
        const ssize_t got = ::read(descriptor_, to, count);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        to += got;
        count -= static_cast<std::size_t>(got);
    }
    return true;
}

bool Frames::writeAll(const char* from, std::size_t count)
{
    while (count > 0) {
        const ssize_t put = ::send(descriptor_, from, count, MSG_NOSIGNAL);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return false;
        from += put;
        count -= static_cast<std::size_t>(put);
    }
    return true;
}

}  // namespace hindcast::script
