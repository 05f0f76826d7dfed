#include "ui/shell/go_to_box.h"

#include "ui/look/format.h"
#include "ui/look/shaped_text.h"
#include "ui/shell/typed_moment.h"

#include <QKeyEvent>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kPause = 120;  // ms after the last key

bool isPossible(const GoToHit& hit) { return hit.trouble.isEmpty(); }

}  // namespace

GoToBox::GoToBox(const Theme& theme, QWidget* parent) : QLineEdit(parent), theme_(theme)
{
    placeWords();
    setAccessibleName(tr("Go to"));
    setToolTip(
        tr("Go to (Ctrl+G): an entity's id, a part of it, or its name, a record's key, partition:offset, a version (#9), a time; "
           "or ask "
           "when something was so for the first time: state.balance < 0.0"));
    soon_.setSingleShot(true);
    soon_.setInterval(kPause);
    connect(&soon_, &QTimer::timeout, this, &GoToBox::read);
    connect(this, &QLineEdit::textEdited, this, [this] {
        chooseOwed_ = false;
        answered_ = false;
        if (text().trimmed().isEmpty())
            read();
        else
            soon_.start();
    });
}

GoToBox::~GoToBox()
{
    if (list_) list_->deleteLater();
}

QSize GoToBox::sizeHint() const { return {420, QLineEdit::sizeHint().height()}; }

QSize GoToBox::minimumSizeHint() const { return {theme_.px(small_ ? 72 : 110), QLineEdit::minimumSizeHint().height()}; }

void GoToBox::setSmall(bool isSmall)
{
    if (std::exchange(small_, isSmall) != isSmall) updateGeometry();
}

/// A hint that is cut in the middle of a word helps nobody.
void GoToBox::placeWords()
{
    const QString all = tr("Go to: paste an id, a name, a key, partition:offset, a time, “last tuesday 14:00”");
    const QString more =
        tr("Go to: an id, a name, a key, partition:offset, “last tuesday 14:00”; or first time when state.total < 0.0");
    setPlaceholderText(fittingText(font(), {more, all, tr("Go to: an id, a key, a time"), tr("Go to")}, width() - theme_.px(24)));
}

void GoToBox::resizeEvent(QResizeEvent* event)
{
    QLineEdit::resizeEvent(event);
    placeWords();
}

void GoToBox::reset()
{
    clear();
    read();
}

void GoToBox::read()
{
    soon_.stop();
    const Timestamp now = Timestamp::now();
    readings_ = readGoTo(text(), now);
    const auto moment =
        typedMoment(readings_.text, now, words_.here ? words_.here() : now, words_.logEnd ? words_.logEnd() : std::nullopt);
    readings_.time = moment ? std::optional(moment->time) : std::nullopt;
    countedFromEnd_ = moment && moment->countedFromEnd;
    answered_ = false;
    moved_ = false;
    emit lookUpWanted(readings_);
    if (!readings_.isEmpty()) return;
    hits_.clear();
    closeList();
}

void GoToBox::setHits(const QString& text, const std::vector<GoToHit>& found, bool last)
{
    if (text != readings_.text || readings_.isEmpty()) return;
    hits_.clear();
    GoToHit version;
    version.kind = GoToHit::Kind::Version;
    version.version = readings_.version.value_or(Version{});
    if (readings_.question) addQuestion(*readings_.question);
    const bool any = readings_.version && words_.version && !words_.version(version.version).isEmpty();
    const bool there = any && words_.hasVersion && words_.hasVersion(version.version);
    if (there) hits_.push_back(version);
    std::copy_if(found.begin(), found.end(), std::back_inserter(hits_), isPossible);
    if (any && !there) hits_.push_back(version);  // it leads to the last one
    if (readings_.time) {
        GoToHit moment;
        moment.kind = GoToHit::Kind::Time;
        moment.time = *readings_.time;
        hits_.push_back(moment);
    }
    // Why one cannot go to a place is told where there is nothing else.
    if (hits_.empty()) hits_ = found;
    if (hits_.empty() && readings_.perhaps && last) addQuestion(*readings_.perhaps);
    if (hits_.empty() && readings_.version && last) {
        version.trouble = tr("of which entity? select one first");
        hits_.push_back(version);
    }
    answered_ = last;
    if (hasFocus()) showList();
    // Enter before the answer means what was typed, not something like it: that is taken where there is nothing else.
    const auto meant = std::ranges::find_if(hits_, [](const GoToHit& hit) { return isPossible(hit) && !hit.like; });
    if (!chooseOwed_ || (meant == hits_.end() && !last)) return;
    choose(meant != hits_.end() ? meant - hits_.begin() : firstPossible());
}

/// What is an expression is hardly anything else: it comes first.
void GoToBox::addQuestion(const GoToReadings::Question& question)
{
    GoToHit hit;
    hit.kind = GoToHit::Kind::FirstTime;
    hit.expression = question.expression;
    hit.trouble = question.trouble;
    hits_.push_back(hit);
    hit.ofAll = false;
    if (hit.trouble.isEmpty() && words_.entity && !words_.entity().isEmpty()) hits_.push_back(hit);
}

qint64 GoToBox::firstPossible() const
{
    const auto at = std::find_if(hits_.begin(), hits_.end(), isPossible);
    return at == hits_.end() ? RowView::kNone : at - hits_.begin();
}

