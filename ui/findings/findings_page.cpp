#include "ui/findings/findings_page.h"

#include "ui/findings/findings_bar.h"
#include "ui/findings/findings_table.h"
#include "ui/look/format.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>

#include <utility>

namespace hindcast::ui {

FindingsPage::FindingsPage(const Theme& theme, QWidget* parent) : FoundPage(parent), theme_(theme)
{
    setAccessibleName(tr("Findings"));
    table_ = new FindingsTable(model_, theme_);
    bar_ = new FindingsBar;
    layOut(*bar_, {table_});
    connect(table_, &FindingsTable::chosen, this, &FindingsPage::chosen);
    connect(table_, &RowView::menuWanted, this, &FindingsPage::openMenu);
    connect(table_, &RowView::copyWanted, this, &FindingsPage::copy);
    connect(bar_, &FindingsBar::checkWanted, this, &FindingsPage::checkWanted);
    connect(bar_, &FindingsBar::cancelWanted, this, &FindingsPage::cancelWanted);
    connect(bar_, &FindingsBar::smallestWanted, this, [this] { wantSmallest(table_->currentRow()); });
    const auto reducible = [this] { bar_->setReducible(isReducible(table_->currentRow())); };
    connect(table_, &RowView::currentChanged, this, reducible);
    connect(&model_, &FindingsModel::linesChanged, this, reducible);
    updateWords();
}

void FindingsPage::setOpen(bool open, const QString& category)
{
    open_ = open;
    bar_->setAsked(open, category);
    updateWords();
}

void FindingsPage::setView(std::shared_ptr<const FindingsView> view)
{
    model_.setView(std::move(view));
    updateWords();
    emit viewChanged();
}

void FindingsPage::setDeterminism(std::shared_ptr<const DeterminismView> view)
{
    determinism_ = std::move(view);
    bar_->setView(determinism_);
    updateWords();
    emit viewChanged();
}

QString FindingsPage::title() const
{
    const auto& view = model_.view();
    return view && (view->declared || view->findings > 0) ? tr("Findings (%1)").arg(grouped(view->findings)) : tr("Findings");
}

void FindingsPage::takeFocus() { table_->setFocus(Qt::ShortcutFocusReason); }

QString FindingsPage::progress() const
{
    const auto& view = model_.view();
    if (!view || (!view->declared && view->findings == 0)) return {};
    const QString events = view->running && view->looked.eventsTotal > 0
                               ? tr("looked at %1 of %2").arg(grouped(view->looked.events), eventsText(view->looked.eventsTotal))
                               : QString();
    if (view->running) return events.isEmpty() ? tr("looking…") : events;
    return view->findings == 0 ? tr("all invariants hold") : tr("%1 found").arg(grouped(view->findings));
}

void FindingsPage::updateWords()
{
    const auto& view = model_.view();
    QStringList said;
    if (view && !view->error.isEmpty()) said << view->error;
    if (view) said << view->remarks;
    if (determinism_) {
        if (!determinism_->error.isEmpty()) said << determinism_->error;
        for (const QString& remark : determinism_->remarks)
            if (!said.contains(remark)) said << remark;
    }
    if (view && view->cut) said << tr("there are more than the %1 that are shown").arg(grouped(FindingsView::kMostFindings));
    say(said.join(QStringLiteral(" · ")));
    if (!open_)
        table_->setEmptyText(tr("No workspace is open"));
    else if (!view || (view->running && view->findings == 0))
        table_->setEmptyText(tr("Looking…"));
    else if (!view->declared)
        table_->setEmptyText(tr("No model declares an invariant"),
                             tr("A JavaScript model does by “invariants”: what it names is then checked here by itself."));
    else
        table_->setEmptyText(tr("All invariants hold"));
}

/// Of a model that gives two states for the same events there is no part that surely does.
bool FindingsPage::isReducible(qint64 row) const
{
    return row >= 0 && row < model_.count() && !model_.isHead(row) &&
           model_.finding(row).kind != audit::Finding::Kind::Determinism;
}

void FindingsPage::wantSmallest(qint64 row)
{
    if (!isReducible(row)) return;
    const FindingRow found = model_.finding(row);
    WantedSymptom wanted{WantedSymptom::Kind::ModelFails, {}};
    if (found.kind == audit::Finding::Kind::Invariant)
        wanted = {WantedSymptom::Kind::Invariant, QString::fromStdString(found.subject)};
    emit smallestWanted(found.entity, wanted, found.event);
}

bool FindingsPage::isRunning() const { return bar_->isRunning(); }

void FindingsPage::copy(qint64 row) const
{
    if (row >= 0 && row < model_.count()) QApplication::clipboard()->setText(table_->rowText(row));
}

void FindingsPage::openMenu(qint64 row, const QPoint& position)
{
    if (row < 0 || row >= model_.count()) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (!model_.isHead(row)) {
        const FindingRow found = model_.finding(row);
        menu->addAction(tr("Go to this event\tEnter"), this,
                        [this, found] { emit chosen(found.entity, found.event, found.time); });
        if (isReducible(row)) menu->addAction(tr("Smallest case"), this, [this, row] { wantSmallest(row); });
        menu->addAction(tr("Copy entity"), this,
                        [text = QString::fromStdString(found.key.text())] { QApplication::clipboard()->setText(text); });
    }
    menu->addAction(tr("Copy row as text\tCtrl+C"), this,
                    [text = table_->rowText(row)] { QApplication::clipboard()->setText(text); });
    menu->popup(position);
}

}  // namespace hindcast::ui
