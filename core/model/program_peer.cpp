#include "core/model/program_peer.h"

#include "core/model/packet_size.h"
#include "core/model/payload.h"
#include "core/model/program_pool.h"
#include "core/model/program_protocol.h"
#include "core/platform/process.h"

#include <algorithm>
#include <deque>

namespace hindcast::model {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kLook{50};  // how often one that does not answer is looked at
constexpr std::size_t kMostLine = 64u << 20;
constexpr std::size_t kMostAnswer = 256u << 20;
// Packets grow as long as they are quick, so that a slow model is not taken for one that hangs.
constexpr std::size_t kMuch = 4u << 20;

std::string timeText(milliseconds time)
{
    return time.count() % 1000 == 0 ? std::to_string(time.count() / 1000) + " s" : std::to_string(time.count()) + " ms";
}

/// Of what a program wrote to standard error before it ended, the line that tells most: the last that is not indented and speaks
/// of an error, else the last one.
std::string tellingLine(std::string_view words)
{
    std::string_view last;
    std::string_view telling;
    while (!words.empty()) {
        const std::string_view line = words.substr(0, words.find('\n'));
        words.remove_prefix(std::min(words.size(), line.size() + 1));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        last = line;
        if (line.front() == ' ' || line.front() == '\t') continue;
        for (const std::string_view word : {"rror", "xception", "panic"})
            if (line.find(word) != std::string_view::npos) telling = line;
    }
    if (telling.empty()) telling = last;
    return telling.empty() ? std::string() : quotedLine(telling);
}

/// What is told of a fold, from the answers of one process.
class Teller {
public:
    explicit Teller(std::vector<Pointer> fields) : fields_(std::move(fields)), values_(fields_.size(), discarded()) {}

    /// The next begin is of a fold that was taken up again in another process.
    void resume() { resumed_ = true; }
    void begin(const ProgramStep& step)
    {
        if (!std::exchange(resumed_, false)) told_ = false;
        keep(step.text);
    }
    void answer(const ProgramStep& step, std::string_view state, RunSink& sink)
    {
        switch (step.what) {
            case ProgramStep::For::Order: break;
            case ProgramStep::For::Base: keep(state); break;
            case ProgramStep::For::State: sink.state(step.tag, step.version, GivenState(state)); break;
            case ProgramStep::For::Changes: changes(step, state, sink); break;
            case ProgramStep::For::Fields: fields(step, state, sink); break;
        }
    }

private:
    static Json discarded() { return Json(Json::value_t::discarded); }
    static Json documentOf(std::string_view state)
    {
        if (state.empty()) return discarded();
        auto parsed = parseJson(state);
        return parsed ? std::move(*parsed) : discarded();  // it was looked through when it came
    }
    void keep(std::string_view state)
    {
        text_ = state;
        document_ = documentOf(state);
    }
    void changes(const ProgramStep& step, std::string_view state, RunSink& sink)
    {
        Changes made;
        if (state != text_) {
            Json now = documentOf(state);
            made = difference(document_, now);
            document_ = std::move(now);
            text_ = state;
        }
        sink.changes(step.tag, step.version, made);
    }
    void fields(const ProgramStep& step, std::string_view state, RunSink& sink)
    {
        if (told_ && state == shown_) return;
        shown_ = state;
        const bool there = !state.empty() && payload_.parse(state);
        bool differs = !told_;
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            std::optional<ValueView> now;
            if (there) now = ValueView(payload_, Payload::kRoot).at(fields_[i].tokens());
            if (told_ && (now ? !values_[i].is_discarded() && now->sameAs(values_[i]) : values_[i].is_discarded())) continue;
            values_[i] = now ? now->json() : discarded();
            differs = true;
        }
        told_ = true;
        if (differs) sink.fields(step.tag, step.version, values_);
    }

