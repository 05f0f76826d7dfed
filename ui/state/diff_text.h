#pragma once
#include "ui/session/comparison_view.h"

#include <QString>

#include <string>

namespace hindcast::ui {

/// A comparison as text for a ticket, a chat, a file.
enum class DiffFormat : std::uint8_t { Patch, Unified, Markdown };

/// `nameA` and `nameB`: what the sides are called. `itemKey` as alignJson() has it. Pure; costs what both states hold.
[[nodiscard]] QString diffText(const ComparisonView& view, DiffFormat format, const QString& nameA, const QString& nameB,
                               const std::string& itemKey = {});

/// By the file's ending: *.json a patch, *.md a table, anything else unified text.
[[nodiscard]] DiffFormat diffFormatOf(const QString& path);

/// Writes it there, whole or not at all; why not, where it cannot. Not in the GUI thread.
[[nodiscard]] QString writeDiff(const QString& path, const QString& text);

}  // namespace hindcast::ui
