#include "ui/events/events_view.h"

#include "ui/events/column_chooser.h"
#include "ui/events/copy_progress.h"
#include "ui/events/event_table.h"
#include "ui/look/elided_label.h"
#include "ui/look/format.h"
#include "ui/look/panel_header.h"
#include "ui/session/entity_title.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr qsizetype kLongName = 26;

QString shortened(const QString& name)
{
    if (name.size() <= kLongName) return name;
    return name.left(kLongName / 2) + QChar(0x2026) + name.right(kLongName / 2 - 1);
}

}  // namespace

EventsView::EventsView(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    setAccessibleName(tr("Events"));
    table_ = new EventTable(model_, theme_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(table_, 1);
    connectTable();
    updateTitle();
}

QWidget* EventsView::makeHeader()
{
    auto* header = new PanelHeader(tr("Events"), theme_);
    about_ = new ElidedLabel;
    about_->setProperty("role", QStringLiteral("secondary"));
    showAll_ = bareButton(tr("Show events of all types"));
    showAll_->setText(tr("Show all"));
    showAll_->hide();
    copying_ = new CopyProgress;
    columns_ = bareButton(tr("Choose the columns of the event table"));
    columns_->setText(tr("Columns"));
    QHBoxLayout& row = header->row();
    row.addWidget(about_, 1);
    row.addWidget(copying_);
    row.addWidget(showAll_);
    row.addWidget(columns_);
    connect(showAll_, &QToolButton::clicked, this, &EventsView::allTypesWanted);
    connect(columns_, &QToolButton::clicked, this, &EventsView::openColumns);
    return header;
}

void EventsView::connectTable()
{
    connect(&model_, &EventsModel::rowsChanged, this, [this] {
        const auto top = table_->topRow();  // before other columns make another layout of it, for rows that may be fewer
        table_->updateColumns();
        takeRows(top);
        updateTitle();
    });
    connect(&model_, &EventsModel::playheadTimeMoved, table_->viewport(), qOverload<>(&QWidget::update));
    connect(&model_, &EventsModel::playheadMoved, this, [this] {
        followPlayhead();
        updateTitle();
    });
    connect(&model_, &EventsModel::columnsChanged, table_, &EventTable::updateColumns);
    connect(table_, &RowView::visibleRowsChanged, &model_, &EventsModel::lookAt);
    connect(table_, &RowView::currentChanged, this, &EventsView::chooseRow);
    connect(table_, &RowView::activated, this, &EventsView::chooseRow);
    connect(table_, &RowView::copyWanted, this,
            [this](qint64 at) { emit copyWanted({model_.rows().id(at), model_.rows().version(at).value_or(Version{})}); });
    connect(table_, &RowView::menuWanted, this, &EventsView::openMenu);
    connect(table_, &RowView::headerMenuWanted, this, &EventsView::openHeaderMenu);
    connect(table_, &RowView::widthsChosen, this, [this](const RowView::Widths& widths) {
        EventColumns columns = model_.columns();
        columns.widths = widths;
        choose(std::move(columns));
    });
}

void EventsView::setLoading(bool loading)
{
    loading_ = loading;
    updateTitle();
}

void EventsView::setNoEntities(bool none)
{
    if (std::exchange(noEntities_, none) != none) updateTitle();
}

void EventsView::markReject(EventId id)
{
    const auto row = model_.rows().rowOfReject(id);
    if (!row || chosenReject_ == id) return;
    chosenReject_ = id;
    table_->setCurrentRow(*row);
}

void EventsView::unmarkReject()
{
    if (!chosenReject_) return;
    chosenReject_.reset();
    table_->setCurrentRow(model_.playheadRow());
}

void EventsView::chooseRow(qint64 row)
{
    const EventRows& rows = model_.rows();
    chosenReject_.reset();
    if (const auto version = rows.version(row)) {
        emit versionChosen(*version);
    } else {
        chosenReject_ = rows.reject(row).id;
        emit rejectChosen(*chosenReject_);
    }
}

/// More events of the same life: where the playhead stands on the event it stood on, nothing moves. Under another filter what one
/// stands on stays in its place, or comes into view.
void EventsView::takeRows(qint64 top)
{
    const auto row = model_.playheadRow();
    const bool stays = row >= 0 && marked_ && model_.rows().id(row) == *marked_;
    const auto before = stays ? row - markedRow_ : 0;  // rows that came in before it
    const bool filtered = std::exchange(filter_, model_.shownTypes()) != model_.shownTypes();
    table_->rowsChanged();
    if (!stays) return followPlayhead();
    // A reject that the user stands on keeps the mark, whatever arrives.
    const auto reject = chosenReject_ ? model_.rows().rowOfReject(*chosenReject_) : std::nullopt;
    table_->setCurrentRow(reject.value_or(row), false);
    if (before != 0) table_->setTopRow(top + before);
    if (filtered) table_->ensureVisible(reject.value_or(row));
    markedRow_ = row;
    table_->viewport()->update();
}

void EventsView::revealPlayhead()
{
    if (const auto row = model_.playheadRow(); row >= 0) table_->ensureVisible(row);
}

void EventsView::revealFromPlayhead()
{
    const qint64 row = model_.playheadRow();
    if (row < 0 || table_->visibleRows().second >= table_->rowCount() - 1) return;
    table_->setTopRow(std::max<qint64>(0, row - 1));  // and what was the last before
}

void EventsView::namesChanged()
{
    updateTitle();
    table_->namesChanged();
}

void EventsView::followPlayhead()
{
    const auto row = model_.playheadRow();
    chosenReject_.reset();
    markedRow_ = row;
    marked_ = row >= 0 ? std::optional(model_.rows().id(row)) : std::nullopt;
    table_->setCurrentRow(row);
    if (row < 0 && model_.rows().count() > 0) {
        // No row is the playhead's: what lies about it comes into view, and at version 0 the beginning.
        const auto beside = model_.playhead().value == 0 ? 0 : std::max<qint64>(0, table_->anchorRow());
        table_->ensureVisible(beside);
    }
    table_->viewport()->update();
}

void EventsView::updateTitle()
{
    const auto& history = model_.history();
    const EventRows& rows = model_.rows();
    const std::uint64_t hidden = rows.hidden();
    // With its last use the button goes: the keyboard stays with the table.
    if (hidden == 0 && showAll_->hasFocus()) table_->setFocus(Qt::OtherFocusReason);
    showAll_->setVisible(hidden > 0);
    columns_->setEnabled(history != nullptr);
    if (!history) {
        about_->clear();
        about_->setToolTip({});
        table_->setEmptyText(loading_ || model_.isPreparing() ? tr("Reading the history…")
                             : noEntities_                    ? tr("No entities yet")
                                                              : tr("Select an entity to see its events"));
        return;
    }
    const std::uint64_t events = history->events.size();
    const QString name = entityTitle(*history);
    QString text = QStringLiteral(" · ");
    text += hidden == 0 ? eventsText(events) : tr("%1 of %2").arg(grouped(events - hidden), eventsText(events));
    if (hidden > 0) text += tr(" · %1 hidden by type").arg(grouped(hidden));
    if (!history->rejects.empty()) text += QStringLiteral(" · ") + rejectsText(history->rejects.size());
    if (model_.playheadIsHidden()) {
        const TypeId type = history->events[model_.playhead().value - 1].type;
        text += tr(" · the playhead is on #%1 %2, hidden").arg(grouped(model_.playhead().value), model_.typeName(type));
    }
    // What is hidden must be read; of a long id its ends say enough.
    about_->setText(shortened(name) + text);
    about_->setToolTip(asTip(name.left(2000) + text));
    table_->setEmptyText(hidden > 0 ? tr("All %1 are of types that are hidden").arg(eventsText(hidden))
                                    : tr("No event of this entity could be read"),
                         hidden > 0 ? tr("“Show all” brings them back.") : QString());
}

void EventsView::openMenu(qint64 row, const QPoint& position)
{
    // By identity and not by row: while the menu is open rows may come and go.
    const EventRows& rows = model_.rows();
    const EventId id = rows.id(row);
    const auto version = rows.version(row);
    QStringList cells;
    for (int column = 0; column < static_cast<int>(table_->columns().size()); ++column) cells << table_->cellText(row, column);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Go to this event"), this, [this, id] {
        const auto now = rowOf(id);
        if (!now) return;
        if (const auto at = model_.rows().version(*now))
            emit versionChosen(*at);
        else
            emit rejectChosen(id);  // its row is marked when it is shown
    });
    if (version) {
        const TypeId type = rows.event(row).type;
        menu->addSeparator();
        menu->addAction(tr("Only events of this type"), this, [this, type] { emit typeOnlyWanted(type); });
        menu->addAction(tr("Hide events of this type"), this, [this, type] { emit typeHiddenWanted(type); });
    }
    if (rows.hidden() > 0) menu->addAction(tr("Show all types"), this, &EventsView::allTypesWanted);
    menu->addSeparator();
    menu->addAction(tr("Copy as JSON\tCtrl+C"), this, [this, id] {
        if (const auto now = rowOf(id)) emit copyWanted({id, model_.rows().version(*now).value_or(Version{})});
    });
    menu->addAction(tr("Copy row as text"), this, [cells] { QApplication::clipboard()->setText(cells.join(QLatin1Char('\t'))); });
    menu->addAction(tr("Copy position"), this, [this, id] { QApplication::clipboard()->setText(model_.position(id)); });
    menu->addSeparator();
    const auto all = static_cast<std::uint64_t>(std::min(rows.count(), kCopyMost));
    menu->addAction(rows.count() > kCopyMost ? tr("Copy the first %1 as JSON lines").arg(eventsText(all))
                                             : tr("Copy all shown as JSON lines"),
                    this, &EventsView::copyAll);
    menu->popup(position);
}

