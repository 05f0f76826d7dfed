#include "core/replay/first_time.h"

#include "core/replay/first_time_follower.h"

#include <algorithm>
#include <map>
#include <utility>

namespace hindcast::replay {

namespace {

using expression::Expression;

/// Whether an expression names what an event alone has: a verdict holds for one event then, else until a value changes. What it
/// says by the words that stand in it may be too much (a variable of a macro may be called `type`): that costs time only.
bool namesTheEvent(const Expression& expression)
{
    if (expression.usesPayload() || expression.usesRecord()) return true;
    const std::string_view text = expression.text();
    const auto isWord = [](char c) { return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0; };
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '"' || text[at] == '\'') {
            const char quote = text[at++];
            while (at < text.size() && text[at] != quote) at += text[at] == '\\' ? 2 : 1;
            ++at;
        } else if (isWord(text[at])) {
            const std::size_t begin = at;
            while (at < text.size() && isWord(text[at])) ++at;
            static constexpr std::string_view kNames[] = {"type", "time", "version", "topic", "partition", "offset"};
            const bool member = begin > 0 && text[begin - 1] == '.';
            if (!member && std::ranges::find(kNames, text.substr(begin, at - begin)) != std::end(kNames)) return true;
        } else {
            ++at;
        }
    }
    return false;
}

/// "/items/0" of a state as the expression has it: "state.items.0".
std::string nameOf(std::string_view root, const Pointer& pointer)
{
    std::string name(root);
    for (const std::string& token : pointer.tokens()) name += "." + token;
    return name;
}

class FirstTimeFold final : public SweepFold {
public:
    FirstTimeFold(FirstTimeSearch& search, std::stop_token stop) : search_(search), stop_(std::move(stop)) {}

    Result<void> fold(SweepBatch& batch) override
    {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            auto follower = followerOf(batch.history(i).category);
            if (!follower) return std::unexpected(follower.error());
            if (auto folded = (*follower)->fold(batch, i); !folded) return folded;
        }
        for (const auto& [reducer, follower] : followers_)
            if (auto finished = follower->finish(); !finished) return finished;
        return {};
    }

private:
    Result<FirstTimeFollower*> followerOf(CategoryId category)
    {
        const model::Reducer* reducer = search_.expression->usesState() ? search_.models->of(category) : nullptr;
        auto& follower = followers_[reducer];
        if (follower == nullptr) {
            follower = std::make_unique<FirstTimeFollower>(search_);
            if (reducer)
                if (auto started = follower->start(*reducer, stop_); !started) return std::unexpected(started.error());
        }
        return follower.get();
    }

    FirstTimeSearch& search_;
    std::stop_token stop_;
    std::map<const model::Reducer*, std::unique_ptr<FirstTimeFollower>> followers_;
};

}  // namespace

Result<FirstTimeSummary> firstTime(const SweepSource& source, const SweepScope& scope,
                                   std::shared_ptr<const expression::Expression> expression, const ModelOf& models,
                                   SweepOptions options, const std::function<void(const FirstHit&)>& hit)
{
    auto chosen = SweepModels::choose(*source.store, models);
    if (!chosen) return std::unexpected(chosen.error());
    auto reader = source.store->reader();
    if (!reader) return std::unexpected(reader.error());
    const auto parts = (*reader)->parts();
    if (!parts) return std::unexpected(parts.error());
    FirstTimeSearch search{.expression = std::move(expression), .models = std::move(*chosen), .hit = hit};
    search.wantsRecord = search.expression->usesPayload() || search.expression->usesRecord();
    search.everyEvent = namesTheEvent(*search.expression);
    for (const store::Part& part : *parts) search.parts.emplace(part.id.value, std::pair(part.topic, part.partition));
    search.met.emplace(*search.expression);
    options.records = search.expression->usesRecord();
    SweepScope within = scope;
    if (search.expression->usesState()) within.categories = search.models->categories(scope.categories);
    auto done = sweep(source, within, options, [&search](const std::stop_token& stop) -> Result<std::unique_ptr<SweepFold>> {
        return std::make_unique<FirstTimeFold>(search, stop);
    });
    if (!done) return std::unexpected(done.error());
    search.summary.looked = *done;
    if (done->events > 0) {
        const auto& statePaths = search.expression->statePaths();
        for (std::size_t i = 0; i < statePaths.size(); ++i)
            if (!search.met->state[i]) search.summary.absentPaths.push_back(nameOf("state", statePaths[i]));
        const auto& payloadPaths = search.expression->payloadPaths();
        for (std::size_t i = 0; i < payloadPaths.size(); ++i)
            if (!search.met->payload[i]) search.summary.absentPaths.push_back(nameOf("payload", payloadPaths[i]));
    }
    return std::move(search.summary);
}

}  // namespace hindcast::replay
