#include "ui/state/state_tree.h"

#include "ui/look/format.h"
#include "ui/look/json_text.h"
#include "ui/look/key_help.h"
#include "ui/state/copying.h"

#include <QKeyEvent>
#include <QMenu>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr std::size_t kAtOnce = 20'000;  // values walked within a frame
constexpr int kValueInTip = 3000;
constexpr int kWaitForBranch = 150;  // ms

StateRows makeAllRows(const StateRowsTask& task) { return makeStateRows(task, SIZE_MAX).value_or(StateRows{}); }

}  // namespace

StateTree::StateTree(const Theme& theme, QWidget* parent)
    : RowView(theme, parent), making_(this, &makeAllRows, [this](StateRows rows, bool overtaken) {
          if (overtaken) return;
          // Who scrolled or went to another field meanwhile stays there.
          if (task_.top != top_ || task_.wanted != wanted()) return rebuild();
          take(std::move(rows));
      })
{
    setAccessibleName(tr("State"));
    setKeyHelp(*this, tr("In the state"),
               {{tr("← →, Space"), tr("close and open a field")},
                {tr("Return, Ctrl+Return"), tr("the whole of a value")},
                {tr("F3, Shift+F3"), tr("next and previous hit")},
                {tr("Ctrl+C"), tr("copy the value")},
                {tr("Ctrl+Shift+C"), tr("copy the pointer")},
                {tr("Ctrl+Shift+W"), tr("watch the field, or no longer")},
                {tr("Ctrl+Shift+E"), tr("who ever wrote the field")},
                {tr("Menu, right button"), tr("copy, compare, watch, make a rule")}});
    layOutColumns(0);
    waiting_.setSingleShot(true);
    waiting_.setInterval(kWaitForBranch);
    connect(&waiting_, &QTimer::timeout, this, &StateTree::rebuild);
    connect(this, &RowView::currentChanged, this, [this](qint64 row) {
        current_ = rows_.pointer(static_cast<std::size_t>(row));
        emit fieldChanged(currentPointer());
    });
    connect(this, &RowView::cellClicked, this, &StateTree::click);
    connect(this, &RowView::activated, this, [this](qint64 row) {
        const StateRow& line = rows_.rows[static_cast<std::size_t>(row)];
        if (line.opens)
            setOpen(row, !line.open);
        else
            wantValue(row);
    });
    connect(this, &RowView::copyWanted, this, &StateTree::copyValue);
    connect(this, &RowView::menuWanted, this, &StateTree::openMenu);
}

void StateTree::setHistory(std::shared_ptr<const replay::History> history)
{
    const bool another = !history || !history_ || history->entity != history_->entity;
    history_ = std::move(history);
    if (another && !history_) task_.opened.clear();
    if (another) task_.stayOpen.clear();
    viewport()->update();
}

void StateTree::setView(std::shared_ptr<const StateView> view)
{
    view_ = std::move(view);
    const bool coming =
        branchShown_ && view_ && !(branch_ && branch_->entity == view_->entity && branch_->real == view_->state.version);
    if (!coming) return rebuild();
    if (!waiting_.isActive()) waiting_.start();
}

void StateTree::setFilter(const QString& text)
{
    if (text.toStdString() == task_.filter) return;
    task_.filter = text.toStdString();
    task_.shut.clear();
    bringHit_ = !task_.filter.empty();
    // What was found stays in sight when the search is over.
    if (task_.filter.empty() && !current_.empty()) return reveal(currentPointer());
    rebuild();
}

void StateTree::setHitsOnly(bool on)
{
    if (on == task_.hitsOnly) return;
    task_.hitsOnly = on;
    rebuild();
}

bool StateTree::toHit(int direction)
{
    if (rows_.hits.empty()) return false;
    const auto& hits = rows_.hits;
    // From the first line in view where one stands upon none.
    const Row from = currentRow() != kNone ? currentRow() : direction > 0 ? topRow() - 1 : topRow();
    auto at = hits.begin();
    if (direction > 0) {
        at = std::upper_bound(hits.begin(), hits.end(), from, [](Row row, std::uint32_t hit) { return row < Row{hit}; });
        if (at == hits.end()) at = hits.begin();
    } else {
        at = std::lower_bound(hits.begin(), hits.end(), from, [](std::uint32_t hit, Row row) { return Row{hit} < row; });
        at = at == hits.begin() ? hits.end() - 1 : at - 1;
    }
    setCurrentRow(*at);
    emit currentChanged(*at);
    return true;
}

