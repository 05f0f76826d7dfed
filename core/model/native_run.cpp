#include "core/model/run.h"

#include <utility>

namespace hindcast::model {

Json GivenState::document() const
{
    if (state_) return state_->document;
    auto parsed = parseJson(text_);
    return parsed ? std::move(*parsed) : Json(Json::value_t::discarded);
}

std::string GivenState::text() const { return state_ ? toText(state_->document) : std::string(text_); }

std::string GivenState::wholeText() const
{
    if (!state_) return std::string(whole_);
    std::string text = toText(state_->document);
    if (!state_->beyond.empty()) text.append(1, kBeyond).append(state_->beyond);
    return text;
}

FoldState GivenState::foldState() const
{
    if (state_) return *state_;
    FoldState state;
    state.alive = alive();
    if (!state.alive) return state;
    state.document = document();
    if (whole_.size() > text_.size()) state.beyond = whole_.substr(text_.size() + 1);
    return state;
}

bool GivenState::sameAs(const GivenState& other) const { return same(other, sameText); }
bool GivenState::sameValueAs(const GivenState& other) const { return same(other, sameValue); }

bool GivenState::same(const GivenState& other, bool (*documents)(const Json&, const Json&)) const
{
    if (alive() != other.alive()) return false;
    if (!alive() || (!state_ && !other.state_ && text_ == other.text_)) return true;
    if (state_ && other.state_) return documents(state_->document, other.state_->document);
    return documents(state_ ? state_->document : document(), other.state_ ? other.state_->document : other.document());
}

namespace {

class NativeRun final : public Run {
public:
    NativeRun(std::unique_ptr<Reducer> reducer, RunSink& sink, RunOptions options)
        : reducer_(std::move(reducer)), sink_(sink), options_(std::move(options)), values_(options_.fields.size())
    {
    }

    Result<void> begin(std::uint64_t tag, const EntityKey& /*entity*/, Version version, const FoldState* from,
                       Detail detail) override
    {
        tag_ = tag;
        version_ = version;
        state_ = from ? *from : FoldState{};
        detail_ = detail;
        told_ = false;
        return {};
    }

    Result<void> feed(const Input& input) override
    {
        if (++fed_ % kEventsPerStop == 0 && options_.stop.stop_requested())
            return fail("the replay was stopped", "", "", Error::Kind::Cancelled);
        version_ = input.version;
        changes_.clear();
        auto evolved = reducer_->evolve(state_, input, detail_ == Detail::Changes ? &changes_ : nullptr);
        if (!evolved) sink_.failed(tag_, version_, evolved.error());
        tell();
        return {};
    }

    Result<void> pass(Version version) override
    {
        version_ = version;
        changes_.clear();
        tell();
        return {};
    }

    Result<void> setDetail(Detail detail) override
    {
        detail_ = detail;
        return {};
    }
    Result<void> askState() override
    {
        sink_.state(tag_, version_, state_);
        return {};
    }
    Result<void> askAccepted(const Input& input) override
    {
        sink_.accepted(tag_, input.version, {});
        return {};
    }
    Result<void> askDecision(std::string_view command, const Json& /*arguments*/) override
    {
        sink_.decided(tag_, std::unexpected(
                                EvolveError{"the model \"" + reducer_->name() + "\" decides no commands", std::string(command)}));
        return {};
    }
    Result<void> drain() override { return {}; }

private:
    static constexpr std::uint64_t kEventsPerStop = 1024;

    void tell()
    {
        switch (detail_) {
            case Detail::Nothing: break;
            case Detail::States: sink_.state(tag_, version_, state_); break;
            case Detail::Changes: sink_.changes(tag_, version_, changes_); break;
            case Detail::Fields: tellFields(); break;
        }
    }

    void tellFields()
    {
        bool differs = !told_;
        for (std::size_t i = 0; i < values_.size(); ++i) {
            const Json* now = state_.alive ? valueAt(state_.document, options_.fields[i]) : nullptr;
            const bool same = now ? !values_[i].is_discarded() && sameText(values_[i], *now) : values_[i].is_discarded();
            if (told_ && same) continue;
            values_[i] = now ? *now : Json(Json::value_t::discarded);
            differs = true;
        }
        told_ = true;
        if (differs) sink_.fields(tag_, version_, values_);
    }

    std::unique_ptr<Reducer> reducer_;
    RunSink& sink_;
    RunOptions options_;
    FoldState state_;
    Changes changes_;
    std::vector<Json> values_;
    bool told_ = false;
    std::uint64_t tag_ = 0;
    Version version_;
    Detail detail_ = Detail::Nothing;
    std::uint64_t fed_ = 0;
};

}  // namespace

std::unique_ptr<Run> nativeRun(std::unique_ptr<Reducer> reducer, RunSink& sink, RunOptions options)
{
    return std::make_unique<NativeRun>(std::move(reducer), sink, std::move(options));
}

Result<std::unique_ptr<Run>> Reducer::start(RunSink& sink, RunOptions options) const
{
    return nativeRun(clone(), sink, std::move(options));
}

}  // namespace hindcast::model