std::optional<qint64> EventsView::rowOf(EventId id) const
{
    if (const auto row = model_.rows().rowOfReject(id)) return row;
    if (!model_.history()) return {};
    const auto& events = model_.history()->events;
    const auto found = std::ranges::find(events, id, &replay::HistoryEvent::id);
    const qint64 row =
        found == events.end() ? -1 : model_.rows().rowOf(Version{static_cast<std::uint64_t>(found - events.begin()) + 1});
    return row < 0 ? std::nullopt : std::optional(row);
}

void EventsView::copyAll()
{
    const EventRows& rows = model_.rows();
    std::vector<TextExport::Row> wanted;
    const std::int64_t count = std::min(rows.count(), kCopyMost);
    wanted.reserve(static_cast<std::size_t>(count));
    for (std::int64_t row = 0; row < count; ++row) wanted.emplace_back(rows.id(row), rows.version(row).value_or(Version{}));
    copying_->begin(static_cast<quint64>(count));
    emit copyAllWanted(wanted);
}

void EventsView::openHeaderMenu(int column, const QPoint& position)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const EventColumns& now = model_.columns();
    if (column >= 0 && now.count() > 1) {
        const bool field = table_->kindOf(column) == EventTable::Field;
        const QString title = table_->columns()[static_cast<std::size_t>(column)].title;
        menu->addAction(field ? tr("Remove “%1”").arg(title) : tr("Hide “%1”").arg(title), this,
                        [this, key = table_->keyOf(column)] {
                            EventColumns columns = model_.columns();
                            std::erase(columns.pointers, key);
                            for (const EventColumns::Kind kind : EventColumns::kAll)
                                if (EventColumns::key(kind) == key) columns.shown[kind] = false;
                            choose(std::move(columns));
                        });
    }
    for (const EventColumns::Kind kind : EventColumns::kAll) {
        if (now.shown[kind]) continue;
        static const char* const kNames[] = {QT_TR_NOOP("#"), QT_TR_NOOP("time"), QT_TR_NOOP("type"), QT_TR_NOOP("what changed"),
                                             QT_TR_NOOP("position")};
        menu->addAction(tr("Show “%1”").arg(tr(kNames[kind])), this, [this, kind] {
            EventColumns columns = model_.columns();
            columns.shown[kind] = true;
            choose(std::move(columns));
        });
    }
    menu->addAction(tr("Add or remove columns…"), this, &EventsView::openColumns);
    if (!now.widths.empty())
        menu->addAction(tr("Widths as they were"), this, [this] {
            EventColumns columns = model_.columns();
            columns.widths.clear();
            choose(std::move(columns));
        });
    menu->popup(position);
}

void EventsView::choose(EventColumns columns)
{
    if (columns == model_.columns() || columns.count() == 0) return;
    model_.setColumns(columns);
    emit columnsChosen(columns);
}

ColumnChooser* EventsView::openColumns()
{
    if (chooser_) chooser_->close();
    chooser_ = new ColumnChooser(model_.columns(), theme_, this);
    connect(chooser_, &ColumnChooser::chosen, this, &EventsView::choose);
    // Under the button, its right edges in line; above it where there is no room below.
    const QPoint corner = columns_->mapToGlobal(QPoint(columns_->width() - chooser_->width(), columns_->height() + 4));
    const QRect room = screen()->availableGeometry();
    chooser_->move(std::clamp(corner.x(), room.left(), std::max(room.left(), room.right() - chooser_->width())),
                   std::clamp(corner.y(), room.top(), std::max(room.top(), room.bottom() - chooser_->height())));
    chooser_->show();
    chooser_->setFocus(Qt::PopupFocusReason);
    emit fieldNamesWanted(model_.idsInView());
    return chooser_;
}

void EventsView::setFieldNames(const FieldNames& names)
{
    if (chooser_) chooser_->setNames(names);
}

}  // namespace hindcast::ui
