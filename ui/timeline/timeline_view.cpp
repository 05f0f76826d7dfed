#include "ui/timeline/timeline_view.h"

#include "ui/look/elided_label.h"
#include "ui/look/fitting.h"
#include "ui/look/say.h"
#include "ui/look/shown_zone.h"
#include "ui/timeline/axis_label.h"

#include <QActionGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <initializer_list>

namespace hindcast::ui {

TimelineView::TimelineView(const Theme& theme, Playhead& playhead, TimeWindow& window, QWidget* parent)
    : QWidget(parent),
      window_(window),
      playhead_(playhead),
      header_(new QWidget(this)),
      title_(new QLabel(header_)),
      about_(new ElidedLabel(header_)),
      hint_(new ElidedLabel(header_)),
      range_(new ElidedLabel(header_)),
      axis_(new QToolButton(header_)),
      fit_(new QToolButton(header_)),
      overview_(new OverviewStrip(theme, playhead, window, this)),
      canvas_(new TimelineCanvas(theme, playhead, window, this))
{
    header_->setProperty("role", "panel-header");
    header_->setAttribute(Qt::WA_StyledBackground);
    fixHeight(*header_, theme, 31);
    title_->setText(tr("Timeline"));
    title_->setProperty("role", "title");
    range_->setProperty("role", "secondary");
    axis_->setProperty("bare", true);
    axis_->setPopupMode(QToolButton::InstantPopup);
    axis_->setMenu(&axisMenu_);
    axis_->setToolTip(tr("What the axis means: time, or the order of the log"));
    axis_->setAccessibleName(tr("Axis"));
    fit_->setText(tr("Fit"));
    fit_->setProperty("bare", true);
    fit_->setToolTip(tr("Show the whole life (F)"));
    fit_->setAccessibleName(tr("Fit"));
    auto* bar = new QHBoxLayout(header_);
    bar->setContentsMargins(10, 0, 6, 1);
    bar->setSpacing(10);
    bar->addWidget(title_);
    for (QLabel* label : std::initializer_list<QLabel*>{about_, hint_}) {
        label->setProperty("role", "secondary");
        label->setTextFormat(Qt::PlainText);
        label->hide();
    }
    hint_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    bar->addWidget(about_);
    bar->addStretch(1);
    bar->addWidget(hint_);
    bar->addWidget(axis_);
    bar->addWidget(range_);
    bar->addWidget(fit_);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header_);
    column->addWidget(overview_);
    column->addWidget(canvas_, 1);

    connect(fit_, &QToolButton::clicked, canvas_, &TimelineCanvas::fit);
    connect(&window_, &TimeWindow::changed, this, &TimelineView::showRange);
    connect(&ShownZoneSignal::get(), &ShownZoneSignal::changed, this, &TimelineView::showRange);
    connect(&playhead_, &Playhead::historyChanged, this, &TimelineView::showRange);
    connect(canvas_, &TimelineCanvas::prepared, this, [this] {
        showRange();
        showAxis();
    });
    connect(canvas_, &TimelineCanvas::axisChanged, this, &TimelineView::showAxis);
    connect(canvas_, &TimelineCanvas::laneMenuWanted, this, &TimelineView::openLaneMenu);
    connect(canvas_, &TimelineCanvas::watchMenuWanted, this, &TimelineView::openWatchMenu);
    connect(canvas_, &TimelineCanvas::watchRemoveWanted, this, &TimelineView::watchRemoveWanted);
    connect(canvas_, &TimelineCanvas::writesWanted, this, &TimelineView::writesWanted);
    fillAxisMenu();
    showRange();
    showAxis();
}

int TimelineView::heightFor(std::size_t lanes) const
{
    return header_->height() + (overview_->isHidden() ? 0 : overview_->height()) + canvas_->heightFor(lanes);
}

void TimelineView::setBranchWords(const QString& about, const QStringList& hints)
{
    say(*about_, {}, about);
    say(*hint_, tr("How to work on the branch"), hints.value(0));
    hint_->setShorter(hints.mid(1));
    about_->setVisible(!about.isEmpty());
    hint_->setVisible(!hints.isEmpty());
    giveRoom();
}

void TimelineView::showRange()
{
    const bool any = !canvas_->lanes().empty();
    // Events without any time lie in no stretch of it.
    say(*range_, tr("Time shown"),
        any && !canvas_->axisMap().isTimeless()
            ? rangeText(window_.from(), window_.to()) + QStringLiteral(" · ") + zoneName(window_.from(), window_.to())
            : QString());
    fit_->setVisible(any);
    axis_->setVisible(any);
    giveRoom();
}

/// How to work on a branch gives way to what it is, and both to the range.
void TimelineView::giveRoom()
{
    const QLayout& bar = *header_->layout();
    const QMargins margins = bar.contentsMargins();
    int room = width() - margins.left() - margins.right();
    for (const QWidget* fixed : std::initializer_list<const QWidget*>{title_, axis_, fit_})
        if (!fixed->isHidden()) room -= fixed->sizeHint().width() + bar.spacing();
    const auto give = [&](QLabel& label) {
        if (label.isHidden()) return;
        // As a label's hint has it that never was made wider.
        const int wanted =
            label.fontMetrics().boundingRect(QRect(0, 0, QWIDGETSIZE_MAX, 100), Qt::AlignLeft, label.text()).width();
        const int wide = std::clamp(wanted, 0, std::max(0, room));
        label.setFixedWidth(wide);
        room -= wide + bar.spacing();
    };
    for (QLabel* label : std::initializer_list<QLabel*>{range_, about_, hint_}) give(*label);
}

