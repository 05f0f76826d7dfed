#pragma once
#include "ui/findings/line_text.h"
#include "ui/session/text_export.h"

#include <QString>

#include <cstdint>
#include <string>

namespace hindcast::ui {

enum class LinesAs : std::uint8_t { Json, Csv };

/// How what a `View` has found is written, each row with its line ends. Pure; any thread.
template <class View>
struct RowLines {
    using Row = typename View::Batch::element_type::value_type;
    std::string (*json)(const Row& row, const View& view, const PartOf& part);
    std::string (*csvTitles)(const View& view);
    std::string (*csv)(const Row& row, const PartOf& part);
};

/// Lines for the clipboard, as many as it is to hold.
struct CopiedLines {
    QString text;
    std::uint64_t rows = 0;
    bool cut = false;  ///< there are more
};

/// `rows`: pointers to rows of `view`. Pure; any thread.
template <class View, class Rows>
[[nodiscard]] CopiedLines copiedLines(const View& view, const Rows& rows, const RowLines<View>& lines, LinesAs as,
                                      const PartOf& part)
{
    CopiedLines copied;
    std::string text = as == LinesAs::Csv ? lines.csvTitles(view) : std::string();
    for (const auto* row : rows) {
        const std::string more = as == LinesAs::Csv ? lines.csv(*row, part) : lines.json(*row, view, part);
        if ((copied.cut = text.size() + more.size() > TextExport::kMost)) break;
        text += more;
        ++copied.rows;
    }
    copied.text = QString::fromStdString(text);
    return copied;
}

}  // namespace hindcast::ui
