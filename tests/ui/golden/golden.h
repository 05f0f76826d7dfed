#pragma once
#include "ui/shell/palette.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFontInfo>
#include <QImage>
#include <QRawFont>
#include <QRect>
#include <QString>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace hindcast::ui::test {

/// How two pictures differ. What antialiasing may do is let pass: a little in a channel anywhere, more of it in a few pixels far apart.
/// A glyph that has moved differs by much in one place.
struct Difference {
    static constexpr int kChannel = 24;      ///< of 255: more of a difference counts
    static constexpr int kTile = 32;         ///< pixels; the picture is looked at in squares of this side
    static constexpr int kMostInTile = 6;    ///< pixels that count
    static constexpr double kMost = 0.0002;  ///< of all pixels

    int pixels = 0;      ///< that count
    QRect where;         ///< all of them
    bool sizes = false;  ///< the sizes are others: nothing was compared
    bool inOnePlace = false;
    QImage picture;  ///< the new one dimmed, what counts in red

    [[nodiscard]] bool matters(QSize size) const { return sizes || inOnePlace || pixels > kMost * size.width() * size.height(); }
};

inline Difference differenceOf(const QImage& actual, const QImage& expected)
{
    Difference out;
    if (actual.size() != expected.size()) {
        out.sizes = true;
        return out;
    }
    const QImage a = actual.convertToFormat(QImage::Format_RGB32);
    const QImage b = expected.convertToFormat(QImage::Format_RGB32);
    out.picture = a.copy();
    const int across = a.width() / Difference::kTile + 1;
    // Two grids, half a side apart, so that no glyph is halved by both.
    std::vector<int> tiles(static_cast<std::size_t>(2 * across * (a.height() / Difference::kTile + 1)));
    std::vector<int> shifted(static_cast<std::size_t>(2 * (across + 1) * (a.height() / Difference::kTile + 2)));
    for (int y = 0; y < a.height(); ++y) {
        const auto* left = reinterpret_cast<const QRgb*>(a.constScanLine(y));
        const auto* right = reinterpret_cast<const QRgb*>(b.constScanLine(y));
        auto* shown = reinterpret_cast<QRgb*>(out.picture.scanLine(y));
        for (int x = 0; x < a.width(); ++x) {
            const int most = std::max({std::abs(qRed(left[x]) - qRed(right[x])), std::abs(qGreen(left[x]) - qGreen(right[x])),
                                       std::abs(qBlue(left[x]) - qBlue(right[x]))});
            const int grey = 255 - (255 - qGray(left[x])) / 4;
            shown[x] = most > Difference::kChannel ? qRgb(220, 0, 0) : qRgb(grey, grey, grey);
            if (most <= Difference::kChannel) continue;
            ++out.pixels;
            out.where |= QRect(x, y, 1, 1);
            constexpr int kHalf = Difference::kTile / 2;
            const auto tile = static_cast<std::size_t>(y / Difference::kTile * across + x / Difference::kTile);
            const auto other =
                static_cast<std::size_t>((y + kHalf) / Difference::kTile * (across + 1) + (x + kHalf) / Difference::kTile);
            if (++tiles[tile] > Difference::kMostInTile || ++shifted[other] > Difference::kMostInTile) out.inOnePlace = true;
        }
    }
    return out;
}

/// What a picture depends on beside the program: Qt's minor version and the two fonts' own tables, a line each.
inline QString madeWith(const QFont& text, const QFont& mono)
{
    const auto line = [](const QFont& font) {
        const QByteArray head = QRawFont::fromFont(font).fontTable("head");
        return QStringLiteral("%1 %2\n").arg(
            QFontInfo(font).family(),
            QString::fromLatin1(QCryptographicHash::hash(head, QCryptographicHash::Sha1).toHex().left(12)));
    };
    return QStringLiteral("Qt %1\n").arg(QString::fromLatin1(qVersion()).section(QLatin1Char('.'), 0, 1)) + line(text) +
           line(mono);
}

/// Compares with pictures in a folder, or rewrites them (HINDCAST_UPDATE_GOLDEN=1). What differs is written, with the difference, to
/// a folder beside the test program: HINDCAST_GOLDEN_OUT, or golden-differences where it runs.
class Golden {
public:
    Golden(QString folder, QString made) : folder_(std::move(folder)), made_(std::move(made)) {}

    [[nodiscard]] static bool updates() { return qEnvironmentVariableIntValue("HINDCAST_UPDATE_GOLDEN") == 1; }

    /// Empty, or why nothing can be compared here.
    [[nodiscard]] QString unfit() const
    {
        if (updates()) return {};
        QFile file(folder_ + QStringLiteral("/made-with.txt"));
        if (!file.open(QIODevice::ReadOnly)) return QStringLiteral("there are no golden pictures in ") + folder_;
        const QString then = QString::fromUtf8(file.readAll());
        if (then == made_) return {};
        return QStringLiteral("the golden pictures were made with\n%1and here is\n%2").arg(then, made_);
    }

    /// Empty where the picture is as it should be; else what is wrong and where to look.
    [[nodiscard]] QString check(const QImage& actual, const QString& name) const
    {
        const QString path = folder_ + QLatin1Char('/') + name + QStringLiteral(".png");
        if (updates()) {
            QDir().mkpath(folder_);
            QFile file(folder_ + QStringLiteral("/made-with.txt"));
            if (!file.open(QIODevice::WriteOnly) || file.write(made_.toUtf8()) < 0)
                return QStringLiteral("cannot write ") + file.fileName();
            const QImage expected(path);
            // A picture that has not changed keeps its file.
            if (!expected.isNull() && !differenceOf(actual, expected).matters(actual.size())) return {};
            return inPalette(actual, paletteOf({actual})).save(path, "PNG", 0) ? QString()
                                                                               : QStringLiteral("cannot write ") + path;
        }
        const QImage expected(path);
        if (expected.isNull()) return QStringLiteral("there is no golden picture ") + path;
        const Difference found = differenceOf(actual, expected);
        if (!found.matters(actual.size())) return {};
        const QString out =
            qEnvironmentVariable("HINDCAST_GOLDEN_OUT", QDir::currentPath() + QStringLiteral("/golden-differences"));
        QDir().mkpath(out);
        const QString base = out + QLatin1Char('/') + name;
        (void)actual.save(base + QStringLiteral("-actual.png"));
        if (found.sizes)
            return QStringLiteral("%1: %2×%3 pixels, and were %4×%5; see %6-actual.png")
                .arg(name)
                .arg(actual.width())
                .arg(actual.height())
                .arg(expected.width())
                .arg(expected.height())
                .arg(base);
        (void)found.picture.save(base + QStringLiteral("-difference.png"));
        return QStringLiteral("%1: %2 pixels differ within x %3…%4, y %5…%6; see %7-actual.png and %7-difference.png")
            .arg(name)
            .arg(found.pixels)
            .arg(found.where.left())
            .arg(found.where.right())
            .arg(found.where.top())
            .arg(found.where.bottom())
            .arg(base);
    }

private:
    QString folder_;
    QString made_;
};

}  // namespace hindcast::ui::test
