#include "ui/shell/first_minute_strip.h"

#include "ui/look/elided_label.h"
#include "ui/look/fitting.h"
#include "ui/look/glyphs.h"

#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolButton>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr int kPointer = 7;  // of the balloon, in pixels at zoom 1

/// A ring with the thing's number, or a filled one with a tick.
QPixmap markOf(const Theme& theme, int number, bool done, double ratio)
{
    const int size = theme.px(18);
    QPixmap pixmap(QSize(size, size) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF ring = QRectF(0, 0, size, size).adjusted(1, 1, -1, -1);
    const QColor color = theme.color(done ? Theme::Role::Added : Theme::Role::TextSecondary);
    painter.setPen(QPen(color, 1.2));
    painter.setBrush(done ? color : QColor(Qt::transparent));
    painter.drawEllipse(ring);
    if (done) {
        const auto at = [&](double x, double y) { return ring.topLeft() + QPointF(ring.width() * x, ring.height() * y); };
        QPainterPath tick(at(0.27, 0.53));
        tick.lineTo(at(0.44, 0.69));
        tick.lineTo(at(0.73, 0.34));
        painter.setPen(QPen(theme.color(Theme::Role::Panel), 1.8 * theme.zoom(), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(tick);
    } else {
        painter.setFont(theme.strong(0.8));
        painter.drawText(ring, Qt::AlignCenter, QString::number(number));
    }
    return pixmap;
}

}  // namespace

FirstMinuteStrip::FirstMinuteStrip(const Theme& theme, FirstMinute& things, QWidget* parent)
    : QWidget(parent), theme_(theme), things_(things), title_(new QLabel(this)), close_(new QToolButton(this))
{
    const std::array<QString, FirstMinute::kThings> texts = {tr("Drag the playhead: the state follows"),
                                                             tr("Click what a field was “set by”: there is the event"),
                                                             tr("Step with Alt+← and Alt+→: each event's change")};
    setAccessibleName(tr("Three things to try"));
    title_->setProperty("role", "title");
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 8, 0);
    row->setSpacing(7);
    row->addWidget(title_);
    row->addSpacing(10);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        marks_[i] = new QLabel(this);
        words_[i] = new ElidedLabel(this);
        words_[i]->setText(texts[i]);
        row->addWidget(marks_[i]);
        row->addWidget(words_[i]);
        row->addSpacing(14);
    }
    row->addStretch(1);
    close_->setProperty("bare", true);
    close_->setToolTip(tr("Close for good (Help brings it back)"));
    close_->setAccessibleName(tr("Close the three things to try"));
    row->addWidget(close_);
    fixHeight(*this, theme_, 34);
    connect(close_, &QToolButton::clicked, &things_, &FirstMinute::dismiss);
    connect(&things_, &FirstMinute::changed, this, &FirstMinuteStrip::dress);
    connect(&theme_, &Theme::changed, this, &FirstMinuteStrip::dress);
    dress();
}

void FirstMinuteStrip::dress()
{
    setVisible(things_.isShown() && theme_.zoom() == 1);  // no talk needs it
    title_->setText(things_.allDone() ? tr("That is replay. All three done") : tr("Three things to try"));
    close_->setIcon(glyphIcon(Glyph::Close, theme_));
    close_->setIconSize(QSize(theme_.px(11), theme_.px(11)));
    for (int i = 0; i < FirstMinute::kThings; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const bool done = things_.isDone(static_cast<FirstMinute::Thing>(i));
        marks_[at]->setPixmap(markOf(theme_, i + 1, done, devicePixelRatioF()));
        marks_[at]->setAccessibleName(done ? tr("done") : tr("to try"));
        words_[at]->setAccessibleName(done ? tr("%1: done").arg(words_[at]->text()) : words_[at]->text());
        words_[at]->setForegroundRole(QPalette::WindowText);
        words_[at]->setProperty("role", done ? "secondary" : "");
        words_[at]->setStyleSheet(done ? QStringLiteral("color: %1").arg(theme_.color(Theme::Role::TextSecondary).name())
                                       : QString());
    }
    update();
}

