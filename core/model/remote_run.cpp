#include "core/event/kept_bytes.h"
#include "core/event/number_text.h"
#include "core/model/peer.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <utility>

namespace hindcast::model {

namespace {

constexpr std::size_t kBlock = 256u << 10;
constexpr std::size_t kMostSpare = 16;
constexpr std::size_t kPacketBytes = 256u << 10;
constexpr std::size_t kKeepOps = 4096;  // of a fold, until its state is asked for on our own account
constexpr std::size_t kKeepBytes = 8u << 20;

/// Ops that travel together. What they view lives in the arenas, shared with the packet that they came from where they were cut out.
struct Packet {
    std::vector<std::shared_ptr<KeptBytes>> arenas;
    std::vector<Op> ops;
};

/// Where a fold can be taken up again: its state after `version` events, and what was answered since.
struct Base {
    bool any = false;
    Op begin;  ///< its state: `text`
    std::string state;
    std::string category;
    std::string id;
    Detail detail = Detail::Nothing;  ///< in force after `since`
    std::deque<Packet> since;         ///< events only
};

class NoSink final : public RunSink {
    void failed(std::uint64_t, Version, const EvolveError&) override {}
};

class RemoteRun final : public Run, private RunSink {
public:
    RemoteRun(std::unique_ptr<Peer> peer, RunSink& sink, RunOptions options)
        : peer_(std::move(peer)), out_(sink), options_(std::move(options))
    {
    }

    Result<void> begin(std::uint64_t tag, const EntityKey& entity, Version version, const FoldState* from, Detail detail) override
    {
        Op op{.kind = Op::Kind::Begin, .detail = detail, .tag = tag, .version = version};
        op.input.category = keep(entity.category);
        op.input.entity = keep(entity.id);
        if (from && from->alive) op.state = keep(GivenState(*from).wholeText());
        tag_ = tag;
        version_ = version;
        detail_ = detail;
        fedOps_ = fedBytes_ = 0;
        passesOver_ = false;
        return add(op);
    }
    Result<void> feed(const Input& input) override
    {
        if (passesOver_) return pass(input.version);
        Op op = inputOp(Op::Kind::Event, input);
        version_ = input.version;
        fedBytes_ += input.payload.size();
        if (auto done = add(op); !done) return done;
        // A state now and then, so that little has to be folded again after a death. States that are told anyway serve as well.
        if ((++fedOps_ >= kKeepOps || fedBytes_ >= kKeepBytes) && detail_ != Detail::States) {
            fedOps_ = fedBytes_ = 0;
            ours_.push_back({tag_, version_});
            return add(Op{.kind = Op::Kind::State, .tag = tag_, .version = version_});
        }
        return {};
    }
    Result<void> pass(Version version) override
    {
        version_ = version;
        return add(Op{.kind = Op::Kind::Pass, .tag = tag_, .version = version_});
    }
    Result<void> setDetail(Detail detail) override
    {
        detail_ = detail;
        return add(Op{.kind = Op::Kind::Detail, .detail = detail, .tag = tag_, .version = version_});
    }
    Result<void> askState() override { return add(Op{.kind = Op::Kind::State, .tag = tag_, .version = version_}); }
    Result<void> askAccepted(const Input& input) override { return add(inputOp(Op::Kind::Accept, input)); }
    Result<void> askDecision(std::string_view command, const Json& arguments) override
    {
        Op op{.kind = Op::Kind::Decide, .tag = tag_, .version = version_};
        op.text = keep(command);
        op.state = keep(toText(arguments));
        return add(op);
    }
    Result<void> askResult() override { return add(Op{.kind = Op::Kind::Result, .tag = tag_, .version = version_}); }
    Result<void> drain() override
    {
        if (auto done = flush(); !done) return done;
        while (!waiting_.empty())
            if (auto done = receiveOne(); !done) return done;
        return {};
    }

private:
    // ---- what is fed

