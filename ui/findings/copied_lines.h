#pragma once
#include "ui/session/text_export.h"

#include <QString>

#include <cstdint>
#include <string>
#include <utility>

namespace hindcast::ui {

/// Lines for the clipboard, as many as it is to hold. Pure; any thread.
struct CopiedLines {
    QString text;
    std::uint64_t rows = 0;
};
/// `rows`: pointers to what `lineOf` makes lines of.
template <class Rows, class LineOf>
[[nodiscard]] CopiedLines copiedLines(std::string titles, const Rows& rows, LineOf lineOf)
{
    CopiedLines copied;
    std::string text = std::move(titles);
    for (const auto* row : rows) {
        const std::string lines = lineOf(*row);
        if (text.size() + lines.size() > TextExport::kMost) break;
        text += lines;
        ++copied.rows;
    }
    copied.text = QString::fromStdString(text);
    return copied;
}

}  // namespace hindcast::ui
