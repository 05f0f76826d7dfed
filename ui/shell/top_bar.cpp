#include "ui/shell/top_bar.h"

#include "ui/look/fitting.h"
#include "ui/look/format.h"
#include "ui/look/glyphs.h"
#include "ui/shell/go_to_box.h"
#include "ui/shell/play_button.h"
#include "ui/shell/time_field.h"

#include <QEvent>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

#include <utility>

namespace hindcast::ui {

namespace {

// What is spared, one after the other, until the rest has room.
enum Spared : std::uint8_t {
    ShortEnd,
    ShortBranch,
    ShortPlay,
    ShortSpeed,
    ShortTime,
    ShortField,
    ShortSource,
    SmallGoTo,
    NoSpeed,
    NoEnds,
    NoField,
    NoBranch,
    NoPlay,
    kSpared
};

}  // namespace

TopBar::TopBar(const Theme& theme, Playhead& playhead, const Actions& actions, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      row_(new QHBoxLayout(this)),
      source_(new QToolButton(this)),
      live_(new LiveControls(theme, actions.live, this)),
      previousChange_(button(actions.previousChange, true)),
      nextChange_(button(actions.nextChange, true)),
      play_(new PlayButton(theme, *actions.play, *actions.playback, this)),
      time_(new TimeField(theme, playhead, this)),
      goTo_(new GoToBox(theme, this)),
      leave_(new QToolButton(this))
{
    source_->setPopupMode(QToolButton::InstantPopup);
    source_->setMenu(actions.source);
    source_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    source_->setAccessibleName(tr("Source"));

    auto* row = row_;
    row->setContentsMargins(10, 7, 10, 8);
    row->setSpacing(8);
    row->addWidget(source_);
    row->addWidget(live_);
    row->addSpacing(16);
    QWidget* before = live_;
    for (QAction* step : {actions.first, actions.previous, actions.next, actions.last}) {
        QToolButton* made = button(step, false);
        row->addWidget(made);
        setTabOrder(before, made);
        before = made;
        if (step == actions.first) first_ = made;
        if (step == actions.last) last_ = made;
    }
    row->addWidget(previousChange_);
    row->addWidget(nextChange_);
    row->addWidget(play_);
    row->addWidget(time_);
    row->addWidget(goTo_, 1);
    if (actions.branch != nullptr) {
        branch_ = button(actions.branch, true);
        branch_->setProperty("strong", true);
        row->addWidget(branch_);
    }
    for (QWidget* next : {static_cast<QWidget*>(previousChange_), static_cast<QWidget*>(nextChange_),
                          static_cast<QWidget*>(play_), static_cast<QWidget*>(time_), static_cast<QWidget*>(goTo_)}) {
        setTabOrder(before, next);
        before = next;
    }
    if (branch_ != nullptr) setTabOrder(std::exchange(before, branch_), branch_);
    leave_->setToolTip(tr("End the presentation (%1)").arg(actions.presentation->shortcut().toString(QKeySequence::NativeText)));
    leave_->setFocusPolicy(Qt::TabFocus);
    leave_->setVisible(false);
    connect(leave_, &QToolButton::clicked, actions.presentation, &QAction::trigger);
    row->addWidget(leave_);
    setTabOrder(before, leave_);
    fixHeight(*this, theme_, 46);
    leave_->setAccessibleName(tr("End the presentation"));
    setField({});
    connect(&theme_, &Theme::changed, this, &TopBar::dress);
    dress();
}

void TopBar::dress()
{
    source_->setIconSize(QSize(theme_.px(11), theme_.px(11)));
    for (QToolButton* one : findChildren<QToolButton*>(QString(), Qt::FindDirectChildrenOnly)) {
        if (one == source_) continue;
        one->setIconSize(QSize(theme_.px(13), theme_.px(13)));
        if (one->toolButtonStyle() == Qt::ToolButtonIconOnly && one != leave_ && one != play_) one->setFixedWidth(theme_.px(36));
    }
    const auto anew = [this] {
        fitted_.clear();
        fit();
    };
    anew();
    QMetaObject::invokeMethod(this, anew, Qt::QueuedConnection);  // once all in it has its new type
    update();
}

void TopBar::setPresentation(bool on)
{
    leave_->setVisible(on);
    fit();
}

bool TopBar::event(QEvent* event)
{
    // Something in it has become wider or narrower.
    if (event->type() == QEvent::LayoutRequest) fit();
    return QWidget::event(event);
}

void TopBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

/// Everything that decides what has room.
QString TopBar::wishes() const
{
    return QStringLiteral("%1 %2 %3 %4 %5 %6 %7 %8")
        .arg(width())
        .arg(theme_.zoom())
        .arg(live_->isVisibleTo(this) ? live_->minimumSizeHint().width() : 0)
        .arg(leave_->isVisibleTo(this))
        .arg(name_, pointer_, play_->accessibleName(), time_->accessibleName());  // which tells the zone
}

void TopBar::fit()
{
    QString wanted = wishes();
    if (wanted == fitted_) return;
    fitted_ = std::move(wanted);
    // The row remembers how wide it was until it has told so itself, which it does only after the events that are pending.
    live_->updateGeometry();
    for (int step = -1; step < kSpared; ++step) {
        spare(step);
        if (row_->minimumSize().width() <= width()) return;
    }
}

/// All up to that step; -1: nothing.
void TopBar::spare(int step)
{
    const QFontMetrics metrics(source_->font());
    leave_->setText(step >= ShortEnd ? tr("End") : tr("End the presentation"));
    play_->setWords(step >= NoSpeed      ? PlayButton::Words::None
                    : step >= ShortSpeed ? PlayButton::Words::ShortSpeed
                    : step >= ShortPlay  ? PlayButton::Words::Speed
                                         : PlayButton::Words::All);
    play_->setVisible(step < NoPlay);
    time_->setShort(step >= ShortTime);
    const QString field = metrics.elidedText(pointer_, Qt::ElideMiddle, theme_.px(step >= ShortField ? 52 : 130));
    for (QToolButton* one : {previousChange_, nextChange_}) {
        one->defaultAction()->setIconText(field);
        one->setVisible(!pointer_.isEmpty() && step < NoField);
    }
    source_->setText(metrics.elidedText(name_, Qt::ElideMiddle, theme_.px(step >= ShortSource ? 80 : 300)));
    if (branch_ != nullptr) {
        branch_->defaultAction()->setIconText(step >= ShortBranch ? tr("What if") : tr("What-if branch"));
        branch_->setVisible(step < NoBranch);
    }
    goTo_->setSmall(step >= SmallGoTo);
    for (QToolButton* one : {first_, last_}) one->setVisible(step < NoEnds);
    row_->invalidate();
}

QToolButton* TopBar::button(QAction* action, bool text)
{
    auto* made = new QToolButton(this);
    made->setDefaultAction(action);
    made->setToolButtonStyle(text ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    made->setFocusPolicy(Qt::TabFocus);
    made->setAccessibleName(action->text().remove(QLatin1Char('&')));
    return made;
}

void TopBar::setSource(const QString& name, const ReadingView& reading)
{
    const bool away = reading.reading && !reading.progress.connected;
    const Theme::Role role = reading.failed || away ? Theme::Role::Warning
                             : reading.reading      ? Theme::Role::Good
                                                    : Theme::Role::Density;
    source_->setIcon(glyphIcon(Glyph::Circle, theme_, role));
    name_ = name;
    fit();
    source_->setToolTip(asTip(name));  // whole; how it goes is told by the status line
    source_->setAccessibleDescription(readingWords(reading, Timestamp::now()));
}

void TopBar::setField(const QString& pointer)
{
    pointer_ = pointer;
    const auto write = [&](QAction* action, const QString& tip) {
        action->setToolTip(asTip(tip.arg(pointer, action->shortcut().toString(QKeySequence::NativeText))));
    };
    write(previousChange_->defaultAction(), tr("Previous change of %1 (%2)"));
    write(nextChange_->defaultAction(), tr("Next change of %1 (%2)"));
    fit();
}

void TopBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme_.color(Theme::Role::Window));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme_.color(Theme::Role::Line));
}

}  // namespace hindcast::ui
