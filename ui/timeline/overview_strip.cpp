#include "ui/timeline/overview_strip.h"

#include "ui/look/format.h"
#include "ui/look/key_help.h"
#include "ui/look/shown_zone.h"
#include "ui/timeline/axis_label.h"
#include "ui/timeline/lane_space.h"
#include "ui/timeline/wheel_move.h"

#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace hindcast::ui {

namespace {

constexpr int kHeight = 52;
constexpr int kAskEveryMs = 300;
constexpr std::size_t kTipTypes = 8;

}  // namespace

OverviewStrip::OverviewStrip(const Theme& theme, Playhead& playhead, TimeWindow& window, QWidget* parent)
    : QWidget(parent), theme_(theme), playhead_(playhead), window_(window)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Whole log"));
    setKeyHelp(*this, tr("In the whole log"),
               {{tr("← →, Page Up, Page Down"), tr("move the stretch that is shown")},
                {tr("Home, End"), tr("to the beginning and the end of the log")},
                {tr("+ −, wheel"), tr("zoom")},
                {tr("F, double click"), tr("the whole log")},
                {tr("drag in the box, beside it"), tr("move it, mark another stretch")}});
    later_.setSingleShot(true);
    later_.setInterval(kAskEveryMs);
    connect(&later_, &QTimer::timeout, this, [this] {
        if (again_) ask();
    });
    connect(&theme_, &Theme::changed, this, [this] {
        updateGeometry();
        invalidate();
    });
    connect(&ShownZoneSignal::get(), &ShownZoneSignal::changed, this, &OverviewStrip::describe);
    connect(&window_, &TimeWindow::changed, this, [this] {
        describe();
        update();
    });
    connect(&playhead_, &Playhead::moved, this, qOverload<>(&QWidget::update));
    connect(&playhead_, &Playhead::historyChanged, this, qOverload<>(&QWidget::update));
    describe();
}

QSize OverviewStrip::sizeHint() const { return {900, theme_.px(kHeight)}; }

QSize OverviewStrip::minimumSizeHint() const { return {320, theme_.px(kHeight)}; }

double OverviewStrip::gutter() const { return space::kGutter * theme_.zoom(); }

TimeScale OverviewStrip::scale() const
{
    const Stretch whole = log();
    return {whole.from, whole.to, gutter(), std::max(1.0, width() - gutter() - 1)};
}

Stretch OverviewStrip::log() const
{
    if (!first_) return {Timestamp{0}, Timestamp{1}};
    return {*first_, Timestamp{std::max(*last_, *first_).ns + 1}};
}

Stretch OverviewStrip::window() const
{
    // Before an entity is selected the window is nowhere: then it is moved from the whole.
    return window_.span() < 2 ? wholeOf(log()) : Stretch{window_.from(), window_.to()};
}

Timestamp OverviewStrip::timeAt(double x) const
{
    const TimeScale at = scale();
    return at.timeFromPixel(std::clamp(x, at.left, at.right()));
}

void OverviewStrip::setTypeWords(TypeWords words)
{
    words_ = std::move(words);
    typesChanged();
}

void OverviewStrip::setLog(std::optional<Timestamp> first, std::optional<Timestamp> last, std::uint64_t events)
{
    if (!first || !last) first = last = std::nullopt;
    const bool same = first == first_ && last == last_ && events == events_;
    if (!first) density_.reset();
    first_ = first;
    last_ = last;
    events_ = events;
    if (same) return;
    invalidate();
    describe();
    refresh();
}

void OverviewStrip::setDensity(std::shared_ptr<const DensityView> density)
{
    if (!hasLog()) return;
    density_ = std::move(density);
    // A workspace that cannot tell goes without the strip, rather than with an empty one.
    setVisible(!density_ || density_->available);
    describe();
    invalidate();
}

void OverviewStrip::typesChanged() { invalidate(); }

void OverviewStrip::refresh()
{
    if (later_.isActive())
        again_ = true;
    else
        ask();
}

void OverviewStrip::ask()
{
    again_ = false;
    if (!hasLog() || !isVisible()) return;
    later_.start();
    const Stretch whole = log();
    askedColumns_ = overviewColumns(scale());
    emit wanted(whole.from, whole.to, askedColumns_);
}