    Packet& filling()
    {
        if (!filling_.arenas.empty()) return filling_;
        if (spare_.empty()) {
            filling_.arenas.push_back(std::make_shared<KeptBytes>(kBlock));
            return filling_;
        }
        filling_ = std::move(spare_.back());
        spare_.pop_back();
        return filling_;
    }
    /// Memory of a packet that is done with serves the next one: new pages would cost more than what is written on them.
    void recycle(Packet packet)
    {
        if (spare_.size() >= kMostSpare || packet.arenas.size() != 1 || packet.arenas.front().use_count() != 1) return;
        packet.ops.clear();
        packet.arenas.front()->clear();
        spare_.push_back(std::move(packet));
    }
    void forget(std::deque<Packet>& packets)
    {
        for (Packet& packet : packets) recycle(std::move(packet));
        packets.clear();
    }
    std::string_view keep(std::string_view text) { return filling().arenas.front()->keep(text); }
    Op inputOp(Op::Kind kind, const Input& input)
    {
        Op op{.kind = kind, .tag = tag_, .version = input.version, .input = input};
        // The entity is the fold's, and types are few: only what differs from event to event is copied each time.
        op.input.category = {};
        op.input.entity = {};
        op.input.type = keep(input.type);
        op.input.payload = keep(input.payload);
        return op;
    }
    Result<void> add(const Op& op)
    {
        if (dead_) return std::unexpected(*dead_);
        if (options_.stop.stop_requested()) return stopped();
        filling().ops.push_back(op);
        if (filling_.ops.size() < peer_->packetOps() && filling_.arenas.front()->bytes() < kPacketBytes) return {};
        return flush();
    }
    Result<void> flush()
    {
        if (dead_) return std::unexpected(*dead_);
        if (filling_.ops.empty()) return {};
        while (waiting_.size() >= peer_->window())
            if (auto done = receiveOne(); !done) return done;
        waiting_.push_back(std::exchange(filling_, {}));
        if (!started_) {
            if (auto done = peer_->restart(); !done) return give(done.error());
            started_ = true;
        }
        // A process that died meanwhile is met when its answer is waited for.
        if (waiting_.size() == sent_ + 1) {
            if (auto done = peer_->send(waiting_.back().ops); done || !done.error().ours) {
                ++sent_;
            } else {
                return give(done.error().error);
            }
        }
        return {};
    }

    // ---- what comes back

    Result<void> receiveOne()
    {
        auto done = peer_->receive(*this);
        if (done) {
            --sent_;
            settle(std::move(waiting_.front()));
            waiting_.pop_front();
            return {};
        }
        if (done.error().ours) return give(done.error().error);
        return recover(std::move(done.error()));
    }

    /// What was answered becomes what the fold rests on.
    void settle(Packet packet)
    {
        answered_ += packet.ops.size();
        std::size_t first = 0;  // of the events of the fold that the packet ends in
        for (std::size_t i = 0; i < packet.ops.size(); ++i) {
            const Op& op = packet.ops[i];
            if (op.kind == Op::Kind::Detail) base_.detail = op.detail;
            if (op.kind != Op::Kind::Begin) continue;
            forget(base_.since);
            base_.any = true;
            guiltyOps_ = 0;
            base_.begin = op;
            base_.detail = op.detail;
            base_.category = op.input.category;
            base_.id = op.input.entity;
            base_.state = op.state.value_or(std::string_view());
            first = i + 1;
        }
        if (known_ && base_.any && known_->tag == base_.begin.tag && known_->version >= base_.begin.version) {
            base_.begin.version = known_->version;
            base_.state = std::move(known_->state);
            forget(base_.since);
        }
        known_.reset();
        // Events stand in front now, and only those that the base does not hold yet.
        std::size_t kept = 0;
        for (std::size_t i = first; i < packet.ops.size(); ++i)
            if (packet.ops[i].kind == Op::Kind::Event && packet.ops[i].version > base_.begin.version)
                packet.ops[kept++] = packet.ops[i];
        packet.ops.resize(kept);
        if (kept > 0) {
            base_.since.push_back(std::move(packet));
        } else {
            recycle(std::move(packet));
        }
    }

    // RunSink: what the peer tells, of the oldest packet.
    void failed(std::uint64_t tag, Version version, const EvolveError& error) override { out_.failed(tag, version, error); }
    void state(std::uint64_t tag, Version version, const GivenState& state) override
    {
        const bool ours = !ours_.empty() && ours_.front().first == tag && ours_.front().second == version;
        if (ours || version == lastOf(waiting_.front(), tag))
            known_ = Known{tag, version, state.alive() ? state.wholeText() : std::string()};
        if (ours) {
            ours_.pop_front();
            return;
        }
        out_.state(tag, version, state);
    }
    void changes(std::uint64_t tag, Version version, const Changes& changes) override { out_.changes(tag, version, changes); }
    void fields(std::uint64_t tag, Version version, std::span<const Json> values) override { out_.fields(tag, version, values); }
    void broken(std::uint64_t tag, Version version, std::string_view invariant, std::string_view message) override
    {
        out_.broken(tag, version, invariant, message);
    }
    void accepted(std::uint64_t tag, Version version, std::string_view refusal) override { out_.accepted(tag, version, refusal); }
    void decided(std::uint64_t tag, const std::expected<Json, EvolveError>& events) override { out_.decided(tag, events); }
    void result(std::uint64_t tag, Version version, const Json& result) override { out_.result(tag, version, result); }
    void remark(std::uint64_t tag, Version version, std::string_view message) override { out_.remark(tag, version, message); }

