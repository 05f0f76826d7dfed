#include "ui/timeline/density_words.h"

#include "ui/look/shaped_text.h"

#include <QCoreApplication>

namespace hindcast::ui {

QString densityWords(const QString& events, const QString& most, const QFont& font, double room)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("hindcast::ui::TimelineCanvas", text); };
    const QString least = tr("density: %1 in view").arg(events);
    for (const QString& words : {tr("density: %1 in view, at most %2 a column; zoom in for one mark per event").arg(events, most),
                                 tr("density: %1 in view, at most %2 a column").arg(events, most), least})
        if (textWidthF(font, words) <= room) return words;
    // One letter and three dots tell nothing.
    if (textWidthF(font, tr("density…")) > room) return {};
    // The elided text may be a fraction of a pixel wider than asked for.
    for (double width = room; width > 0; --width)
        if (const QString words = elidedText(font, least, Qt::ElideRight, width); textWidthF(font, words) <= room) return words;
    return {};
}

}  // namespace hindcast::ui
