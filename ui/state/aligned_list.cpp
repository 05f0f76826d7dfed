#include "ui/state/aligned_list.h"

#include "ui/look/format.h"
#include "ui/look/key_help.h"
#include "ui/state/copying.h"
#include "ui/state/state_rows.h"

#include <QKeyEvent>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

using Kind = AlignedLine::Kind;
constexpr std::uint32_t kContext = 2;    // equal lines that are shown before and after what differs
constexpr std::uint32_t kLeastFold = 3;  // fewer are not worth a line that says so
constexpr int kSaid = 300;               // characters of a value

}  // namespace

AlignedList::AlignedList(const Theme& theme, QWidget* parent)
    : RowView(theme, parent), aligning_(this, &AlignedList::find, [this](Found found, bool overtaken) {
          if (!overtaken) take(std::move(found));
      })
{
    setAccessibleName(tr("Both states, line by line"));
    setKeyHelp(*this, tr("In the differences"),
               {{tr("F7, Shift+F7"), tr("next and previous difference")},
                {tr("Return"), tr("show the field in the state; open a fold")},
                {tr("Menu, right button"), tr("copy; match the items of lists by a member")}});
    showColumns();
    connect(this, &RowView::activated, this, [this](qint64 row) {
        if (isFold(row)) return openFold(row);
        emit fieldChosen(*pointerOf(row));
    });
    connect(this, &RowView::cellClicked, this, [this](qint64 row) {
        if (isFold(row)) openFold(row);
    });
    connect(this, &RowView::copyWanted, this, [this](qint64 row) { copyText(rowText(row)); });
}

AlignedList::Found AlignedList::find(const Task& task)
{
    Found found;
    found.aligned = alignJson(task.a, task.b, task.itemKey);
    if (task.filter.empty()) return found;
    const auto& lines = found.aligned.lines;
    found.hits.assign(lines.size(), false);
    const auto holds = [&](const Json* value) { return value != nullptr && valueHolds(*value, task.filter); };
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const AlignedLine& line = lines[i];
        if (line.part == AlignedLine::Part::Close) {
            found.hits[i] = found.hits[line.parent];
            continue;
        }
        const bool named = line.name != nullptr && holdsText(*line.name, task.filter);
        if (!named && (line.part == AlignedLine::Part::Open || (!holds(line.a) && !holds(line.b)))) continue;
        for (std::uint32_t at = static_cast<std::uint32_t>(i); at != AlignedLine::kNone && !found.hits[at]; at = lines[at].parent)
            found.hits[at] = true;
    }
    return found;
}

void AlignedList::setDocuments(std::shared_ptr<const void> owner, const Json* a, const Json* b)
{
    // The lines that are shown point into the documents before: these go when they have gone.
    const auto before = std::exchange(task_.owner, std::move(owner));
    task_.a = a;
    task_.b = b;
    found_ = {};
    rows_.clear();
    opened_.clear();
    align();
}

void AlignedList::setItemKey(const QString& key)
{
    if (std::string text = key.toStdString(); text != task_.itemKey) {
        task_.itemKey = std::move(text);
        opened_.clear();
        align();
    }
}

