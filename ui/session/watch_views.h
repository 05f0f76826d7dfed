#pragma once
#include "core/event/json.h"
#include "core/replay/history.h"
#include "core/replay/watch_runs.h"

#include <QString>

#include <memory>
#include <vector>

namespace hindcast::ui {

/// The values of one watched field over the selected entity's life.
struct WatchView {
    QString pointer;
    std::shared_ptr<const replay::WatchRuns> runs;  ///< null: being worked out, or `trouble`
    QString trouble;                                ///< why there are none
};

/// One immutable answer: all watches of the selected entity's category, in their order.
struct WatchesView {
    EntityId entity;
    std::shared_ptr<const replay::History> history;  ///< that the runs are of
    std::vector<WatchView> watches;
    bool done = true;  ///< false: the life is being walked through,
    Version at;        ///< and the walk is here
};

/// What these writes made of a field: its value before and after each of them. Those asked for, in order.
struct WriteRows {
    struct Row {
        Version version;
        Json before;  ///< discarded: it was not there
        Json after;   ///< discarded: it is not there
    };
    EntityId entity;
    QString pointer;
    std::vector<Row> rows;
};

}  // namespace hindcast::ui
