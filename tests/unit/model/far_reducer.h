#pragma once
#include "core/model/peer.h"
#include "core/model/reducer.h"
#include "tests/unit/model/model_test.h"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hindcast::test {

/// What a peer in a test does, and what it saw.
struct FarWorld {
    std::string inner = "merge";  ///< the model that it folds by
    bool knowsWhere = true;       ///< a death tells the op
    std::size_t packet = 1000;    ///< ops
    int deaths = 0;
    int restarts = 0;
    int packets = 0;
    std::uint64_t events = 0;  ///< folded, also again
};

/// Folds by a native model, in this process, as one elsewhere would: in packets, and it dies at each event whose payload holds
/// "deadly", and loses its state then. Values come as text.
class FarPeer final : public model::Peer {
public:
    explicit FarPeer(FarWorld& world) : world_(world) {}

    Result<void> restart() override
    {
        ++world_.restarts;
        waiting_.clear();
        reducer_ = model::builtIn(world_.inner);
        alive_ = true;
        return {};
    }

    std::expected<void, Death> send(std::span<const model::Op> ops) override
    {
        if (!alive_) return std::unexpected(Death{"it is gone", std::nullopt});
        ++world_.packets;
        auto& packet = waiting_.emplace_back();
        for (const model::Op& op : ops) {
            Kept& kept = packet.emplace_back();
            kept.op = op;
            kept.type = op.input.type;
            kept.payload = std::string(op.input.payload);
            kept.payload.reserve(kept.payload.size() + 64);
            kept.category = op.input.category;
            kept.entity = op.input.entity;
            if (op.state) kept.state = std::string(*op.state);
        }
        return {};
    }

    std::expected<void, Death> receive(model::RunSink& sink) override
    {
        auto packet = std::move(waiting_.front());
        waiting_.pop_front();
        // Nothing is told of a packet that kills: told things wait until it is through.
        std::vector<std::function<void()>> told;
        for (std::size_t i = 0; i < packet.size(); ++i) {
            if (!take(packet[i], sink, told)) {
                alive_ = false;
                ++world_.deaths;
                return std::unexpected(Death{"it died", world_.knowsWhere ? std::optional(i) : std::nullopt});
            }
        }
        for (const auto& tell : told) tell();
        return {};
    }
    std::size_t packetOps() const override { return world_.packet; }

private:
    struct Kept {
        model::Op op;
        std::string type, payload, category, entity;
        std::optional<std::string> state;
    };

    bool take(Kept& kept, model::RunSink& sink, std::vector<std::function<void()>>& told)
    {
        model::Op& op = kept.op;
        const auto tellState = [&] {
            told.push_back([&sink, tag = tag_, version = op.version, text = state_.alive ? toText(state_.document) : ""] {
                sink.state(tag, version, model::GivenState(text));
            });
        };
        switch (op.kind) {
            case model::Op::Kind::Begin:
                tag_ = op.tag;
                state_ = {};
                if (kept.state) state_ = {json(*kept.state), true};
                detail_ = op.detail;
                return true;
            case model::Op::Kind::Detail: detail_ = op.detail; return true;
            case model::Op::Kind::State: tellState(); return true;
            case model::Op::Kind::Pass:
                if (detail_ == model::Detail::States) tellState();
                if (detail_ == model::Detail::Changes)
                    told.push_back([&sink, tag = tag_, version = op.version] { sink.changes(tag, version, {}); });
                return true;
            case model::Op::Kind::Event: break;
            default: return true;
        }
        if (kept.payload.find("deadly") != std::string::npos) return false;
        ++world_.events;
        model::Input input = op.input;
        input.type = kept.type;
        input.payload = kept.payload;
        const model::FoldState before = state_;
        if (auto done = reducer_->evolve(state_, input, nullptr); !done)
            told.push_back([&sink, tag = tag_, version = op.version, error = done.error()] { sink.failed(tag, version, error); });
        if (detail_ == model::Detail::States) tellState();
        if (detail_ == model::Detail::Changes) {
            const Json nothing(Json::value_t::discarded);
            told.push_back(
                [&sink, tag = tag_, version = op.version,
                 changes = difference(before.alive ? before.document : nothing, state_.alive ? state_.document : nothing)] {
                    sink.changes(tag, version, changes);
                });
        }
        return true;
    }

    FarWorld& world_;
    std::unique_ptr<model::Reducer> reducer_;
    model::FoldState state_;
    std::uint64_t tag_ = 0;
    model::Detail detail_ = model::Detail::Nothing;
    std::deque<std::vector<Kept>> waiting_;
    bool alive_ = false;
};

/// A reducer that folds elsewhere. `world` must outlive it.
class FarReducer final : public model::Reducer {
public:
    explicit FarReducer(FarWorld& world) : world_(world) {}
    std::string name() const override { return "far"; }
    std::string describe() const override { return "far"; }
    std::string hash() const override { return "far"; }
    std::unique_ptr<Reducer> clone() const override { return std::make_unique<FarReducer>(world_); }
    Json initial() const override { return Json(Json::value_t::discarded); }
    bool isRemote() const override { return true; }
    Result<std::unique_ptr<model::Run>> start(model::RunSink& sink, model::RunOptions options) const override
    {
        return model::remoteRun(std::make_unique<FarPeer>(world_), sink, std::move(options));
    }
    std::expected<void, model::EvolveError> evolve(model::FoldState&, const model::Input&, Changes*) override
    {
        return std::unexpected(model::EvolveError{"not here", ""});
    }

private:
    FarWorld& world_;
};

}  // namespace hindcast::test