    std::vector<Pointer> fields_;
    std::vector<Json> values_;
    Payload payload_;
    bool told_ = false;
    bool resumed_ = false;
    std::string shown_;  ///< the state that `values_` are of
    std::string text_;   ///< the state before the next change, as it came
    Json document_ = discarded();
};

class ProgramPeer final : public Peer {
public:
    ProgramPeer(std::shared_ptr<Runtime> runtime, Program program, std::string key, const RunOptions& options)
        : runtime_(std::move(runtime)),
          program_(std::move(program)),
          key_(std::move(key)),
          limits_(runtime_->limits()),
          stop_(options.stop),
          teller_(options.fields)
    {
    }
    ~ProgramPeer() override
    {
        // What has been withdrawn meanwhile, or began with other limits, does not wait for more work.
        const bool welcome = runtime_->allows(program_) && runtime_->limits() == limits_;
        if (process_ && welcome && packets_.empty() && !cut_ && process_->incoming().empty())
            runtime_->programs().give(key_, {std::move(process_), writer_.nextAsk()});
    }

    Result<void> restart() override
    {
        if (process_ && fresh_) return {};
        process_.reset();
        packets_.clear();
        teller_.resume();
        cut_ = false;
        auto idle = std::exchange(any_, true) ? std::nullopt : runtime_->programs().take(key_);
        if (idle) {
            process_ = std::move(idle->process);
            writer_.reset(idle->nextAsk);
            const auto met = greet(limits_.perHandler);
            if (met) return {};
            if (met.error().ours) return std::unexpected(met.error().error);
        }
        auto started = platform::Process::start({.command = program_.command, .folder = program_.folder});
        if (!started) return std::unexpected(std::move(started.error()));
        process_ = std::move(*started);
        writer_.reset();
        const auto met = greet(limits_.start);
        if (met) return {};
        const std::string what = "cannot use the program " + program_.text();
        if (met.error().ours) return std::unexpected(met.error().error);
        return fail(
            what, met.error().why,
            R"(it must answer the line {"ask":0} by {"ask":0,"state":null} and flush its output: see "Models in any language")",
            Error::Kind::BadInput);
    }

    std::expected<void, Death> send(std::span<const Op> ops) override
    {
        if (!process_) return std::unexpected(Death{"it is not running", std::nullopt});
        fresh_ = false;
        Packet& packet = packets_.emplace_back();
        packet.ops = ops.size();
        const std::string_view lines = writer_.write(ops, packet.steps);
        packet.sent = Clock::now();
        if (cut_) return std::unexpected(Death{"it is not running", std::nullopt});
        // A program at work takes in no more than the pipe holds, so this may wait for all that was sent before.
        const milliseconds most = limits_.perHandler * static_cast<int>(window() + 1);
        auto done = process_->send(lines, most, stop_);
        if (done) return {};
        if (done.error().kind == Error::Kind::Cancelled) return std::unexpected(cancelled(done.error()));
        // A line may be half written: nothing can follow it. Packets before this one may still be answered.
        packet.lost =
            done.error().kind == Error::Kind::Retry ? "it took nothing in for " + timeText(most) : "it closed its input";
        cut_ = true;
        return std::unexpected(Death{packet.lost, std::nullopt});
    }

    std::expected<void, Death> receive(RunSink& sink) override
    {
        if (!process_ || packets_.empty()) return std::unexpected(Death{"it is not running", std::nullopt});
        const Packet packet = std::move(packets_.front());
        packets_.pop_front();
        const auto began = std::max(packet.sent, answered_);
        if (!packet.lost.empty()) {
            auto met = ended(packet.lost);
            process_.reset();
            return met;
        }
        if (auto met = collect(packet.steps, limits_.perHandler); !met) {
            process_.reset();
            size_.died(packet.ops);
            return met;
        }
        answered_ = Clock::now();
        size_.answered(packet.ops, answered_ - began, scanned_ > kMuch, scanned_ < kMuch / 2);
        tell(packet.steps, sink);
        process_->take(std::exchange(scanned_, 0));
        return {};
    }