QString FirstMinuteStrip::text() const
{
    QStringList all;
    for (const QLabel* one : words_) all << one->accessibleName();
    return all.join(QStringLiteral(" | "));
}

void FirstMinuteStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme_.color(Theme::Role::AccentSoft));
    painter.fillRect(QRect(0, 0, width(), 1), theme_.color(Theme::Role::Line));
}

// ---- the hint

PlayheadHint::PlayheadHint(const Theme& theme, FirstMinute& things, QWidget* parent)
    : QWidget(parent), theme_(theme), things_(things), close_(new QToolButton(this))
{
    setAccessibleName(tr("Hint"));
    setAccessibleDescription(words());
    setCursor(Qt::ArrowCursor);
    setToolTip(tr("The playhead is the moment that every panel shows: drag it along the life"));
    close_->setProperty("bare", true);
    close_->setStyleSheet(
        QStringLiteral("QToolButton { padding: 0; border: none; min-height: 0; background: transparent; }"
                       "QToolButton:focus { border: 1px solid white; }"));
    close_->setToolTip(tr("Close this hint"));
    close_->setAccessibleName(tr("Close this hint"));
    connect(close_, &QToolButton::clicked, &things_, &FirstMinute::dismissHint);
    const auto dress = [this] {
        close_->setIcon(glyphIcon(Glyph::Close, theme_, Theme::Role::Panel));
        close_->setIconSize(QSize(theme_.px(8), theme_.px(8)));
        resize(sizeHint());
        update();
    };
    connect(&theme_, &Theme::changed, this, dress);
    dress();
    hide();
}

QString PlayheadHint::words() const { return tr("drag me ↔"); }

QSize PlayheadHint::sizeHint() const
{
    return {QFontMetrics(theme_.strong(0.92)).horizontalAdvance(words()) + theme_.px(kPointer + 12 + 24), theme_.px(24)};
}

void PlayheadHint::place(std::optional<QPoint> head)
{
    setVisible(head.has_value() && things_.isHintShown() && theme_.zoom() == 1);
    if (!head) return;
    resize(sizeHint());
    const int gap = theme_.px(8);
    // On the right of the head where there is room.
    const bool right = head->x() + gap + width() <= parentWidget()->width() - 4;
    if (right != pointsLeft_) {
        pointsLeft_ = right;
        placeClose();
        update();
    }
    // Above the axis's words, as far as may be.
    const int top = std::max(0, head->y() - height() * 3 / 4);
    tip_ = head->y() - top;
    move(right ? head->x() + gap : head->x() - gap - width(), top);
    raise();
}

void PlayheadHint::resizeEvent(QResizeEvent*) { placeClose(); }

void PlayheadHint::placeClose()
{
    const int side = theme_.px(18);
    const int pointer = theme_.px(kPointer);
    close_->setGeometry(pointsLeft_ ? width() - side - theme_.px(4) : width() - pointer - side - theme_.px(4),
                        (height() - side) / 2, side, side);
}

void PlayheadHint::mousePressEvent(QMouseEvent* event)
{
    // One may take hold of the hint itself: it gives way, and the timeline beneath is there.
    event->accept();
    things_.dismissHint();
}

void PlayheadHint::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double pointer = theme_.px(kPointer);
    const QRectF box = QRectF(rect()).adjusted(pointsLeft_ ? pointer : 0, 0, pointsLeft_ ? 0 : -pointer, 0);
    QPainterPath balloon;
    balloon.addRoundedRect(box, theme_.px(6), theme_.px(6));
    const double tip = pointsLeft_ ? 0.5 : width() - 0.5;
    const double base = pointsLeft_ ? pointer + 1 : width() - pointer - 1;
    QPainterPath point(QPointF(tip, tip_));
    point.lineTo(base, std::min(tip_ - 0.75 * pointer, height() / 2.0));
    point.lineTo(base, std::min(tip_ + 0.75 * pointer, height() - 2.0));
    painter.fillPath(balloon.united(point), theme_.color(Theme::Role::Accent));
    painter.setFont(theme_.strong(0.92));
    painter.setPen(theme_.color(Theme::Role::Panel));
    painter.drawText(box.adjusted(theme_.px(10), 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, words());
}

}  // namespace hindcast::ui
