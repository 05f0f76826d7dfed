#pragma once
#include <QTabBar>

namespace hindcast::ui {

/// The topics whose mappings are shown, a tab each with its name as data too: the text of a tab may be shortened. Whoever lays it out
/// owns it.
[[nodiscard]] inline QTabBar* makeTopicTabs()
{
    auto* tabs = new QTabBar;
    tabs->setExpanding(false);
    tabs->setElideMode(Qt::ElideMiddle);
    tabs->setUsesScrollButtons(true);
    tabs->setAccessibleName(QTabBar::tr("Topic whose mapping is shown"));
    return tabs;
}

/// Empty: there is none.
[[nodiscard]] inline QString currentTopicOf(const QTabBar& tabs)
{
    return tabs.currentIndex() < 0 ? QString() : tabs.tabData(tabs.currentIndex()).toString();
}

}  // namespace hindcast::ui
