#include "ui/findings/found_rows_page.h"

#include "ui/look/elided_label.h"
#include "ui/look/format.h"
#include "ui/look/row_view.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>

namespace hindcast::ui {

void FoundRowsPage::build(std::initializer_list<InBar> asked, RowView& rows)
{
    rows_ = &rows;
    layOut(makeBar(asked), {rows_});
    const auto go = [this](qint64 row) {
        if (isThere(row)) goTo(row);
    };
    connect(rows_, &RowView::currentChanged, this, go);
    connect(rows_, &RowView::activated, this, go);
    connect(rows_, &RowView::menuWanted, this, &FoundRowsPage::openMenu);
    connect(rows_, &RowView::copyWanted, this, [this](qint64 row) {
        if (isThere(row)) QApplication::clipboard()->setText(QString::fromStdString(jsonOf(row)).chopped(1));
    });
}

bool FoundRowsPage::isThere(qint64 row) const { return row >= 0 && row < rows_->rowCount(); }

QString FoundRowsPage::said() const
{
    const auto now = outcome();
    if (!now) return joined({});
    QStringList all;
    if (!now->error.isEmpty()) all << now->error;
    all << now->remarks;
    if (now->found > now->shown && !isRunning()) all << tr("the first %1 that were found are shown").arg(grouped(now->shown));
    return joined(all);
}

FoundRowsPage::Empty FoundRowsPage::whyEmpty(const std::optional<Outcome>& outcome) const
{
    if (!isOpen()) return {tr("No workspace is open")};
    if (!outcome) return invitation();
    if (isRunning()) return {busyWords()};
    if (!outcome->unbegun.isEmpty()) return {outcome->unbegun};
    if (outcome->cancelled || !outcome->error.isEmpty()) return {tr("Nothing was found before it ended")};
    return nothing();
}

void FoundRowsPage::updateWords()
{
    const auto now = outcome();
    summaryLine().setText(now ? now->summary : QString());
    summaryLine().setShorter(now ? now->shorter : QStringList());
    say(said());
    const Empty empty = whyEmpty(now);
    rows_->setEmptyText(empty.sentence, empty.hint);
}

void FoundRowsPage::updateAll()
{
    updateGo();
    updateWords();
    emit viewChanged();
}

void FoundRowsPage::openMenu(qint64 row, const QPoint& position)
{
    if (!isThere(row)) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto copy = [this, menu](const QString& words, const QString& text) {
        menu->addAction(words, this, [text] { QApplication::clipboard()->setText(text); });
    };
    addWays(*menu, row);
    menu->addSeparator();
    copy(tr("Copy as JSON\tCtrl+C"), QString::fromStdString(jsonOf(row)).chopped(1));
    copy(tr("Copy row as text"), rows_->rowText(row));
    copy(tr("Copy entity"), QString::fromStdString(entityOf(row).text()));
    menu->addSeparator();
    menu->addAction(tr("Copy all as JSON lines"), this, [this] { copyAll(LinesAs::Json); });
    menu->addAction(tr("Copy all as CSV"), this, [this] { copyAll(LinesAs::Csv); });
    menu->popup(position);
}

void FoundRowsPage::take(const CopiedLines& copied, const QString& counted, const QString& total)
{
    QApplication::clipboard()->setText(copied.text);
    setNotice(copied.cut ? tr("the first %1 of %2 copied: no more than %3 at once")
                               .arg(grouped(copied.rows), total, bytesText(TextExport::kMost))
                         : tr("%1 copied").arg(counted));
    updateWords();
}

}  // namespace hindcast::ui
