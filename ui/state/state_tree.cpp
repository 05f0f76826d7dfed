#include "ui/state/state_tree.h"

#include "ui/look/key_help.h"

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr std::size_t kAtOnce = 20'000;  // values walked within a frame
constexpr int kWaitForBranch = 150;      // ms

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
    if (branchShown_ && branchByWidth() != byWidth_) layOutColumns(given_);
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
    beside_ = fits && shownDocument(*branch_->joint) != nullptr ? branch_ : nullptr;
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

}  // namespace hindcast::ui
