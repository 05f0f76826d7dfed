#include "ui/events/events_view.h"

#include "ui/events/event_table.h"
#include "ui/look/elided_label.h"
#include "ui/look/fitting.h"
#include "ui/look/format.h"
#include "ui/session/entity_title.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QVBoxLayout>

namespace hindcast::ui {

EventsView::EventsView(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    setAccessibleName(tr("Events"));
    auto* header = new QWidget;
    header->setProperty("role", QStringLiteral("panel-header"));
    header->setAttribute(Qt::WA_StyledBackground);
    fixHeight(*header, theme_, 32);
    auto* title = new QLabel(tr("Events"));
    title->setProperty("role", QStringLiteral("title"));
    about_ = new ElidedLabel;
    about_->setProperty("role", QStringLiteral("secondary"));
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(10, 0, 8, 0);
    row->setSpacing(8);
    row->addWidget(title);
    row->addWidget(about_, 1);

    table_ = new EventTable(model_, theme_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(table_, 1);

    connect(&model_, &EventsModel::rowsChanged, this, [this] {
        table_->updateColumns();
        table_->rowsChanged();
        followPlayhead();
        updateTitle();
    });
    connect(&model_, &EventsModel::playheadMoved, this, &EventsView::followPlayhead);
    connect(&model_, &EventsModel::detailsChanged, table_->viewport(), qOverload<>(&QWidget::update));
    connect(table_, &RowView::visibleRowsChanged, &model_, &EventsModel::lookAt);
    connect(table_, &RowView::currentChanged, this, &EventsView::chooseRow);
    connect(table_, &RowView::activated, this, &EventsView::chooseRow);
    connect(table_, &RowView::copyWanted, this, [this](qint64 at) { emit copyWanted(model_.rows().id(at)); });
    connect(table_, &RowView::menuWanted, this, &EventsView::openMenu);
    updateTitle();
}

void EventsView::setLoading(bool loading)
{
    loading_ = loading;
    updateTitle();
}

void EventsView::chooseRow(qint64 row)
{
    const EventRows& rows = model_.rows();
    if (const auto version = rows.version(row))
        emit versionChosen(*version);
    else
        emit rejectChosen(rows.reject(row).id);
}

void EventsView::followPlayhead()
{
    const auto row = model_.playheadRow();
    // A reject that the user stands on keeps the mark while the playhead stays where it was.
    table_->setCurrentRow(row);
    if (row < 0 && model_.rows().count() > 0) table_->setTopRow(0);
    table_->viewport()->update();
}

void EventsView::updateTitle()
{
    const auto& history = model_.history();
    if (!history) {
        about_->clear();
        table_->setEmptyText(loading_ ? tr("Reading the history…") : tr("Select an entity to see its events"));
        return;
    }
    QString text = entityTitle(*history).left(80) + QStringLiteral(" · ") + eventsText(history->events.size());
    if (!history->rejects.empty()) text += QStringLiteral(" · ") + rejectsText(history->rejects.size());
    about_->setText(text);
    table_->setEmptyText(tr("No event of this entity could be read"));
}

void EventsView::openMenu(qint64 row, const QPoint& position)
{
    QMenu menu(this);
    menu.addAction(tr("Go to this event"), this, [this, row] { chooseRow(row); });
    menu.addSeparator();
    menu.addAction(tr("Copy as JSON\tCtrl+C"), this, [this, row] { emit copyWanted(model_.rows().id(row)); });
    menu.addAction(tr("Copy position"), this,
                   [this, row] { QApplication::clipboard()->setText(model_.place(model_.rows().id(row))); });
    menu.exec(position);
}

}  // namespace hindcast::ui
