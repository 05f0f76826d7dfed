#include "ui/connect/range_form.h"

#include "ui/connect/form_labels.h"
#include "ui/connect/topics_table.h"
#include "ui/connect/wrong_field.h"
#include "ui/look/elided_label.h"
#include "ui/look/format.h"
#include "ui/look/shown_zone.h"
#include "ui/session/go_to.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QResizeEvent>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr std::uint64_t kLastRecords = 100'000;
constexpr std::int64_t kDay = 86'400'000'000'000;
const QString kLongest = QStringLiteral("2025-11-04T09:14:22.118000001+01:00");  // that a moment is ever written with
constexpr int kPart = 350;      // pixels at the zoom of a desk: the widest that "From" or "Until" becomes
constexpr int kEstimate = 300;  // what the estimate is left with beside both
constexpr int kBetween = 80;    // margins and spacing, and a little, so that less than the two need makes them two lines

QLineEdit* valueField(const Theme& theme, const QString& accessibleName)
{
    auto* field = new QLineEdit;
    field->setFont(theme.mono());
    field->setAccessibleName(accessibleName);
    return field;
}

QWidget* partOf(QLabel* label, QComboBox* box, QLineEdit* value)
{
    auto* part = new QWidget;
    auto* row = new QHBoxLayout(part);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(label);
    row->addWidget(box, 1);
    row->addWidget(value);
    return part;
}

/// So wide that `text` is seen whole.
int widthFor(const QLineEdit& field, const QString& text)
{
    constexpr int kLetters = 17;  // QLineEdit's own hint is of that many, and its margins
    const int own = field.sizeHint().width();
    const QFontMetrics metrics = field.fontMetrics();
    return own + metrics.horizontalAdvance(text) - kLetters * metrics.horizontalAdvance(QLatin1Char('x')) + 2;  // the cursor
}

void setValue(QLineEdit& field, const QString& value)
{
    field.setText(value);
    field.setCursorPosition(0);  // were it ever cut, the date would stay in sight
}

