#include "ui/timeline/density_words.h"

#include <QCoreApplication>

namespace hindcast::ui {

QString densityWords(const QString& events, const QString& most, const QFontMetricsF& metrics, double room)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("hindcast::ui::TimelineCanvas", text); };
    const QString least = tr("density: %1 in view").arg(events);
    for (const QString& words : {tr("density: %1 in view, at most %2 a column; zoom in for one mark per event").arg(events, most),
                                 tr("density: %1 in view, at most %2 a column").arg(events, most), least})
        if (metrics.horizontalAdvance(words) <= room) return words;
    // One letter and three dots tell nothing.
    return metrics.horizontalAdvance(tr("density…")) <= room ? metrics.elidedText(least, Qt::ElideRight, room) : QString();
}

}  // namespace hindcast::ui
