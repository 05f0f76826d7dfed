#include "ui/shell/palette.h"

#include <QHash>

#include <algorithm>
#include <cstdlib>

namespace hindcast::ui {

namespace {

constexpr qsizetype kMost = 256;
constexpr qsizetype kExact = 64;  // of the most frequent colours, which are grounds and text: they are never a near one

/// The greatest difference in a channel.
int apart(QRgb a, QRgb b)
{
    return std::max({std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)), std::abs(qBlue(a) - qBlue(b))});
}

}  // namespace

QList<QRgb> paletteOf(const std::vector<QImage>& pictures)
{
    QHash<QRgb, int> counts;
    for (const QImage& one : pictures) {
        const QImage picture = one.convertToFormat(QImage::Format_RGB32);
        for (int y = 0; y < picture.height(); ++y) {
            const auto* line = reinterpret_cast<const QRgb*>(picture.constScanLine(y));
            for (int x = 0; x < picture.width();) {  // by runs: most of a window is ground
                const int from = x;
                while (x < picture.width() && line[x] == line[from]) ++x;
                counts[line[from]] += x - from;
            }
        }
    }
    std::vector<std::pair<int, QRgb>> byCount;
    byCount.reserve(static_cast<std::size_t>(counts.size()));
    for (auto it = counts.cbegin(); it != counts.cend(); ++it) byCount.emplace_back(-it.value(), it.key());
    std::sort(byCount.begin(), byCount.end());
    QList<QRgb> palette;
    for (int near = 0; near < 256; near = near < 4 ? near + 1 : near + near / 4) {
        palette.clear();
        for (const auto& [count, color] : byCount) {
            const bool known =
                palette.size() >= kExact && std::ranges::any_of(palette, [&](QRgb one) { return apart(one, color) <= near; });
            if (known) continue;
            palette << color;
            if (palette.size() > kMost) break;
        }
        if (palette.size() <= kMost) break;
    }
    return palette;
}

QImage inPalette(const QImage& picture, const QList<QRgb>& palette)
{
    const QImage from = picture.convertToFormat(QImage::Format_RGB32);
    QImage out(from.size(), QImage::Format_Indexed8);
    out.setColorTable(palette);
    QHash<QRgb, uchar> known;
    for (int y = 0; y < from.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(from.constScanLine(y));
        uchar* to = out.scanLine(y);
        for (int x = 0; x < from.width(); ++x) {
            if (x > 0 && line[x] == line[x - 1]) {
                to[x] = to[x - 1];
                continue;
            }
            auto found = known.constFind(line[x]);
            if (found == known.constEnd()) {
                const auto nearest =
                    std::ranges::min_element(palette, {}, [&](QRgb one) { return apart(one, line[x]); }) - palette.begin();
                found = known.insert(line[x], static_cast<uchar>(nearest));
            }
            to[x] = *found;
        }
    }
    return out;
}

}  // namespace hindcast::ui