std::size_t StateTree::hitNumber() const
{
    const auto& hits = rows_.hits;
    const Row row = currentRow();
    const auto at = std::lower_bound(hits.begin(), hits.end(), row, [](std::uint32_t hit, Row one) { return Row{hit} < one; });
    return row != kNone && at != hits.end() && Row{*at} == row ? static_cast<std::size_t>(at - hits.begin()) + 1 : 0;
}

void StateTree::setChangedOnly(bool on)
{
    if (on == task_.changedOnly) return;
    task_.changedOnly = on;
    rebuild();
}

void StateTree::rebuild()
{
    waiting_.stop();
    const bool fits = branchShown_ && branch_ && branch_->joint && view_ && branch_->entity == view_->entity &&
                      branch_->real == view_->state.version;
    beside_ = fits && branch_->joint->state.alive ? branch_ : nullptr;
    besideReal_ = beside_ ? view_ : nullptr;
    task_.view = beside_ ? beside_->joint : view_;
    // Where what is looked at stands among the new lines is found with them: that may be a walk over millions.
    task_.top = top_;
    task_.wanted = wanted();
    auto rows = makeStateRows(task_, kAtOnce);
    if (!rows) return making_.ask(task_);
    making_.cancel();
    take(std::move(*rows));
}

void StateTree::take(StateRows rows)
{
    taking_ = true;
    rows_ = std::move(rows);
    // It stays so while it grows, for as long as this entity is looked at.
    if (rows_.view && history_ && rows_.view->entity == history_->entity)
        task_.stayOpen.insert(rows_.selfOpened.begin(), rows_.selfOpened.end());
    setCurrentRow(kNone, false);
    rowsChanged();
    fitColumns();
    if (top_.empty())
        setTopRow(0);
    else if (rows_.topRow)
        setTopRow(static_cast<Row>(*rows_.topRow));
    taking_ = false;
    const bool bring = !revealed_.empty();
    revealed_.clear();
    emit rowsTaken();
    // A field that is gone is still the one that is followed: it may come back.
    if (rows_.wantedRow) setCurrentRow(static_cast<Row>(*rows_.wantedRow), bring);
    if (std::exchange(bringHit_, false)) bringHitIntoView();
}

void StateTree::bringHitIntoView()
{
    if (rows_.hits.empty()) return;
    const auto [first, last] = visibleRows();
    const auto next = std::ranges::lower_bound(rows_.hits, static_cast<std::uint32_t>(std::max<Row>(0, first)));
    if (next != rows_.hits.end() && Row{*next} <= last) return;
    ensureVisible(Row{next != rows_.hits.end() ? *next : rows_.hits.front()});
}

void StateTree::noteTop()
{
    const auto top = static_cast<std::size_t>(topRow());
    top_ = top > 0 && top < rows_.rows.size() ? rows_.pointer(top) : std::string();
}

void StateTree::scrollContentsBy(int dx, int dy)
{
    RowView::scrollContentsBy(dx, dy);
    if (!taking_) noteTop();
}

QString StateTree::currentPointer() const { return QString::fromStdString(current_); }

void StateTree::reveal(const QString& pointer)
{
    const auto parsed = Pointer::parse(pointer.toStdString());
    if (!parsed || parsed->isRoot()) return;
    for (Pointer above = parsed->parent(); !above.isRoot(); above = above.parent()) task_.opened[above.text()] = true;
    current_ = revealed_ = parsed->text();
    emit fieldChanged(currentPointer());
    rebuild();
}

void StateTree::bringMarkedIntoView()
{
    // A container that is open has what was changed below it.
    const auto marked = std::ranges::find_if(rows_.rows, [](const StateRow& line) {
        return line.mark != FieldMark::None && !(line.mark == FieldMark::Inside && line.open);
    });
    if (marked == rows_.rows.end()) return;
    const Row row = marked - rows_.rows.begin();
    const auto [first, last] = visibleRows();
    if (row < first || row >= last) setTopRow(row - (last - first) / 2);
}

void StateTree::setOpen(Row row, bool open)
{
    const StateRow& line = rows_.rows[static_cast<std::size_t>(row)];
    if (!line.opens) return;
    const std::string pointer = rows_.pointer(static_cast<std::size_t>(row));
    task_.opened[pointer] = open;
    if (open || task_.filter.empty())
        task_.shut.erase(pointer);
    else
        task_.shut.insert(pointer);
    rebuild();
}

