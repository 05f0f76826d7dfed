#include "ui/shell/lower_panels.h"

#include <QApplication>
#include <QSettings>
#include <QSplitter>
#include <QWidget>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kLeast = 120;  // of the events, and of a panel that is shown by itself

[[nodiscard]] QString shownKey(const QString& name) { return QStringLiteral("window/%1").arg(name); }
[[nodiscard]] QString heightKey(const QString& name) { return QStringLiteral("window/%1Height").arg(name); }

}  // namespace

void LowerPanels::add(QWidget& panel, const QString& name, int height, Shown shown)
{
    column_.addWidget(&panel);
    panel.hide();
    panels_.push_back({&panel, name, height, shown});
}

QWidget* LowerPanels::turn() const
{
    for (const Panel& panel : panels_)
        if (panel.shown == Shown::Turns && !panel.widget->isHidden()) return panel.widget;
    return nullptr;
}

/// As high as it was made, but for what the others need at least.
int LowerPanels::heightOf(const Panel& panel, int othersNeed) const
{
    if (panel.widget->isHidden()) return 0;
    const int half = column_.height() / 2;
    if (panel.shown == Shown::Turns) return std::min(panel.height, std::max(half, column_.height() - othersNeed));
    const int least = theme_.px(kLeast);
    return std::clamp(panel.height, least, std::max(least, half));
}

int LowerPanels::total(int othersNeed) const
{
    int sum = 0;
    for (const Panel& panel : panels_) sum += heightOf(panel, othersNeed);
    return sum;
}

void LowerPanels::layOut(int lanes, int events, int othersNeed)
{
    QList<int> sizes{lanes, events};
    for (const Panel& panel : panels_) sizes << heightOf(panel, othersNeed);
    column_.setSizes(sizes);
}

bool LowerPanels::show(QWidget& panel, bool shown)
{
    const auto one = std::ranges::find(panels_, &panel, &Panel::widget);
    if (shown != panel.isHidden()) return false;
    QList<int> sizes = column_.sizes();
    bool held = false;
    const auto hide = [&](QWidget& gone) {
        held = held || gone.isAncestorOf(QApplication::focusWidget());
        gone.hide();
    };
    if (!shown) {
        hide(panel);
        return held;
    }
    // What the one before it had is there already.
    if (QWidget* before = one->shown == Shown::Turns ? turn() : nullptr) {
        hide(*before);
        sizes[1] += std::exchange(sizes[column_.indexOf(before)], 0);
    }
    panel.show();
    const int height = heightOf(*one, column_.height());
    const int events = std::max(std::min(sizes.at(1), theme_.px(kLeast)), sizes.at(1) - height);
    int beneath = height;
    for (qsizetype other = 2; other < sizes.size(); ++other) beneath += sizes.at(other);
    sizes[0] = std::max(0, column_.height() - events - beneath);
    sizes[1] = events;
    sizes[column_.indexOf(&panel)] = height;
    column_.setSizes(sizes);
    return held;
}

void LowerPanels::noteHeights()
{
    for (Panel& panel : panels_)
        if (!panel.widget->isHidden()) panel.height = panel.widget->height();
}

void LowerPanels::setPresentation(bool on)
{
    presentation_ = on;
    for (Panel& panel : panels_) {
        if (on) panel.atDesk = !panel.widget->isHidden();
        panel.widget->setVisible(!on && panel.atDesk);
    }
}

void LowerPanels::restore(const QSettings& settings)
{
    for (Panel& panel : panels_) {
        panel.height = settings.value(heightKey(panel.name), panel.height).toInt();
        const bool taken = panel.shown == Shown::Turns && turn() != nullptr;
        panel.widget->setVisible(!taken && settings.value(shownKey(panel.name)).toBool());
    }
}

void LowerPanels::save(QSettings& settings) const
{
    for (const Panel& panel : panels_) {
        settings.setValue(shownKey(panel.name), presentation_ ? panel.atDesk : !panel.widget->isHidden());
        settings.setValue(heightKey(panel.name), panel.height);
    }
}

}  // namespace hindcast::ui
