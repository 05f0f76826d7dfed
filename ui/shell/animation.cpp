#include "ui/shell/animation.h"

#include "ui/shell/main_window.h"
#include "ui/shell/palette.h"
#include "ui/shell/render.h"

#include <QPixmap>
#include <QSaveFile>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <cstring>

namespace hindcast::ui {

namespace {

constexpr int kStepMs = 420;
constexpr int kEndMs = 1800;

/// PNG's checksum (ISO 3309) over a chunk's name and data.
quint32 checksum(const QByteArray& bytes)
{
    static const auto table = [] {
        std::array<quint32, 256> made{};
        for (quint32 n = 0; n < made.size(); ++n) {
            quint32 c = n;
            for (int k = 0; k < 8; ++k) c = (c & 1) != 0 ? 0xedb88320U ^ (c >> 1) : c >> 1;
            made[n] = c;
        }
        return made;
    }();
    quint32 c = 0xffffffffU;
    for (const char byte : bytes) c = table[(c ^ static_cast<quint8>(byte)) & 0xff] ^ (c >> 8);
    return c ^ 0xffffffffU;
}

template <class Integer>
void put(QByteArray& out, Integer value)
{
    const Integer big = qToBigEndian(value);
    out.append(reinterpret_cast<const char*>(&big), sizeof big);
}

void putChunk(QByteArray& out, const char* name, const QByteArray& data)
{
    put(out, static_cast<quint32>(data.size()));
    const QByteArray body = QByteArray(name, 4) + data;
    out += body;
    put(out, checksum(body));
}

/// The pixels as PNG holds them: each line after the number of its filter, none, packed.
QByteArray packed(const QImage& picture)
{
    QByteArray lines;
    lines.reserve(picture.height() * (picture.width() + 1));
    for (int y = 0; y < picture.height(); ++y) {
        lines.append('\0');
        lines.append(reinterpret_cast<const char*>(picture.constScanLine(y)), picture.width());
    }
    return qCompress(lines, 9).mid(4);  // Qt writes the length before it
}

/// The smallest rectangle that holds every pixel that differs; one pixel where none does, for a frame must hold some.
QRect difference(const QImage& before, const QImage& now)
{
    QRect out;
    for (int y = 0; y < now.height(); ++y) {
        const uchar* a = before.constScanLine(y);
        const uchar* b = now.constScanLine(y);
        if (std::memcmp(a, b, static_cast<std::size_t>(now.width())) == 0) continue;
        int left = 0;
        int right = now.width() - 1;
        while (a[left] == b[left]) ++left;
        while (a[right] == b[right]) --right;
        out |= QRect(QPoint(left, y), QPoint(right, y));
    }
    return out.isNull() ? QRect(0, 0, 1, 1) : out;
}

}  // namespace

bool writeAnimation(const std::vector<Frame>& frames, const QString& path)
{
    std::vector<QImage> pictures;
    pictures.reserve(frames.size());
    for (const Frame& frame : frames) pictures.push_back(frame.picture);
    const QList<QRgb> palette = paletteOf(pictures);

    QByteArray file("\x89PNG\r\n\x1a\n", 8);
    QByteArray header;
    for (const int side : {pictures.front().width(), pictures.front().height()}) put(header, static_cast<quint32>(side));
    header.append("\x08\x03\0\0\0", 5);  // eight bits, a palette
    putChunk(file, "IHDR", header);
    QByteArray colors;
    for (const QRgb color : palette)
        for (const int part : {qRed(color), qGreen(color), qBlue(color)}) colors.append(static_cast<char>(part));
    putChunk(file, "PLTE", colors);
    QByteArray animation;
    put(animation, static_cast<quint32>(frames.size()));
    put(animation, quint32{0});  // for ever
    putChunk(file, "acTL", animation);

    quint32 sequence = 0;
    QImage before;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const QImage picture = inPalette(pictures[i], palette);
        const QRect part = i == 0 ? picture.rect() : difference(before, picture);
        QByteArray control;
        put(control, sequence++);
        for (const int one : {part.width(), part.height(), part.x(), part.y()}) put(control, static_cast<quint32>(one));
        put(control, static_cast<quint16>(frames[i].milliseconds));
        put(control, quint16{1000});
        control.append(2, '\0');  // it stays, and the next one lies over it
        putChunk(file, "fcTL", control);
        QByteArray data;
        if (i > 0) put(data, sequence++);
        data += packed(picture.copy(part));
        putChunk(file, i == 0 ? "IDAT" : "fdAT", data);
        before = picture;
    }
    putChunk(file, "IEND", {});
    QSaveFile out(path);
    return out.open(QIODevice::WriteOnly) && out.write(file) == file.size() && out.commit();
}

bool renderAnimation(MainWindow& window, const QString& path, int width)
{
    Playhead& playhead = *window.session().playhead();
    if (!settle(window) || !playhead.history() || playhead.last().value == 0) return false;
    // Of a long life evenly spread versions: each picture is held until all are there.
    constexpr std::uint64_t kMostFrames = 120;
    const std::uint64_t last = playhead.last().value;
    const std::uint64_t count = std::min(last, kMostFrames);
    std::vector<Frame> frames;
    for (std::uint64_t i = 1; i <= count; ++i) {
        const std::uint64_t version = count == last ? i : 1 + (last - 1) * (i - 1) / (count - 1);
        playhead.setVersion(Version{version});
        if (!settle(window)) return false;
        QImage picture = window.grab().toImage();
        if (width > 0 && width != picture.width()) picture = picture.scaledToWidth(width, Qt::SmoothTransformation);
        frames.push_back({std::move(picture), version == playhead.last().value ? kEndMs : kStepMs});
    }
    return writeAnimation(frames, path);
}

}  // namespace hindcast::ui
