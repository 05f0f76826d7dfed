// The page's rows: what one does with them, and what stands there where there are none.
#include "ui/findings/copied_lines.h"
#include "ui/findings/states_page.h"
#include "ui/findings/states_table.h"
#include "ui/look/format.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>

#include <utility>

namespace hindcast::ui {

namespace {

/// What may be done where nothing was found.
QString hintFor(const StatesView& view)
{
    if (view.asked == 0) return StatesPage::tr("Nothing lives then: move the playhead.");
    if (view.question.as != SoughtAs::Value) return {};
    const auto expression = expression::Expression::parse(view.question.text.toStdString());
    return expression && !(*expression)->statePaths().empty()
               ? StatesPage::tr("This reads like an expression: choose \"states where\" to ask it.")
               : QString();
}

}  // namespace

void StatesPage::connectTable()
{
    connect(&model_, &StatesModel::rowsChanged, this, [this] {
        const qint64 current = table_->currentRow();
        table_->rowsChanged();
        if (current >= table_->rowCount()) table_->setCurrentRow(RowView::kNone, false);
    });
    // Who one stands on is still who one stands on.
    connect(&model_, &QAbstractItemModel::modelAboutToBeReset, table_, [this] {
        const qint64 row = table_->currentRow();
        if (row < 0 || row >= model_.count()) return;
        QMetaObject::invokeMethod(this, [this, entity = model_.row(row).entity] { mark(entity); }, Qt::QueuedConnection);
    });
    connect(table_, &RowView::currentChanged, this, &StatesPage::choose);
    connect(table_, &RowView::activated, this, &StatesPage::choose);
    connect(table_, &RowView::menuWanted, this, &StatesPage::openMenu);
    connect(table_, &RowView::copyWanted, this, [this](qint64 row) {
        if (row < 0 || row >= model_.count()) return;
        QApplication::clipboard()->setText(QString::fromStdString(jsonLine(model_.row(row), part_)).chopped(1));
    });
}

void StatesPage::mark(EntityId entity) { table_->setCurrentRow(model_.rowOf(entity), false); }

void StatesPage::sayWhyEmpty()
{
    const auto& view = model_.view();
    if (!open_)
        table_->setEmptyText(tr("No workspace is open"));
    else if (!view)
        table_->setEmptyText(tr("In whose state does something stand, as of the playhead?"),
                             tr("Look for a number or a text, or ask an expression: state.status == \"cancelled\" …"));
    else if (view->running)
        table_->setEmptyText(tr("Looking…"));
    else if (!view->error.isEmpty() || view->cancelled)
        table_->setEmptyText(tr("Nothing was found before it ended"));
    else
        table_->setEmptyText(tr("In none of %1").arg(entitiesText(view->asked)), hintFor(*view));
}

void StatesPage::choose(qint64 row)
{
    if (row < 0 || row >= model_.count()) return;
    emit chosen(model_.row(row).entity, model_.row(row).event, model_.shown()->moment);
}

void StatesPage::openMenu(qint64 row, const QPoint& position)
{
    if (row < 0 || row >= model_.count()) return;
    const StateRow found = model_.row(row);
    const auto copy = [](const QString& text) { QApplication::clipboard()->setText(text); };
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Go to this state\tEnter"), this,
                    [this, found, moment = model_.shown()->moment] { emit chosen(found.entity, found.event, moment); });
    menu->addAction(tr("Go to its last event"), this, [this, found] { emit chosen(found.entity, found.event, std::nullopt); });
    menu->addSeparator();
    menu->addAction(tr("Copy as JSON\tCtrl+C"), this,
                    [this, found, copy] { copy(QString::fromStdString(jsonLine(found, part_)).chopped(1)); });
    menu->addAction(tr("Copy row as text"), this, [copy, text = table_->rowText(row)] { copy(text); });
    menu->addAction(tr("Copy entity"), this, [copy, text = QString::fromStdString(found.key.text())] { copy(text); });
    menu->addSeparator();
    menu->addAction(tr("Copy all as JSON lines"), this, [this] { copyAll(As::JsonLines); });
    menu->addAction(tr("Copy all as CSV"), this, [this] { copyAll(As::Csv); });
    menu->popup(position);
}

void StatesPage::copyAll(As as)
{
    auto [view, rows] = model_.all();
    if (!view) return;
    const PartOf part = partsOf(rows, part_);
    inBackground(
        this,
        [view = view, rows = std::move(rows), part, as] {
            return as == As::Csv
                       ? copiedLines(csvTitlesOfStates(), rows, [&](const StateRow& row) { return csvLines(row, part); })
                       : copiedLines({}, rows, [&](const StateRow& row) { return jsonLine(row, part); });
        },
        [this, of = ++copying_, total = static_cast<std::uint64_t>(model_.count())](const CopiedLines& copied) {
            if (of != copying_) return;
            QApplication::clipboard()->setText(copied.text);
            notice_ = copied.rows < total ? tr("the first %1 of %2 copied: no more than %3 at once")
                                                .arg(grouped(copied.rows), entitiesText(total), bytesText(TextExport::kMost))
                                          : tr("%1 copied").arg(entitiesText(copied.rows));
            updateWords();
        });
}

}  // namespace hindcast::ui
