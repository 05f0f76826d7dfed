#pragma once
#include "ui/look/theme.h"

#include <QColor>

namespace hindcast::ui {

/// How far two colours stand apart, as WCAG 2 has it: from 1 to 21. Pure.
[[nodiscard]] double contrast(const QColor& a, const QColor& b);

/// What is left of a colour when it steps back into its ground: `share` of it, or as much more as it takes to stand `least` apart
/// from the ground; the whole of it where even that is not enough. Pure.
[[nodiscard]] QColor steppedBack(const QColor& color, const QColor& ground, double share, double least = 1);

/// What a word is written in on a filled mark: white where that can be read on it (3.2:1, of a bold word), else a dark one. Pure.
[[nodiscard]] QColor wordsOn(const QColor& fill);

/// Theme::series() for what lies ahead of the playhead: it steps back into the panel. In dark it keeps 3:1, for a dark colour on a
/// dark ground is lost where a pale one on white is not.
[[nodiscard]] QColor seriesAhead(const Theme& theme, int index);

/// For words and values of a what-if branch: the accent, dark (or light) enough to be read on a tinted row.
[[nodiscard]] QColor branchInk(const Theme& theme);

}  // namespace hindcast::ui
