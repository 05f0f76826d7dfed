#include "ui/findings/model_diff_page.h"

#include "ui/findings/model_diff_table.h"
#include "ui/findings/model_diff_text.h"
#include "ui/look/background.h"
#include "ui/look/elided_label.h"
#include "ui/look/format.h"
#include "ui/session/text_export.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace hindcast::ui {

namespace {

struct Copied {
    QString text;
    std::uint64_t rows = 0;
};

}  // namespace

ModelDiffPage::ModelDiffPage(const Theme& theme, QWidget* parent) : FoundPage(parent), theme_(theme)
{
    setAccessibleName(tr("Model diff"));
    table_ = new ModelDiffTable(theme_);
    message_ = new ElidedLabel;
    message_->setProperty("role", QStringLiteral("warning"));
    message_->setTextFormat(Qt::PlainText);
    message_->setContentsMargins(10, 0, 10, 4);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(message_);
    layout->addWidget(table_, 1);
    connect(table_, &RowView::currentChanged, this, &ModelDiffPage::goTo);
    connect(table_, &RowView::activated, this, &ModelDiffPage::goTo);
    connect(table_, &RowView::menuWanted, this, &ModelDiffPage::openMenu);
    connect(table_, &RowView::copyWanted, this, [this](qint64 row) {
        if (row < 0 || row >= table_->rowCount()) return;
        QApplication::clipboard()->setText(QString::fromStdString(jsonLine(table_->difference(row), part_)).chopped(1));
    });
    updateBar();
    updateWords();
}

void ModelDiffPage::setAsked(bool open, const QStringList& categories, const QString& category)
{
    open_ = open;
    categories_ = categories;
    if (!categories_.contains(category_)) categoryChosen_ = false;
    if (!categoryChosen_) category_ = category.isEmpty() ? categories_.value(0) : category;
    updateBar();
    updateWords();
}

void ModelDiffPage::setView(std::shared_ptr<const ModelDiffView> view)
{
    if (!view || (view->running && !isRunning())) {
        stale_.clear();
        notice_.clear();
    }
    view_ = std::move(view);
    table_->setView(view_);
    updateBar();
    updateWords();
    emit viewChanged();
}

void ModelDiffPage::modelChanged(const QString& category)
{
    if (!view_ || view_->category != category) return;
    stale_ = tr("%1 has another model now: compare anew to ask that").arg(category);
    updateWords();
}

void ModelDiffPage::compareDraft(const QString& category)
{
    chooseDraft(Second);
    if (!sides_[Second].draft) return;
    choose(First, inForce());
    if (categories_.contains(category)) setCategory(category);
    ask();
}

void ModelDiffPage::ask()
{
    for (const Side side : {First, Second})
        if (sides_[side].draft) chooseDraft(side);  // as it stands now
    if (!open_ || category_.isEmpty() || sides_[First].choice == sides_[Second].choice) return;
    emit asked(category_, sides_[First].choice, sides_[Second].choice);
}

bool ModelDiffPage::isRunning() const { return view_ && view_->running; }

QString ModelDiffPage::title() const { return view_ ? tr("Model diff (%1)").arg(grouped(view_->differing)) : tr("Model diff"); }

QString ModelDiffPage::words() const { return view_ ? countsText(*view_) : QString(); }

void ModelDiffPage::takeFocus()
{
    if (table_->rowCount() > 0)
        table_->setFocus(Qt::ShortcutFocusReason);
    else
        sides_[First].button->setFocus(Qt::ShortcutFocusReason);
}

QString ModelDiffPage::summary() const { return summary_->text(); }

QString ModelDiffPage::message() const { return message_->isHidden() ? QString() : message_->text(); }

QString ModelDiffPage::emptyText() const
{
    if (!open_) return tr("No workspace is open");
    if (!view_) return tr("What would another model make of the same events?");
    if (view_->running) return tr("Comparing…");
    if (view_->cancelled || !view_->error.isEmpty()) return tr("Nothing was found before it ended");
    return sameText(*view_);
}

void ModelDiffPage::updateWords()
{
    QStringList all;
    if (!stale_.isEmpty()) all << stale_;
    if (view_ && !view_->error.isEmpty()) all << view_->error;
    if (view_) all << view_->remarks;
    if (view_ && view_->differing > view_->rows && !view_->running)
        all << tr("the first %1 that were found are shown").arg(grouped(view_->rows));
    if (!notice_.isEmpty()) all << notice_;
    const QString said = all.join(QStringLiteral(" · "));
    message_->setText(said);
    message_->setAccessibleName(said);
    message_->setToolTip(asTip(said));
    message_->setVisible(!said.isEmpty());
    summary_->setText(view_ && view_->error.isEmpty() ? summaryText(*view_) : QString());
    table_->setEmptyText(emptyText(), view_ || !open_ ? QString() : tr("Choose two models above, and Compare."));
}

void ModelDiffPage::goTo(qint64 row)
{
    if (row < 0 || row >= table_->rowCount()) return;
    const ModelDiffRow& at = table_->difference(row);
    emit chosen(at.entity, at.event, at.time);
}

void ModelDiffPage::openMenu(qint64 row, const QPoint& position)
{
    if (row < 0 || row >= table_->rowCount()) return;
    const ModelDiffRow& at = table_->difference(row);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Go to this event\tEnter"), this,
                    [this, entity = at.entity, event = at.event, time = at.time] { emit chosen(entity, event, time); });
    menu->addSeparator();
    const auto copies = [this, menu](const QString& words, const QString& text) {
        menu->addAction(words, this, [text] { QApplication::clipboard()->setText(text); });
    };
    copies(tr("Copy as JSON\tCtrl+C"), QString::fromStdString(jsonLine(at, part_)).chopped(1));
    copies(tr("Copy row as text"), table_->rowText(row));
    copies(tr("Copy entity"), QString::fromStdString(at.key.text()));
    menu->addSeparator();
    menu->addAction(tr("Copy all as JSON lines"), this, [this] { copyAll(As::JsonLines); });
    menu->addAction(tr("Copy all as CSV"), this, [this] { copyAll(As::Csv); });
    menu->popup(position);
}

void ModelDiffPage::copyAll(As as)
{
    auto [view, rows] = table_->all();
    if (!view) return;
    const PartOf part = partsOf(rows, part_);
    inBackground(
        this,
        [view = view, rows = std::move(rows), part, as] {
            Copied copied;
            std::string text = as == As::Csv ? csvTitles(*view) : std::string();
            for (const ModelDiffRow* row : rows) {
                const std::string lines = as == As::Csv ? csvLines(*row, part) : jsonLine(*row, part);
                if (text.size() + lines.size() > TextExport::kMost) break;
                text += lines;
                ++copied.rows;
            }
            copied.text = QString::fromStdString(text);
            return copied;
        },
        [this, of = ++copying_, total = static_cast<std::uint64_t>(table_->rowCount())](const Copied& copied) {
            if (of != copying_) return;
            QApplication::clipboard()->setText(copied.text);
            notice_ = copied.rows < total ? tr("the first %1 of %2 entities copied: no more than %3 at once")
                                                .arg(grouped(copied.rows), grouped(total), bytesText(TextExport::kMost))
                                          : tr("%1 entities copied").arg(grouped(copied.rows));
            updateWords();
        });
}

void ModelDiffPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && isRunning()) {
        emit cancelWanted();
        return;
    }
    FoundPage::keyPressEvent(event);
}

}  // namespace hindcast::ui
