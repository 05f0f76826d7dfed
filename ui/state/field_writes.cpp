#include "ui/state/field_writes.h"

#include "ui/look/format.h"
#include "ui/look/json_text.h"
#include "ui/look/key_help.h"
#include "ui/look/shaped_text.h"
#include "ui/state/change_text.h"

#include <QKeyEvent>

#include <algorithm>
#include <climits>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr std::size_t kAtOnce = 5'000;      // events of a life whose writes are gathered within a frame
constexpr std::size_t kMostValues = 3'000;  // kept, to scroll back to
constexpr int kShown = 120;
constexpr int kTip = 2000;

int counted(std::uint64_t size) { return static_cast<int>(std::min<std::uint64_t>(size, INT_MAX)); }

}  // namespace

FieldWrites::FieldWrites(const Theme& theme, QWidget* parent)
    : RowView(theme, parent),
      gathering_(this, &FieldWrites::gather, [this](std::shared_ptr<const Writes> writes, bool overtaken) {
          if (!overtaken) take(std::move(writes));
      })
{
    setAccessibleName(tr("Who ever wrote the field"));
    setHeaderVisible(false);
    setColumns({{.title = tr("event"), .width = theme.px(58), .key = "at", .least = theme.px(40)},
                {.title = tr("type"), .width = theme.px(96), .stretch = 1, .key = "type", .least = theme.px(60)},
                {.title = tr("old → new"), .width = theme.px(140), .stretch = 4, .key = "values", .least = theme.px(80)}});
    setKeyHelp(*this, tr("In the state"), {{tr("Escape"), tr("close who wrote the field")}});
    connect(this, &RowView::currentChanged, this, [this](qint64 row) { emit versionChosen(write(row).version); });
    connect(this, &RowView::visibleRowsChanged, this, [this] { askForValues(); });
}

void FieldWrites::setTypeNames(TypeNames names)
{
    names_ = std::move(names);
    detailsChanged();
}

void FieldWrites::setHistory(std::shared_ptr<const replay::History> history)
{
    history_ = std::move(history);
    detailsChanged();
}

void FieldWrites::setView(std::shared_ptr<const StateView> view)
{
    const bool another = !view || !view_ || view->entity != view_->entity || view->model != view_->model;
    view_ = std::move(view);
    update(another);
    follow();
}

void FieldWrites::setField(const QString& pointer, std::shared_ptr<const replay::WatchRuns> runs)
{
    const bool another = pointer != pointer_;
    pointer_ = pointer;
    runs_ = std::move(runs);
    update(another);
    follow();
}

/// `anew`: nothing that is shown is true of what will be.
void FieldWrites::update(bool anew)
{
    Source source{view_ ? view_->provenance : nullptr, view_ ? view_->since : nullptr, runs_, pointer_};
    if (runs_) source.provenance = source.since = nullptr;
    if (!anew && source == shown_) return;
    shown_ = source;
    if (anew) {
        values_.clear();
        known_ = false;
        writes_ = std::make_shared<const Writes>();
    }
    setEmptyText(tr("Being worked out…"));
    if (!source.runs && !source.provenance) {
        gathering_.cancel();
        rowsChanged();
        emit writesChanged();
        return;
    }
    if (!history_ || history_->events.size() <= kAtOnce) {
        gathering_.cancel();
        return take(gather(source));
    }
    gathering_.ask(std::move(source));
    rowsChanged();
    emit writesChanged();
}

std::shared_ptr<const FieldWrites::Writes> FieldWrites::gather(const Source& source)
{
    auto all = std::make_shared<Writes>();
    if (source.runs) {
        // Where it never was before its first value nobody has written it.
        for (std::size_t run = 0; run < source.runs->size(); ++run)
            if (run > 0 || source.runs->value(0).kind != replay::WatchValue::Kind::Absent)
                all->push_back({source.runs->from(run), true});
        return all;
    }
    const std::string pointer = source.pointer.toStdString();
    *all = source.provenance->writes(pointer);
    if (source.since) {
        const Writes more = source.since->writes(pointer);
        all->insert(all->end(), more.begin(), more.end());
    }
    return all;
}

void FieldWrites::take(std::shared_ptr<const Writes> writes)
{
    writes_ = std::move(writes);
    known_ = true;
    setEmptyText(tr("No event wrote it."));
    setCurrentRow(kNone, false);
    rowsChanged();
    follow();
    askForValues();
    emit writesChanged();
}

void FieldWrites::follow()
{
    const Row row = view_ ? lastAtOrBefore(view_->state.version) : kNone;
    if (row != currentRow()) setCurrentRow(row);
    viewport()->update();
}

RowView::Row FieldWrites::lastAtOrBefore(Version version) const
{
    const auto after = std::ranges::upper_bound(*writes_, version, {}, &replay::Provenance::Write::version);
    return after == writes_->begin() ? kNone : static_cast<Row>(after - writes_->begin()) - 1;
}

RowView::Row FieldWrites::settingRow() const
{
    Row row = view_ ? lastAtOrBefore(view_->state.version) : kNone;
    while (row > 0 && !write(row).changed) --row;
    return row;
}

bool FieldWrites::isAtPlayhead(Row row) const { return view_ && write(row).version == view_->state.version; }

// ---- values

