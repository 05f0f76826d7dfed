#pragma once
#include <QImage>
#include <QList>

#include <vector>

namespace hindcast::ui {

/// At most 256 colours such that each of the pictures' has one as near as can be, in each channel: what a window is drawn with is few
/// colours and the shades of its letters' edges, so the difference cannot be seen and the file is half as large.
[[nodiscard]] QList<QRgb> paletteOf(const std::vector<QImage>& pictures);

/// The picture in these colours, a byte a pixel.
[[nodiscard]] QImage inPalette(const QImage& picture, const QList<QRgb>& palette);

}  // namespace hindcast::ui