void AlignedList::setFilter(const QString& text)
{
    std::string lowered = text.toStdString();
    std::ranges::transform(lowered, lowered.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (lowered == task_.filter) return;
    task_.filter = std::move(lowered);
    align();
}

void AlignedList::align()
{
    const auto small = [](const Json* document) { return document == nullptr || isSmall(*document); };
    if (small(task_.a) && small(task_.b)) {
        aligning_.cancel();
        return take(find(task_));
    }
    aligning_.ask(task_);
    rowsChanged();
}

void AlignedList::take(Found found)
{
    found_ = std::move(found);
    layRows();
}

void AlignedList::setOnlyDifferences(bool only)
{
    if (std::exchange(only_, only) == only) return;
    opened_.clear();
    layRows();
}

void AlignedList::setMode(Mode mode, const QString& titleA, const QString& titleB)
{
    if (mode_ == mode && titleA_ == titleA && titleB_ == titleB) return;
    const bool another = std::exchange(mode_, mode) != mode;
    titleA_ = titleA;
    titleB_ = titleB;
    showColumns();
    if (another) layRows();
}

void AlignedList::showColumns()
{
    const bool side = mode_ == Mode::SideBySide;
    setHeaderVisible(side);
    if (side)
        setColumns({{titleA_, theme().px(90), 1, Qt::AlignLeft, false, "a", theme().px(60)},
                    {titleB_, theme().px(90), 1, Qt::AlignLeft, false, "b", theme().px(60)}});
    else
        setColumns({{.title = {}, .width = theme().px(120), .stretch = 1, .least = theme().px(80)}});
}

void AlignedList::putLine(std::uint32_t line)
{
    const Kind kind = found_.aligned.lines[line].kind;
    if (kind == Kind::Changed && mode_ == Mode::Unified) {
        rows_.push_back({line, Show::Before, 0});
        rows_.push_back({line, Show::After, 0});
    } else {
        rows_.push_back({line, kind == Kind::Removed ? Show::Before : kind == Kind::Added ? Show::After : Show::Both, 0});
    }
}

void AlignedList::layRows()
{
    rows_.clear();
    const auto& lines = found_.aligned.lines;
    const auto size = static_cast<std::uint32_t>(lines.size());
    const bool filtered = !found_.hits.empty();
    for (std::uint32_t i = 0; i < size;) {
        if (filtered || !only_ || lines[i].kind != Kind::Same) {
            if (!filtered || found_.hits[i]) putLine(i);
            ++i;
            continue;
        }
        std::uint32_t end = i;
        while (end < size && lines[end].kind == Kind::Same) ++end;
        // What stands next to a difference is shown, and at the ends of the text nothing.
        const std::uint32_t from = i == 0 ? i : std::min(end, i + kContext);
        const std::uint32_t to = end == size ? end : std::max(from, end - std::min(end, kContext));
        const bool folds = to - from >= kLeastFold && !opened_.contains(from);
        for (std::uint32_t line = i; line < end; ++line) {
            if (folds && line >= from && line < to) {
                rows_.push_back({from, Show::Fold, to - from});
                line = to - 1;
                continue;
            }
            putLine(line);
        }
        i = end;
    }
    setCurrentRow(kNone, false);
    rowsChanged();
    emit shownChanged();
}

void AlignedList::openFold(Row row)
{
    const ShownRow fold = rows_[static_cast<std::size_t>(row)];
    if (fold.show != Show::Fold) return;
    opened_.insert(fold.line);
    layRows();
    setCurrentRow(row);
}

/// Where the line begins; empty: it is not shown.
std::optional<RowView::Row> AlignedList::rowOfLine(std::uint32_t line) const
{
    const auto row = std::ranges::lower_bound(rows_, line, {}, &ShownRow::line);
    return row == rows_.end() || row->line != line || row->show == Show::Fold ? std::nullopt : std::optional(row - rows_.begin());
}

std::optional<RowView::Row> AlignedList::rowOfDifference(int by) const
{
    const auto& at = found_.aligned.differences;
    const bool none = currentRow() == kNone || currentRow() >= rowCount();
    const std::uint32_t line = none ? 0 : rows_[static_cast<std::size_t>(currentRow())].line;
    if (by > 0) {
        for (auto next = none ? at.begin() : std::ranges::upper_bound(at, line); next != at.end(); ++next)
            if (const auto row = rowOfLine(*next)) return row;
        return {};
    }
    for (auto next = none ? at.end() : std::ranges::lower_bound(at, line); next != at.begin();)
        if (const auto row = rowOfLine(*--next)) return row;
    return {};
}

bool AlignedList::hasDifference(int by) const { return rowOfDifference(by).has_value(); }

void AlignedList::toDifference(int by)
{
    const auto row = rowOfDifference(by);
    if (!row) return;
    // With what follows it in view, and a little of what stands before.
    if (*row >= visibleRows().second - 1 || *row < topRow()) setTopRow(std::max<Row>(0, *row - 4));
    choose(*row);
}

std::size_t AlignedList::currentDifference() const
{
    if (currentRow() == kNone || currentRow() >= rowCount()) return 0;
    const auto& at = found_.aligned.differences;
    return static_cast<std::size_t>(std::ranges::upper_bound(at, rows_[static_cast<std::size_t>(currentRow())].line) -
                                    at.begin());
}

std::optional<QString> AlignedList::pointerOf(Row row) const
{
    if (isFold(row)) return {};
    return QString::fromStdString(found_.aligned.pointerOf(rows_[static_cast<std::size_t>(row)].line));
}

void AlignedList::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_F7) return toDifference(event->modifiers() & Qt::ShiftModifier ? -1 : 1);
    RowView::keyPressEvent(event);
}

QString AlignedList::textOf(Row row, bool ofB, int limit) const
{
    return QString::fromStdString(lineText(lineOf(row), ofB, limit));
}

QString AlignedList::rowText(Row row) const
{
    const ShownRow& shown = rows_[static_cast<std::size_t>(row)];
    if (shown.show == Show::Fold) return tr("%1 equal lines").arg(grouped(shown.count));
    const AlignedLine& line = lineOf(row);
    if (shown.show == Show::Before) return QStringLiteral("- ") + textOf(row, false, kSaid);
    if (shown.show == Show::After) return QStringLiteral("+ ") + textOf(row, true, kSaid);
    if (line.kind == Kind::Changed) return tr("%1, and in B %2").arg(textOf(row, false, kSaid), textOf(row, true, kSaid));
    return textOf(row, true, kSaid);
}

}  // namespace hindcast::ui
