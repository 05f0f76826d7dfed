#include "ui/timeline/watch_colors.h"

#include "ui/look/contrast.h"

namespace hindcast::ui {

namespace {

// Neighbours in time differ in hue: sky, amber, vermilion, green, purple, blue, wine.
constexpr int kOrder[WatchColors::kPastels] = {4, 2, 3, 0, 5, 1, 6};
constexpr double kShareLight = 0.22;
constexpr double kShareDark = 0.34;

QColor on(const Theme& theme, const QColor& color, double light, double dark)
{
    return steppedBack(color, theme.color(Theme::Role::Panel), theme.isDark() ? dark : light);
}

}  // namespace

QColor WatchColors::pastel(int index) const
{
    return on(theme_, theme_.series(kOrder[index % kPastels]), kShareLight, kShareDark);
}

QColor WatchColors::neutral() const { return on(theme_, theme_.series(-1), 0.16, 0.4); }

QColor WatchColors::band(const replay::WatchRuns& runs, std::size_t run) const
{
    using Kind = replay::WatchValue::Kind;
    const replay::WatchValue& value = runs.value(run);
    switch (value.kind) {
        case Kind::Boolean: return value.value.get<bool>() ? pastel(3) : neutral();
        case Kind::Text:
        case Kind::Number: {
            // Most fields are absent before their first value: that is to be the first colour.
            const std::uint32_t absent = runs.value(0).kind == Kind::Absent ? 1 : 0;
            return pastel(static_cast<int>((runs.valueId(run) - absent) % kPastels));
        }
        default: return neutral();
    }
}

QColor WatchColors::many() const { return on(theme_, theme_.color(Theme::Role::Density), 0.3, 0.4); }

QColor WatchColors::hatch() const { return on(theme_, theme_.color(Theme::Role::Density), 0.9, 0.95); }

}  // namespace hindcast::ui
