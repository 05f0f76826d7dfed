#pragma once
#include "tests/ui/fixtures.h"
#include "ui/timeline/timeline_view.h"

#include <QObject>

#include <cmath>
#include <utility>

namespace hindcast::ui::test {

/// A life whose events stand so many minutes after 2025-11-03 18:00, each with its type.
inline std::shared_ptr<replay::History> lifeOf(std::uint32_t entity, const std::vector<std::pair<int, int>>& minuteAndType)
{
    constexpr std::int64_t kMinute = 60'000'000'000;
    auto out = std::make_shared<replay::History>();
    out->entity = EntityId{entity};
    out->key = {"user", "user-" + std::to_string(entity)};
    const std::int64_t start = at("2025-11-03T18:00:00Z").ns;
    for (const auto& [minute, type] : minuteAndType) {
        replay::HistoryEvent event;
        event.id = EventId{PartId{entity}, Offset{static_cast<std::int64_t>(out->events.size())}};
        event.time = event.effective = Timestamp{start + minute * kMinute};
        event.type = TypeId{static_cast<std::uint32_t>(type)};
        out->events.push_back(event);
    }
    return out;
}

inline Lane laneFor(const std::shared_ptr<replay::History>& history, bool pinned)
{
    Lane lane;
    lane.history = history;
    lane.name = QString::fromStdString(history->key.id);
    lane.about = QStringLiteral("%1 events · orders/3").arg(history->events.size());
    lane.pinned = pinned;
    return lane;
}

/// Names and colours as a session would give them.
inline TypeWords typeWords()
{
    return {typeName, [](TypeId type) { return static_cast<int>(type.value); }};
}

/// What each view of times is made from, anew for each case by begin().
class TimesTest : public QObject {
protected:
    std::unique_ptr<Theme> theme_;
    std::unique_ptr<Playhead> playhead_;
    std::unique_ptr<TimeWindow> window_;

    void begin()
    {
        theme_ = std::make_unique<Theme>(Theme::Scheme::Light);
        theme_->apply();
        playhead_ = std::make_unique<Playhead>();
        window_ = std::make_unique<TimeWindow>();
    }
    /// Shows all from the first event of one life to the last of another.
    void fit(const replay::History& first, const replay::History& last)
    {
        window_->setExtent(first.events.front().effective, last.events.back().effective);
        window_->fit();
    }
};

/// The lanes under their header, shown.
class LanesTest : public TimesTest {
protected:
    std::unique_ptr<TimelineView> view_;

    TimelineCanvas& canvas() { return view_->canvas(); }
    void beginView(int height)
    {
        begin();
        view_ = std::make_unique<TimelineView>(*theme_, *playhead_, *window_);
        canvas().setTypeWords(typeWords());
        view_->resize(970, height);
        view_->show();
    }
    QPoint pointOf(std::size_t lane, std::size_t event)
    {
        const double x = canvas().scale().pixelFromTime(canvas().events(lane)->at[event]);
        return {static_cast<int>(std::lround(x)), static_cast<int>(canvas().laneMiddle(lane))};
    }
    void save(const char* name)
    {
        if (qEnvironmentVariableIsSet("HINDCAST_PICTURES")) picture(*view_, QLatin1String(name));
    }
};

}  // namespace hindcast::ui::test
