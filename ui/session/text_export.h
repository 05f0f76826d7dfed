#pragma once
#include "core/event/error.h"
#include "ui/session/views.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hindcast::ui {

/// Events of one entity as text, a line each: how far it has got, or the whole.
struct TextExport {
    using Row = std::pair<EventId, Version>;                ///< version 0: a reject
    using Line = std::function<QString(const EventView&)>;  ///< pure: called on a worker's thread
    static constexpr std::size_t kMost = 32'000'000;        ///< characters

    std::size_t done = 0;
    std::size_t total = 0;
    bool ended = false;
    bool cut = false;  ///< kMost was reached: `done` lines and no more
    QString text;      ///< at its end
};

/// The making of one, in steps that are short enough to stand before nothing. On one thread.
class TextJob {
public:
    const std::uint64_t serial;

    TextJob(std::uint64_t number, std::vector<TextExport::Row> rows, TextExport::Line line)
        : serial(number), rows_(std::move(rows)), line_(std::move(line))
    {
    }
    using Describe = std::function<Result<std::optional<Event>>(EventId)>;
    /// Goes on for some milliseconds. Null where there is nothing new worth telling.
    [[nodiscard]] Result<std::shared_ptr<const TextExport>> step(const EntityKey& entity, const Describe& describe);
    [[nodiscard]] bool ended() const { return ended_; }

private:
    using Clock = std::chrono::steady_clock;
    std::vector<TextExport::Row> rows_;
    TextExport::Line line_;
    std::size_t next_ = 0;
    bool ended_ = false;
    QString text_;
    Clock::time_point told_ = Clock::now();
};

}  // namespace hindcast::ui