    std::size_t packetOps() const override { return size_.ops(); }

private:
    struct Packet {
        std::vector<ProgramStep> steps;
        std::size_t ops = 0;
        Clock::time_point sent;
        std::string lost{};  ///< why it was not sent as a whole
    };
    /// A line that came, by where it stands in what has come in.
    struct Said {
        std::size_t step;
        std::size_t at;
        std::size_t size;
        EvolveError error{};
    };

    /// Whether the process is there and speaks as it should.
    std::expected<void, Death> greet(milliseconds most)
    {
        scanned_ = 0;
        const std::vector<ProgramStep> steps{{.kind = ProgramStep::Kind::Ask, .ask = writer_.nextAsk()}};
        // Where it does not take that in, it has ended, which is met below.
        (void)process_->send(writer_.hello(), most, stop_);
        auto met = collect(steps, most);
        if (!met) {
            process_.reset();
            return met;
        }
        process_->take(std::exchange(scanned_, 0));
        fresh_ = true;
        return {};
    }

    /// Waits for all answers to these steps; what they are is in `said_` then, and `scanned_` behind them. Nothing is taken.
    std::expected<void, Death> collect(const std::vector<ProgramStep>& steps, milliseconds most)
    {
        said_.clear();
        std::size_t at = 0;  // the step whose line is next
        auto since = Clock::now();
        auto looked = since;
        const auto whole = [&] {
            return std::find_if(steps.begin() + static_cast<std::ptrdiff_t>(at), steps.end(),
                                [](const ProgramStep& step) { return step.kind == ProgramStep::Kind::Ask; }) == steps.end();
        };
        std::size_t seen = scanned_;
        while (!whole()) {
            const std::string_view all = process_->incoming();
            const std::size_t end = all.find('\n', seen);
            if (end != std::string_view::npos) {
                const std::string_view line = all.substr(scanned_, end - scanned_);
                if (std::string wrong = take(line, steps, at); !wrong.empty()) return death("it " + wrong);
                seen = scanned_ = end + 1;
                since = Clock::now();
                continue;
            }
            seen = all.size();
            if (all.size() - scanned_ > kMostLine)
                return death("it wrote a line of more than " + std::to_string(kMostLine >> 20) + " MB, which begins " +
                             quotedLine(all.substr(scanned_)));
            if (all.size() > kMostAnswer)
                return death("it answered one packet by more than " + std::to_string(kMostAnswer >> 20) + " MB");
            const auto more = process_->receive(kLook, stop_);
            if (!more && more.error().kind == Error::Kind::Cancelled) return std::unexpected(cancelled(more.error()));
            if (more && !*more) return ended("it closed its output");
            if (const auto now = Clock::now(); now - looked >= kLook) {
                looked = now;
                if (process_->residentBytes() > limits_.memoryBytes)
                    return death("it used more than " + std::to_string(limits_.memoryBytes >> 20) + " MB");
                if (now - since > most) return death("it did not answer within " + timeText(most));
            }
        }
        return {};
    }

