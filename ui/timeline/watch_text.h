#pragma once
#include "core/replay/watch_runs.h"

#include <QString>

namespace hindcast::ui {

/// A watched value in a few words: numbers as they came, texts without quotes, "3 items", "2 fields"; empty for what is not there.
[[nodiscard]] QString watchText(const replay::WatchValue& value, int limit = 120);
/// The same for a sentence: what is not there is "not there", an empty text "".
[[nodiscard]] QString watchSentence(const replay::WatchValue& value, int limit = 300);

}  // namespace hindcast::ui