std::optional<Version> StateTree::setBy(Row row) const
{
    if (!view_ || !view_->provenance || !rows_.view) return std::nullopt;
    // The lines may still be those of another state.
    if (rows_.view->entity != view_->entity || rows_.view->state.version != view_->state.version) return std::nullopt;
    Version as = view_->state.version;
    // The event that ended the life set nothing: who set it while it was alive?
    if (rows_.isPast && history_)
        if (const auto death = StateWords::deathOf(*history_, *view_); death && death->value > 0) as = Version{death->value - 1};
    if (const auto by = StateWords::setBy(*view_, rows_.pointer(static_cast<std::size_t>(row)), as)) return by;
    // What the shown event set is known by its changes, whatever was worked out of the events before it.
    if (isBeside()) return std::nullopt;  // there the marks tell what differs
    const bool changed = rows_.rows[static_cast<std::size_t>(row)].mark != FieldMark::None;
    return changed && as == view_->state.version ? std::optional(as) : std::nullopt;
}

std::optional<Version> StateTree::previousChange() const
{
    if (current_.empty() || !view_ || !view_->provenance) return std::nullopt;
    const Version shown = view_->state.version;
    if (shown > view_->provenanceTo) {
        if (!view_->since) return std::nullopt;
        if (const auto at = view_->since->previousChange(current_, shown)) return at;
    }
    return view_->provenance->previousChange(current_, shown);
}

std::optional<Version> StateTree::nextChange() const
{
    if (current_.empty() || !view_ || !view_->provenance) return std::nullopt;
    const StateView& view = *view_;
    const Version shown = view.state.version;
    if (const auto at = view.provenance->nextChange(current_, shown)) return at;
    return view.since ? view.since->nextChange(current_, shown) : std::nullopt;
}

void StateTree::toPreviousChange()
{
    if (const auto to = previousChange()) emit versionChosen(*to);
}

void StateTree::toNextChange()
{
    if (const auto to = nextChange()) emit versionChosen(*to);
}

QString StateTree::fieldName(const StateRow& row) const
{
    if (row.key != nullptr) return row.key->empty() ? QStringLiteral("\"\"") : QString::fromStdString(*row.key);
    return row.value == rows_.document ? tr("(the whole state)") : QString::number(row.index);
}

QString StateTree::setByText(Row row) const
{
    const auto by = setBy(row);
    if (by && branchShown_) return QStringLiteral("#%1").arg(by->value);  // its column is narrow
    return by ? StateWords::event(history_.get(), *by, names_) : QString();
}

QString StateTree::rowText(Row row) const
{
    const StateRow& line = rows_.rows[static_cast<std::size_t>(row)];
    const auto words = [](const Json* value) {
        return value == nullptr                            ? tr("not there")
               : value->is_structured() && !value->empty() ? containerText(*value)
                                                           : valueText(*value, 200);
    };
    QString text = tr("%1: %2").arg(fieldName(line), words(realValue(row)));
    if (isBeside()) {
        text += tr(", what if: %1").arg(words(branchValue(row)));
        if (line.mark != FieldMark::None) text += tr(", differs");
        if (const QString by = setByText(row); !by.isEmpty()) text += tr(", set by %1").arg(by);
        return text;
    }
    if (line.mark == FieldMark::Added) text += tr(", added");
    if (line.mark == FieldMark::Changed) text += tr(", changed");
    if (const QString by = setByText(row); !by.isEmpty()) text += tr(", set by %1").arg(by);
    return text;
}

QString StateTree::toolTipText(Row row, int column) const
{
    const auto tip = [](const Json* value) { return value != nullptr ? valueText(*value, kValueInTip) : tr("not there"); };
    switch (columnOf(column)) {
        case Field: return QString::fromStdString(rows_.pointer(static_cast<std::size_t>(row))).left(kValueInTip);
        case Value: return tip(realValue(row));
        case WhatIf: return isBeside() ? tip(branchValue(row)) : QString();
        case SetBy: return setByText(row);
        default: return {};
    }
}

bool StateTree::isOnLink(Row row, int column, const QPoint& position) const
{
    if (columnOf(column) != SetBy) return false;
    const QRect cell = cellRect(row, column);
    const int width = std::min(cell.width(), QFontMetrics(theme().text()).horizontalAdvance(setByText(row)));
    return width > 0 && position.x() >= cell.left() && position.x() < cell.left() + width;
}

Qt::CursorShape StateTree::cursorAt(Row row, int column, const QPoint& position) const
{
    return isOnLink(row, column, position) ? Qt::PointingHandCursor : Qt::ArrowCursor;
}

void StateTree::click(Row row, int column, const QPoint& position)
{
    const StateRow& line = rows_.rows[static_cast<std::size_t>(row)];
    if (isOnLink(row, column, position)) {
        if (const auto by = setBy(row)) emit versionChosen(*by);
    } else if (column == Field && line.opens && markRect(cellRect(row, Field), line).adjusted(-6, 0, 4, 0).contains(position)) {
        setOpen(row, !line.open);
    }
}