std::expected<Timestamp, QString> momentFrom(const QString& text, Timestamp now)
{
    const QString example = RangeForm::tr("2025-11-04 09:14, -2h, yesterday 14:00");
    const QString written = text.trimmed();
    if (written.isEmpty()) return std::unexpected(RangeForm::tr("write a time: %1").arg(example));
    if (const auto time = timeFromUser(written.toStdString(), now)) return *time;
    // Whatever the go-to box takes.
    const auto east = [](Timestamp at) { return static_cast<int>(shownOffset(at) / 60'000'000'000); };
    auto time = readMoment(written, now, east(now));
    if (time && east(*time) != east(now)) time = readMoment(written, now, east(*time));
    if (time) return *time;
    return std::unexpected(RangeForm::tr("“%1” is no time: write %2").arg(written, example));
}

/// Whether the words mean another moment on another day.
bool isRelative(const QString& text)
{
    const Timestamp now = Timestamp::now();
    const auto today = momentFrom(text, now);
    const auto later = momentFrom(text, Timestamp{now.ns + 7 * kDay});  // a week on, for the names of days as well
    return today && later && *today != *later;
}

}  // namespace

ReadChoices withoutDates(ReadChoices choices)
{
    const ReadChoices usual;
    using From = ReadChoices::From;
    if (choices.from == From::Offset || (choices.from == From::Time && !isRelative(choices.fromValue))) {
        choices.from = usual.from;
        choices.fromValue = usual.fromValue;
    }
    if (choices.until == ReadChoices::Until::Time && !isRelative(choices.untilValue)) {
        choices.until = usual.until;
        choices.untilValue = usual.untilValue;
    }
    return choices;
}

RangeForm::RangeForm(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    makeChoices();
    fromValue_ = valueField(theme, tr("From: value"));
    untilValue_ = valueField(theme, tr("Until: value"));
    untilValue_->setPlaceholderText(QStringLiteral("2025-11-04T09:14:22Z"));
    estimate_ = new ElidedLabel;
    estimate_->setProperty("role", QStringLiteral("secondary"));
    estimate_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    estimate_->setAccessibleName(tr("How much that is"));
    wrong_ = wrongLabel(tr("What is wrong with the range"));

    QLabel* fromLabel = fieldLabel(tr("From"), from_);
    QLabel* untilLabel = fieldLabel(tr("Until"), until_);
    for (QLabel* label : {fromLabel, untilLabel})  // one below the other, their fields are to be so, too
        label->setMinimumWidth(std::max(fromLabel->sizeHint().width(), untilLabel->sizeHint().width()));
    fromPart_ = partOf(fromLabel, from_, fromValue_);
    untilPart_ = partOf(untilLabel, until_, untilValue_);
    grid_ = new QGridLayout(this);
    grid_->setContentsMargins(8, 6, 10, 6);
    grid_->setHorizontalSpacing(16);
    grid_->setVerticalSpacing(6);
    connect(&theme_, &Theme::changed, this, &RangeForm::arrange);

    connect(from_, &QComboBox::currentIndexChanged, this, [this] {
        fromValue_->clear();
        update();
    });
    connect(until_, &QComboBox::currentIndexChanged, this, &RangeForm::update);
    connect(fromValue_, &QLineEdit::textChanged, this, &RangeForm::update);
    connect(untilValue_, &QLineEdit::textChanged, this, &RangeForm::update);
    update();
}

void RangeForm::makeChoices()
{
    from_ = new QComboBox;
    from_->setAccessibleName(tr("From"));
    from_->addItem(tr("last 24 hours"), static_cast<int>(From::LastDay));
    from_->addItem(tr("last records"), static_cast<int>(From::LastRecords));
    from_->addItem(tr("earliest"), static_cast<int>(From::Earliest));
    from_->addItem(tr("latest"), static_cast<int>(From::Latest));
    from_->addItem(tr("a time"), static_cast<int>(From::Time));
    from_->addItem(tr("an offset"), static_cast<int>(From::Offset));
    until_ = new QComboBox;
    until_->setAccessibleName(tr("Until"));
    until_->addItem(tr("live"), static_cast<int>(Until::Live));
    until_->addItem(tr("the end as of now"), static_cast<int>(Until::End));
    until_->addItem(tr("a time"), static_cast<int>(Until::Time));
}

void RangeForm::setFrom(From from, const QString& value)
{
    from_->setCurrentIndex(from_->findData(static_cast<int>(from)));
    setValue(*fromValue_, value);
}

void RangeForm::setUntil(Until until, const QString& value)
{
    until_->setCurrentIndex(until_->findData(static_cast<int>(until)));
    setValue(*untilValue_, value);
}

void RangeForm::setChoices(const ReadChoices& choices)
{
    setFrom(choices.from, choices.fromValue);
    setUntil(choices.until, choices.untilValue);
}

void RangeForm::write(ReadChoices& into) const
{
    into.from = static_cast<From>(from_->currentData().toInt());
    into.fromValue = fromValue_->text().trimmed();
    into.until = static_cast<Until>(until_->currentData().toInt());
    into.untilValue = untilValue_->text().trimmed();
}

void RangeForm::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

QSize RangeForm::minimumSizeHint() const
{
    const QMargins edge = grid_->contentsMargins();
    const int widest = std::max(fromPart_->minimumSizeHint().width(), untilPart_->minimumSizeHint().width());
    return {widest + edge.left() + edge.right(), QWidget::minimumSizeHint().height()};
}

/// In one line where the estimate has room there, else in two, else in three.
void RangeForm::arrange()
{
    for (QLineEdit* value : {fromValue_, untilValue_}) {
        value->setFont(theme_.mono());
        // Of what is written by hand it would be a restless one that followed each letter: only a moment with its nanoseconds is longer.
        const bool moment = value == untilValue_ || static_cast<From>(from_->currentData().toInt()) == From::Time;
        const int usual = moment ? widthFor(*value, QStringLiteral("2025-11-04T09:14:22.118Z")) : theme_.px(170);
        value->setFixedWidth(std::clamp(widthFor(*value, value->text()), usual, widthFor(*value, kLongest)));
    }
    const int parts = fromPart_->minimumSizeHint().width() + untilPart_->minimumSizeHint().width() + kBetween;
    const int estimate = estimate_->sizeHint().width();
    const int lines = width() >= parts + std::max(theme_.px(kEstimate), estimate) ? 1 : width() >= parts ? 2 : 3;
    // In one line with it they give way to the estimate.
    const int spare = lines == 1 ? std::max(0, width() - parts - estimate) / 2 : theme_.px(kPart);
    for (QWidget* part : {fromPart_, untilPart_}) {
        const int least = part->minimumSizeHint().width();
        part->setMaximumWidth(std::max(std::min(theme_.px(kPart), least + spare), least));
    }
    if (lines == lines_) return;
    lines_ = lines;
    for (QWidget* widget : std::initializer_list<QWidget*>{fromPart_, untilPart_, estimate_, wrong_}) grid_->removeWidget(widget);
    grid_->addWidget(fromPart_, 0, 0);
    grid_->addWidget(untilPart_, lines == 3 ? 1 : 0, lines == 3 ? 0 : 1);
    grid_->addWidget(estimate_, lines - 1, lines == 1 ? 3 : 0, 1, lines == 1 ? 1 : 4);
    grid_->addWidget(wrong_, lines, 0, 1, 4);
    estimate_->setAlignment((lines == 1 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    // The parts grow as far as they may, then a gap does.
    const int share[] = {100, lines == 3 ? 0 : 100, 1};
    for (int column = 0; column < 3; ++column) grid_->setColumnStretch(column, share[column]);
}

void RangeForm::setChosen(int topics, std::optional<std::uint64_t> records)
{
    topics_ = topics;
    records_ = records;
    update();
}

void RangeForm::setEstimate(const QString& text)
{
    estimate_->setText(text);
    arrange();
}

QString RangeForm::estimate() const { return estimate_->text(); }

QString RangeForm::error() const { return wrong_->text(); }

void RangeForm::update()
{
    const auto from = static_cast<From>(from_->currentData().toInt());
    const auto until = static_cast<Until>(until_->currentData().toInt());
    fromValue_->setVisible(from == From::Time || from == From::Offset || from == From::LastRecords);
    fromValue_->setPlaceholderText(from == From::Time     ? tr("2025-11-04 09:14, -2h")
                                   : from == From::Offset ? tr("of each partition")
                                                          : grouped(kLastRecords));
    untilValue_->setVisible(until == Until::Time);
    const auto start = this->from(Timestamp::now());
    const auto end = this->until(Timestamp::now());
    const bool fromWrong = !start && !fromValue_->text().trimmed().isEmpty();
    const bool untilWrong = !end && !untilValue_->text().trimmed().isEmpty();
    markWrong(*fromValue_, fromWrong);
    markWrong(*untilValue_, untilWrong);
    QStringList wrong;
    if (fromWrong) wrong << start.error();
    if (untilWrong) wrong << end.error();
    sayWrong(*wrong_, wrong.join(QStringLiteral(" · ")));
    arrange();

    QString text;
    if (!start || !end) {
        // Nobody knows how much that is.
    } else if (topics_ > 0 && from == From::Latest) {
        text = tr("only what comes from now on");
    } else if (topics_ > 0 && records_) {
        std::uint64_t most = *records_;
        if (from == From::LastRecords)
            most = std::min(most, static_cast<std::uint64_t>(std::max<std::int64_t>(0, start->offset)));
        text = from == From::Earliest ? tr("about %1 records").arg(shortCount(most))
                                      : tr("at most %1 records").arg(shortCount(most));
    }
    setEstimate(text);  // at once; a question to the cluster may know better
    emit changed();
}

std::expected<source::KafkaStart, QString> RangeForm::from(Timestamp now) const
{
    source::KafkaStart start;
    const QString value = fromValue_->text().trimmed();
    switch (static_cast<From>(from_->currentData().toInt())) {
        case From::Earliest: start.kind = source::KafkaStart::Kind::Earliest; return start;
        case From::Latest: start.kind = source::KafkaStart::Kind::Latest; return start;
        case From::LastDay:
            start.kind = source::KafkaStart::Kind::Time;
            start.time = Timestamp{now.ns - kDay};
            return start;
        case From::Time: {
            start.kind = source::KafkaStart::Kind::Time;
            const auto time = momentFrom(value, now);
            if (!time) return std::unexpected(tr("From: %1").arg(time.error()));
            start.time = *time;
            return start;
        }
        case From::LastRecords:
        case From::Offset: {
            const bool records = static_cast<From>(from_->currentData().toInt()) == From::LastRecords;
            start.kind = records ? source::KafkaStart::Kind::LastRecords : source::KafkaStart::Kind::Offset;
            QString digits = value;
            digits.remove(QChar(0x2009)).remove(QLatin1Char(' ')).remove(QLatin1Char(','));
            bool good = false;
            start.offset = digits.isEmpty() && records ? static_cast<std::int64_t>(kLastRecords) : digits.toLongLong(&good);
            if (digits.isEmpty() && records) return start;
            if (value.isEmpty()) return std::unexpected(tr("From: write the offset to begin at, as in 120000"));
            if (!good || start.offset < 0)
                return std::unexpected(records ? tr("From: “%1” is no number of records: write digits, as in 5000").arg(value)
                                               : tr("From: “%1” is no offset: write digits, as in 120000").arg(value));
            return start;
        }
    }
    return start;
}

std::expected<source::KafkaUntil, QString> RangeForm::until(Timestamp now) const
{
    source::KafkaUntil end;
    switch (static_cast<Until>(until_->currentData().toInt())) {
        case Until::Live: end.kind = source::KafkaUntil::Kind::Never; return end;
        case Until::End: end.kind = source::KafkaUntil::Kind::CapturedEnd; return end;
        case Until::Time: {
            end.kind = source::KafkaUntil::Kind::Time;
            const auto time = momentFrom(untilValue_->text(), now);
            if (!time) return std::unexpected(tr("Until: %1").arg(time.error()));
            end.time = *time;
            return end;
        }
    }
    return end;
}

}  // namespace hindcast::ui
