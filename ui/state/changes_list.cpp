#include "ui/state/changes_list.h"

#include "ui/look/background.h"
#include "ui/look/json_text.h"
#include "ui/look/value_piece.h"
#include "ui/state/copying.h"
#include "ui/state/state_rows.h"
#include "ui/state/value_popup.h"

#include <QMenu>
#include <QPainter>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr std::size_t kPlainAtOnce = 50'000;  // changes that are listed within a frame
constexpr int kOldShown = 60;
constexpr int kNewShown = 300;
constexpr int kTip = 3000;

/// Where both do not fit, what they share at the beginning would hide what they do not: "2025-11-04T09:…" twice.
void dropCommonBeginning(QString& before, QString& after)
{
    constexpr qsizetype kWorthIt = 6;
    constexpr qsizetype kKept = 2;  // before the difference, so that it is seen where it begins
    const auto [a, b] = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
    const qsizetype common = a - before.begin() - kKept;
    if (common < kWorthIt || before[common].isLowSurrogate()) return;
    before = QChar(0x2026) + before.mid(common);
    after = QChar(0x2026) + after.mid(common);
}

/// Whether a field was written more than once. Of very many changes it is not asked.
bool writesTwice(const Changes& changes)
{
    constexpr std::size_t kMost = 5000;
    if (changes.size() > kMost) return false;
    std::unordered_set<std::string_view> seen;
    return !std::all_of(changes.begin(), changes.end(),
                        [&](const Change& one) { return one.op == Change::Op::Same || seen.insert(one.pointer).second; });
}

std::vector<ShownChange> linesOf(const Changes& changes)
{
    std::vector<ShownChange> out;
    out.reserve(changes.size());
    for (const Change& change : changes)
        if (change.op != Change::Op::Same) out.push_back({change.op, &change.pointer, &change.before, &change.after});
    return out;
}

/// An event may write a field more than once; what it changed is the way from before the first time to after the last.
std::vector<ShownChange> foldedLinesOf(const Changes& changes)
{
    std::vector<ShownChange> out;
    std::unordered_map<std::string_view, std::size_t> at;
    for (const ShownChange& change : linesOf(changes)) {
        // The empty state that its first fields are put into is no news beside them.
        if (changes.size() > 1 && change.op == Change::Op::Add && change.pointer->empty() && change.after->is_object() &&
            change.after->empty())
            continue;
        const auto [found, fresh] = at.emplace(*change.pointer, out.size());
        if (fresh) {
            out.push_back(change);
            continue;
        }
        out[found->second].after = change.after;
        out[found->second].op = Change::Op::Same;  // to be found out
    }
    for (ShownChange& one : out) {
        if (one.op != Change::Op::Same) continue;
        one.op = one.before->is_discarded()          ? one.after->is_discarded() ? Change::Op::Same : Change::Op::Add
                 : one.after->is_discarded()         ? Change::Op::Remove
                 : sameText(*one.before, *one.after) ? Change::Op::Same
                                                     : Change::Op::Replace;
    }
    std::erase_if(out, [](const ShownChange& one) { return one.op == Change::Op::Same; });
    return out;
}

}  // namespace

ChangesList::Selected ChangesList::select(const Changes& changes, bool fold, const std::string& filter)
{
    Selected selected;
    selected.shown = fold ? foldedLinesOf(changes) : linesOf(changes);
    for (const ShownChange& change : selected.shown)
        ++(change.op == Change::Op::Add      ? selected.counts.added
           : change.op == Change::Op::Remove ? selected.counts.removed
                                             : selected.counts.changed);
    if (!filter.empty())
        std::erase_if(selected.shown, [&](const ShownChange& one) {
            return !holdsText(*one.pointer, filter) && !valueHolds(*one.before, filter) && !valueHolds(*one.after, filter);
        });
    return selected;
}

ChangesList::ChangesList(const Theme& theme, QWidget* parent) : RowView(theme, parent)
{
    setAccessibleName(tr("What the event changed"));
    setSideBySide({}, {});
    const auto choose = [this](qint64 row) { emit fieldChosen(QString::fromStdString(*change(row).pointer)); };
    connect(this, &RowView::activated, this, choose);
    connect(this, &RowView::cellClicked, this, choose);
    connect(this, &RowView::copyWanted, this, [this](qint64 row) { copyChange(owner_, change(row)); });
    connect(this, &RowView::menuWanted, this, &ChangesList::openMenu);
}

void ChangesList::setSideBySide(const QString& before, const QString& after)
{
    sideBySide_ = !before.isNull();
    setHeaderVisible(sideBySide_);
    if (sideBySide_)
        setColumns({{tr("field"), 90, 2, Qt::AlignLeft, false},
                    {before, 90, 3, Qt::AlignLeft, false},
                    {after, 90, 3, Qt::AlignLeft, false}});
    else
        setColumns({{QString(), 90, 2, Qt::AlignLeft, false}, {QString(), 120, 3, Qt::AlignLeft, false}});
}

