#include "ui/state/changes_list.h"

#include "ui/look/background.h"
#include "ui/look/json_text.h"
#include "ui/look/shaped_text.h"
#include "ui/look/value_piece.h"
#include "ui/state/change_text.h"
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
constexpr int kShown = 300;                   // characters of a value that a line tells
constexpr int kTip = 3000;

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
    for (const Change& change : changes) {
        // The empty state that its first fields are put into is no news beside them.
        const bool empty =
            change.op == Change::Op::Add && change.pointer.empty() && change.after.is_object() && change.after.empty();
        if (change.op == Change::Op::Same || (empty && changes.size() > 1)) continue;
        out.push_back({change.op, &change.pointer, &change.before, &change.after});
    }
    return out;
}

/// An event may write a field more than once; what it changed is the way from before the first time to after the last.
std::vector<ShownChange> foldedLinesOf(const Changes& changes)
{
    std::vector<ShownChange> out;
    std::unordered_map<std::string_view, std::size_t> at;
    for (const ShownChange& change : linesOf(changes)) {
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

ChangesList::Selected ChangesList::select(const Selection& wanted)
{
    const std::string& filter = wanted.filter;
    Selected selected;
    selected.shown = wanted.fold ? foldedLinesOf(*wanted.changes) : linesOf(*wanted.changes);
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

ChangesList::ChangesList(const Theme& theme, QWidget* parent)
    : RowView(theme, parent), selecting_(this, &ChangesList::select, [this](Selected selected, bool overtaken) {
          if (!overtaken) take(std::move(selected));
      })
{
    setAccessibleName(tr("What the event changed"));
    setHeaderVisible(false);
    setColumns({{.title = {}, .width = theme.px(90), .stretch = 2, .least = theme.px(56)},
                {.title = {}, .width = theme.px(120), .stretch = 3, .least = theme.px(80)}});
    const auto choose = [this](qint64 row) { emit fieldChosen(QString::fromStdString(*change(row).pointer)); };
    connect(this, &RowView::activated, this, choose);
    connect(this, &RowView::cellClicked, this, choose);
    connect(this, &RowView::copyWanted, this, [this](qint64 row) { copyChange(owner_, change(row)); });
    connect(this, &RowView::menuWanted, this, &ChangesList::openMenu);
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
    Selection wanted{owner_, changes_, changes_ && folds_ && writesTwice(*changes_), filter_};
    // Who looks into the values pays for their size: one of them may be megabytes.
    const bool looksInside = wanted.fold || !filter_.empty();
    const bool atOnce = !changes_ || (changes_->size() <= kPlainAtOnce && (!looksInside || areSmall(*changes_)));
    if (atOnce) {
        selecting_.cancel();
        return take(changes_ ? select(wanted) : Selected{});
    }
    selecting_.ask(std::move(wanted));
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
        case Change::Op::Add: return tr("%1 added: %2").arg(pointer, valueText(*one.after, kShown));
        case Change::Op::Remove: return tr("%1 removed: %2").arg(pointer, valueText(*one.before, kShown));
        default:
            return tr("%1 changed from %2 to %3").arg(pointer, valueText(*one.before, kShown), valueText(*one.after, kShown));
    }
}

QString ChangesList::toolTipText(Row row, int column) const
{
    const ShownChange& one = change(row);
    if (column == 0) return QString::fromStdString(*one.pointer).left(kTip);
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
        copyLater(this, [wanted = Selection{owner_, changes_, folds_ && writesTwice(*changes_), {}}] {
            Changes all;
            const Selected lines = select(wanted);
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
    int x = rect.left();
    const auto place = [&](const QString& piece) {
        const int width = textWidth(mono, piece);
        const QRect where(x, rect.top(), std::min(width + 1, rect.right() + 1 - x), rect.height());
        x += width;
        return where;
    };
    const auto put = [&](const QString& text, Theme::Role role) {
        paintText(painter, place(text), text, mono, theme().color(role));
    };
    const auto fontOf = [&](const ValuePiece& piece) {
        QFont font = mono;
        font.setItalic(piece.italic);
        return font;
    };
    const auto putNew = [&](const ValuePiece& piece) {
        paintText(painter, place(piece.text), piece.text, fontOf(piece),
                  theme().color(piece.quiet ? Theme::Role::TextSecondary : Theme::Role::Text));
    };
    const auto strikeOld = [&](const ValuePiece& piece) {
        paintStruck(painter, place(piece.text), piece.text, fontOf(piece), theme().color(Theme::Role::TextSecondary));
    };
    // A whole state that comes or goes is not what one of its fields says.
    const auto alone = [&](const Json& value) {
        return one.pointer->empty() && value.is_object() ? fieldsOf(value) : valuePiece(value, kShown, false);
    };
    if (one.op == Change::Op::Add) {
        put(QStringLiteral("+ "), Theme::Role::Added);
        return putNew(alone(*one.after));
    }
    if (one.op == Change::Op::Remove) {
        put(QStringLiteral("− "), Theme::Role::Removed);
        return strikeOld(alone(*one.before));
    }
    const QString arrow = QStringLiteral(" → ");
    ChangeText text = changeText(*one.before, *one.after);
    ElidedPair shown = elidedPair(text.before.text, text.after.text, mono, rect.width() - textWidth(mono, arrow));
    text.before.text = std::move(shown.before);
    text.after.text = std::move(shown.after);
    strikeOld(text.before);
    put(arrow, Theme::Role::TextSecondary);
    putNew(text.after);
}

void ChangesList::paintCell(QPainter& painter, const RowCell& cell) const
{
    const ShownChange& one = change(cell.row);
    if (cell.column == 0) {
        const QString pointer = one.pointer->empty() ? tr("(the whole state)") : QString::fromStdString(*one.pointer);
        return paintText(painter, cell.rect, pointer, theme().mono(), theme().color(Theme::Role::Text), Qt::AlignLeft,
                         Qt::ElideMiddle);
    }
    paintUnified(painter, cell.rect, one);
}

}  // namespace hindcast::ui
