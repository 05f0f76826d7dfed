#pragma once
#include <QColor>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace hindcast::ui {

/// How colours look to eyes that lack one kind of cone, and how far apart two colours then are.
/// Machado, Oliveira, Fernandes 2009 (severity 1); CIEDE2000 by Sharma, Wu, Dalal 2005.
enum class Eyes { All, Protan, Deutan, Tritan };

namespace vision {

using Triple = std::array<double, 3>;

inline Triple linearRgb(const QColor& color)
{
    const auto part = [](double value) { return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4); };
    return {part(color.redF()), part(color.greenF()), part(color.blueF())};
}

inline Triple seenBy(Eyes eyes, const Triple& rgb)
{
    static constexpr double kMatrix[4][3][3] = {
        {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
        {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
        {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
        {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
    };
    Triple out{};
    for (int row = 0; row < 3; ++row) {
        const auto& m = kMatrix[static_cast<int>(eyes)][row];
        out[static_cast<std::size_t>(row)] = std::clamp(m[0] * rgb[0] + m[1] * rgb[1] + m[2] * rgb[2], 0.0, 1.0);
    }
    return out;
}

inline Triple labOf(const Triple& rgb)
{
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    const double x = f((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.95047);
    const double y = f(0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]);
    const double z = f((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

inline double radians(double degrees) { return degrees * std::numbers::pi / 180; }

inline double ciede2000(const Triple& one, const Triple& two)
{
    const double meanChroma = (std::hypot(one[1], one[2]) + std::hypot(two[1], two[2])) / 2;
    const double seventh = std::pow(meanChroma, 7);
    const double g = 0.5 * (1 - std::sqrt(seventh / (seventh + std::pow(25.0, 7))));
    const double a1 = (1 + g) * one[1];
    const double a2 = (1 + g) * two[1];
    const double c1 = std::hypot(a1, one[2]);
    const double c2 = std::hypot(a2, two[2]);
    const auto hue = [](double b, double a) {
        const double degrees = std::atan2(b, a) * 180 / std::numbers::pi;
        return degrees < 0 ? degrees + 360 : degrees;
    };
    const double h1 = hue(one[2], a1);
    const double h2 = hue(two[2], a2);
    double dh = c1 * c2 == 0 ? 0 : h2 - h1;
    if (dh > 180) dh -= 360;
    if (dh < -180) dh += 360;
    const double dHue = 2 * std::sqrt(c1 * c2) * std::sin(radians(dh / 2));
    const double l = (one[0] + two[0]) / 2;
    const double c = (c1 + c2) / 2;
    double h = c1 * c2 == 0 ? h1 + h2 : (h1 + h2) / 2;
    if (c1 * c2 != 0 && std::abs(h1 - h2) > 180) h += h1 + h2 < 360 ? 180 : -180;
    const double t = 1 - 0.17 * std::cos(radians(h - 30)) + 0.24 * std::cos(radians(2 * h)) +
                     0.32 * std::cos(radians(3 * h + 6)) - 0.2 * std::cos(radians(4 * h - 63));
    const double c7 = std::pow(c, 7);
    const double turn =
        -std::sin(radians(60 * std::exp(-std::pow((h - 275) / 25, 2)))) * 2 * std::sqrt(c7 / (c7 + std::pow(25.0, 7)));
    const double sl = (two[0] - one[0]) / (1 + 0.015 * std::pow(l - 50, 2) / std::sqrt(20 + std::pow(l - 50, 2)));
    const double sc = (c2 - c1) / (1 + 0.045 * c);
    const double sh = dHue / (1 + 0.015 * c * t);
    return std::sqrt(sl * sl + sc * sc + sh * sh + turn * sc * sh);
}

}  // namespace vision

/// CIEDE2000; 2.3 is what an eye just notices side by side.
inline double distanceFor(Eyes eyes, const QColor& a, const QColor& b)
{
    using namespace vision;
    return ciede2000(labOf(seenBy(eyes, linearRgb(a))), labOf(seenBy(eyes, linearRgb(b))));
}

}  // namespace hindcast::ui