void ChangesList::setView(std::shared_ptr<const StateView> view)
{
    // The same version again, now with its provenance or in a longer life: one goes on reading.
    const std::pair<EntityId, Version> of =
        view ? std::pair{view->entity, view->state.version} : std::pair{EntityId{}, Version{}};
    keepsTop_ = std::exchange(shownOf_, of) == of && view != nullptr;
    const Changes* changes = view ? &view->changes : nullptr;
    folds_ = true;
    showChanges(std::move(view), changes);
}

void ChangesList::setChanges(std::shared_ptr<const void> owner, const Changes* changes)
{
    folds_ = false;
    showChanges(std::move(owner), changes);
}

void ChangesList::showChanges(std::shared_ptr<const void> owner, const Changes* changes)
{
    // The lines that are shown point into the owner before: it goes when they have gone.
    const auto before = std::exchange(owner_, std::move(owner));
    changes_ = changes;
    selected_ = {};
    const auto top = std::exchange(keepsTop_, false) ? topRow() : 0;
    rebuild();
    setTopRow(top);
}

void ChangesList::setFilter(const QString& text)
{
    std::string lowered = text.toStdString();
    std::transform(lowered.begin(), lowered.end(), lowered.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (lowered == filter_) return;
    filter_ = std::move(lowered);
    rebuild();
}

void ChangesList::rebuild()
{
    const std::uint64_t generation = ++generation_;
    working_ = false;
    if (!changes_) return take({});
    const bool fold = folds_ && writesTwice(*changes_);
    // Who looks into the values pays for their size: one of them may be megabytes.
    const bool looksInside = fold || !filter_.empty();
    if (changes_->size() <= kPlainAtOnce && (!looksInside || areSmall(*changes_))) return take(select(*changes_, fold, filter_));
    working_ = true;
    inBackground(
        this, [owner = owner_, changes = changes_, fold, filter = filter_] { return select(*changes, fold, filter); },
        [this, generation](Selected selected) {
            if (generation != generation_) return;
            working_ = false;
            take(std::move(selected));
        });
    rowsChanged();
}

void ChangesList::take(Selected selected)
{
    selected_ = std::move(selected);
    setCurrentRow(kNone, false);
    rowsChanged();
    emit shownChanged();
}

QString ChangesList::rowText(Row row) const
{
    const ShownChange& one = change(row);
    const QString pointer = one.pointer->empty() ? tr("(the whole state)") : QString::fromStdString(*one.pointer);
    switch (one.op) {
        case Change::Op::Add: return tr("%1 added: %2").arg(pointer, valueText(*one.after, kNewShown));
        case Change::Op::Remove: return tr("%1 removed: %2").arg(pointer, valueText(*one.before, kNewShown));
        default:
            return tr("%1 changed from %2 to %3")
                .arg(pointer, valueText(*one.before, kNewShown), valueText(*one.after, kNewShown));
    }
}

QString ChangesList::toolTipText(Row row, int column) const
{
    const ShownChange& one = change(row);
    if (column == 0) return QString::fromStdString(*one.pointer).left(kTip);
    if (sideBySide_) return valuePiece(column == 1 ? *one.before : *one.after, kTip).text;
    switch (one.op) {
        case Change::Op::Add: return valueText(*one.after, kTip);
        case Change::Op::Remove: return valueText(*one.before, kTip);
        default: return valueText(*one.before, kTip) + QStringLiteral("\n→ ") + valueText(*one.after, kTip);
    }
}

QColor ChangesList::rowTint(Row row) const
{
    switch (change(row).op) {
        case Change::Op::Add: return theme().color(Theme::Role::AddedSoft);
        case Change::Op::Remove: return theme().color(Theme::Role::RemovedSoft);
        default: return theme().color(Theme::Role::ChangedSoft);
    }
}

void ChangesList::copyChange(const std::shared_ptr<const void>& owner, const ShownChange& one)
{
    const auto make = [owner, one] { return patchText({one.copy()}); };
    if (isSmall(*one.before) && isSmall(*one.after)) return copyText(make());
    copyLater(this, make);
}

void ChangesList::openMenu(Row row, const QPoint& position)
{
    QMenu menu(this);
    fillMenu(menu, row);
    menu.exec(position);
}

void ChangesList::fillMenu(QMenu& menu, Row row)
{
    const ShownChange& one = change(row);
    const QString pointer = QString::fromStdString(*one.pointer);
    const Json* present = one.after->is_discarded() ? one.before : one.after;
    menu.addAction(tr("Show the value…"), this, [this, owner = owner_, present, pointer] {
        (new ValuePopup(theme(), pointer.isEmpty() ? tr("The whole state") : pointer, owner, *present, this))->open();
    });
    menu.addSeparator();
    const auto copy = [&](const QString& text, const Json* value) {
        if (!value->is_discarded()) menu.addAction(text, this, [this, owner = owner_, value] { copyJson(this, owner, *value); });
    };
    copy(tr("Copy the new value as JSON"), one.after);
    copy(tr("Copy the old value as JSON"), one.before);
    menu.addAction(tr("Copy pointer"), this, [pointer] { copyText(pointer); });
    menu.addAction(tr("Copy this change as JSON patch\tCtrl+C"), this, [this, owner = owner_, one] { copyChange(owner, one); });
    menu.addAction(tr("Copy all changes as JSON patch"), this, [this] {
        if (!changes_) return;
        copyLater(this, [owner = owner_, changes = changes_, fold = folds_] {
            Changes all;
            const Selected lines = select(*changes, fold && writesTwice(*changes), {});
            for (const ShownChange& line : lines.shown) all.push_back(line.copy());
            return patchText(all);
        });
    });
    emit menuFilled(&menu, pointer);
}

ValuePiece ChangesList::fieldsOf(const Json& state)
{
    return {state.size() == 1 ? tr("1 field") : tr("%1 fields").arg(state.size()), true, false};
}

void ChangesList::paintUnified(QPainter& painter, const QRect& rect, const ShownChange& one) const
{
    const QFont mono = theme().mono();
    const QFontMetrics metrics(mono);
    int x = rect.left();
    const auto place = [&](const QString& piece, int most) {
        const int width = std::min(metrics.horizontalAdvance(piece), most);
        const QRect where(x, rect.top(), std::min(width + 1, rect.right() + 1 - x), rect.height());
        x += width;
        return where;
    };
    const auto put = [&](const QString& text, Theme::Role role, int most) {
        paintText(painter, place(text, most), text, mono, theme().color(role));
    };
    const auto putPiece = [&](const ValuePiece& piece, const QString& text, int most) {
        QFont font = mono;
        font.setItalic(piece.italic);
        paintText(painter, place(text, most), text, font,
                  theme().color(piece.quiet ? Theme::Role::TextSecondary : Theme::Role::Text));
    };
    const auto strike = [&](const ValuePiece& piece, const QString& text, int most) {
        QFont font = mono;
        font.setItalic(piece.italic);
        paintStruck(painter, place(text, most), text, font, theme().color(Theme::Role::TextSecondary));
    };
    const int all = rect.width();
    ValuePiece before = valuePiece(*one.before, one.op == Change::Op::Remove ? kNewShown : kOldShown, false);
    ValuePiece after = valuePiece(*one.after, kNewShown, false);
    // A whole state that comes or goes is not what one of its fields says.
    if (one.pointer->empty() && one.op == Change::Op::Add && one.after->is_object()) after = fieldsOf(*one.after);
    if (one.pointer->empty() && one.op == Change::Op::Remove && one.before->is_object()) before = fieldsOf(*one.before);
    switch (one.op) {
        case Change::Op::Add: put(QStringLiteral("+ "), Theme::Role::Added, all); return putPiece(after, after.text, all);
        case Change::Op::Remove: put(QStringLiteral("− "), Theme::Role::Removed, all); return strike(before, before.text, all);
        default: break;
    }
    const QString arrow = QStringLiteral(" → ");
    if (metrics.horizontalAdvance(before.text + arrow + after.text) > all) dropCommonBeginning(before.text, after.text);
    // A long old value leaves room for the new one.
    strike(before, before.text, all * 45 / 100);
    put(arrow, Theme::Role::TextSecondary, all);
    putPiece(after, after.text, all);
}

void ChangesList::paintSide(QPainter& painter, const QRect& rect, const ShownChange& one, bool after) const
{
    const Json& value = after ? *one.after : *one.before;
    const ValuePiece piece = valuePiece(value, kNewShown, false);
    QFont font = theme().mono();
    font.setItalic(piece.italic);
    const QColor color = theme().color(piece.quiet ? Theme::Role::TextSecondary : Theme::Role::Text);
    paintText(painter, rect, piece.text, font, after ? color : theme().color(Theme::Role::TextSecondary));
}

void ChangesList::paintCell(QPainter& painter, const RowCell& cell) const
{
    const ShownChange& one = change(cell.row);
    if (cell.column == 0) {
        const QString pointer = one.pointer->empty() ? tr("(the whole state)") : QString::fromStdString(*one.pointer);
        return paintText(painter, cell.rect, pointer, theme().mono(), theme().color(Theme::Role::Text), Qt::AlignLeft,
                         Qt::ElideMiddle);
    }
    if (sideBySide_) return paintSide(painter, cell.rect, one, cell.column == 2);
    paintUnified(painter, cell.rect, one);
}

}  // namespace hindcast::ui
