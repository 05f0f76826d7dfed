#pragma once
#include "ui/timeline/overview_strip.h"
#include "ui/timeline/timeline_canvas.h"

#include <QLabel>
#include <QWidget>

class QToolButton;

namespace hindcast::ui {

/// The timeline under its title: whose lane it is, which stretch of time is shown, and a way back to the whole.
class TimelineView final : public QWidget {
    Q_OBJECT
public:
    /// All three must outlive the widget.
    TimelineView(const Theme& theme, Playhead& playhead, TimeWindow& window, QWidget* parent = nullptr);

    [[nodiscard]] TimelineCanvas& canvas() { return *canvas_; }
    [[nodiscard]] OverviewStrip& overview() { return *overview_; }

private:
    void showRange();

    TimeWindow& window_;
    Playhead& playhead_;
    QLabel* range_;
    QToolButton* fit_;
    OverviewStrip* overview_;
    TimelineCanvas* canvas_;
};

}  // namespace hindcast::ui
