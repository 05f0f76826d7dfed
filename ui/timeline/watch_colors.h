#pragma once
#include "core/replay/watch_runs.h"
#include "ui/look/theme.h"

#include <QColor>

namespace hindcast::ui {

/// The colours of a watch's bands: pale enough for words in Theme::Role::Text to be read on them (4.5:1). A value has its colour
/// wherever it comes again; what is no value of a kind (null, false, how many items) is neutral.
class WatchColors {
public:
    explicit WatchColors(const Theme& theme) : theme_(theme) {}

    [[nodiscard]] QColor band(const replay::WatchRuns& runs, std::size_t run) const;
    [[nodiscard]] QColor many() const;   ///< of values too short to be told apart
    [[nodiscard]] QColor hatch() const;  ///< over that

    static constexpr int kPastels = 7;
    [[nodiscard]] QColor pastel(int index) const;
    [[nodiscard]] QColor neutral() const;

private:
    const Theme& theme_;
};

}  // namespace hindcast::ui
