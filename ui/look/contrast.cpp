#include "ui/look/contrast.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr double kStep = 0.02;   // finer is not seen
constexpr double kAhead = 0.38;  // how much is left of the colour of what the playhead has not reached

double luminance(const QColor& color)
{
    const auto linear = [](double part) { return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

QColor blend(const QColor& color, const QColor& ground, double share)
{
    const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a * share + b * (1 - share))); };
    return QColor(mix(color.red(), ground.red()), mix(color.green(), ground.green()), mix(color.blue(), ground.blue()));
}

}  // namespace

double contrast(const QColor& a, const QColor& b)
{
    const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
    return (lighter + 0.05) / (darker + 0.05);
}

QColor steppedBack(const QColor& color, const QColor& ground, double share, double least)
{
    QColor left = blend(color, ground, share);
    while (share < 1 && contrast(left, ground) < least) {
        share = std::min(1.0, share + kStep);
        left = blend(color, ground, share);
    }
    return left;
}

QColor wordsOn(const QColor& fill)
{
    constexpr double kReadable = 3.2;
    return contrast(fill, Qt::white) < kReadable ? QColor(0x1c2430) : QColor(Qt::white);
}

QColor seriesAhead(const Theme& theme, int index)
{
    // Each mark that is painted asks, and a dark colour takes thirty steps: a few microseconds.
    thread_local std::map<std::pair<QRgb, QRgb>, QColor> known;
    const QColor color = theme.series(index);
    const QColor ground = theme.color(Theme::Role::Panel);
    const auto [at, isNew] = known.try_emplace(std::pair(color.rgb(), ground.rgb()));
    if (isNew) at->second = steppedBack(color, ground, kAhead, theme.isDark() ? 3 : 1);
    return at->second;
}

QColor branchInk(const Theme& theme)
{
    return steppedBack(theme.color(Theme::Role::Accent), theme.color(Theme::Role::Text), 0.78);
}

}  // namespace hindcast::ui
