#include "ui/look/elide.h"

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr qsizetype kLooked = 4096;  // characters of a name that are looked at

qsizetype headOf(qsizetype kept) { return kept * 3 / 10; }

QString cutInMiddle(const QString& name, qsizetype kept)
{
    return name.left(headOf(kept)) + QChar(0x2026) + name.right(kept - headOf(kept));
}

/// The most for which `text` fits, from 0 up.
template <class Text>
qsizetype mostThatFits(qsizetype beyond, const QFontMetrics& metrics, int width, const Text& text)
{
    qsizetype fits = 0;
    while (beyond - fits > 1) {
        const qsizetype middle = (fits + beyond) / 2;
        (metrics.horizontalAdvance(text(middle)) <= width ? fits : beyond) = middle;
    }
    return fits;
}

qsizetype commonBeginning(QStringView a, QStringView b)
{
    const auto [at, other] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    return at - a.begin();
}

qsizetype commonEnd(QStringView a, QStringView b)
{
    const auto [at, other] = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend());
    return at - a.rbegin();
}

}  // namespace

QString elidedName(const QString& name, const QFontMetrics& metrics, int width)
{
    if (metrics.horizontalAdvance(name) <= width) return name;
    return cutInMiddle(name, mostThatFits(std::min(name.size(), kLooked), metrics, width,
                                          [&](qsizetype kept) { return cutInMiddle(name, kept); }));
}

QString elidedAmong(const QString& name, std::span<const QString> others, const QFontMetrics& metrics, int width)
{
    if (metrics.horizontalAdvance(name) <= width) return name;
    const qsizetype length = std::min(name.size(), kLooked);
    const qsizetype kept = mostThatFits(length, metrics, width, [&](qsizetype count) { return cutInMiddle(name, count); });
    const QStringView head = QStringView(name).left(headOf(kept));
    const QStringView tail = QStringView(name).right(kept - headOf(kept));
    // What tells it from those that would be cut to the same: from the first place where one of them differs to the last.
    qsizetype from = length;
    qsizetype to = 0;
    qsizetype nearest = 0;  // the place at which it parts from the one that is most like it
    for (const QString& other : others) {
        if (other.size() <= kept || other == name || !other.startsWith(head) || !other.endsWith(tail)) continue;
        const qsizetype begins = commonBeginning(name, other);
        const qsizetype ends = std::min(commonEnd(name, other), std::min(name.size(), other.size()) - begins);
        from = std::min(from, begins);
        to = std::max(to, name.size() - ends);
        nearest = std::max(nearest, begins);
    }
    if (from == length) return cutInMiddle(name, kept);
    const auto stretch = [&](qsizetype begin, qsizetype end) {
        QString text = name.mid(begin, end - begin);
        if (begin > 0) text.prepend(QChar(0x2026));
        if (end < name.size()) text.append(QChar(0x2026));
        return text;
    };
    if (metrics.horizontalAdvance(stretch(from, to)) > width) {
        from = std::min(nearest, length - 1);
        const qsizetype most =
            mostThatFits(length - from + 1, metrics, width, [&](qsizetype count) { return stretch(from, from + count); });
        return stretch(from, from + most);
    }
    // As much of what stands around it as there is room for.
    const qsizetype more = mostThatFits(name.size(), metrics, width, [&](qsizetype count) {
        return stretch(std::max<qsizetype>(0, from - count), std::min(name.size(), to + count));
    });
    return stretch(std::max<qsizetype>(0, from - more), std::min(name.size(), to + more));
}

QString shortName(const QString& name, int characters)
{
    return name.size() <= characters ? name : cutInMiddle(name, characters - 1);
}

}  // namespace hindcast::ui