    /// One line for the step that is next. What is wrong with it; empty: nothing.
    std::string take(std::string_view line, const std::vector<ProgramStep>& steps, std::size_t& at)
    {
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) return {};
        auto said = readProgramLine(index_, line);
        if (!said) return std::move(said.error());
        if (said->kind == ProgramLine::Kind::Error) {
            for (std::size_t step = at; step < steps.size() && steps[step].kind != ProgramStep::Kind::Ask; ++step) {
                if (steps[step].kind != ProgramStep::Kind::Event || steps[step].version.value != said->version) continue;
                at = step + 1;
                said_.push_back({step, 0, 0, std::move(said->error)});
                return {};
            }
            return "told an error of a version that it was not given, or told it twice or too late: " + quotedLine(line);
        }
        while (at < steps.size() && steps[at].kind != ProgramStep::Kind::Ask) ++at;
        if (at == steps.size() || steps[at].ask != said->ask)
            return "answered out of order: " + quotedLine(line) + " came where the answer to " +
                   (at == steps.size() ? std::string("nothing") : "{\"ask\":" + std::to_string(steps[at].ask) + "}") +
                   " was waited for";
        const std::size_t begin =
            said->state.empty() ? 0 : static_cast<std::size_t>(said->state.data() - process_->incoming().data());
        said_.push_back({at, begin, said->state.size()});
        ++at;
        return {};
    }

    void tell(const std::vector<ProgramStep>& steps, RunSink& sink)
    {
        const std::string_view all = process_->incoming();
        auto said = said_.begin();
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const ProgramStep& step = steps[i];
            const bool spoken = said != said_.end() && said->step == i;
            switch (step.kind) {
                case ProgramStep::Kind::Begin: teller_.begin(step); break;
                case ProgramStep::Kind::Event:
                    if (spoken) sink.failed(step.tag, step.version, said->error);
                    break;
                case ProgramStep::Kind::Failed: sink.failed(step.tag, step.version, {step.text, {}}); break;
                case ProgramStep::Kind::Ask: teller_.answer(step, all.substr(said->at, said->size), sink); break;
                case ProgramStep::Kind::Accept: sink.accepted(step.tag, step.version, {}); break;
                case ProgramStep::Kind::Decide:
                    sink.decided(step.tag, std::unexpected(EvolveError{"a program decides no commands", step.text}));
                    break;
            }
            if (spoken) ++said;
        }
    }

    std::unexpected<Death> death(std::string why)
    {
        process_->kill();
        return std::unexpected(Death{std::move(why), std::nullopt});
    }
    /// It has ended, or must now. `why` where it did not by itself.
    std::unexpected<Death> ended(std::string why)
    {
        if (const std::string how = process_->end(milliseconds(500)); how != "did not end and was killed")
            why = "its process " + how;
        if (process_->incoming().size() > scanned_)
            why += " within the line " + quotedLine(process_->incoming().substr(scanned_));
        if (const std::string words = tellingLine(process_->lastWords()); !words.empty()) why += "; its last words: " + words;
        return std::unexpected(Death{std::move(why), std::nullopt});
    }
    Death cancelled(const Error& error)
    {
        process_->kill();
        cut_ = true;
        return {.why = {}, .op = {}, .at = {}, .ours = true, .error = error};
    }

    std::shared_ptr<Runtime> runtime_;
    Program program_;
    std::string key_;
    Limits limits_;
    std::stop_token stop_;
    Teller teller_;
    std::unique_ptr<platform::Process> process_;
    bool any_ = false;  ///< there was a process before
    bool fresh_ = false;
    bool cut_ = false;  ///< nothing more can be sent
    ProgramWriter writer_;
    JsonIndex index_;
    std::deque<Packet> packets_;  ///< not answered, the oldest first
    std::vector<Said> said_;
    std::size_t scanned_ = 0;  ///< so many bytes of what has come in were read as lines
    Clock::time_point answered_{};
    PacketSize size_{8, 250, 2000};
};

}  // namespace

std::string Program::text() const
{
    std::string text;
    for (const std::string& each : command) {
        if (!text.empty()) text += ' ';
        text += each.empty() || each.find_first_of(" \t\n'\"\\") != std::string::npos ? "'" + each + "'" : each;
    }
    return text;
}

std::string Program::key() const
{
    std::string key = folder;
    for (const std::string& each : command) (key += '\0') += each;
    return key;
}

std::unique_ptr<Peer> programPeer(std::shared_ptr<Runtime> runtime, Program program, std::string key, const RunOptions& options)
{
    return std::make_unique<ProgramPeer>(std::move(runtime), std::move(program), std::move(key), options);
}

}  // namespace hindcast::model
