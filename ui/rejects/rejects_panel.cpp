#include "ui/rejects/rejects_panel.h"

#include "ui/look/elided_label.h"
#include "ui/look/format.h"
#include "ui/look/glyphs.h"
#include "ui/look/key_help.h"
#include "ui/look/panel_header.h"
#include "ui/rejects/rejects_table.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMenu>
#include <QVBoxLayout>

#include <utility>

namespace hindcast::ui {

RejectsPanel::RejectsPanel(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    setAccessibleName(tr("Rejects"));
    table_ = new RejectsTable(model_, theme_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(table_, 1);
    connectTable();
    updateEmptyText();
    setKeyHelp(*table_, tr("In the rejects"),
               {{tr("Enter, double click"), tr("go to its entity")},
                {tr("Ctrl+C"), tr("copy the reject as JSON")},
                {tr("Escape"), tr("close the panel")}});
}

QWidget* RejectsPanel::makeHeader()
{
    auto* header = new PanelHeader(tr("Rejects"), theme_);
    count_ = new QLabel;
    count_->setProperty("role", QStringLiteral("secondary"));
    order_ = new ElidedLabel;
    order_->setProperty("role", QStringLiteral("secondary"));
    close_ = bareButton(tr("Close the rejects"));
    close_->setToolTip(tr("Close the rejects (Escape)"));
    const auto dress = [this] { close_->setIcon(glyphIcon(Glyph::Close, theme_, Theme::Role::TextSecondary)); };
    dress();
    connect(&theme_, &Theme::changed, this, dress);
    connect(close_, &QToolButton::clicked, this, &RejectsPanel::closeWanted);
    QHBoxLayout& row = header->row();
    row.addWidget(count_);
    row.addWidget(order_, 1);
    row.addWidget(close_);
    return header;
}

void RejectsPanel::connectTable()
{
    connect(&model_, &RejectsModel::rowsMoved, this, &RejectsPanel::takeRows);
    connect(&model_, &RejectsModel::revealed, this, [this](qint64 row) {
        if (const RejectRow* reject = model_.row(row)) model_.setCurrent(reject->reject.id);
        table_->setCurrentRow(row);
    });
    connect(table_, &RowView::visibleRowsChanged, &model_, &RejectsModel::lookAt);
    connect(table_, &RowView::currentChanged, this, &RejectsPanel::choose);
    connect(table_, &RowView::activated, this, &RejectsPanel::activate);
    connect(table_, &RowView::menuWanted, this, &RejectsPanel::openMenu);
    connect(table_, &RowView::copyWanted, this, [this](qint64 row) {
        if (const RejectRow* reject = model_.row(row)) emit copyWanted(reject->reject.id);
    });
}

QString RejectsPanel::title() const { return tr("Rejects %1").arg(count_->text()).trimmed(); }

QString RejectsPanel::orderText() const { return order_->text(); }

void RejectsPanel::setCounts(bool open, std::uint64_t rejects, std::uint64_t records)
{
    rejects_ = rejects;
    records_ = records;
    count_->setText(open ? grouped(rejects) : QString());
    // There may be millions, and no index by their times: they are paged through as they are stored, which the times do not show.
    const bool several = open && rejects > 1;
    order_->setText(several ? QStringLiteral("· ") + tr("in the log's order") : QString());
    order_->setToolTip(
        several ? tr("Topic by topic and partition by partition, by offset. Times go up and down from one to the next.")
                : QString());
    updateEmptyText();
}

void RejectsPanel::updateEmptyText()
{
    if (rejects_ > 0)
        table_->setEmptyText(tr("Reading the rejects…"));
    else if (records_ > 0)
        table_->setEmptyText(tr("No rejects"),
                             records_ == 1 ? tr("The one record that was read could be decoded.")
                                           : tr("All %1 records that were read could be decoded.").arg(grouped(records_)));
    else
        table_->setEmptyText(tr("No rejects"), tr("Nothing has been read yet."));
}

void RejectsPanel::choose(qint64 row)
{
    const RejectRow* reject = model_.row(row);
    model_.setCurrent(reject ? std::optional(reject->reject.id) : std::nullopt);
    // One that is still on its way is chosen when it is there.
    if (reject) emit rejectChosen(reject->reject.id);
}

void RejectsPanel::activate(qint64 row)
{
    const RejectRow* reject = model_.row(row);
    if (reject == nullptr) return;
    if (reject->reject.entity)
        emit entityWanted(reject->reject);
    else
        emit rejectChosen(reject->reject.id);
}

/// What one looks at stays where it is, and what one stands on is still what one stands on.
void RejectsPanel::takeRows(qint64 by, qint64 current)
{
    const qint64 top = table_->topRow();
    const qint64 stood = table_->currentRow();
    table_->updateColumns();
    table_->rowsChanged();
    if (by != 0) table_->setTopRow(top + by);
    // The user has gone to a row that was not there yet.
    if (const RejectRow* reject = model_.row(stood); reject && !model_.current() && by == 0) return choose(stood);
    table_->setCurrentRow(current, false);
}

void RejectsPanel::reveal(EventId id)
{
    model_.setCurrent(id);
    model_.reveal(id);
}

void RejectsPanel::mark(EventId id)
{
    const std::int64_t row = model_.rowOf(id);
    if (row < 0 || model_.current() == id) return;
    model_.setCurrent(id);
    table_->setCurrentRow(row);
}

void RejectsPanel::takeFocus() { table_->setFocus(Qt::OtherFocusReason); }

void RejectsPanel::openMenu(qint64 row, const QPoint& position)
{
    const RejectRow* found = model_.row(row);
    if (found == nullptr) return;
    // By value and not by row: while the menu is open rows may come and go.
    const RejectRow reject = *found;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* lane = menu->addAction(reject.reject.entity ? tr("Go to %1\tEnter").arg(reject.entity.left(60))
                                                         : tr("Its key could not be read: it has no entity"),
                                    this, [this, reject] { emit entityWanted(reject.reject); });
    lane->setEnabled(reject.reject.entity.has_value());
    menu->addAction(tr("Show its bytes"), this, [this, id = reject.reject.id] { emit rejectChosen(id); });
    menu->addSeparator();
    menu->addAction(tr("Copy as JSON\tCtrl+C"), this, [this, id = reject.reject.id] { emit copyWanted(id); });
    menu->addAction(tr("Copy reason"), this,
                    [text = QString::fromStdString(reject.reject.reason)] { QApplication::clipboard()->setText(text); });
    menu->addAction(tr("Copy position"), this,
                    [text = model_.place(reject.reject.id)] { QApplication::clipboard()->setText(text); });
    menu->popup(position);
}

void RejectsPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) return emit closeWanted();
    QWidget::keyPressEvent(event);
}

void RejectsPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    model_.setActive(true);
}

void RejectsPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    model_.setActive(false);
}

}  // namespace hindcast::ui