void StateTree::keyPressEvent(QKeyEvent* event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const Row row = currentRow();
    if (row != kNone) {
        const StateRow& line = rows_.rows[static_cast<std::size_t>(row)];
        if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier) && event->key() == Qt::Key_C)
            return copyText(QString::fromStdString(rows_.pointer(static_cast<std::size_t>(row))));
        if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier) && event->key() == Qt::Key_W)
            return emit watchWanted(QString::fromStdString(rows_.pointer(static_cast<std::size_t>(row))));
        if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier) && event->key() == Qt::Key_E)
            return emit writesWanted(QString::fromStdString(rows_.pointer(static_cast<std::size_t>(row))));
        if (modifiers == Qt::ControlModifier && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
            return wantValue(row);
        if (modifiers == Qt::NoModifier && event->key() == Qt::Key_Right && line.opens) {
            if (!line.open) setOpen(row, true);
            return;
        }
        if (modifiers == Qt::NoModifier && event->key() == Qt::Key_Left) {
            if (line.opens && line.open) return setOpen(row, false);
            if (line.parent >= 0) {
                setCurrentRow(line.parent);
                emit currentChanged(line.parent);
            }
            return;
        }
        if (modifiers == Qt::NoModifier && event->key() == Qt::Key_Space && line.opens) return setOpen(row, !line.open);
    }
    RowView::keyPressEvent(event);
}

void StateTree::copyValue(Row row)
{
    // A text goes out as the text it is; "copy as JSON" is for the other form.
    const Json* real = realValue(row);
    const auto owner = real != nullptr && isBeside() ? besideReal_ : rows_.view;
    const Json& value = real != nullptr ? *real : *rows_.rows[static_cast<std::size_t>(row)].value;
    if (value.is_string()) return copyBytes(this, {owner, &value.get_ref<const std::string&>()});
    copyJson(this, owner, value, -1);
}

void StateTree::wantValue(Row row)
{
    const auto at = static_cast<std::size_t>(row);
    emit valueWanted(QString::fromStdString(rows_.pointer(at)), rows_.view, rows_.rows[at].value);
}

void StateTree::openMenu(Row row, const QPoint& position)
{
    QMenu menu(this);
    fillMenu(menu, row);
    menu.exec(position);
}

void StateTree::fillMenu(QMenu& menu, Row row)
{
    // The rows may be other ones by the time an entry is chosen; what it was opened on is kept.
    const auto at = static_cast<std::size_t>(row);
    const QString pointer = QString::fromStdString(rows_.pointer(at));
    const Json* real = realValue(row);
    const Json* value = real != nullptr ? real : rows_.rows[at].value;
    const auto view = real != nullptr && isBeside() ? besideReal_ : rows_.view;
    const QString keys = rows_.rows[at].opens ? tr("Ctrl+Return") : tr("Return");
    menu.addAction(tr("Show the value…") + QLatin1Char('\t') + keys, this,
                   [this, view, value, pointer] { emit valueWanted(pointer, view, value); });
    menu.addSeparator();
    menu.addAction(tr("Copy value\tCtrl+C"), this, [this, view, value] {
        if (value->is_string()) return copyBytes(this, {view, &value->get_ref<const std::string&>()});
        copyJson(this, view, *value, -1);
    });
    menu.addAction(tr("Copy as JSON"), this, [this, view, value] { copyJson(this, view, *value); });
    if (const Json* other = isBeside() ? branchValue(row) : nullptr)
        menu.addAction(tr("Copy the what-if value as JSON"), this,
                       [this, other, owner = beside_] { copyJson(this, owner->joint, *other); });
    menu.addAction(tr("Copy pointer\tCtrl+Shift+C"), this, [pointer] { copyText(pointer); });
    menu.addSeparator();
    if (const auto by = setBy(row))
        menu.addAction(tr("Go to %1, which set it").arg(setByText(row)), this, [this, by] { emit versionChosen(*by); });
    QAction* previous = menu.addAction(tr("Previous change of this field\tAlt+Up"), this, &StateTree::toPreviousChange);
    QAction* next = menu.addAction(tr("Next change of this field\tAlt+Down"), this, &StateTree::toNextChange);
    previous->setEnabled(previousChange().has_value());
    next->setEnabled(nextChange().has_value());
    emit menuFilled(&menu, pointer);
}

}  // namespace hindcast::ui
