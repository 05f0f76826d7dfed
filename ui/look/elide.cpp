#include "ui/look/elide.h"

#include <algorithm>

namespace hindcast::ui {

QString elidedName(const QString& name, const QFontMetrics& metrics, int width)
{
    if (metrics.horizontalAdvance(name) <= width) return name;
    const auto cut = [&](qsizetype kept) {
        const qsizetype head = kept * 3 / 10;
        return name.left(head) + QChar(0x2026) + name.right(kept - head);
    };
    // The most characters with which it fits.
    qsizetype fits = 0;
    qsizetype beyond = std::min<qsizetype>(name.size(), 4096);
    while (beyond - fits > 1) {
        const qsizetype middle = (fits + beyond) / 2;
        (metrics.horizontalAdvance(cut(middle)) <= width ? fits : beyond) = middle;
    }
    return cut(fits);
}

}  // namespace hindcast::ui