    /// The version that a fold has at the end of a packet; 0 where the packet ends in another fold.
    static Version lastOf(const Packet& packet, std::uint64_t tag)
    {
        const Op& last = packet.ops.back();
        return last.tag == tag ? last.version : Version{};
    }

    // ---- after a death

    /// Brings a new process to where the oldest packet begins, finds the guilty op, and has everything else answered again.
    Result<void> recover(Peer::Death death)
    {
        again_.insert(again_.begin(), std::make_move_iterator(waiting_.begin()), std::make_move_iterator(waiting_.end()));
        waiting_.clear();
        sent_ = 0;
        std::optional<std::size_t> guilty = death.op;
        for (;;) {
            if (++deaths_ > kMostDeathsOfRun + answered_ / kEventsForADeath) return tooOften(death, deaths_);
            if (auto done = resume(); !done) return done;
            Packet& first = again_.front();
            if (guilty && *guilty < first.ops.size()) {
                if (auto done = roundTrip(cut(first, 0, *guilty)); !done) {
                    if (done.error().ours) return give(done.error().error);
                    // It died earlier than it said: look closer.
                    death = std::move(done.error());
                    guilty.reset();
                    continue;
                }
                first = cut(first, *guilty, first.ops.size());
                if (auto done = condemn(death); !done) return done;
                break;
            }
            // One op a packet until it dies again.
            std::size_t at = 0;
            std::optional<Peer::Death> met;
            while (at < first.ops.size()) {
                auto done = roundTrip(cut(first, at, at + 1));
                if (!done && done.error().ours) return give(done.error().error);
                if (!done) {
                    met = std::move(done.error());
                    break;
                }
                ++at;
            }
            first = cut(first, at, first.ops.size());
            if (!met) break;  // this time it went well
            death = std::move(*met);
            if (auto done = resume(); !done) return done;
            if (auto done = condemn(death); !done) return done;
            break;
        }
        return sendAgain();
    }
    /// In pieces, where the peer wants smaller packets now.
    Result<void> sendAgain()
    {
        while (!again_.empty()) {
            // What comes back may be another death, after which all is sent by then.
            if (waiting_.size() >= peer_->window()) {
                if (auto done = receiveOne(); !done) return done;
                continue;
            }
            Packet& next = again_.front();
            const std::size_t most = std::max<std::size_t>(1, peer_->packetOps());
            const bool whole = next.ops.size() <= most;
            Packet piece = whole ? std::move(next) : cut(next, 0, most);
            if (whole)
                again_.pop_front();
            else
                next = cut(next, most, next.ops.size());
            if (piece.ops.empty()) continue;
            waiting_.push_back(std::move(piece));
            if (auto done = peer_->send(waiting_.back().ops); !done && done.error().ours) return give(done.error().error);
            ++sent_;
        }
        return {};
    }

    /// The first op of all killed the process: where it is an event it has failed.
    Result<void> condemn(const Peer::Death& death)
    {
        Packet& packet = again_.front();
        Op& op = packet.ops.front();
        const bool tooMuch = ++guiltyOps_ > kMostDeaths;
        if (tooMuch && (!options_.manyLives || op.kind != Op::Kind::Event)) return tooOften(death, guiltyOps_);
        EvolveError error = death.at.value_or(EvolveError{});
        if (error.message.empty()) error.message = death.why;
        if (tooMuch) {
            error.message += "; that was " + std::to_string(guiltyOps_) + " times in this life: it is passed over from here on";
        }
        if (op.kind == Op::Kind::Event) {
            op.kind = Op::Kind::Pass;
            if (tooMuch) passOver();
            out_.failed(op.tag, op.version, error);
        } else if (op.kind == Op::Kind::Accept) {
            out_.accepted(op.tag, op.version, error.message);
            packet.ops.erase(packet.ops.begin());
        } else if (op.kind == Op::Kind::Decide) {
            out_.decided(op.tag, std::unexpected(error));
            packet.ops.erase(packet.ops.begin());
        } else if (op.kind == Op::Kind::Result) {
            out_.result(op.tag, op.version, Json());
            packet.ops.erase(packet.ops.begin());
        } else {
            return give({"the model was given up",
                         "its state after version " + grouped(op.version.value) + " cannot be taken on or told: " + error.message,
                         error.message.find(" MB") != std::string::npos ? "keep less in it" : "mend the model"});
        }
        return {};
    }
    /// What is still to come of the fold that is at work.
    void passOver()
    {
        const auto isWhole = [](Packet& packet) {  // up to another fold
            for (Op& op : packet.ops) {
                if (op.kind == Op::Kind::Begin) return true;
                if (op.kind == Op::Kind::Event) op.kind = Op::Kind::Pass;
            }
            return false;
        };
        passesOver_ = !std::ranges::any_of(again_, isWhole) && !isWhole(filling_);
    }
    Result<void> tooOften(const Peer::Death& death, std::uint64_t times)
    {
        const std::string where = base_.any ? " at events of " + EntityKey{base_.category, base_.id}.text() : std::string();
        return give({"the model was given up",
                     death.why + "; it came to that " + std::to_string(times) + " times by now, at last" + where,
                     "mend the model; its errors so far name the events"});
    }

