#pragma once
#include "ui/timeline/timeline_canvas.h"

#include <vector>

namespace hindcast::ui {

class Session;

/// What is to be marked in the selected entity's life: what the audit found in it, and where the model failed; by version.
[[nodiscard]] std::vector<LaneFinding> laneFindings(Session& session);

}  // namespace hindcast::ui
