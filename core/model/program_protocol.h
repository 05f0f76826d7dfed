#pragma once
#include "core/event/json_walk.h"
#include "core/model/peer.h"

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The lines that go to a program of the user's and come from it: resources/help/models-in-any-language.md has their rules.
namespace hindcast::model {

/// What a packet of ops comes to: in this order the program meets it, and in this order it is told.
struct ProgramStep {
    enum class Kind : std::uint8_t {
        Begin,   ///< text: the state, where the changes of what follows are asked for
        Event,   ///< the program may tell an error of it
        Failed,  ///< an event that was not sent: text tells why
        Ask,     ///< the next answer
        Accept,  ///< answered here: a program has no commands
        Decide,  ///< likewise; text: the command's name
    };
    /// What an answer is for.
    enum class For : std::uint8_t { Order, Base, State, Changes, Fields };

    Kind kind = Kind::Event;
    For what = For::Order;
    std::uint64_t tag = 0;
    Version version{};
    std::uint64_t ask = 0;
    std::string text{};
};

/// Writes packets as lines, each ending with an ask, so that its answer says that all of it was folded.
class ProgramWriter {
public:
    /// A new process: counts asks from 0, no fold begun.
    void reset();
    /// The lines of an ask alone.
    [[nodiscard]] std::string hello();
    /// Lines to send, valid until the next call; what to expect is appended to `steps`.
    [[nodiscard]] std::string_view write(std::span<const Op> ops, std::vector<ProgramStep>& steps);

private:
    void begin(const Op& op, std::vector<ProgramStep>& steps);
    void event(const Op& op, std::vector<ProgramStep>& steps);
    void ask(const Op& op, ProgramStep::For what, std::vector<ProgramStep>& steps);
    void tellByDetail(const Op& op, std::vector<ProgramStep>& steps);
    /// Why a payload cannot be sent; empty: it can.
    [[nodiscard]] std::string wrongWith(std::string_view payload);

    std::string out_;
    JsonIndex index_;
    std::uint64_t nextAsk_ = 0;
    Detail detail_ = Detail::Nothing;
    bool unasked_ = false;      ///< there are events since the last ask
    bool endsWithAsk_ = false;  ///< of `out_`
};

/// One line of a program's, taken apart. Views are of that line.
struct ProgramLine {
    enum class Kind : std::uint8_t { Answer, Error };
    Kind kind = Kind::Answer;
    std::uint64_t ask = 0;
    std::string_view state;  ///< JSON text; empty: null
    std::uint64_t version = 0;
    EvolveError error{};
};

/// The error is what is wrong with it, in words, as the end of a sentence that begins with "it".
[[nodiscard]] std::expected<ProgramLine, std::string> readProgramLine(JsonIndex& index, std::string_view line);

/// A line to show: in quotes, its control characters and all beyond some hundred bytes left out.
[[nodiscard]] std::string quotedLine(std::string_view line);

}  // namespace hindcast::model
