#include "ui/shell/live_controls.h"

#include "ui/look/format.h"
#include "ui/look/glyphs.h"
#include "ui/look/shown_zone.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

namespace hindcast::ui {

namespace {

/// "09:14:22 CET"
QString clockText(Timestamp time)
{
    const Civil shown = civil(time);
    const auto two = [](int number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); };
    return QStringLiteral("%1:%2:%3 %4").arg(two(shown.hour), two(shown.minute), two(shown.second), zoneName(time));
}

}  // namespace

/// "+312 new", as a pill.
class NewBadge final : public QToolButton {
public:
    NewBadge(const Theme& theme, QWidget* parent) : QToolButton(parent), theme_(theme)
    {
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
        setAttribute(Qt::WA_Hover);
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        const int usual = fontMetrics().horizontalAdvance(tr("+%1 new").arg(grouped(88'888)));
        return {std::max(usual, fontMetrics().horizontalAdvance(text())) + 20, fontMetrics().height() + 6};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
        painter.setPen(hasFocus() || underMouse() ? QPen(theme_.color(Theme::Role::Accent), 1) : QPen(Qt::NoPen));
        painter.setBrush(theme_.color(isDown() ? Theme::Role::Selection : Theme::Role::AccentSoft));
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
        painter.setPen(theme_.color(Theme::Role::Link));
        painter.setFont(font());
        painter.drawText(rect(), Qt::AlignCenter, text());
    }

private:
    const Theme& theme_;
};

LiveControls::LiveControls(const Theme& theme, const Actions& actions, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      actions_(actions),
      reading_(new QToolButton(this)),
      stop_(new QToolButton(this)),
      follow_(new QToolButton(this)),
      badge_(new NewBadge(theme, this))
{
    const auto take = [](QToolButton* button, QAction* action) {
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::TabFocus);
    };
    take(reading_, actions_.pause);
    take(stop_, actions_.stop);
    take(follow_, actions_.follow);
    follow_->setToolButtonStyle(Qt::ToolButtonTextOnly);
    stop_->setAccessibleName(tr("Stop reading"));
    follow_->setAccessibleName(tr("Follow the head"));
    connect(badge_, &QToolButton::clicked, actions_.firstNew, &QAction::trigger);
    reading_->installEventFilter(this);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (QWidget* one : std::initializer_list<QWidget*>{reading_, stop_, follow_, badge_}) row->addWidget(one);
    connect(actions_.follow, &QAction::toggled, this, &LiveControls::showFollow);
    const auto dress = [this] {
        for (QToolButton* one : {reading_, stop_, follow_}) one->setIconSize(QSize(theme_.px(13), theme_.px(13)));
        update();
    };
    dress();
    connect(&theme_, &Theme::changed, this, dress);
    setReading(false, {});
    setNew(0, 0);
}

QToolButton& LiveControls::badge() { return *badge_; }

void LiveControls::setReading(bool open, const ReadingView& reading)
{
    QAction& pause = *actions_.pause;
    const bool away = reading.reading && !reading.progress.connected;
    pause.setIconText(!reading.reading ? (reading.paused ? tr("Paused") : tr("Resume")) : away ? tr("Waiting") : tr("Reading"));
    pause.setText(reading.reading ? tr("&Pause reading") : tr("&Resume reading"));
    pause.setIcon(glyphIcon(reading.reading ? Glyph::Pause : Glyph::Next, theme_));
    shown_ = reading;
    pause.setEnabled(reading.resumable || reading.offer);
    showTip();
    reserve();
    reading_->setAccessibleName(pause.iconText());
    reading_->setVisible(reading.resumable || reading.offer);
    stop_->setVisible(reading.reading && !reading.resumable);
    live_ = open && (reading.resumable || reading.reading);
    showFollow();
}

/// As wide as the longest of its words: what stands to the right of it stays where it is while they change.
void LiveControls::reserve()
{
    reading_->ensurePolished();
    const QFontMetrics metrics = reading_->fontMetrics();
    const auto width = [&](const QString& words) { return metrics.size(Qt::TextShowMnemonic, words).width(); };
    int widest = 0;
    for (const QString& words : {tr("Paused"), tr("Resume"), tr("Waiting"), tr("Reading")})
        widest = std::max(widest, width(words));
    reading_->setMinimumWidth(reading_->sizeHint().width() + widest - width(reading_->text()));
}

void LiveControls::showTip()
{
    const Timestamp now = Timestamp::now();
    QAction& pause = *actions_.pause;
    QString tip = shown_.reading ? tr("Pause: keeps the place, lets the connection go")
                  : shown_.offer ? offerWords(*shown_.offer, now)
                                 : tr("Go on where it stopped: each record once");
    // One press allows as much once more: nobody is to do that unawares.
    if (!shown_.reading && shown_.raisedLimit) tip = tr("Resume, up to %1 on disk. %2").arg(bytesText(*shown_.raisedLimit), tip);
    tip += QStringLiteral(" (%1)").arg(pause.shortcut().toString(QKeySequence::NativeText));
    // How it goes is told by the status line; why it failed by a bar that may have been closed since.
    pause.setToolTip(asTip(shown_.failed ? shown_.ended + QStringLiteral("\n") + tip : tip));
    reading_->setAccessibleDescription(tip);
}

/// How long ago something was is told as of the moment when one looks.
bool LiveControls::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ToolTip && watched == reading_) showTip();
    if ((event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) && watched == reading_)
        QMetaObject::invokeMethod(this, &LiveControls::reserve, Qt::QueuedConnection);  // once it has taken it
    return QWidget::eventFilter(watched, event);
}

void LiveControls::setNew(std::uint64_t events, std::uint64_t here)
{
    badge_->setVisible(events > 0);
    actions_.firstNew->setEnabled(events > 0);
    badge_->setText(tr("+%1 new").arg(grouped(events)));
    badge_->setAccessibleName(badge_->text());
    badge_->setToolTip(
        here == 0
            ? tr("%1 came in, none of the selected entity; a click takes note of them and puts the list of entities in order")
                  .arg(eventsText(events))
            : tr("%1 came in, %2 of the selected entity; a click goes to its first and puts the list of entities in order")
                  .arg(eventsText(events), grouped(here)));
    badge_->updateGeometry();
    showFollow();
}

void LiveControls::showFollow()
{
    const bool useful = live_ || actions_.follow->isChecked() || badge_->isVisibleTo(this);
    follow_->setVisible(useful);
    // Where something may arrive, what stands to the right of its badge is not to move when it does.
    QSizePolicy policy = badge_->sizePolicy();
    policy.setRetainSizeWhenHidden(live_);
    badge_->setSizePolicy(policy);
    actions_.follow->setEnabled(useful);
}

QString awayWords(const source::Away& away, const QString& time)
{
    using Kind = source::Away::Kind;
    const int count = static_cast<int>(away.count);
    const QString who = QString::fromStdString(away.who);
    switch (away.kind) {
        case Kind::Brokers:
            return who.isEmpty() ? LiveControls::tr("%n brokers away %1, trying again", nullptr, count).arg(time)
                                 : LiveControls::tr("broker %1 away %2, trying again").arg(who, time);
        case Kind::Cluster: return LiveControls::tr("cluster away %1, trying again").arg(time);
        case Kind::Silent:
            return who.isEmpty() ? LiveControls::tr("no answer from %n brokers %1", nullptr, count).arg(time)
                                 : LiveControls::tr("no answer from %1 %2").arg(who, time);
        case Kind::Unasked: return LiveControls::tr("connecting to %1 %2").arg(who, time);
        case Kind::NoLeader: break;
    }
    return count == 1 ? LiveControls::tr("a partition has no leader %1, waiting for one").arg(time)
                      : LiveControls::tr("%n partitions have no leader %1, waiting for one", nullptr, count).arg(time);
}

QString noticeWords(const ReadingView& reading)
{
    const ingest::Progress& progress = reading.progress;
    if (progress.connected || !progress.away || !reading.awaySince) return QString::fromStdString(progress.notice);
    return awayWords(*progress.away, LiveControls::tr("since %1").arg(clockText(*reading.awaySince)));
}

QString agoText(const std::optional<Timestamp>& then, Timestamp now)
{
    if (!then || *then > now) return {};
    const qint64 seconds = (now.ns - then->ns) / 1'000'000'000;
    const qint64 minutes = seconds / 60;
    if (minutes < 1) return LiveControls::tr("%1 s ago").arg(seconds);
    if (minutes < 60) return LiveControls::tr("%1 min ago").arg(minutes);
    if (minutes < 48 * 60) return LiveControls::tr("%1 h ago").arg(minutes / 60);
    return LiveControls::tr("%1 d ago").arg(grouped(static_cast<std::uint64_t>(minutes / (24 * 60))));
}

QString offerWords(const ReadingOffer& offer, Timestamp now)
{
    constexpr qsizetype kNamed = 3;
    QStringList named = offer.topics.mid(0, offer.topics.size() <= kNamed ? kNamed : kNamed - 1);
    if (offer.topics.size() > kNamed) named << LiveControls::tr("%1 more topics").arg(offer.topics.size() - named.size());
    const QString last = named.takeLast();
    const QString topics = named.isEmpty() ? last : LiveControls::tr("%1 and %2").arg(named.join(QStringLiteral(", ")), last);
    const QString ago = agoText(offer.stopped, now);
    QString words = ago.isEmpty()
                        ? LiveControls::tr("Go on reading %1 from %2, from where it stopped").arg(topics, offer.brokers)
                        : LiveControls::tr("Go on reading %1 from %2, from where it stopped %3").arg(topics, offer.brokers, ago);
    if (offer.withheld.contains(QStringLiteral("sasl.password")))
        words += LiveControls::tr("; asks for the password first, which is kept nowhere");
    else if (!offer.withheld.isEmpty())
        words += LiveControls::tr("; asks first for %1, kept nowhere").arg(offer.withheld.join(QStringLiteral(", ")));
    return words;
}

QString readingWords(const ReadingView& reading, Timestamp now)
{
    if (reading.reading && !reading.progress.connected) {
        const QString notice = QString::fromStdString(reading.progress.notice);
        if (!reading.awaySince) return notice.isEmpty() ? LiveControls::tr("not connected, trying again") : notice;
        const auto seconds = std::chrono::seconds(std::max<std::int64_t>(1, (now.ns - reading.awaySince->ns) / 1'000'000'000));
        const QString time = LiveControls::tr("for %1").arg(durationText(seconds));
        if (reading.progress.away) return awayWords(*reading.progress.away, time);
        return notice.isEmpty() ? LiveControls::tr("not connected %1, trying again").arg(time) : notice;
    }
    if (reading.reading) return reading.live ? LiveControls::tr("reading as it comes") : LiveControls::tr("reading");
    return reading.ended.isEmpty() ? LiveControls::tr("not reading") : reading.ended;
}

}  // namespace hindcast::ui