    /// A new process, with the fold as it was before the oldest packet that has no answer.
    Result<void> resume()
    {
        if (auto done = peer_->restart(); !done) return give(done.error());
        if (!base_.any) return {};
        NoSink silent;
        const auto tell = [&](std::span<const Op> ops) -> Result<void> {
            auto done = peer_->send(ops);
            if (done) done = peer_->receive(silent);
            if (done) return {};
            return give(done.error().ours ? done.error().error
                                          : Error{"the model was given up",
                                                  "its process ends also at events that it took before: " + done.error().why,
                                                  {}});
        };
        Op begin = base_.begin;
        begin.detail = Detail::Nothing;
        begin.input.category = base_.category;
        begin.input.entity = base_.id;
        begin.state = base_.state.empty() ? std::nullopt : std::optional<std::string_view>(base_.state);
        if (auto done = tell(std::span(&begin, 1)); !done) return done;
        for (const Packet& packet : base_.since)
            if (auto done = tell(packet.ops); !done) return done;
        const Op detail{.kind = Op::Kind::Detail, .detail = base_.detail, .tag = begin.tag, .version = begin.version};
        return tell(std::span(&detail, 1));
    }

    static Packet cut(const Packet& from, std::size_t begin, std::size_t end)
    {
        Packet part;
        part.arenas = from.arenas;
        part.ops.assign(from.ops.begin() + static_cast<std::ptrdiff_t>(begin),
                        from.ops.begin() + static_cast<std::ptrdiff_t>(end));
        return part;
    }

    std::expected<void, Peer::Death> roundTrip(Packet packet)
    {
        if (packet.ops.empty()) return {};
        waiting_.push_front(std::move(packet));
        auto done = peer_->send(waiting_.front().ops);
        if (done || !done.error().ours) done = peer_->receive(*this);
        if (done) settle(std::move(waiting_.front()));
        waiting_.pop_front();
        return done;
    }

    Result<void> give(Error error)
    {
        dead_ = std::move(error);
        return std::unexpected(*dead_);
    }
    Result<void> stopped() { return give({"the replay was stopped", "", "", Error::Kind::Cancelled}); }

    struct Known {
        std::uint64_t tag;
        Version version;
        std::string state;
    };

    std::unique_ptr<Peer> peer_;
    RunSink& out_;
    RunOptions options_;
    Packet filling_;
    std::vector<Packet> spare_;
    std::deque<Packet> waiting_;  ///< not answered, the oldest first
    std::deque<Packet> again_;    ///< behind those: to be sent once more after a death
    std::size_t sent_ = 0;        ///< so many of them
    Base base_;
    std::optional<Known> known_;                          ///< the last state of its fold that was told of the oldest packet
    std::deque<std::pair<std::uint64_t, Version>> ours_;  ///< states asked for on our own account
    std::optional<Error> dead_;
    bool started_ = false;
    std::uint64_t deaths_ = 0;
    std::uint64_t answered_ = 0;   ///< ops, without a death
    std::uint64_t guiltyOps_ = 0;  ///< of the fold that the base is of
    bool passesOver_ = false;      ///< what is fed of the present fold: it was given up

    // The fold that is fed.
    std::uint64_t tag_ = 0;
    Version version_;
    Detail detail_ = Detail::Nothing;
    std::size_t fedOps_ = 0;
    std::size_t fedBytes_ = 0;
};

}  // namespace

std::unique_ptr<Run> remoteRun(std::unique_ptr<Peer> peer, RunSink& sink, RunOptions options)
{
    return std::make_unique<RemoteRun>(std::move(peer), sink, std::move(options));
}

}  // namespace hindcast::model
