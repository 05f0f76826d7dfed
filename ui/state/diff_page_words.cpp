// What the differences' page says.
#include "ui/look/elide.h"
#include "ui/look/elided_label.h"
#include "ui/look/format.h"
#include "ui/session/entity_title.h"
#include "ui/state/aligned_list.h"
#include "ui/state/between_list.h"
#include "ui/state/changes_list.h"
#include "ui/state/diff_page.h"
#include "ui/state/entity_field.h"
#include "ui/state/notice.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>
#include <limits>

namespace hindcast::ui {

namespace {

/// The first of the texts, and the others where it has no room.
void setTexts(ElidedLabel& label, QStringList texts)
{
    label.setText(texts.takeFirst());
    label.setShorter(texts);
}

}  // namespace

QString DiffPage::header() const { return header_->text(); }

QString DiffPage::title() const { return title_->text(); }

QString DiffPage::notice() const { return life_->text(); }

void DiffPage::updatePickers()
{
    if (!isVisible()) return;
    const auto number = [](Version version) {
        return static_cast<int>(std::min<std::uint64_t>(version.value, std::numeric_limits<int>::max()));
    };
    for (std::size_t i = 0; i < 2; ++i) {
        const ComparedSide& side = sides_[i];
        const QSignalBlocker quiet(pickers_[i]);
        pickers_[i]->setEnabled(side.history != nullptr);
        pickers_[i]->setRange(0, side.history ? number(side.history->last()) : 0);
        pickers_[i]->setValue(number(side.version));
        entities_[i]->setEntity(side.entity);
        entities_[i]->setEnabled(!side.entity.isEmpty());
    }
    both_->setVisible(isOfTwo());
    both_->setChecked(atPlayhead_ || (sides_[0].atPlayhead && sides_[1].atPlayhead));
    const bool any = std::ranges::any_of(sides_, [](const ComparedSide& side) { return side.held || side.chosen; });
    reset_->setEnabled(any);
}

void DiffPage::updateTools()
{
    const bool text = mode_ == Mode::Unified || mode_ == Mode::SideBySide;
    modes_->setCurrentIndex(static_cast<int>(mode_));
    lists_->setCurrentWidget(mode_ == Mode::List ? static_cast<QWidget*>(list_)
                             : text              ? static_cast<QWidget*>(lines_)
                                                 : between_);
    for (QWidget* tool : std::initializer_list<QWidget*>{only_, previous_, next_}) tool->setVisible(text);
    search_->setVisible(mode_ != Mode::Between);
    updateWords();
}

/// "v9 AddressChanged"
QString DiffPage::versionName(std::size_t side) const
{
    const Version version = sides_[side].version;
    const QString name = version.value == 0
                             ? tr("v0, before the first event")
                             : QLatin1Char('v') + StateWords::event(sides_[side].history.get(), version, names_).mid(1);
    return isOfTwo() && sides_[side].history ? entityTitle(*sides_[side].history) + QLatin1Char(' ') + name : name;
}

/// What a column is called: "A · v3", "B · account-93 v7".
QString DiffPage::sideTitle(std::size_t side) const
{
    const QString version = QLatin1Char('v') + grouped(sides_[side].version.value);
    const QString letter = side == 0 ? tr("A") : tr("B");
    if (!isOfTwo() || !sides_[side].history) return QStringLiteral("%1 · %2").arg(letter, version);
    // Two of them share the width, and the version is to be seen in any case.
    const QString title = shortName(entityTitle(*sides_[side].history), narrow_.value_or(false) ? 16 : 40);
    return QStringLiteral("%1 · %2 %3").arg(letter, title, version);
}

/// At its version: "playhead · AddressChanged · 04 Nov 09:14:22".
QStringList DiffPage::placeTexts(std::size_t side) const
{
    const ComparedSide& one = sides_[side];
    if (!one.history) return {one.entity.isEmpty() || !one.trouble.isEmpty() ? QString() : tr("reading…")};
    if (one.version.value == 0)
        return {one.atPlayhead ? tr("playhead · before the first event") : tr("before the first event"),
                tr("before the first event")};
    const QString type = StateWords::event(one.history.get(), one.version, names_).section(QLatin1Char(' '), 1);
    const bool known = one.version <= one.history->last();
    const QString time =
        known ? QStringLiteral(" · ") + shortTimeText(one.history->events[one.version.value - 1].effective) : QString();
    QStringList texts{one.atPlayhead ? tr("playhead · %1").arg(type + time) : type + time, type + time};
    for (const int most : {32, 24, 16}) texts << shortName(type, most) + time;
    texts << shortName(type, 24) << shortName(type, 16);
    return texts;
}

/// "user-123 v8 ↔ v9", "user-123 ↔ user-93, at 04 Nov 09:14:22", "user-123 v2 ↔ user-93 v5"; then with titles cut in their middle, and
/// without the time, which the places say too.
QStringList DiffPage::headerTexts() const
{
    if (sides_[0].entity.isEmpty() && sides_[1].entity.isEmpty()) return {tr("No entity selected")};
    const auto title = [this](std::size_t side, int most) {
        return shortName(sides_[side].history ? entityTitle(*sides_[side].history) : sides_[side].entity, most);
    };
    const auto version = [this](std::size_t side) { return QLatin1Char('v') + grouped(sides_[side].version.value); };
    const bool atOnce = isOfTwo() && sides_[0].time == sides_[1].time;
    const auto text = [&](int most) {
        if (!isOfTwo()) return tr("%1 %2 ↔ %3").arg(title(0, most), version(0), version(1));
        if (atOnce) return tr("%1 ↔ %2").arg(title(0, most), title(1, most));
        return tr("%1 %2 ↔ %3 %4").arg(title(0, most), version(0), title(1, most), version(1));
    };
    constexpr int kWhole = std::numeric_limits<int>::max();
    QStringList texts;
    if (atOnce) texts << tr("%1 ↔ %2, at %3").arg(title(0, kWhole), title(1, kWhole), shortTimeText(sides_[0].time));
    for (const int most : {kWhole, 40, 32, 26, 20, 16, 12, 8}) texts << text(most);
    return texts;
}

QString DiffPage::countsText() const
{
    if (sides_[0].entity.isEmpty() || !sides_[0].trouble.isEmpty() || !sides_[1].trouble.isEmpty()) return {};
    if (!isFresh()) return tr("Comparing…");
    if (mode_ == Mode::Between) return between_->totals();
    if (mode_ != Mode::List) {
        if (lines_->isWorking()) return tr("Comparing…");
        const std::size_t all = lines_->differences();
        if (all == 0) return tr("The same");
        const QString count = all == 1 ? tr("1 difference") : tr("%1 differences").arg(grouped(all));
        const std::size_t at = lines_->currentDifference();
        const QString text = at == 0 ? count : tr("%1 of %2").arg(grouped(at), count);
        return lines_->isCut() ? tr("%1 · more than %2 lines: the rest is left out").arg(text, grouped(AlignedJson::kMostLines))
                               : text;
    }
    if (list_->isWorking()) return tr("Comparing…");
    const ChangesList::Counts counts = list_->counts();
    QStringList parts;
    if (counts.changed > 0) parts << tr("%1 changed").arg(grouped(counts.changed));
    if (counts.added > 0) parts << tr("%1 added").arg(grouped(counts.added));
    if (counts.removed > 0) parts << tr("%1 removed").arg(grouped(counts.removed));
    return parts.isEmpty() ? tr("The same") : parts.join(QStringLiteral(" · "));
}

/// Where there is no state at all on a side.
QString DiffPage::lifeNotice() const
{
    const auto why = [this](std::size_t side) {
        const Version version = sides_[side].version;
        if (version.value == 0) return tr("before its birth");
        if (isOfTwo()) return tr("it does not live at %1").arg(versionName(side).toHtmlEscaped());
        return tr("it does not live at %1")
            .arg(QStringLiteral("<a style=\"color:%1\" href=\"version:%2\">%3</a>")
                     .arg(theme_.color(Theme::Role::Link).name())
                     .arg(version.value)
                     .arg(versionName(side).toHtmlEscaped()));
    };
    const bool a = view_->document(0) != nullptr;
    const bool b = view_->document(1) != nullptr;
    if (!a && !b) return tr("There is no state at either version.");
    if (!a) return tr("There is nothing in A (%1): all of B is new.").arg(why(0));
    if (!b) return tr("There is nothing in B (%1): all of A is gone.").arg(why(1));
    return {};
}

/// Models that failed on the way, and lives that are not known from their birth.
QStringList DiffPage::troubles() const
{
    QStringList said;
    const bool one = view_->ofOneLife();
    for (std::size_t i = 0; i < 2; ++i) {
        const ComparisonView::Side& side = view_->sides[i];
        const QString letter = i == 0 ? tr("A") : tr("B");
        if (side.state.error &&
            !(one && i == 1 && view_->sides[0].state.error && view_->sides[0].state.error->version == side.state.error->version))
            said << tr("%1: the model failed at v%2 (%3); it went on without that event.")
                        .arg(letter)
                        .arg(side.state.error->version.value)
                        .arg(QString::fromStdString(side.state.error->error.message).left(200).toHtmlEscaped());
        if (!side.history->completeness.complete && !(one && i == 1))
            said << tr("%1 is not known from its birth: %2.")
                        .arg(entityTitle(*side.history).toHtmlEscaped(),
                             StateWords::reason(side.history->completeness.because).left(160).toHtmlEscaped());
    }
    return said;
}

void DiffPage::nameEmpty()
{
    const QString a = grouped(sides_[0].version.value);
    const QString b = grouped(sides_[1].version.value);
    QString list;
    QString events;
    if (sides_[0].entity.isEmpty()) {
        list = events = noEntities_ ? tr("No entities yet") : tr("Select an entity to compare two of its versions");
    } else if (isFresh()) {
        const bool any = list_->counts().all() > 0;
        const bool same = !isOfTwo() && sides_[0].version == sides_[1].version;
        list = any                             ? tr("No difference holds “%1”").arg(search_->text().left(60))
               : same                          ? tr("A and B are the same version")
               : view_->document(0) == nullptr ? tr("There is no state at v%1 nor at v%2").arg(a, b)
                                               : tr("The states at v%1 and v%2 are the same").arg(a, b);
        events = same                               ? tr("A and B are the same version")
                 : sides_[0].time == sides_[1].time ? tr("A and B are the same moment: nothing lies between")
                                                    : tr("Nothing happened between");
    }
    const bool filtered = !search_->text().isEmpty() && lines_->differences() > 0;
    list_->setEmptyText(list);
    lines_->setEmptyText(filtered ? tr("No line holds “%1”").arg(search_->text().left(60)) : list);
    between_->setEmptyText(events);
}

void DiffPage::updateWords()
{
    if (!isVisible()) return;
    for (std::size_t i = 0; i < 2; ++i) setTexts(*places_[i], placeTexts(i));
    setTexts(*header_, headerTexts());
    title_->setText(countsText());
    title_->setShorter(mode_ == Mode::Between && isFresh() ? between_->shorterTotals() : QStringList());
    nameEmpty();
    QStringList said;
    if (!beyond_.isEmpty()) said << beyond_;
    for (const ComparedSide& side : sides_)
        if (!side.trouble.isEmpty()) said << side.trouble.toHtmlEscaped();
    bool failed = false;
    if (said.isEmpty() && isFresh()) {
        if (const QString life = lifeNotice(); !life.isEmpty()) said << life;
        said << troubles();
        failed = view_->sides[0].state.error || view_->sides[1].state.error;
    }
    life_->say(said.join(QStringLiteral("<br>")), failed ? Notice::Kind::Warning : Notice::Kind::Plain);
    const auto mode = mode_ == Mode::SideBySide ? AlignedList::Mode::SideBySide : AlignedList::Mode::Unified;
    lines_->setMode(mode, sideTitle(0), sideTitle(1));
    previous_->setEnabled(lines_->hasDifference(-1));
    next_->setEnabled(lines_->hasDifference(1));
}

}  // namespace hindcast::ui
