#include "ui/timeline/timeline_view.h"

#include "ui/look/fitting.h"
#include "ui/look/shown_zone.h"
#include "ui/timeline/axis_label.h"

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace hindcast::ui {

TimelineView::TimelineView(const Theme& theme, Playhead& playhead, TimeWindow& window, QWidget* parent)
    : QWidget(parent),
      window_(window),
      playhead_(playhead),
      range_(new QLabel(this)),
      fit_(new QToolButton(this)),
      canvas_(new TimelineCanvas(theme, playhead, window, this))
{
    auto* header = new QWidget(this);
    header->setProperty("role", "panel-header");
    header->setAttribute(Qt::WA_StyledBackground);
    fixHeight(*header, theme, 31);
    auto* title = new QLabel(tr("Timeline"), header);
    title->setProperty("role", "title");
    range_->setProperty("role", "secondary");
    range_->setAccessibleName(tr("Time shown"));
    fit_->setText(tr("Fit"));
    fit_->setProperty("bare", true);
    fit_->setToolTip(tr("Show the whole life (F)"));
    fit_->setAccessibleName(tr("Fit"));
    auto* bar = new QHBoxLayout(header);
    bar->setContentsMargins(10, 0, 6, 1);
    bar->setSpacing(10);
    bar->addWidget(title);
    bar->addStretch(1);
    bar->addWidget(range_);
    bar->addWidget(fit_);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header);
    column->addWidget(canvas_, 1);

    connect(fit_, &QToolButton::clicked, &window_, &TimeWindow::fit);
    connect(&window_, &TimeWindow::changed, this, &TimelineView::showRange);
    connect(&ShownZoneSignal::get(), &ShownZoneSignal::changed, this, &TimelineView::showRange);
    connect(&playhead_, &Playhead::historyChanged, this, &TimelineView::showRange);
    showRange();
}

void TimelineView::showRange()
{
    const bool any = playhead_.history() != nullptr;
    range_->setText(any ? rangeText(window_.from(), window_.to()) + QStringLiteral(" · ") + zoneName(window_.from(), window_.to())
                        : QString());
    fit_->setVisible(any);
}

}  // namespace hindcast::ui