void TimelineView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    giveRoom();
}

void TimelineView::showAxis()
{
    const AxisMap& map = canvas_->axisMap();
    axis_->setText(map.isOrder() ? tr("log order") : !map.folds().empty() ? tr("time, quiet folded") : tr("event time"));
    giveRoom();
}

void TimelineView::fillAxisMenu()
{
    auto* kinds = new QActionGroup(&axisMenu_);
    QAction* time = axisMenu_.addAction(tr("Event &time"));
    QAction* order = axisMenu_.addAction(tr("Log &order: as far from event to event, whatever time lies between"));
    axisMenu_.addSeparator();
    QAction* fold = axisMenu_.addAction(tr("&Fold quiet periods"));
    for (QAction* kind : {time, order}) kinds->addAction(kind);
    for (QAction* action : {time, order, fold}) action->setCheckable(true);
    const auto choose = [this](bool inOrder, bool folded) {
        AxisChoice choice = canvas_->axis();
        choice.order = inOrder;
        choice.fold = folded;
        choice.opened.clear();
        canvas_->setAxis(choice);
    };
    connect(time, &QAction::triggered, this, [this, choose] { choose(false, canvas_->axis().fold); });
    connect(order, &QAction::triggered, this, [this, choose] { choose(true, canvas_->axis().fold); });
    connect(fold, &QAction::triggered, this, [choose](bool on) { choose(false, on); });
    connect(&axisMenu_, &QMenu::aboutToShow, this, [this, time, order, fold] {
        const bool inOrder = canvas_->axisMap().isOrder();
        time->setChecked(!inOrder);
        time->setEnabled(!inOrder || canvas_->axis().order);  // without any time there is but the order
        order->setChecked(inOrder);
        fold->setChecked(canvas_->axis().fold && !inOrder);
        fold->setEnabled(!inOrder);
    });
}

void TimelineView::openWatchMenu(const QString& pointer, const QPoint& position)
{
    QMenu menu(this);
    menu.addAction(tr("&Who ever wrote %1\tEnter").arg(pointer.left(60)), this, [this, pointer] { emit writesWanted(pointer); });
    menu.addAction(tr("&Copy the pointer"), this, [pointer] { QGuiApplication::clipboard()->setText(pointer); });
    menu.addSeparator();
    menu.addAction(tr("&No longer watch it\tDelete"), this, [this, pointer] { emit watchRemoveWanted(pointer); });
    menu.exec(position);
}

void TimelineView::openLaneMenu(EntityId entity, const QPoint& position)
{
    const auto& lanes = canvas_->lanes();
    const auto found = std::ranges::find_if(lanes, [entity](const Lane& lane) { return lane.history->entity == entity; });
    if (found == lanes.end()) return;
    const QString name = QString::fromStdString(found->history->key.text());
    QMenu menu(this);
    const bool other = !playhead_.history() || playhead_.history()->entity != entity;
    if (other) menu.addAction(tr("&Select %1").arg(found->name), this, [this, entity] { emit canvas_->laneChosen(entity); });
    if (other && playhead_.history())
        menu.addAction(tr("Co&mpare with %1").arg(QString::fromStdString(playhead_.history()->key.id).left(60)), this,
                       [this, name] { emit compareWanted(name); });
    menu.addAction(found->pinned ? tr("&Unpin") : tr("&Pin"), this,
                   [this, name, pinned = found->pinned] { emit pinWanted(name, !pinned); });
    if (found->pinned && lanes.size() > 1) {
        // It changes places with the pinned lane next to it: pins that have no lane stand between them unseen.
        const auto swap = [&](const QString& words, auto next, auto end) {
            QAction* action = menu.addAction(words);
            next = std::find_if(next, end, [](const Lane& lane) { return lane.pinned; });
            action->setEnabled(next != end);
            if (next == end) return;
            const QString neighbour = QString::fromStdString(next->history->key.text());
            connect(action, &QAction::triggered, this, [this, name, neighbour] { emit laneSwapWanted(name, neighbour); });
        };
        swap(tr("Move the lane &up"), std::make_reverse_iterator(found), lanes.rend());
        swap(tr("Move the lane &down"), std::next(found), lanes.end());
    }
    // What has no time lies nowhere on the axis.
    const auto& events = found->history->events;
    const auto known = [](const replay::HistoryEvent& event) { return event.effective.isKnown(); };
    if (const auto first = std::ranges::find_if(events, known); first != events.end()) {
        const auto last = std::find_if(events.rbegin(), events.rend(), known);
        menu.addAction(tr("Show its whole &life"), this, [this, first = first->effective, last = last->effective] {
            const std::int64_t margin = first.until(last) / 20 + 1'000'000'000;
            window_.set(first.plus(-margin), last.plus(margin));
        });
    }
    menu.addAction(tr("&Copy its name"), this, [name] { QGuiApplication::clipboard()->setText(name); });
    if (const auto event = canvas_->menuEvent(); event && playhead_.history() && playhead_.history()->entity == entity)
        emit eventMenuFilled(&menu, *event);
    menu.exec(position);
}

}  // namespace hindcast::ui

#include "moc_timeline_view.cpp"
