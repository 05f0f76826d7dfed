#include "ui/session/text_export.h"

namespace hindcast::ui {

namespace {

constexpr std::chrono::milliseconds kStep{8};  // a state that is asked for meanwhile waits no longer
constexpr std::chrono::milliseconds kTellEvery{100};

}  // namespace

Result<std::shared_ptr<const TextExport>> TextJob::step(const EntityKey& entity, const Describe& describe)
{
    const auto start = Clock::now();
    const auto full = [this] { return static_cast<std::size_t>(text_.size()) >= TextExport::kMost; };
    while (next_ < rows_.size() && !full() && Clock::now() - start < kStep) {
        const auto [id, version] = rows_[next_++];
        auto event = describe(id);
        if (!event) return std::unexpected(event.error());
        if (!*event) continue;
        EventView view;
        view.entity = entity;
        view.version = version;
        view.event = std::move(**event);
        text_ += line_(view);
        text_ += QLatin1Char('\n');
    }
    ended_ = next_ == rows_.size() || full();
    if (!ended_ && Clock::now() - told_ < kTellEvery) return std::shared_ptr<const TextExport>();
    told_ = Clock::now();
    auto out = std::make_shared<TextExport>();
    out->done = next_;
    out->total = rows_.size();
    out->ended = ended_;
    out->cut = next_ < rows_.size() && ended_;
    if (ended_) out->text = std::move(text_);
    return out;
}

}  // namespace hindcast::ui