void OverviewStrip::invalidate()
{
    geometryValid_ = false;
    columnsValid_ = false;
    update();
}

QRectF OverviewStrip::box() const
{
    if (!hasLog() || window_.span() < 2) return {};
    const TimeScale at = scale();
    double left = at.pixelFromTime(window_.from());
    double right = at.pixelFromTime(window_.to());
    if (right < at.left || left > at.right()) return {};
    // However far one has zoomed in, it can still be seen and taken hold of.
    if (right - left < 4) {
        const double middle = std::clamp((left + right) / 2, at.left + 2, at.right() - 2);
        left = middle - 2;
        right = middle + 2;
    }
    left = std::clamp(left, at.left, at.right() - 2);
    right = std::clamp(right, left + 2, at.right());
    return {left, 2, right - left, height() - 4.0};
}

void OverviewStrip::describe()
{
    if (!hasLog()) return setAccessibleDescription(tr("no events with a time"));
    QString text = tr("%1 from %2 to %3").arg(eventsText(events_), timeText(*first_), zonedTimeText(*last_));
    if (window_.span() >= 2) text += tr("; shown: %1").arg(rangeText(window_.from(), window_.to()));
    if (density_ && density_->unplaced > 0) text += tr("; %1 without a known time").arg(eventsText(density_->unplaced));
    setAccessibleDescription(text);
}

// ---- moving the window

void OverviewStrip::mousePressEvent(QMouseEvent* event)
{
    const double x = event->position().x();
    if (!hasLog() || event->button() != Qt::LeftButton || x < gutter() - 4) return;
    const QRectF inBox = box();
    // Where the box covers all there is nothing to pan it over, so a drag marks a part.
    const bool covers = inBox.width() >= scale().width - 1;
    drag_ = !inBox.isNull() && !covers && x >= inBox.left() - 2 && x <= inBox.right() + 2 ? Drag::Pan : Drag::Band;
    moved_ = false;
    pressedAt_ = x;
    pressedWindow_ = window();
}

void OverviewStrip::mouseMoveEvent(QMouseEvent* event)
{
    const double x = event->position().x();
    if (drag_ == Drag::None) {
        const QRectF inBox = box();
        const bool over =
            hasLog() && !inBox.isNull() && inBox.width() < scale().width - 1 && x >= inBox.left() && x <= inBox.right();
        setCursor(!hasLog() || x < gutter() ? Qt::ArrowCursor : over ? Qt::OpenHandCursor : Qt::CrossCursor);
        return;
    }
    if (!moved_ && std::abs(x - pressedAt_) < QApplication::startDragDistance() / 2.0) return;
    moved_ = true;
    if (drag_ == Drag::Pan) {
        setCursor(Qt::ClosedHandCursor);
        set(panned(pressedWindow_, (x - pressedAt_) * scale().nsPerPixel(), log()));
    } else {
        const Timestamp a = timeAt(pressedAt_);
        const Timestamp b = timeAt(x);
        if (a != b) set({std::min(a, b), std::max(a, b)});
    }
}

void OverviewStrip::mouseReleaseEvent(QMouseEvent* event)
{
    if (drag_ != Drag::None && !moved_ && event->button() == Qt::LeftButton)
        set(centred(window(), timeAt(event->position().x()), log()));
    drag_ = Drag::None;
    unsetCursor();
}

void OverviewStrip::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (hasLog() && event->button() == Qt::LeftButton) set(wholeOf(log()));
}

void OverviewStrip::wheelEvent(QWheelEvent* event)
{
    if (!hasLog()) return event->ignore();
    const WheelMove move = wheelMove(*event);
    if (move.along)
        set(panned(window(), -move.by * (move.pixels ? scale().nsPerPixel() : static_cast<double>(window_.span()) / 8), log()));
    else if (move.by != 0)
        set(zoomed(window(), timeAt(event->position().x()), move.zoom, log()));
    event->accept();
}