GoToWords GoToBox::wordsOf(const GoToHit& hit) const
{
    switch (hit.kind) {
        case GoToHit::Kind::Entity:
            return {tr("entity"),
                    tr("%1 · %2").arg(hit.name.isEmpty() ? hit.entityText : tr("%1 · %2").arg(hit.name, hit.entityText),
                                      eventsText(hit.events))};
        case GoToHit::Kind::Time:
            return {tr("time"), words_.moment ? words_.moment(hit.time, countedFromEnd_) : timeText(hit.time)};
        case GoToHit::Kind::Version:
            if (!hit.trouble.isEmpty()) return {tr("version"), tr("#%1").arg(hit.version.value), hit.trouble};
            return {tr("version"), words_.version ? words_.version(hit.version) : QString::number(hit.version.value)};
        case GoToHit::Kind::FirstTime:
            if (!hit.trouble.isEmpty()) return {tr("find"), tr("first time when %1").arg(hit.expression), hit.trouble};
            return {tr("find"),
                    tr("first time when %1 · of %2").arg(hit.expression, hit.ofAll ? tr("all entities") : words_.entity())};
        case GoToHit::Kind::Record: break;
    }
    QString text = tr("%1 %2 : %3")
                       .arg(hit.place.topic)
                       .arg(hit.place.partition.value)
                       .arg(grouped(static_cast<std::uint64_t>(hit.place.offset.value)));
    if (!hit.trouble.isEmpty()) return {tr("record"), text, hit.trouble};
    if (!hit.entityText.isEmpty()) text = tr("%1 → %2").arg(text, hit.entityText);
    return {tr("record"), hit.type.isEmpty() ? text : tr("%1 · %2").arg(text, hit.type)};
}

void GoToBox::showList()
{
    if (!list_) {
        list_ = new GoToList(theme_, window());
        connect(&list_->rows(), &RowView::cellClicked, this, [this](qint64 row) { choose(row); });
    }
    std::vector<GoToWords> words;
    std::vector<bool> possible;
    for (const GoToHit& hit : hits_) {
        words.push_back(wordsOf(hit));
        possible.push_back(isPossible(hit));
    }
    list_->setEmpty(
        answered_ ? tr("Nothing here is called “%1”").arg(readings_.text.left(60)) : tr("Looking…"),
        answered_ ? tr("It takes an entity's id, a part of it, its name or category/id, a record's key, partition:offset or "
                       "topic/partition/offset, a version (#9), or a time: 2025-11-04 09:14, 04 Nov 09:14, an epoch, -2h; or an "
                       "expression, to "
                       "find when it held for the first time: state.balance < 0.0.")
                  : QString());
    // More that was found does not take away what one has moved to.
    const GoToRows& rows = list_->rows();
    const QString current = moved_ && rows.currentRow() != RowView::kNone && rows.currentRow() < rows.rowCount()
                                ? rows.rowText(rows.currentRow())
                                : QString();
    list_->setWords(std::move(words), std::move(possible));
    qint64 at = firstPossible();
    for (qint64 row = 0; !current.isEmpty() && row < rows.rowCount(); ++row)
        if (rows.rowText(row) == current) at = row;
    list_->rows().setCurrentRow(at);
    list_->placeBelow(*this);
    list_->show();
    const qint64 row = list_->rows().currentRow();
    if (row != RowView::kNone || rows.rowCount() > 0)
        setAccessibleDescription(rows.rowText(std::max<qint64>(row, 0)));
    else
        setAccessibleDescription(rows.emptyText() + QLatin1Char(' ') + rows.emptyHint());
}

void GoToBox::closeList()
{
    if (list_) list_->hide();
}

void GoToBox::choose(qint64 row)
{
    chooseOwed_ = false;
    if (row < 0 || row >= static_cast<qint64>(hits_.size())) return;
    const GoToHit hit = hits_[static_cast<std::size_t>(row)];
    if (!isPossible(hit)) return;
    closeList();
    selectAll();
    emit chosen(hit);
}

void GoToBox::keyPressEvent(QKeyEvent* event)
{
    const bool open = list_ && list_->isVisible();
    switch (event->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down: {
            if (!open) {
                if (!text().trimmed().isEmpty()) read();
                return;
            }
            GoToRows& rows = list_->rows();
            if (rows.rowCount() == 0) return;
            rows.setCurrentRow((rows.currentRow() + (event->key() == Qt::Key_Down ? 1 : -1) + rows.rowCount()) % rows.rowCount());
            moved_ = true;
            setAccessibleDescription(rows.rowText(rows.currentRow()));
            return;
        }
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (text().trimmed().isEmpty()) return;
            if (soon_.isActive() || !open) {
                chooseOwed_ = true;
                return read();
            }
            if (list_->rows().currentRow() != RowView::kNone) return choose(list_->rows().currentRow());
            chooseOwed_ = !answered_;
            return;
        case Qt::Key_Escape:
            if (open) return closeList();
            if (!text().isEmpty()) return reset();
            emit left();
            return;
        default: return QLineEdit::keyPressEvent(event);
    }
}

void GoToBox::focusInEvent(QFocusEvent* event)
{
    QLineEdit::focusInEvent(event);
    if (event->reason() == Qt::ShortcutFocusReason || event->reason() == Qt::TabFocusReason) selectAll();
}

void GoToBox::focusOutEvent(QFocusEvent* event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() == Qt::PopupFocusReason) return;
    chooseOwed_ = false;
    closeList();
    // Of a text that does not fit its beginning tells what it is. Who comes back from another window writes on where he was.
    if (event->reason() != Qt::ActiveWindowFocusReason) setCursorPosition(0);
}

}  // namespace hindcast::ui
