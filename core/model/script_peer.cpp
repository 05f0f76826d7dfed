#include "core/model/script_peer.h"

#include "core/model/packet_size.h"
#include "core/model/script_protocol.h"

#include <algorithm>
#include <charconv>
#include <deque>

namespace hindcast::model {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLook{50};     // how often a helper that does not answer is looked at
constexpr milliseconds kGrace{1500};  // a handler is interrupted by the helper itself; later than that the helper is killed

/// One line of a Told frame, taken apart from the left.
class Line {
public:
    explicit Line(std::string_view text) : rest_(text) {}
    [[nodiscard]] char kind()
    {
        const char c = rest_.empty() ? '\0' : rest_.front();
        rest_.remove_prefix(std::min<std::size_t>(1, rest_.size()));
        return c;
    }
    [[nodiscard]] std::uint64_t number()
    {
        if (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
        std::uint64_t value = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        good_ = good_ && error == std::errc();
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return value;
    }
    [[nodiscard]] std::string_view json()
    {
        if (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
        return rest_;
    }
    [[nodiscard]] bool good() const { return good_; }

private:
    std::string_view rest_;
    bool good_ = true;
};

std::string textAt(const Json& json, const char* name)
{
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

EvolveError errorFrom(const Json& json)
{
    EvolveError error;
    if (!json.is_object()) return error;
    error.message = textAt(json, "message");
    error.handler = textAt(json, "handler");
    error.file = textAt(json, "file");
    if (const auto line = json.find("line"); line != json.end() && line->is_number_integer()) error.line = line->get<int>();
    if (const auto column = json.find("column"); column != json.end() && column->is_number_integer())
        error.column = column->get<int>();
    return error;
}

std::optional<Changes> changesFrom(Json json)
{
    if (!json.is_array()) return std::nullopt;
    Changes changes;
    for (Json& each : json) {
        if (!each.is_array() || each.size() < 3 || !each[0].is_string() || !each[1].is_string()) return std::nullopt;
        const std::string& op = each[0].get_ref<const std::string&>();
        Change& change = changes.emplace_back();
        change.pointer = each[1].get<std::string>();
        change.before = change.after = Json(Json::value_t::discarded);
        if (op == "add") {
            change.op = Change::Op::Add;
            change.after = std::move(each[2]);
        } else if (op == "remove") {
            change.op = Change::Op::Remove;
            change.before = std::move(each[2]);
        } else if (op == "replace" && each.size() == 4) {
            change.op = Change::Op::Replace;
            change.before = std::move(each[2]);
            change.after = std::move(each[3]);
        } else {
            return std::nullopt;
        }
    }
    return changes;
}

class ScriptPeer final : public Peer {
public:
    ScriptPeer(std::shared_ptr<Runtime> runtime, const Script& script, const RunOptions& options)
        : runtime_(std::move(runtime)), stop_(options.stop)
    {
        load_.name = script.name;
        load_.source = script.source;
        load_.invariants = options.invariants;
        load_.careful = options.careful;
        for (const Pointer& field : options.fields) load_.fields.push_back(field.text());
    }
    ~ScriptPeer() override
    {
        if (process_ && sent_.empty()) runtime_->scripts().give(std::move(process_));
    }

    Result<void> restart() override
    {
        sent_.clear();
        process_.reset();
        for (int attempt = 0;; ++attempt) {
            auto process = runtime_->scripts().take();
            if (!process) return std::unexpected(process.error());
            auto loaded = (*process)->load(load_, stop_);
            if (loaded && *loaded) {
                process_ = std::move(*process);
                return {};
            }
            if (loaded) return std::unexpected(loaded->error().error());
            if (attempt > 0 || loaded.error().kind == Error::Kind::Cancelled) return std::unexpected(loaded.error());
        }
    }

    std::expected<void, Death> send(std::span<const Op> ops) override
    {
        if (!process_) return std::unexpected(Death{"it is not running", std::nullopt});
        const ScriptPacket::Written packet = process_->packets().write(ops);
        frame_.clear();
        appendFrame(frame_, static_cast<std::uint8_t>(ScriptFrame::Ops), packet.text);
        sent_.push_back({process_->framesSent(), {packet.places.begin(), packet.places.end()}, ops.size(), Clock::now()});
        process_->countFrame();
        // A helper at work takes nothing in; how long it may be at work is watched where its answer is waited for.
        auto done = process_->process().send(frame_, std::chrono::hours(1), stop_);
        if (done) return {};
        if (done.error().kind == Error::Kind::Cancelled) return std::unexpected(cancelled(done.error()));
        return std::unexpected(Death{"it ended", std::nullopt});
    }

    std::expected<void, Death> receive(RunSink& sink) override
    {
        if (!process_) return std::unexpected(Death{"it is not running", std::nullopt});
        platform::Process& process = process_->process();
        std::optional<FrameView> answer;
        std::uint64_t at = 0;
        auto since = std::chrono::steady_clock::now();
        while (!(answer = frameIn(process.incoming()))) {
            auto more = process.receive(kLook, stop_);
            if (more && *more) continue;
            if (!more && more.error().kind == Error::Kind::Cancelled) return std::unexpected(cancelled(more.error()));
            if (more || more.error().kind != Error::Kind::Retry) return std::unexpected(death({}));
            const std::uint64_t now = place();
            if (now != at) {
                at = now;
                since = std::chrono::steady_clock::now();
            }
            const milliseconds most = process_->limits().perHandler + kGrace;
            if (std::chrono::steady_clock::now() - since < most) continue;
            return std::unexpected(
                death("it took more than " + std::to_string(most.count()) + " ms and could not be interrupted"));
        }
        const bool told = answer->kind == static_cast<std::uint8_t>(ScriptFrame::Told) && tell(answer->body, sink);
        process.take(answer->size);
        const auto now = Clock::now();
        size_.answered(sent_.front().ops, now - std::max(sent_.front().at, answered_));
        answered_ = now;
        sent_.pop_front();
        if (told) return {};
        process.kill();
        process_->spend();
        return std::unexpected(Death{.why = {},
                                     .op = {},
                                     .at = {},
                                     .ours = true,
                                     .error = {"cannot run JavaScript models", "hindcast-script answered out of turn", {}}});
    }

    std::size_t packetOps() const override { return size_.ops(); }

private:
    using Clock = std::chrono::steady_clock;
    struct Sent {
        std::uint64_t frame;
        std::vector<std::uint32_t> places;
        std::size_t ops;
        Clock::time_point at;
    };

    [[nodiscard]] const ScriptProgress* progress() const
    {
        return static_cast<const ScriptProgress*>(process_->process().shared());
    }
    /// Where it is at work, as one number.
    [[nodiscard]] std::uint64_t place() const
    {
        const ScriptProgress* progress = this->progress();
        if (progress == nullptr) return 0;
        return __atomic_load_n(&progress->frames, __ATOMIC_RELAXED) * 1'000'000 +
               __atomic_load_n(&progress->op, __ATOMIC_RELAXED);
    }

    Death cancelled(const Error& error)
    {
        process_->process().kill();
        process_->spend();
        return {.why = {}, .op = {}, .at = {}, .ours = true, .error = error};
    }

    /// The helper is no more, or is killed now.
    Death death(std::string why)
    {
        Death death;
        const std::string end = why.empty() ? process_->process().end(milliseconds(200)) : std::string();
        if (!why.empty()) process_->process().kill();
        const ScriptProgress* progress = this->progress();
        if (progress != nullptr && !sent_.empty()) {
            if (progress->reason == 1) why = "it used more than " + std::to_string(process_->limits().memoryBytes >> 20) + " MB";
            // Frames are counted when they begin, so the one at work is one behind.
            const Sent& oldest = sent_.front();
            if (progress->frames == oldest.frame + 1 && progress->op < oldest.places.size())
                death.op = oldest.places[progress->op];
        }
        death.why = why.empty() ? "its process " + end : std::move(why);
        process_->spend();
        return death;
    }

    bool tell(std::string_view lines, RunSink& sink)
    {
        while (!lines.empty()) {
            const std::size_t end = std::min(lines.find('\n'), lines.size());
            if (end > 0 && !tellLine(Line(lines.substr(0, end)), sink)) return false;
            lines.remove_prefix(std::min(end + 1, lines.size()));
        }
        return true;
    }

    bool tellLine(Line line, RunSink& sink)
    {
        const char kind = line.kind();
        const std::uint64_t tag = line.number();
        const Version version{line.number()};
        if (!line.good()) return false;
        if (kind == 'S') {
            sink.state(tag, version, GivenState(line.json()));
            return true;
        }
        auto json = parseJson(line.json());
        if (!json) return false;
        switch (kind) {
            case 'C': {
                const auto changes = changesFrom(std::move(*json));
                if (!changes) return false;
                sink.changes(tag, version, *changes);
                return true;
            }
            case 'F': {
                if (!json->is_array()) return false;
                for (Json& each : *json) {
                    if (!each.is_array()) return false;
                    Json value = each.empty() ? Json(Json::value_t::discarded) : std::move(each[0]);
                    each = std::move(value);
                }
                sink.fields(tag, version, json->get_ref<const Json::array_t&>());
                return true;
            }
            case 'T': sink.result(tag, version, *json); return true;
            case 'E': sink.failed(tag, version, errorFrom(*json)); return true;
            case 'B':
                if (!json->is_array() || json->size() != 2 || !(*json)[0].is_string() || !(*json)[1].is_string()) return false;
                sink.broken(tag, version, (*json)[0].get_ref<const std::string&>(), (*json)[1].get_ref<const std::string&>());
                return true;
            case 'A':
                if (!json->is_string()) return false;
                sink.accepted(tag, version, json->get_ref<const std::string&>());
                return true;
            case 'D':
                if (!json->is_object()) return false;
                if (const auto events = json->find("events"); events != json->end()) {
                    sink.decided(tag, *events);
                } else {
                    EvolveError refusal = errorFrom(*json);
                    refusal.message = textAt(*json, "refused");
                    sink.decided(tag, std::unexpected(refusal));
                }
                return true;
            case 'R':
                if (!json->is_string()) return false;
                sink.remark(tag, version, json->get_ref<const std::string&>());
                return true;
            default: return false;
        }
    }

    std::shared_ptr<Runtime> runtime_;
    std::stop_token stop_;
    ScriptProcess::Load load_;
    std::unique_ptr<ScriptProcess> process_;
    std::deque<Sent> sent_;  ///< not answered
    Clock::time_point answered_{};
    // Not fewer: the state is written out after each packet, and may be large.
    PacketSize size_{64, 250, 1000};
    std::string frame_;
};

}  // namespace

std::unique_ptr<Peer> scriptPeer(std::shared_ptr<Runtime> runtime, const Script& script, const RunOptions& options)
{
    return std::make_unique<ScriptPeer>(std::move(runtime), script, options);
}

}  // namespace hindcast::model
