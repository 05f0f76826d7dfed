#pragma once
#include "core/model/run.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hindcast::model {

/// One thing that a fold elsewhere is told. Views live during the call.
struct Op {
    enum class Kind : std::uint8_t {
        Begin,   ///< key, version, state, detail
        Event,   ///< input
        Pass,    ///< an event that is not folded: input.version; told of as by the detail, with the state as it is
        Detail,  ///< detail
        State,   ///< asks for it
        Accept,  ///< input: would a command make it?
        Decide,  ///< text: the command's name; state: its arguments
        Result,  ///< asks for what the model shows of the state
    };
    Kind kind = Kind::Event;
    Detail detail = Detail::Nothing;
    std::uint64_t tag = 0;
    Version version{};  ///< of the state after this op
    Input input{};
    std::string_view text{};
    std::optional<std::string_view> state{};  ///< JSON text; absent: unborn
};

/// The other process as a remote run sees it: it is sent packets of ops and answers each packet in order.
/// Threads: one at a time.
class Peer {
public:
    /// Why a process is no more.
    struct Death {
        std::string why;                  ///< "it took more than 1 s", "it used more than 512 MB", "it was killed by signal 11"
        std::optional<std::size_t> op;    ///< in the oldest packet that was not answered; empty: not known which
        std::optional<EvolveError> at{};  ///< where the peer knows file and line
        bool ours = false;                ///< cancelled; or of such a kind that it is no use to start again: `error` then
        Error error{};
    };

    Peer() = default;
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;
    virtual ~Peer() = default;

    /// A process with the model loaded and no fold begun, whatever was before. The error has file and line where the model is wrong.
    [[nodiscard]] virtual Result<void> restart() = 0;
    /// One packet. At most `window()` may be unanswered.
    [[nodiscard]] virtual std::expected<void, Death> send(std::span<const Op> ops) = 0;
    /// Waits for the answer to the oldest packet and tells it; nothing of it is told where the process died before it was whole.
    [[nodiscard]] virtual std::expected<void, Death> receive(RunSink& sink) = 0;
    [[nodiscard]] virtual std::size_t window() const { return 3; }
    /// Most events to a packet.
    [[nodiscard]] virtual std::size_t packetOps() const { return 1000; }
};

/// A run by way of a peer. It keeps what was not answered, and what the state of the present fold rests on, so that a process that
/// died is replaced and brought to where it was: the guilty event alone fails. Where there are more than kMostDeaths guilty events in one
/// fold it gives up with an error that says so, or gives up that fold (RunOptions::manyLives); and as a whole where its processes died
/// more than kMostDeathsOfRun times and once more for each kEventsForADeath events that went well.
[[nodiscard]] std::unique_ptr<Run> remoteRun(std::unique_ptr<Peer> peer, RunSink& sink, RunOptions options);

inline constexpr std::uint64_t kMostDeaths = 5;
inline constexpr std::uint64_t kMostDeathsOfRun =
    50;  ///< a run may fold many lives, or one several times; each death costs a new process
inline constexpr std::uint64_t kEventsForADeath = 1000;

}  // namespace hindcast::model