void OverviewStrip::keyPressEvent(QKeyEvent* event)
{
    if (!hasLog() || (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) != 0) return QWidget::keyPressEvent(event);
    const double span = static_cast<double>(window().to.ns - window().from.ns);
    const double step = span / 8;
    const Stretch whole = log();
    const Timestamp middle{window().from.ns + (window().to.ns - window().from.ns) / 2};
    switch (event->key()) {
        case Qt::Key_Left: set(panned(window(), -step, whole)); break;
        case Qt::Key_Right: set(panned(window(), step, whole)); break;
        case Qt::Key_PageUp: set(panned(window(), -span, whole)); break;
        case Qt::Key_PageDown: set(panned(window(), span, whole)); break;
        case Qt::Key_Plus:
        case Qt::Key_Equal: set(zoomed(window(), middle, 1.5, whole)); break;
        case Qt::Key_Minus: set(zoomed(window(), middle, 1 / 1.5, whole)); break;
        case Qt::Key_Home: set(centred(window(), whole.from, whole)); break;
        case Qt::Key_End: set(centred(window(), whole.to, whole)); break;
        case Qt::Key_F: set(wholeOf(whole)); break;
        default: QWidget::keyPressEvent(event);
    }
}

void OverviewStrip::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    invalidate();
    const int columns = overviewColumns(scale());
    if (columns == askedColumns_) return;
    // A window that is being laid out has had other sizes a moment before: no need to show columns for those.
    if (columns > askedColumns_ * 2 || columns * 2 < askedColumns_)
        ask();
    else
        refresh();
}

void OverviewStrip::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
}

// ---- what lies under the pointer

bool OverviewStrip::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString tip = tipAt(help->pos().x());
    if (tip.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), asTip(tip), this, QRect(help->pos().x() - 2, 0, 4, height()));
    return true;
}

namespace {

/// A time as far as a stretch of that length can tell: not the nanosecond at which a pixel begins.
Timestamp asFineAs(Timestamp time, std::int64_t span)
{
    constexpr std::int64_t kSecond = 1'000'000'000;
    for (const std::int64_t unit : {60 * kSecond, kSecond, kSecond / 1000, kSecond / 1'000'000}) {
        if (span < 10 * unit) continue;
        const std::int64_t over = ((time.ns % unit) + unit) % unit;
        return time.plus(over * 2 < unit ? -over : unit - over);
    }
    return time;
}

}  // namespace

QString OverviewStrip::tipAt(double x) const
{
    if (!hasLog() || !density_) return {};
    if (x < gutter()) {
        QString text = tr("The whole log: %1\n%2 – %3")
                           .arg(eventsText(events_), timeText(asFineAs(*first_, first_->until(*last_))),
                                zonedTimeText(asFineAs(*last_, first_->until(*last_))));
        if (density_->unplaced > 0)
            text += QLatin1Char('\n') + tr("%1 without a known time stand nowhere here").arg(eventsText(density_->unplaced));
        return text;
    }
    const auto column = overviewColumnAt(*density_, scale(), x);
    if (!column) return {};
    const Timestamp begins = overviewEdge(*density_, *column);
    const Timestamp ends = overviewEdge(*density_, *column + 1);
    const std::int64_t span = begins.until(ends);
    QString text =
        QStringLiteral("%1 – %2\n%3")
            .arg(timeText(asFineAs(begins, span)), zonedTimeText(asFineAs(ends, span)), eventsText(density_->total[*column]));
    std::vector<std::pair<std::uint32_t, TypeId>> types;
    std::uint64_t known = 0;
    for (std::size_t i = 0; i < density_->types.size(); ++i)
        if (const std::uint32_t count = density_->count(i, *column); count > 0) types.emplace_back(count, density_->types[i]);
    std::sort(types.begin(), types.end(),
              [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    if (types.size() > kTipTypes) types.resize(kTipTypes);
    for (const auto& [count, type] : types) {
        known += count;
        text += QStringLiteral("\n%1 ×%2").arg(words_.nameOf(type), grouped(count));
    }
    if (density_->total[*column] > known && !types.empty())
        text += QLatin1Char('\n') + tr("other types ×%1").arg(grouped(density_->total[*column] - known));
    if (density_->deaths[*column] > 0)
        text +=
            QLatin1Char('\n') +
            (density_->deaths[*column] == 1 ? tr("✕ 1 life ends") : tr("✕ %1 lives end").arg(grouped(density_->deaths[*column])));
    if (density_->rejects[*column] > 0) text += QStringLiteral("\n□ ") + rejectsText(density_->rejects[*column]);
    return text;
}

}  // namespace hindcast::ui

#include "moc_overview_strip.cpp"
