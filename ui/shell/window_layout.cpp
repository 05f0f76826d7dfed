// How the window shares out its room: at first, as it was left, in a presentation.
#include "ui/events/events_view.h"
#include "ui/findings/findings_panel.h"
#include "ui/look/fitting.h"
#include "ui/models/model_panel.h"
#include "ui/rejects/rejects_panel.h"
#include "ui/shell/lower_panels.h"
#include "ui/shell/main_window.h"
#include "ui/shell/undo.h"
#include "ui/state/state_inspector.h"
#include "ui/state/state_page.h"
#include "ui/state/state_tree.h"
#include "ui/timeline/timeline_view.h"
#include "ui/types/types_panel.h"

#include <QScrollBar>
#include <QSettings>
#include <QSplitter>
#include <QTabBar>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    if (std::exchange(layoutChosen_, true)) return;
    // Shares of the width, within what the side views can use.
    setDefaultLayout();
}

void MainWindow::setDefaultLayout()
{
    // 230 and 360 px at a width of 1280, 250 and 380 at 1400: the rest is for the timeline and what the events changed.
    const int more = (width() - 1280) / 6;
    const int left = std::clamp(230 + more, 200, 300);
    const int right = std::max(std::clamp(360 + more, 310, 520), state_->minimumWidth());
    columns_->setSizes({left, width() - left - right, right});
    fitTimeline();
}

void MainWindow::setTalkLayout()
{
    talkTimelineChosen_ = false;
    talkColumnsChosen_ = false;
    layOutTalk();
}

/// What the user has not chosen in this presentation, for the window as wide as it is now.
void MainWindow::layOutTalk()
{
    if (!talkColumnsChosen_) {
        const int least =
            std::clamp(columnsOfState(true) + theme_.px(4), theme_.px(330), std::max(theme_.px(330), width() * 42 / 100));
        const int right = std::clamp(width() * 36 / 100, least, std::max(least, theme_.px(560)));
        columns_->setSizes({theme_.px(220), width() - right, right});
    }
    fitTimeline();
}

/// How wide the state is with all its columns: what sets a field is not to hide behind a scroll bar. `chosen`: as the user made
/// them.
int MainWindow::columnsOfState(bool chosen) const
{
    const StateTree& tree = state_->statePage().tree();
    int columns = tree.verticalScrollBar()->sizeHint().width();
    for (const RowColumn& column : tree.columns()) {
        const auto own = tree.widths().find(column.key);
        columns += chosen && own != tree.widths().end() ? theme_.px(own->second) : column.width;
    }
    return columns;
}

/// A window manager gives the window its size after it was asked for another state, when it likes. A small window squeezes the lanes,
/// and splitters know nothing of the height these had: it is found anew at every size, unless the user has chosen one.
void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    if (isPresentation()) return layOutTalk();
    if (!layoutChosen_) return;  // not shown yet: nothing is laid out
    fitTimeline();
}

void MainWindow::fitTimeline()
{
    const bool talk = isPresentation();
    if (talk ? talkTimelineChosen_ : timelineChosen_) return;
    constexpr std::size_t kMostLanes = 5;  // more scroll, so that the events keep their place
    constexpr std::size_t kTalkLanes = 3;  // a talk is about the lanes: these are whole before the events get what is left
    const std::size_t lanes = timeline_->canvas().lanes().size();
    // In a window that has become small they leave the others what these need at least.
    const int others = timeline_->minimumSizeHint().height() + events_->minimumSizeHint().height();
    const int room = middle_->height() - lower_->total(others);
    int most = room * 60 / 100;
    if (talk) {
        const int events = theme_.px(31) + 4 * theme_.rowHeight();
        most = std::max(most, std::min(timeline_->heightFor(std::min(lanes, kTalkLanes)), room - events));
    }
    const int wanted = std::min(timeline_->heightFor(std::min(lanes, kMostLanes)), most);
    lower_->layOut(wanted, room - wanted, others);
}

void MainWindow::restoreLayout()
{
    QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    // It may come from a larger screen; one that has no room for its least size is none to be fitted to.
    const QSize room = screen()->availableGeometry().size();
    if (!isMaximized() && room.expandedTo(minimumSize()) == room) resize(fitting(size(), *screen()));
    layoutChosen_ = columns_->restoreState(settings.value(QStringLiteral("window/columns")).toByteArray());
    lower_->restore(settings);
    actions_.rejects.setChecked(!rejects_->isHidden());
    actions_.model.setChecked(!model_->isHidden());
    const int tab = settings.value(QStringLiteral("window/findingsTab")).toInt();
    if (tab >= 0 && tab < findings_->tabs().count()) findings_->showTab(static_cast<FindingsPanel::Tab>(tab));
    timelineChosen_ = middle_->restoreState(settings.value(QStringLiteral("window/middle")).toByteArray());
    AxisChoice axis;
    axis.order = settings.value(QStringLiteral("timeline/order"), axis.order).toBool();
    axis.fold = settings.value(QStringLiteral("timeline/fold"), axis.fold).toBool();
    timeline_->canvas().setAxis(axis);
    left_->restoreState(settings.value(QStringLiteral("window/left")).toByteArray());
    if (settings.value(QStringLiteral("types/all")).toBool()) types_->model().setScope(TypesModel::Scope::All);
    if (settings.value(QStringLiteral("types/byName")).toBool()) types_->model().setOrder(TypesModel::Order::Name);
    types_->setFolded(settings.value(QStringLiteral("window/typesFolded")).toBool());
    typesHeight_ = settings.value(QStringLiteral("window/typesHeight"), typesHeight_).toInt();
}

void MainWindow::saveLayout() const
{
    QSettings settings;
    // Full screen is the presentation's, or the window manager's: the size to come back to is the desk's.
    const QByteArray geometry = isFullScreen() ? deskGeometry_ : saveGeometry();
    if (!geometry.isEmpty()) settings.setValue(QStringLiteral("window/geometry"), geometry);
    settings.setValue(QStringLiteral("window/columns"), undo_->stateOf(*columns_));
    if (timelineChosen_) settings.setValue(QStringLiteral("window/middle"), undo_->stateOf(*middle_));
    lower_->save(settings);
    settings.setValue(QStringLiteral("window/findingsTab"), static_cast<int>(findings_->tab()));
    const AxisChoice& axis = timeline_->canvas().axis();
    settings.setValue(QStringLiteral("timeline/order"), axis.order);
    settings.setValue(QStringLiteral("timeline/fold"), axis.fold);
    settings.setValue(QStringLiteral("window/left"), undo_->stateOf(*left_));
    settings.setValue(QStringLiteral("types/all"), types_->model().scope() == TypesModel::Scope::All);
    settings.setValue(QStringLiteral("types/byName"), types_->model().order() == TypesModel::Order::Name);
    settings.setValue(QStringLiteral("window/typesFolded"), types_->isFolded());
    settings.setValue(QStringLiteral("window/typesHeight"), types_->isFolded() ? typesHeight_ : left_->sizes().at(1));
}

}  // namespace hindcast::ui