void FieldWrites::askForValues()
{
    if (!known_ || writes_->empty() || runs_ || !isVisible()) return;
    const auto [first, last] = visibleRows();
    VersionRuns runs;
    for (Row row = std::max<Row>(first, 0); row <= last && row < rowCount(); ++row) {
        const Version version = write(row).version;
        if (values_.contains(version)) continue;
        if (!runs.empty() && runs.back().second.value + 1 == version.value)
            runs.back().second = version;
        else
            runs.emplace_back(version, version);
    }
    if (!runs.empty()) emit valuesWanted(pointer_, runs);
}

void FieldWrites::setWrites(const std::shared_ptr<const WriteRows>& rows)
{
    if (!view_ || rows->entity != view_->entity || rows->pointer != pointer_) return;
    if (values_.size() > kMostValues) values_.clear();
    for (const WriteRows::Row& row : rows->rows) values_[row.version] = {row.before, row.after};
    detailsChanged();
}

// ---- words and looks

std::optional<ChangeText> FieldWrites::changeAt(Row row) const
{
    if (!runs_) {
        const auto found = values_.find(write(row).version);
        if (found == values_.end()) return std::nullopt;
        return changeText(found->second.before, found->second.after);
    }
    const auto run = runs_->at(write(row).version);
    if (!run) return std::nullopt;
    const auto piece = [](const replay::WatchValue& value) {
        switch (value.kind) {
            case replay::WatchValue::Kind::Absent: return valuePiece(Json(Json::value_t::discarded), kShown);
            case replay::WatchValue::Kind::Array: return ValuePiece{tr("%n items", nullptr, counted(value.size)), true, false};
            case replay::WatchValue::Kind::Object: return ValuePiece{tr("%n fields", nullptr, counted(value.size)), true, false};
            default: return valuePiece(value.value, kShown, false);
        }
    };
    static const replay::WatchValue kNothing;
    return ChangeText{piece(*run > 0 ? runs_->value(*run - 1) : kNothing), piece(runs_->value(*run))};
}

QString FieldWrites::rowText(Row row) const
{
    QString text = StateWords::event(history_.get(), write(row).version, names_);
    if (const auto change = changeAt(row))
        text += write(row).changed ? tr(": %1 → %2").arg(change->before.text, change->after.text)
                                   : tr(": %1 again").arg(change->after.text);
    if (row == settingRow()) text += tr(", set what it is");
    if (isAtPlayhead(row)) text += tr(", at the playhead");
    return text;
}

QString FieldWrites::toolTipText(Row row, int column) const
{
    const Version version = write(row).version;
    if (column != Values) {
        QString text = StateWords::event(history_.get(), version, names_);
        if (history_ && version <= history_->last())
            text += QLatin1Char('\n') + zonedTimeText(history_->events[version.value - 1].time);
        return text;
    }
    const auto found = values_.find(version);
    if (found == values_.end()) {
        const auto change = changeAt(row);
        return change ? change->before.text + QStringLiteral("\n→ ") + change->after.text : QString();
    }
    const auto& [before, after] = found->second;
    if (!write(row).changed) return tr("%1\nwritten again as it was").arg(valuePiece(after, kTip).text);
    return valuePiece(before, kTip).text + QStringLiteral("\n→ ") + valuePiece(after, kTip).text;
}

QColor FieldWrites::rowTint(Row row) const
{
    if (isAtPlayhead(row)) return theme().color(Theme::Role::Selection);
    return row == settingRow() ? theme().color(Theme::Role::ChangedSoft) : QColor();
}

/// Where the keyboard is, which need not be where the playhead is.
QColor FieldWrites::currentTint(Row row) const
{
    const QColor tint = rowTint(row);
    return tint.isValid() ? tint : theme().color(Theme::Role::Panel);
}

void FieldWrites::paintCell(QPainter& painter, const RowCell& cell) const
{
    const replay::Provenance::Write& one = write(cell.row);
    const QColor dimmed = theme().color(Theme::Role::TextDimmed);
    const QFont mono = theme().mono();
    if (cell.column == At)
        return paintText(painter, cell.rect, QStringLiteral("#%1").arg(one.version.value), mono,
                         one.changed ? theme().color(Theme::Role::TextSecondary) : dimmed);
    if (cell.column == Type) {
        const QString name = history_ && names_ && one.version <= history_->last()
                                 ? names_(history_->events[one.version.value - 1].type)
                                 : QString();
        return paintText(painter, cell.rect, name, theme().text(), one.changed ? theme().color(Theme::Role::Text) : dimmed);
    }
    const auto change = changeAt(cell.row);
    if (!change) return paintText(painter, cell.rect, QStringLiteral("…"), mono, dimmed);
    if (!one.changed) return paintText(painter, cell.rect, QStringLiteral("= ") + change->after.text, mono, dimmed);
    const ChangeText& text = *change;
    const QString arrow = QStringLiteral(" → ");
    const ElidedPair shown = elidedPair(text.before.text, text.after.text, mono, cell.rect.width() - textWidth(mono, arrow));
    int x = cell.rect.left();
    const auto put = [&](const QString& words, bool quiet, bool italic) {
        QFont font = mono;
        font.setItalic(italic);
        const int width = textWidth(font, words);
        paintText(painter, QRect(x, cell.rect.top(), std::min(width + 1, cell.rect.right() + 1 - x), cell.rect.height()), words,
                  font, theme().color(quiet ? Theme::Role::TextSecondary : Theme::Role::Text));
        x += width;
    };
    put(shown.before, true, text.before.italic);
    put(arrow, true, false);
    put(shown.after, text.after.quiet, text.after.italic);
}

void FieldWrites::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier) {
        emit closeWanted();
        return;
    }
    RowView::keyPressEvent(event);
}

}  // namespace hindcast::ui
