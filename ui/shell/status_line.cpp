#include "ui/shell/status_line.h"

#include "ui/look/elided_label.h"
#include "ui/look/fitting.h"
#include "ui/look/format.h"
#include "ui/look/say.h"
#include "ui/shell/live_controls.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>

#include <algorithm>
#include <cmath>
#include <optional>

namespace hindcast::ui {

namespace {

constexpr const char* kName = "figure";  // what a label's text is of, for who cannot see where it stands

/// Gives way where the window is narrow: whole in the tool tip.
QLabel* label(QWidget* parent, const QString& name)
{
    auto* made = new ElidedLabel(parent);
    made->setProperty("role", "secondary");
    made->setProperty(kName, name);
    made->setTextFormat(Qt::PlainText);
    return made;
}

constexpr std::int64_t kSecond = 1'000'000'000;  // ns

/// When agoText() has other words; `then` is not after `now`.
std::chrono::seconds untilOtherWords(Timestamp then, Timestamp now)
{
    const std::int64_t seconds = (now.ns - then.ns) / kSecond;
    const std::int64_t unit = seconds < 60 ? 1 : seconds < 3600 ? 60 : 3600;
    return std::chrono::seconds(unit - seconds % unit);
}

void tell(QLabel& label, const QString& text) { say(label, label.property(kName).toString(), text); }

/// Of a reading without an end: how much of what there is now has been read, and how long the rest takes.
struct CatchingUp {
    int permille;
    std::optional<std::chrono::seconds> left;  ///< empty: the head moves away as fast as it is read, or faster
};

/// Nothing where it is near the head, or not known.
std::optional<CatchingUp> catchingUp(const ReadingView& reading)
{
    constexpr double kWorthTelling = 5;            // seconds
    constexpr double kNeverSeconds = 400 * 86400;  // nobody waits so long
    const ingest::Progress& progress = reading.progress;
    if (!reading.reading || !reading.endless || reading.live || !progress.connected || !progress.lag) return {};
    if (progress.recordsPerSecond < 1) return {};
    const auto lag = static_cast<double>(*progress.lag);
    if (lag / progress.recordsPerSecond < kWorthTelling) return {};
    const auto settled = static_cast<double>(progress.stored + progress.duplicates);
    CatchingUp out{static_cast<int>(1000 * settled / (settled + lag)), {}};
    const double net = progress.recordsPerSecond - progress.headPerSecond;
    if (net > 0 && lag / net < kNeverSeconds) out.left = std::chrono::seconds(std::llround(lag / net));
    return out;
}

constexpr std::int64_t kBackNs = 10'000'000'000;  // how long it is told that a broker is back

QString progressText(const ReadingView& reading)
{
    const ingest::Progress& progress = reading.progress;
    const QString rate = grouped(static_cast<std::uint64_t>(std::llround(std::max(0.0, progress.recordsPerSecond))));
    if (reading.live) {
        // At the head: how fast it comes and whether we keep up is all there is to say.
        QString text = StatusLine::tr("%1 msg/s").arg(rate);
        if (progress.lag) text += StatusLine::tr(" · lag %1").arg(grouped(*progress.lag));
        return text;
    }
    QString text = progress.total ? StatusLine::tr("%1 of %2 records").arg(grouped(progress.records), grouped(*progress.total))
                                  : StatusLine::tr("%1 records").arg(grouped(progress.records));
    if (progress.recordsPerSecond >= 0.5) text += StatusLine::tr(" · %1 msg/s").arg(rate);
    if (progress.lag) text += StatusLine::tr(" · lag %1").arg(grouped(*progress.lag));
    if (progress.timeLeft && progress.timeLeft->count() > 0)
        text += StatusLine::tr(" · %1 left").arg(durationText(*progress.timeLeft));
    else if (const auto rest = catchingUp(reading))
        text += rest->left ? StatusLine::tr(" · %1 left").arg(durationText(*rest->left))
                           : StatusLine::tr(" · does not catch up: the topic grows as fast as it is read, or faster");
    return text;
}

}  // namespace

StatusLine::StatusLine(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      where_(label(this, tr("Place in the history"))),
      play_(label(this, tr("Playback"))),
      cost_(label(this, tr("Cost of the state"))),
      branch_(label(this, tr("What-if branch"))),
      counts_(label(this, tr("Size of the workspace"))),
      notice_(label(this, tr("Notice"))),
      reading_(label(this, tr("Reading"))),
      progress_(new QProgressBar(this)),
      cancel_(new QPushButton(tr("Cancel"), this)),
      safe_(new QLabel(this)),
      rejects_(new QPushButton(this))
{
    safe_->setProperty("role", "secondary");  // never cut: it is what one must be able to rely on
    safe_->setProperty(kName, tr("Safety"));
    where_->setProperty("role", {});  // the one thing here that is looked at all the time
    progress_->setTextVisible(false);
    progress_->setFixedWidth(110);
    progress_->setAccessibleName(tr("Progress of reading"));
    cancel_->setProperty("bare", true);
    cancel_->setAccessibleName(tr("Cancel reading"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 1, 12, 0);
    row->setSpacing(18);
    for (QLabel* one : {where_, play_, cost_, branch_}) row->addWidget(one);
    rejects_->setProperty("bare", true);
    rejects_->setProperty("link", true);
    rejects_->setCursor(Qt::PointingHandCursor);
    rejects_->setToolTip(tr("Records that could not be decoded: show them, with their reasons"));
    auto* size = new QHBoxLayout;  // it goes on with the figures before it
    size->setSpacing(4);
    size->addWidget(counts_);
    size->addWidget(rejects_);
    row->addLayout(size);
    row->addStretch(1);
    row->addWidget(notice_);
    row->addWidget(progress_);
    row->addWidget(reading_);
    row->addWidget(cancel_);
    row->addWidget(safe_);
    fixHeight(*this, theme_, 27);
    for (QWidget* one : std::initializer_list<QWidget*>{rejects_, play_, branch_, notice_, progress_, cancel_})
        one->setVisible(false);
    connect(cancel_, &QPushButton::clicked, this, &StatusLine::cancelWanted);
    connect(rejects_, &QPushButton::clicked, this, &StatusLine::rejectsWanted);
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
    later_.setSingleShot(true);
    connect(&later_, &QTimer::timeout, this, [this] { tellReading(Timestamp::now()); });
    fit();
}

void StatusLine::setPlayhead(bool any, Version version, Version last)
{
    tell(*where_, any ? tr("event %1 / %2").arg(grouped(version.value), grouped(last.value)) : QString());
    if (where_->isHidden() == any) fit();
}

void StatusLine::setPlayback(const QString& words)
{
    if (words == play_->text()) return;
    tell(*play_, words);
    fit();
}

void StatusLine::setBranch(const QString& words)
{
    if (words == branch_->text()) return;
    tell(*branch_, words);
    fit();
}

void StatusLine::setState(const std::shared_ptr<const StateView>& state)
{
    const bool told = !cost_->text().isEmpty();
    if (!state) {
        tell(*cost_, {});
        if (told) fit();
        return;
    }
    const QString time = durationText(state->state.took);
    if (state->state.fromSnapshot && state->state.fromSnapshot->value > 0)
        tell(*cost_, tr("state rebuilt in %1 from snapshot v%2").arg(time, grouped(state->state.fromSnapshot->value)));
    else if (state->state.eventsReplayed > 0)
        tell(*cost_, tr("state rebuilt in %1 from %2").arg(time, eventsText(state->state.eventsReplayed)));
    else
        tell(*cost_, tr("state rebuilt in %1").arg(time));
    if (!told) fit();
}

void StatusLine::setCounts(bool open, const store::Counts& counts)
{
    if (!open) {
        tell(*counts_, {});
        tell(*safe_, {});
        rejects_->setText({});
        return fit();
    }
    const QString text = tr("%1 · %2 · %3")
                             .arg(eventsText(counts.events),
                                  counts.entities == 1 ? tr("1 entity") : tr("%1 entities").arg(grouped(counts.entities)),
                                  bytesText(counts.fileBytes));
    tell(*counts_, text);
    rejects_->setText(counts.rejects > 0 ? rejectsText(counts.rejects) : QString());
    rejects_->setAccessibleName(tr("Show the rejects: %1").arg(rejects_->text()));
    tell(*safe_, tr("read-only · no offsets committed"));
    safe_->setToolTip(tr("Hindcast joins no consumer group, commits no offset, creates and produces nothing."));
    fit();
}

void StatusLine::setReadOnly(const QString& because)
{
    if (because.isEmpty()) return notice_->setVisible(false);
    tell(*notice_, tr("opened to read only: %1").arg(because.left(80)));
    notice_->setToolTip(asTip(because));
    notice_->setVisible(true);
}

void StatusLine::setReading(const ReadingView& reading)
{
    shown_ = reading;
    tellReading(Timestamp::now());
}

/// Of what is not read: why, since when, and what can be done about it.
void StatusLine::tellStopped(Timestamp now)
{
    QStringList words;
    const QString stopped = shown_.offer ? agoText(shown_.offer->stopped, now) : QString();
    const bool fromBefore = shown_.ended.isEmpty() && !stopped.isEmpty();
    if (fromBefore)
        words << tr("not reading · stopped %1").arg(stopped);
    else if (!shown_.ended.isEmpty() && !shown_.failed)
        words << (shown_.paused ? tr("reading is paused · the place is kept") : tr("read: %1").arg(shown_.ended));
    if (shown_.diskFull) {
        if (shown_.ended.isEmpty())
            words << (shown_.offer && !shown_.offer->because.isEmpty() ? shown_.offer->because : tr("the disk limit is reached"));
        if (shown_.raisedLimit)
            words << tr("raise the limit to %1: File > Resume reading").arg(bytesText(*shown_.raisedLimit));
        else if (shown_.resumable || shown_.offer)
            words << tr("raise the limit: File > Resume reading");
    }
    tell(*reading_, words.join(QStringLiteral(" · ")));
    reading_->setToolTip(asTip(shown_.diskFull ? words.join(QLatin1Char('\n')) : shown_.ended));
    if (fromBefore) later_.start(untilOtherWords(*shown_.offer->stopped, now));
}

void StatusLine::tellReading(Timestamp now)
{
    const ReadingView& reading = shown_;
    later_.stop();
    const bool known = reading.reading && reading.progress.total && *reading.progress.total > 0;
    const auto rest = known ? std::nullopt : catchingUp(reading);
    progresses_ = known || rest;
    urgent_ = reading.reading ? !reading.progress.connected : reading.diskFull;
    cancel_->setVisible(reading.reading && !(reading.endless && reading.resumable));  // that one is paused, above
    progress_->setRange(0, 1000);
    if (rest) progress_->setValue(rest->permille);
    if (known) {
        progress_->setValue(
            static_cast<int>(std::min<std::uint64_t>(1000, reading.progress.records * 1000 / *reading.progress.total)));
    }
    if (reading.reading) {
        const QString notice = noticeWords(reading);
        QString text = reading.progress.connected ? progressText(reading) : readingWords(reading, now);
        if (!reading.progress.connected && reading.live) text += tr(" · lag unknown");
        if (reading.progress.connected && reading.backSince && now.ns - reading.backSince->ns < kBackNs)
            text = tr("the broker is back · %1").arg(text);
        else if (reading.progress.connected && !notice.isEmpty())
            text += QStringLiteral(" · ") + notice;
        tell(*reading_, text);
        QStringList tip{reading.source};
        if (!notice.isEmpty()) tip << notice;
        if (!reading.progress.trouble.empty()) tip << QString::fromStdString(reading.progress.trouble);
        reading_->setToolTip(asTip(tip.join(QLatin1Char('\n'))));
    } else {
        tellStopped(now);
    }
    fit();
    const QString role = urgent_ ? QStringLiteral("warning") : QStringLiteral("secondary");
    if (reading_->property("role").toString() == role) return;
    reading_->setProperty("role", role);
    style()->unpolish(reading_);
    style()->polish(reading_);
}

void StatusLine::setBrief(bool brief)
{
    brief_ = brief;
    fit();
}

/// What is shown of what there is to show, and what is whole where not all of it can be.
void StatusLine::fit()
{
    const auto says = [](const QLabel& label) { return !label.text().isEmpty(); };
    for (QLabel* one : {where_, reading_, safe_}) one->setVisible(says(*one));
    const int spacing = layout()->spacing();
    const QMargins margins = layout()->contentsMargins();
    int room = width() - margins.left() - margins.right() - safe_->sizeHint().width();
    if (!cancel_->isHidden()) room -= cancel_->sizeHint().width() + spacing;
    const auto widthOf = [spacing](const QLabel& label) { return label.isHidden() ? 0 : label.sizeHint().width() + spacing; };
    const auto leastOf = [spacing](const QLabel& label) {
        return label.isHidden() ? 0 : label.minimumSizeHint().width() + spacing;
    };
    // Whole are who is away, then the place; each as far as what gives way before it can.
    const auto hold = [&](QLabel& label, int others) {
        label.setMinimumWidth(std::clamp(label.sizeHint().width(), 0, std::max(0, room - others - spacing)));
    };
    if (urgent_)
        hold(*reading_, leastOf(*where_) + leastOf(*notice_));
    else
        reading_->setMinimumWidth(0);
    hold(*where_, leastOf(*notice_) + (urgent_ ? reading_->minimumWidth() + spacing : leastOf(*reading_)));
    room -= widthOf(*reading_) + widthOf(*where_) + widthOf(*notice_);
    // The most telling first.
    const auto place = [&](QWidget& figure, bool wanted) {
        const int wide = std::min(figure.sizeHint().width(), figure.maximumWidth()) + spacing;
        const bool shown = wanted && (!urgent_ || wide <= room);
        if (shown) room -= wide;
        figure.setVisible(shown);
    };
    place(*play_, says(*play_));
    place(*branch_, says(*branch_));
    place(*progress_, progresses_);
    place(*counts_, !brief_ && says(*counts_));
    place(*rejects_, !brief_ && !rejects_->text().isEmpty());
    place(*cost_, !brief_ && says(*cost_));
}

bool StatusLine::event(QEvent* event)
{
    // A text in it has become longer or shorter.
    if (event->type() == QEvent::LayoutRequest) fit();
    return QWidget::event(event);
}

void StatusLine::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

QString StatusLine::text() const
{
    QStringList parts;
    const auto add = [&](const auto* one) {
        if (!one->text().isEmpty() && !one->isHidden()) parts << one->text();
    };
    for (const QLabel* one : {where_, play_, cost_, branch_, counts_}) add(one);
    add(rejects_);
    for (const QLabel* one : {notice_, reading_, safe_}) add(one);
    return parts.join(QStringLiteral(" | "));
}

void StatusLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme_.color(Theme::Role::Window));
    painter.fillRect(QRect(0, 0, width(), 1), theme_.color(Theme::Role::Line));
}

}  // namespace hindcast::ui
